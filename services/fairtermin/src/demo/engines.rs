//! What the demo's services stand on.

use std::path::PathBuf;

use serde_json::{Value, json};

/// Nothing installed, or the real engines.
#[derive(Debug, Clone)]
pub enum Engines {
    /// SQLite files in this folder, holds and events in the process.
    Embedded(PathBuf),
    /// Databases `fairtermin_<name>` on this PostgreSQL server, Redis and RabbitMQ.
    Real {
        /// `postgres://user@host:port`, without a database name.
        postgres: String,
        redis: String,
        rabbitmq: String,
    },
}

impl Engines {
    /// The database of one service.
    pub fn database(&self, name: &str) -> Value {
        let url = match self {
            Self::Embedded(folder) => {
                format!("sqlite://{}?mode=rwc", folder.join(format!("{name}.sqlite")).display())
            }
            Self::Real { postgres, .. } => format!("{postgres}/fairtermin_{name}"),
        };
        json!({ "url": { "value": url } })
    }

    pub fn bus(&self) -> Value {
        match self {
            Self::Embedded(_) => json!({}),
            Self::Real { rabbitmq, .. } => json!({ "url": { "value": rabbitmq } }),
        }
    }

    pub fn holds(&self) -> Value {
        match self {
            Self::Embedded(_) => json!("memory"),
            Self::Real { redis, .. } => json!({ "redis": { "urls": [redis] } }),
        }
    }
}
