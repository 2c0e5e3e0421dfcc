//! Log-in at the identity service, and log-out.

pub(super) mod callback;
pub(super) mod explain;
mod levels;
pub(super) mod logout;
pub(super) mod start;
mod way;
