//! What is counted in a year.

/// What is counted in a year.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By days of waiting, how many were served.
    pub waits: Vec<u64>,
    /// By week, how many were served, and their days of waiting in all.
    pub weeks: Vec<(u64, u64)>,
    /// Bookings whose day came and that were not cancelled.
    pub kept: u64,
    /// Those of them to which the person did not come.
    pub missed: u64,
    /// Seats there were.
    pub seats: u64,
    /// Seats that stayed empty.
    pub empty: u64,
    /// Requests.
    pub requests: u64,
    /// Half-days of a site, and those on which more came than there were seats.
    pub half_days: (u64, u64),
    /// People without an appointment at the end.
    pub waiting: u64,
}

impl Tally {
    /// A person is served on a day of the year after so many days.
    pub fn served(&mut self, day: i32, days: i32) {
        let (week, days) = (index(day) / 7, index(days));
        if self.waits.len() <= days {
            self.waits.resize(days + 1, 0);
        }
        self.waits[days] += 1;
        if self.weeks.len() <= week {
            self.weeks.resize(week + 1, (0, 0));
        }
        self.weeks[week].0 += 1;
        self.weeks[week].1 += days as u64;
    }

    /// How many were served.
    pub fn all_served(&self) -> u64 {
        self.waits.iter().sum()
    }

    /// The mean wait in days.
    pub fn mean_wait(&self) -> f64 {
        let days = self.waits.iter().enumerate().map(|(days, people)| days as u64 * people);
        days.sum::<u64>() as f64 / self.all_served().max(1) as f64
    }

    /// The mean wait in days of those served in the last quarter.
    pub fn last_mean_wait(&self) -> f64 {
        let last = &self.weeks[self.weeks.len().saturating_sub(13)..];
        let (people, days) = last.iter().fold((0, 0), |all, week| (all.0 + week.0, all.1 + week.1));
        days as f64 / people.max(1) as f64
    }

    /// The share served within so many days.
    pub fn within(&self, days: usize) -> f64 {
        let soon: u64 = self.waits.iter().take(days + 1).sum();
        soon as f64 / self.all_served().max(1) as f64
    }

    /// The days that 99 of 100 do not exceed.
    pub fn p99(&self) -> f64 {
        let (all, mut seen) = (self.all_served(), 0);
        let reaches = self.waits.iter().position(|people| {
            seen += people;
            seen * 100 >= all * 99
        });
        reaches.unwrap_or(0) as f64
    }
}

/// A day of the year, or a number of days, as a position.
pub fn index(day: i32) -> usize {
    usize::try_from(day).unwrap_or(0)
}
