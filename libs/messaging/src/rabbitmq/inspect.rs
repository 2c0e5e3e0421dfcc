//! What an operator asks of a queue from outside. Declares nothing and takes nothing.

use lapin::{Connection, ErrorKind, options::QueueDeclareOptions, types::FieldTable};

use super::{RabbitMq, topology};
use crate::BusError;

/// The reply code of AMQP 0-9-1 for a queue that does not exist.
const NOT_FOUND: u16 = 404;

/// How full a queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueState {
    /// Events that wait, without those that wait for their next attempt.
    pub waiting: u32,
    /// Processes that take from it, those that stand by included.
    pub consumers: u32,
    /// Dead letters.
    pub dead: u32,
}

impl RabbitMq {
    /// The state of `queue`; `None` if no process has ever declared it.
    ///
    /// # Errors
    /// The broker cannot be reached or refuses us.
    pub async fn queue_state(&self, queue: &str) -> Result<Option<QueueState>, BusError> {
        let namespace = &self.0.namespace;
        let connection = self.0.connect().await?;
        let name = topology::queue_name(namespace, queue);
        let Some(own) = existing(&connection, &name).await? else { return Ok(None) };
        let dead = existing(&connection, &topology::dead_name(namespace, queue)).await?;
        Ok(Some(QueueState {
            waiting: own.message_count(),
            consumers: own.consumer_count(),
            dead: dead.map_or(0, |dead| dead.message_count()),
        }))
    }
}

/// The broker closes the channel over a queue that is not there, so each question has its own.
async fn existing(connection: &Connection, name: &str) -> Result<Option<lapin::Queue>, BusError> {
    let channel = connection.create_channel().await?;
    let options = QueueDeclareOptions::durable().passive();
    match channel.queue_declare(name.into(), options, FieldTable::default()).await {
        Ok(queue) => Ok(Some(queue)),
        Err(error) if is_not_found(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether the broker said that there is no such queue.
fn is_not_found(error: &lapin::Error) -> bool {
    matches!(error.kind(), ErrorKind::ProtocolError(reply) if reply.get_id() == NOT_FOUND)
}
