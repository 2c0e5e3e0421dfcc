//! Webhooks: subscriptions, events and deliveries.

pub(crate) mod answers;
pub(crate) mod deliveries;
pub(crate) mod events;
mod isolation;
mod migration;
pub(crate) mod notices;
pub(crate) mod queue;
pub(crate) mod replays;
pub(crate) mod subscriptions;

pub(super) use answers::CreateAnswers;
pub(super) use isolation::IsolateWebhooks;
pub(super) use migration::CreateWebhooks;
