//! Agencies that want to hear of events.

pub(crate) mod deliver;
pub(crate) mod follow;
pub(crate) mod manage;
pub(crate) mod record;
