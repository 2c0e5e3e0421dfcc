//! What runs without a request. Each job reads the state and acts on it, so that it may be started
//! at any moment, anywhere, twice. Those that would only get in each other's way run in the one
//! process that leads ([`election`]).

pub mod close_past_bookings;
pub mod count_days;
pub mod delete_expired;
pub mod election;
pub mod publish_log;
pub mod rebuild_holds;
pub mod repair_holds;
pub mod return_seats;
pub mod run_draws;
pub mod run_waiting_lists;
pub mod share_refusals;
pub mod turns;
pub mod watch_catalogue;
pub mod watch_health;
