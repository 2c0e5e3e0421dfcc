//! The bus of production: RabbitMQ.

use std::sync::Arc;

use async_trait::async_trait;
use ids::EventId;

use crate::{Bus, BusError, DeadLetter, Deliver, Event, Queue, Unconfirmed};

/// A connection to RabbitMQ that comes back by itself. Clones share it.
#[derive(Clone)]
pub struct RabbitMq {
    #[expect(dead_code, reason = "stage 0")]
    address: Arc<str>,
}

impl RabbitMq {
    /// A bus at `address` (`amqp://user:password@host:5672/vhost`, `amqps://` for TLS). Connects
    /// when first needed; `name` is what the broker's administrator sees.
    #[must_use]
    pub fn new(address: &str, _name: &str) -> Self {
        Self {
            address: address.into(),
        }
    }
}

impl std::fmt::Debug for RabbitMq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RabbitMq")
    }
}

#[async_trait]
impl Bus for RabbitMq {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        events
            .iter()
            .map(|_| Err(Unconfirmed("not built".to_owned())))
            .collect()
    }
    async fn consume(&self, _queue: &Queue, _deliver: Arc<dyn Deliver>) {}
    async fn ping(&self) -> Result<(), BusError> {
        Err(BusError("not built".to_owned()))
    }
    async fn dead_letters(&self, _queue: &str, _limit: usize) -> Result<Vec<DeadLetter>, BusError> {
        Ok(Vec::new())
    }
    async fn replay(&self, _queue: &str, _id: EventId) -> Result<bool, BusError> {
        Ok(false)
    }
    async fn discard(&self, _queue: &str, _id: EventId) -> Result<bool, BusError> {
        Ok(false)
    }
}
