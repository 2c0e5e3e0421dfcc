//! What an operator asks of Redis from outside. Reads only.

use redis::Value;

use super::{connection::RedisConnection, unavailable};
use crate::holds::{HoldsError, RedisSettings};

/// A Redis server as it sees itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisServer {
    /// For example `7.0.15`.
    pub version: String,
    /// What it does when its memory is full; anything but `noeviction` loses holds.
    pub eviction: String,
    /// `master`, or `slave` for a replica, which takes no holds.
    pub role: String,
}

impl RedisServer {
    /// Each server that the settings lead to: one, the master that the sentinels name, or the nodes of a
    /// cluster.
    ///
    /// # Errors
    /// An address in the settings is malformed, or Redis does not answer.
    pub async fn all(settings: &RedisSettings) -> Result<Vec<Self>, HoldsError> {
        let connection = RedisConnection::new(settings).map_err(unavailable)?;
        let answer = connection.send(&redis::cmd("INFO")).await.map_err(unavailable)?;
        let mut servers = Vec::new();
        read(&answer, &mut servers);
        Ok(servers)
    }

    /// Lines of `name:value`.
    fn parse(text: &str) -> Self {
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.unwrap_or_default().trim().to_owned()
        };
        Self {
            version: field("redis_version"),
            eviction: field("maxmemory_policy"),
            role: field("role"),
        }
    }
}

/// A cluster answers with the text of each node behind its address.
fn read(answer: &Value, servers: &mut Vec<RedisServer>) {
    match answer {
        Value::BulkString(bytes) => {
            servers.push(RedisServer::parse(&String::from_utf8_lossy(bytes)));
        }
        Value::VerbatimString { text, .. } => servers.push(RedisServer::parse(text)),
        Value::Map(nodes) => nodes.iter().for_each(|(_, node)| read(node, servers)),
        Value::Array(nodes) => nodes.iter().for_each(|node| read(node, servers)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: &str = "# Server\r\nredis_version:7.0.15\r\n# Memory\r\nmaxmemory:0\r\n\
        maxmemory_policy:allkeys-lru\r\n# Replication\r\nrole:master\r\n";

    #[tokio::test]
    async fn an_address_that_cannot_be_read_is_refused_without_repeating_it() {
        for url in ["u:Geheim@h", "redis://:Geheim/ab@h", "redis://h/?protocol=Geheim"] {
            let error = RedisServer::all(&RedisSettings::standalone(url)).await.unwrap_err();
            let told = format!("{error} {error:?}");
            assert!(!told.contains("Geheim"), "{told}");
            assert!(told.contains("`/` is %2F, `#` is %23"), "{told}");
        }
    }

    #[test]
    fn one_server_and_the_nodes_of_a_cluster_are_read() {
        let text = || Value::BulkString(INFO.as_bytes().to_vec());
        let mut one = Vec::new();
        read(&text(), &mut one);
        assert_eq!(one, [RedisServer::parse(INFO)]);
        assert_eq!((&*one[0].version, &*one[0].eviction), ("7.0.15", "allkeys-lru"));
        assert_eq!(one[0].role, "master");
        let node = |address: &str| (Value::SimpleString(address.to_owned()), text());
        let mut nodes = Vec::new();
        read(&Value::Map(vec![node("10.0.0.1:6379"), node("10.0.0.2:6379")]), &mut nodes);
        assert_eq!(nodes.len(), 2);
    }
}
