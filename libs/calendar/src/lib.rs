//! Opening rules, closures and holidays become a day plan. Pure: no I/O and no clock.
//!
//! An [`Opening`] holds what an authority configured for one location: weekly [`OpeningRule`]s,
//! [`Exception`]s for single days, [`Closure`]s, public holidays. Its
//! [`day_plan`](Opening::day_plan) says what is offered on one local day: [`Session`]s on a
//! [`Grid`], with a [`DeskSet`] per [`Channel`]. Bookings are not its matter (see the `booking`
//! crate). Each item names the term that ZMS, the offices' present system, uses for it.
//!
//! Slots follow from three stated rules:
//!
//! * A slot starts at the opening time plus a multiple of the slot length, and ends by closing
//!   time. A shorter rest at the end of a session is not offered.
//! * A visit stays within one session at one desk; adjacent sessions do not join.
//! * Opening hours are wall time. Across the missing hour in March a session is an hour shorter;
//!   across the repeated hour in October it is an hour longer, and a time that exists twice means
//!   the first one.
//!
//! To add a way of opening (say, "only in school holidays"), add its field to [`OpeningRule`] and
//! one condition to [`OpeningRule::hours_on`].
//!
//! Three kinds of time meet here, and each has its place:
//!
//! * **wall time**, minutes after midnight on a clock in Berlin: what an admin writes
//!   ([`Hours`], [`TimeOfDay`]);
//! * **units**, steps of the grid in elapsed time since local midnight: what a day plan counts
//!   in ([`Session::from`], [`DayPlan::units`]);
//! * **instants** in UTC: what a booking is and what programs compare ([`DayPlan::time_of`],
//!   [`BookingWindow`]).
//!
//! The path through the files: [`Hours`] and [`WeekHours`] (what an admin writes),
//! [`OpeningRule`] and [`Exception`] (when it holds), [`DeskCounts`] and [`Bookable`] (what is
//! offered then), [`Opening`] (what wins), [`Session`] and [`DayPlan`] (the result).
//! `wall_time` is the only file that knows of clock changes.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | how hours are written (`08:00-12:00, 13:00-18:00`) | `hours.rs` |
//! | when a rule holds: weeks, months, first and last day | `rule.rs` |
//! | which of rule, exception, closure and holiday wins | `opening.rs` |
//! | public holidays | `holidays.rs` (the laws: README), `federal_state.rs` |
//! | desks for the public, the phone and staff | `offer.rs` (counts), `desk.rs` (sets) |
//! | slots and where they begin | `session.rs`, `grid.rs` |
//! | the night of a clock change | `wall_time.rs`, and the tests beside it |
//! | time at single desks that another system has taken | `closed_time.rs` |

mod closed_time;
mod closure;
mod day_plan;
mod desk;
mod federal_state;
mod grid;
mod holidays;
mod hours;
mod offer;
mod opening;
mod rule;
mod schema;
mod session;
mod wall_time;
mod weekday;

pub use closed_time::{ClosedTime, ClosedTimes};
pub use closure::{Closure, InvalidClosure};
pub use day_plan::DayPlan;
pub use desk::{Desk, DeskSet, NoSuchDesk};
pub use federal_state::{FederalState, UnknownFederalState};
pub use grid::{Grid, NotAGrid};
pub use hours::{Hours, InvalidHours, Span};
pub use offer::{Bookable, DeskCounts, DeskNumbers, OwnBookable, TimeOfDay};
pub use opening::Opening;
pub use rule::{DEFAULT_SLOT_MINUTES, Exception, OpeningRule};
pub use schema::date as date_schema;
pub use session::{BookingWindow, Channel, Session};
pub use weekday::WeekHours;
