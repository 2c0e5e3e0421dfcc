//! A year of Berlin's citizens' offices: 180,000 appointments a month, today's mechanism and ours.
//!
//! [`assumptions`] has every number that is assumed, [`policy`] what is compared. [`year`] keeps the
//! days, [`first_come`] and [`drawn`] give seats away, [`attendance`] says who comes, [`tally`]
//! counts, [`results`] makes tables of it.

mod assumptions;
mod attendance;
mod drawn;
mod first_come;
mod overbooking;
mod policy;
mod results;
mod suitable_days;
mod tally;
mod year;

pub(crate) use overbooking::bookings_for;
pub(crate) use results::run;
