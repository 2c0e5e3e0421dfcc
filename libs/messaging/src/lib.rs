//! How services tell each other what happened, without waiting for each other.
//!
//! An [`Event`] is written to the [`Outbox`] in the transaction that caused it: the [`UnitOfWork`]
//! of a use case does that, and wakes the relay after the commit. The [`Relay`] publishes it to a
//! [`Bus`]: RabbitMQ ([`RabbitMq`]) or, with nothing installed, the process itself
//! ([`InProcessBus`]). A [`Consumer`] hands it to a [`Handler`] and remembers it in its inbox
//! within the handler's transaction, so that each event has its effect once however often it is
//! delivered. What fails is tried again later and ends in dead letters, which an operator can list,
//! replay or drop.
//!
//! ```text
//! use case: transaction { state change, outbox } -> relay -> bus -> consumer: transaction { inbox, effect }
//! ```
//!
//! To add an event: one message in `proto/`, one [`Handler`] in the service that cares. See
//! README.md for the recipe.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | how a use case publishes | `unit_of_work.rs`, `store/outbox.rs` |
//! | when and in which order events leave | `relay.rs` |
//! | how often a failed event is tried, and when it is given up | `consumer.rs`, and the pauses of `Queue` in `bus.rs` |
//! | what stands in an AMQP message | `rabbitmq/headers.rs` |
//! | exchanges, queues and their arguments | `rabbitmq/topology.rs` |
//! | what only one consumer may read | `sealed.rs` |
//! | what can be published again after a broker lost it | `store/published.rs` |

mod bus;
mod consumer;
mod event;
mod handler;
mod in_process;
mod rabbitmq;
mod relay;
mod sealed;
mod store;
mod typed;
mod unit_of_work;

pub use bus::{
    Bus, BusError, DeadLetter, Deliver, Delivery, Queue, Subscriber, Unconfirmed, Verdict,
};
pub use consumer::Consumer;
pub use event::{Event, InvalidEvent};
pub use handler::{EveryHandler, Handler, HandlerError, RunHandler};
pub use in_process::InProcessBus;
pub use rabbitmq::{QueueState, RabbitMq};
pub use relay::{Relay, Retention, Wake};
pub use sealed::{SealError, SealingKey};
pub use store::{
    CreateInbox, CreateOutbox, CreatePublishedEvents, IndexOutbox, Outbox, PublishedCount,
    PublishedEvents, Republished, Transaction,
};
pub use unit_of_work::UnitOfWork;
