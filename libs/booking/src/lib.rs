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
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a limit or a condition for bookings | `rules/`, one file each; the README has the recipe |
//! | what a refused person reads | `TEXTS` in the file of the rule |
//! | what a rule may know of a person | `rules/needs.rs` (asks), `rules/attempt.rs` (gets) |
//! | what counts against a person, and for how long | `rules/history.rs`, `rules/limit.rs` |
//! | which of several free desks is taken | `capacity.rs` |
//! | when a seat that was given up is free again | `returning.rs` |
//! | which step may follow which at the desk | `state.rs`, `queue_ticket.rs` |
//! | how the number in an agency's letter is read | `entitlement/reference.rs` |

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
