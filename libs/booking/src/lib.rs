//! Seats, booking states and booking rules. Pure: no I/O, no async, no clock of its own.
//!
//! * [`Seat`]: time at a desk; [`LocalDay`] counts its minutes.
//! * [`Reservation`]: whatever keeps a seat from others.
//! * [`returning`]: how a seat that was given up becomes free again.
//! * [`capacity`]: which desk is free for a visit.
//! * [`state`]: what can happen to a booking; [`queue_ticket`]: what to the number of a walk-in.
//! * [`entitlement`]: whom an entitlement is for, and how often it serves.
//! * [`rules`]: what an authority may demand of a visit. To add a booking rule, write one file in
//!   `src/rules/` and one line in its registry; `lead_time.rs` is a short one to copy.

pub mod capacity;
pub mod entitlement;
mod local_day;
pub mod queue_ticket;
mod reservation;
pub mod returning;
pub mod rules;
mod seat;
pub mod state;

pub use local_day::{LocalDay, Span};
pub use reservation::{Reservation, ReservationKind, UnknownKind};
pub use seat::Seat;
pub use vocabulary::TrustLevel;
