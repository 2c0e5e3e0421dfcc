//! Webhooks: who wants to hear what, what there was to hear, and what was delivered.

pub(crate) mod deliveries;
pub(crate) mod events;
mod migration;
pub(crate) mod subscriptions;

pub(super) use migration::CreateWebhooks;
