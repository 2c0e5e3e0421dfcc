//! The connection: one server, a master found by sentinels, or a cluster.
//!
//! Opened at first use and again after a failure, by one task while the others fail fast: a hold
//! that cannot be had soon is better refused than waited for.
//!
//! Each thread has a connection of its own.

use std::{sync::Arc, time::Duration};

use redis::{
    AsyncConnectionConfig, Client, Cmd, ConnectionAddr, ConnectionInfo, ErrorKind,
    IntoConnectionInfo as _, Pipeline, RedisError, RedisFuture, RedisResult, ServerErrorKind,
    Value,
    aio::{ConnectionLike, MultiplexedConnection},
    cluster::ClusterClient,
    cluster_async::ClusterConnection,
};
use tokio::{sync::Mutex, time::Instant};

use super::{per_thread::PerThread, sentinels::Sentinels};
use crate::holds::{RedisMode, RedisSettings};

/// No new attempt within this time after a failed one.
const RETRY_DELAY: Duration = Duration::from_millis(100);

pub(super) struct RedisConnection {
    target: Target,
    timeout: Duration,
    open: PerThread<Open>,
    last_failure: Mutex<Option<Instant>>,
}

impl std::fmt::Debug for RedisConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RedisConnection")
    }
}

enum Target {
    Standalone(Box<Client>),
    Sentinel(Box<Sentinels>),
    Cluster(Box<ClusterClient>),
}

/// An open connection, and to which master, if sentinels named it.
struct Open {
    open: Connection,
    master: Option<ConnectionAddr>,
}

#[derive(Clone)]
enum Connection {
    Single(MultiplexedConnection),
    Cluster(ClusterConnection),
}

/// The parser does not say what is wrong with an address.
const UNREADABLE_ADDRESS: &str = "an address in `urls` cannot be read as an address: \
    percent-encode special characters of the password (`/` is %2F, `#` is %23)";

impl RedisConnection {
    /// A connection that is not open yet.
    pub fn new(settings: &RedisSettings) -> RedisResult<Self> {
        let nodes =
            settings.urls.iter().map(|url| node(url, settings)).collect::<RedisResult<Vec<_>>>()?;
        let first = nodes
            .first()
            .cloned()
            .ok_or((ErrorKind::InvalidClientConfig, "`urls` names no Redis server"))?;
        let timeout = settings.timeout();
        let target = match settings.mode {
            RedisMode::Standalone => Target::Standalone(Box::new(Client::open(first)?)),
            RedisMode::Sentinel => Target::Sentinel(Box::new(Sentinels::new(settings, nodes)?)),
            RedisMode::Cluster => {
                let builder = ClusterClient::builder(nodes)
                    .connection_timeout(timeout)
                    .response_timeout(timeout)
                    .overall_response_timeout(Some(timeout * 2));
                Target::Cluster(Box::new(builder.build()?))
            }
        };
        Ok(Self { target, timeout, open: PerThread::default(), last_failure: Mutex::default() })
    }

    /// Sends one command, once more if the connection turns out to be broken: whatever we send may
    /// be done twice.
    pub async fn send(&self, command: &Cmd) -> RedisResult<Value> {
        match self.send_once(command).await {
            Err(error) if is_a_broken_connection(&error) => self.send_once(command).await,
            answer => answer,
        }
    }

    async fn send_once(&self, command: &Cmd) -> RedisResult<Value> {
        let connection = self.connection().await?;
        let answer = connection.open.clone().req_packed_command(command).await;
        self.look_at(&connection, answer.and_then(Value::extract_error))
    }

    /// Sends several commands at once, like one.
    pub async fn send_all(&self, commands: &Pipeline) -> RedisResult<Vec<Value>> {
        match self.send_all_once(commands).await {
            Err(error) if is_a_broken_connection(&error) => self.send_all_once(commands).await,
            answer => answer,
        }
    }

    async fn send_all_once(&self, commands: &Pipeline) -> RedisResult<Vec<Value>> {
        let connection = self.connection().await?;
        let answer = commands.query_async(&mut connection.open.clone()).await;
        self.look_at(&connection, answer)
    }

