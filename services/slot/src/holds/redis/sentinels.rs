//! Finds the master through the sentinels.

use std::time::Duration;

use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, RedisResult, TlsMode, Value,
    aio::MultiplexedConnection,
    sentinel::{SentinelClient, SentinelNodeConnectionInfo, SentinelServerType},
};
use tokio::sync::Mutex;

use super::connection::with_user;
use crate::holds::RedisSettings;

/// The sentinels of one master.
pub(super) struct Sentinels {
    finder: Mutex<SentinelClient>,
    /// The sentinels, and the connection to the one that was asked last.
    nodes: Vec<ConnectionInfo>,
    asked: Mutex<Option<MultiplexedConnection>>,
    master: String,
    is_tls: bool,
}

impl Sentinels {
    pub fn new(settings: &RedisSettings, nodes: Vec<ConnectionInfo>) -> RedisResult<Self> {
        let is_tls = nodes.iter().any(|node| matches!(node.addr(), ConnectionAddr::TcpTls { .. }));
        let servers = with_user(redis::RedisConnectionInfo::default(), settings);
        let mut info = SentinelNodeConnectionInfo::default().set_redis_connection_info(servers);
        if is_tls {
            info = info.set_tls_mode(TlsMode::Secure);
        }
        let urls = settings.urls.clone();
        let kind = SentinelServerType::Master;
        let finder = SentinelClient::build(urls, &settings.master, Some(info), kind)?;
        let master = settings.master.clone();
        Ok(Self { finder: Mutex::new(finder), nodes, asked: Mutex::new(None), master, is_tls })
    }

    /// A client of the present master.
    pub async fn client(&self) -> RedisResult<Client> {
        self.finder.lock().await.async_get_client().await
    }

    /// Where the present master is, if a sentinel can say.
    pub async fn master(&self, timeout: Duration) -> Option<ConnectionAddr> {
        let mut asked = self.asked.lock().await;
        if let Some(connection) = asked.as_mut() {
            match self.ask(connection).await {
                Some(master) => return Some(master),
                None => *asked = None,
            }
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(timeout / 4))
            .set_response_timeout(Some(timeout / 4));
        for node in &self.nodes {
            let Ok(client) = Client::open(node.clone()) else { continue };
            let opened = client.get_multiplexed_async_connection_with_config(&config).await;
            let Ok(mut connection) = opened else { continue };
            if let Some(master) = self.ask(&mut connection).await {
                *asked = Some(connection);
                return Some(master);
            }
        }
        None
    }

    async fn ask(&self, connection: &mut MultiplexedConnection) -> Option<ConnectionAddr> {
        let mut command = redis::cmd("SENTINEL");
        command.arg("GET-MASTER-ADDR-BY-NAME").arg(&self.master);
        let answer: Value = command.query_async(connection).await.ok()?;
        let (host, port): (String, u16) = redis::from_redis_value(answer).ok()?;
        Some(if self.is_tls {
            ConnectionAddr::TcpTls { host, port, insecure: false, tls_params: None }
        } else {
            ConnectionAddr::Tcp(host, port)
        })
    }
}
