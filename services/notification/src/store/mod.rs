//! The database of this service.

pub(crate) mod contacts;
pub(crate) mod ended;
pub(crate) mod mailbox;
pub(crate) mod messages;
mod migrations;
pub(crate) mod postponed;
pub(crate) mod webhooks;

pub(crate) use migrations::Migrations;
