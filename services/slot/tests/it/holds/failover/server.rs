//! Redis servers of a test's own, so that they may be hurt.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use redis::{FromRedisValue, RedisResult};

/// Long enough for servers to agree on a busy machine.
pub const WAIT_TIMEOUT: Duration = Duration::from_secs(120);

pub struct Server {
    process: Child,
    pub port: u16,
    arguments: Vec<String>,
    data: tempfile::TempDir,
}

impl Server {
    /// Starts one, if the engines of this run are there.
    pub async fn start(arguments: &[&str]) -> Option<Self> {
        testkit::redis_url()?;
        let (port, data) = (free_port(), tempfile::tempdir().unwrap());
        let arguments: Vec<_> = arguments.iter().map(|text| (*text).to_owned()).collect();
        let process = spawn(port, data.path(), &arguments);
        let server = Self { process, port, arguments, data };
        server.wait().await;
        Some(server)
    }

    /// A sentinel that watches the master at a port and is quick to judge.
    pub async fn sentinel(master: u16) -> Self {
        let (port, data) = (free_port(), tempfile::tempdir().unwrap());
        let configuration = format!(
            "port {port}\nbind 127.0.0.1\ndir {}\nsentinel monitor m 127.0.0.1 {master} 1\n\
             sentinel down-after-milliseconds m 400\nsentinel failover-timeout m 3000\n",
            data.path().display()
        );
        let file = data.path().join("sentinel.conf");
        std::fs::write(&file, configuration).unwrap();
        let mut command = Command::new("redis-server");
        let process = command.arg(file).arg("--sentinel").stdout(Stdio::null()).spawn().unwrap();
        let server = Self { process, port, arguments: Vec::new(), data };
        server.wait().await;
        server
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// What the server answers to some words.
    pub async fn ask<T: FromRedisValue>(&self, words: &[&str]) -> RedisResult<T> {
        let client = redis::Client::open(self.url())?;
        let mut connection = client.get_multiplexed_async_connection().await?;
        let mut command = redis::cmd(words[0]);
        for word in &words[1..] {
            command.arg(word);
        }
        command.query_async(&mut connection).await
    }

    /// Waits until the answer contains a text.
    pub async fn wait_until(&self, words: &[&str], text: &str) {
        testkit::eventually(WAIT_TIMEOUT, async || {
            let answer: RedisResult<redis::Value> = self.ask(words).await;
            let answer = answer.map(|value| flat(&value));
            answer.is_ok_and(|answer| answer.contains(text)).then_some(())
        })
        .await;
    }

    async fn wait(&self) {
        self.wait_until(&["PING"], "PONG").await;
    }

    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Starts it again, with what it last saved.
    pub async fn start_again(&mut self) {
        self.process = spawn(self.port, self.data.path(), &self.arguments);
        self.wait().await;
    }
}

/// All texts in an answer.
fn flat(value: &redis::Value) -> String {
    match value {
        redis::Value::Array(parts) => parts.iter().map(flat).collect::<Vec<_>>().join(" "),
        redis::Value::Map(pairs) => {
            let both = pairs.iter().map(|(key, value)| format!("{} {}", flat(key), flat(value)));
            both.collect::<Vec<_>>().join(" ")
        }
        redis::Value::BulkString(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        redis::Value::SimpleString(text) => text.clone(),
        redis::Value::VerbatimString { text, .. } => text.clone(),
        redis::Value::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

fn spawn(port: u16, data: &Path, arguments: &[String]) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", ""]);
    command.arg("--dir").arg(data).args(arguments).stdout(Stdio::null());
    command.spawn().expect("redis-server is installed where a Redis is given")
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
