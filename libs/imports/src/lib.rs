#![doc = include_str!("../README.md")]

mod dldb;
mod encoding;
mod error;
mod json;
pub mod model;
mod report;
mod size;
mod slug;
mod values;
mod words;
mod xzufi;
pub mod zms;

pub use dldb::{Purpose, read as read_dldb};
pub use error::ImportError;
pub use report::{Entry, Fate, Report};
pub use values::{Heading, as_yaml, closed_times, overlay, values};
pub use words::Words;
pub use xzufi::read as read_xzufi;
pub use zms::{Bookings, Whole, read as read_zms};

/// What was read of another system.
///
/// A catalogue is written from `offer` by [`values()`], and `report` goes to the admin: an import
/// never stops at a single strange entry, it leaves it out and says so.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What it offers.
    pub offer: model::Offer,
    /// What could not be carried over.
    pub report: Report,
    /// How many appointments from today on the files have, with those that cannot be read.
    pub appointments: usize,
}
