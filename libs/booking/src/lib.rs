//! Seats, booking states and booking rules. Pure: no I/O, no async, no clock of its own.
//!
//! * [`Seat`]: time at a desk; [`LocalDay`] counts its minutes.
//! * [`Reservation`]: whatever keeps a seat from others.
//! * [`returning`]: how a seat that was given up becomes free again.
//! * [`capacity`]: which desk is free for a visit.
//! * [`state`]: what can happen to a booking; [`queue_ticket`]: what to the number of a walk-in.
//! * [`entitlement`]: whom an entitlement is for, and how often it serves.
//! * [`rules`]: what an authority may demand of a visit. To add a booking rule, write one file in
//!   `src/rules/` and one line in its registry; `README.md` says which one to copy.
//!
//! The reader's path: `seat.rs` and `local_day.rs` (what is given away), `capacity.rs` (to whom
//! there is room), `rules/` (who may), `reservation.rs` and `returning.rs` (what keeps it and
//! how it becomes free), `state.rs` (what happens on the day). What an authority offers is in
//! `calendar` and `catalogue`; who calls, stores and sends is in `services/slot`.
//!
//! Two promises of the whole system do not rest on this crate alone. That no seat is given away
//! twice and that one person has one active booking in a group are constraints of the database;
//! the functions here find a free seat and give the friendly answer first.

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
