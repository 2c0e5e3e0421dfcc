//! Agencies that want to hear of events.
//!
//! The way of an event: [`record`] stores it in the transaction in which it is consumed, [`plan`]
//! makes a delivery for each endpoint that wants it, [`dispatch`] decides whose turn it is,
//! [`deliver`] makes the attempts of a turn, each by [`post`]; [`recent`] reads an event once for all of
//! them, and [`notes`] notes together what many of them took. [`notify`] writes to the agency of an endpoint
//! that was paused.

pub(crate) mod deliver;
pub(crate) mod dispatch;
pub(crate) mod follow;
pub(crate) mod made;
pub(crate) mod manage;
mod notes;
pub(crate) mod notify;
pub(crate) mod numbers;
pub(crate) mod once;
pub(crate) mod plan;
mod post;
pub(crate) mod ready;
mod recent;
pub(crate) mod record;
pub(crate) mod replay;
mod rotate;
