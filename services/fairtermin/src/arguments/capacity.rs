//! The arguments of `fairtermin capacity`.

use std::{num::NonZeroU32, str::FromStr};

use clap::Args;

#[derive(Debug, Args)]
pub struct Capacity {
    /// Appointments that are booked in the busiest rush, for example all of the day that is released at a
    /// location's `opensAt`
    #[arg(long)]
    pub bookings_at_once: u32,
    /// How long that rush lasts
    #[arg(long, value_name = "SECONDS")]
    pub rush_seconds: NonZeroU32,
    /// How often free times are looked at for each booking, by everybody together, those who find none as well
    #[arg(long, value_name = "NUMBER")]
    pub looks_per_booking: NonZeroU32,
    /// How many holds there are for each booking, refused ones as well
    #[arg(long, value_name = "NUMBER")]
    pub holds_per_booking: NonZeroU32,
    /// What one pod does: the first number of `availability over HTTP` of `make bench`
    #[arg(long, value_name = "RATE")]
    pub looks_per_second: Rate,
    /// The first number of `hold over HTTP / bare handler with one EVALSHA`
    #[arg(long, value_name = "RATE")]
    pub holds_per_second: Rate,
    /// The first number of `confirm over HTTP`
    #[arg(long, value_name = "RATE")]
    pub confirms_per_second: Rate,
}

/// Requests a second: more than none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate(f64);

impl Rate {
    /// A second.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rate = text.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate > 0.0);
        rate.map(Self).ok_or("write a number above 0, as `make bench` prints it")
    }
}
