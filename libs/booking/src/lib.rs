//! Seats, booking states and booking rules. Pure: no I/O, no async, no clock of its own.
//!
//! * [`Seat`]: which desk is taken when.
//! * [`capacity`]: which desk is free for a visit.
//! * [`state`]: what can happen to a booking.
//! * [`rules`]: what an authority may demand of a visit. To add a booking rule, write one file in
//!   `src/rules/` and one line in its registry; `lead_time.rs` is a short one to copy.

pub mod capacity;
pub mod rules;
mod seat;
pub mod state;
mod trust;

pub use seat::Seat;
pub use trust::TrustLevel;
