//! Webhooks: subscriptions, events and deliveries.

pub(crate) mod deliveries;
pub(crate) mod events;
mod migration;
pub(crate) mod subscriptions;

pub(super) use migration::CreateWebhooks;
