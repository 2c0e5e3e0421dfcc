//! Log-in at the identity service, and log-out.

pub(super) mod callback;
pub(super) mod explain;
pub(super) mod logout;
pub(super) mod start;
mod way;
