//! Opening rules, closures and holidays become a day plan. Pure.
//!
//! A [`DayPlan`] says what one location offers on one local day: [`Session`]s on a [`Grid`], with
//! [`DeskSet`]s per [`Channel`]. Bookings are not its matter (see the `booking` crate).

mod day_plan;
mod desk;
mod grid;
mod session;

pub use day_plan::DayPlan;
pub use desk::{Desk, DeskSet, NoSuchDesk};
pub use grid::{Grid, NotAGrid};
pub use session::{BookingWindow, Channel, Session};
