//! Where holds are kept.

use std::{borrow::Cow, time::Duration};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use settings::Secret;

/// Where holds are kept: `holds: memory`, or `holds: {redis: {...}}`.
#[derive(Debug, Clone)]
pub enum HoldSettings {
    /// In this process: for one process only, rebuilt from the database at each start.
    Memory,
    /// In Redis.
    Redis(RedisSettings),
}

/// Which Redis.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedisSettings {
    /// `redis://host:port` or `rediss://host:port` (TLS): the server, or all sentinels, or some
    /// nodes of the cluster. Use no server that evicts keys (`maxmemory-policy noeviction`).
    pub urls: Vec<String>,
    /// How it is run.
    #[serde(default)]
    pub mode: RedisMode,
    /// The name of the master that the sentinels watch.
    #[serde(default = "default_master")]
    pub master: String,
    /// The user, if Redis asks for one.
    #[serde(default)]
    pub username: Option<String>,
    /// The password, if Redis asks for one.
    #[serde(default)]
    pub password: Option<Secret>,
    /// After how many milliseconds an unanswered command counts as failed.
    #[serde(default = "default_timeout")]
    pub timeout_ms: u64,
}

/// How Redis is run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RedisMode {
    /// One server.
    #[default]
    Standalone,
    /// A master with replicas, watched by sentinels.
    Sentinel,
    /// A cluster. The keys of one authority share a hash tag, so they live on one node.
    Cluster,
}

impl RedisSettings {
    /// One server without password.
    #[must_use]
    pub fn standalone(url: impl Into<String>) -> Self {
        Self {
            urls: vec![url.into()],
            mode: RedisMode::Standalone,
            master: default_master(),
            username: None,
            password: None,
            timeout_ms: default_timeout(),
        }
    }

    pub(super) fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }
}

fn default_master() -> String {
    "mymaster".to_owned()
}

const fn default_timeout() -> u64 {
    500
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Written {
    /// In this process.
    Memory,
    /// In Redis.
    Redis(RedisSettings),
}

impl JsonSchema for HoldSettings {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "HoldSettings".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Written::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for HoldSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `singleton_map` reads `{redis: {...}}`, the form people write in YAML.
        Ok(match serde_norway::with::singleton_map::deserialize(deserializer)? {
            Written::Memory => Self::Memory,
            Written::Redis(redis) => Self::Redis(redis),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<HoldSettings, settings::SettingsError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            holds: HoldSettings,
        }
        settings::parse_yaml::<File>("slot.yaml", text).map(|file| file.holds)
    }

    #[test]
    fn both_forms_are_read() {
        assert!(matches!(parse("holds: memory"), Ok(HoldSettings::Memory)));
        let text = "holds: {redis: {mode: cluster, urls: ['redis://a:1', 'redis://b:1']}}";
        let Ok(HoldSettings::Redis(redis)) = parse(text) else { panic!("not read") };
        assert_eq!((redis.mode, redis.urls.len()), (RedisMode::Cluster, 2));
    }

    #[test]
    fn a_mistake_is_named() {
        for text in ["holds: disk", "holds: {redis: {}}", "holds: {redis: {urls: [], mod: x}}"] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.starts_with("slot.yaml: holds"), "{message}");
        }
    }
}