    /// Asks the sentinels for the master, and drops connections to a former one: a partitioned server may
    /// act as master for a while.
    pub async fn follow_master(&self) {
        let Target::Sentinel(sentinels) = &self.target else {
            return;
        };
        let named = tokio::time::timeout(self.timeout, sentinels.master(self.timeout)).await;
        if let Ok(Some(master)) = named {
            self.open.retain(|open| open.master.as_ref() == Some(&master));
        }
    }

    async fn connection(&self) -> RedisResult<Arc<Open>> {
        if let Some(open) = self.open.get() {
            return Ok(open);
        }
        let mut last_failure = self.last_failure.lock().await;
        if let Some(open) = self.open.get() {
            return Ok(open);
        }
        if last_failure.is_some_and(|at| at.elapsed() < RETRY_DELAY) {
            return Err((ErrorKind::Io, "could not be reached a moment ago").into());
        }
        let opened = tokio::time::timeout(self.timeout * 2, self.open_target()).await;
        match opened.unwrap_or_else(|_| Err((ErrorKind::Io, "does not accept connections").into()))
        {
            Ok(connection) => {
                *last_failure = None;
                Ok(self.open.insert(connection))
            }
            Err(error) => {
                *last_failure = Some(Instant::now());
                Err(error)
            }
        }
    }

    async fn open_target(&self) -> RedisResult<Open> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.timeout))
            .set_response_timeout(Some(self.timeout));
        let mut master = None;
        let open = match &self.target {
            Target::Standalone(client) => {
                let opened = client.get_multiplexed_async_connection_with_config(&config).await;
                Connection::Single(opened?)
            }
            Target::Sentinel(sentinels) => {
                let client = sentinels.client().await?;
                master = Some(client.get_connection_info().addr().clone());
                let opened = client.get_multiplexed_async_connection_with_config(&config).await;
                Connection::Single(opened?)
            }
            Target::Cluster(client) => Connection::Cluster(client.get_async_connection().await?),
        };
        Ok(Open { open, master })
    }

    /// Drops a broken connection, and one to the wrong server.
    fn look_at<T>(&self, used: &Arc<Open>, answer: RedisResult<T>) -> RedisResult<T> {
        if answer.as_ref().is_err_and(is_about_the_connection) {
            self.open.remove(used);
        }
        answer
    }
}

/// Whether to retry at once on another connection. After a timeout no time is left for that.
fn is_a_broken_connection(error: &RedisError) -> bool {
    is_about_the_connection(error) && !error.is_timeout()
}

fn is_about_the_connection(error: &RedisError) -> bool {
    error.is_io_error()
        || error.is_timeout()
        || error.is_connection_dropped()
        || error.is_cluster_error()
        || matches!(
            error.kind(),
            // After a failover the old master may still answer, as a replica.
            ErrorKind::Server(ServerErrorKind::ReadOnly | ServerErrorKind::MasterDown)
        )
}

fn node(url: &str, settings: &RedisSettings) -> RedisResult<ConnectionInfo> {
    let node = url
        .into_connection_info()
        .map_err(|_| (ErrorKind::InvalidClientConfig, UNREADABLE_ADDRESS))?;
    let mut redis = node.redis_settings().clone();
    // Sentinels have users of their own; ours is for the servers that they name.
    if settings.mode != RedisMode::Sentinel {
        redis = with_user(redis, settings);
    }
    Ok(node.set_redis_settings(redis))
}

pub(super) fn with_user(
    mut redis: redis::RedisConnectionInfo,
    settings: &RedisSettings,
) -> redis::RedisConnectionInfo {
    if let Some(username) = &settings.username {
        redis = redis.set_username(username);
    }
    if let Some(password) = &settings.password {
        redis = redis.set_password(password.expose());
    }
    redis
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Single(connection) => connection.req_packed_command(cmd),
            Self::Cluster(connection) => connection.req_packed_command(cmd),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Single(connection) => connection.req_packed_commands(pipeline, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Single(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}
