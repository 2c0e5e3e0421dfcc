//! Catalogues, looked at without a server.

use std::path::PathBuf;

use clap::Args;
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};

use super::Format;

#[derive(Debug, Args)]
pub struct Check {
    /// Values files with a `catalogue:` section. A file lies over the ones before it, as with
    /// `helm -f a -f b`; one for another authority begins anew
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// What is live now, several times for several files laid over each other: shows which slots
    /// the files would add and take away, and fails if a booking of --bookings stands in the way
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
    /// How many days ahead to compare
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(i32).range(1..=366))]
    pub days: i32,
    /// As if it were this time (RFC 3339); decides what can be booked already
    #[arg(long, requires = "against")]
    pub now: Option<Timestamp>,
    /// Bookings that exist: a JSON object of lists of {start, slots, desk?, services?} by location
    #[arg(long, requires = "against")]
    pub bookings: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Preview {
    /// Values files with a `catalogue:` section; a file lies over the ones before it
    #[arg(required = true)]
    pub catalogue: Vec<PathBuf>,
    /// The place
    #[arg(long)]
    pub location: LocationId,
    /// The service
    #[arg(long)]
    pub service: ServiceId,
    /// First day, in Berlin
    #[arg(long)]
    pub from: Date,
    /// Last day, in Berlin
    #[arg(long)]
    pub to: Date,
    /// As if it were this time (RFC 3339); decides what can be booked already
    #[arg(long)]
    pub now: Option<Timestamp>,
    /// Bookings that exist: a JSON list of {start, slots, desk?, services?}
    #[arg(long)]
    pub bookings: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
