//! Public holidays of each state.
//!
//! Computed and not listed, so that a catalogue can be planned years ahead and no yearly job
//! can be forgotten. A new law is a new line in `HOLIDAYS`, with the year from which it holds; the
//! laws are in the crate's README. Not here: the two days on which offices are closed by custom (24
//! and 31 December), school holidays, and days that are a holiday in single municipalities (the
//! Assumption in most of Bavaria, Corpus Christi in parts of Saxony and Thuringia, Augsburg's Peace
//! Festival); those are closures in the catalogue.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::FederalState::{
    self, BadenWuerttemberg, Bavaria, Berlin, Brandenburg, Bremen, Hamburg, Hesse, LowerSaxony,
    MecklenburgWesternPomerania, NorthRhineWestphalia, RhinelandPalatinate, Saarland, Saxony,
    SaxonyAnhalt, SchleswigHolstein, Thuringia,
};

impl FederalState {
    /// Its public holidays in `year`, in order (ZMS: *dayoff*, computed once a year there).
    ///
    /// Right from 1995 on (the Day of Repentance was abolished then, but for Saxony). Easter Sunday and Whit
    /// Sunday stand in Brandenburg's law alone.
    ///
    /// Two holidays on one day are one entry. Days on which an office is closed anyway (Sundays,
    /// such as 3 October 2027) are listed all the same.
    #[must_use]
    pub fn holidays(self, year: i16) -> Vec<Date> {
        let mut days: Vec<Date> = self.days_of(year).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Whether `date` is a public holiday there.
    ///
    /// `date` is the local day. A half holiday does not exist: the whole day counts.
    #[must_use]
    pub fn is_holiday(self, date: Date) -> bool {
        self.days_of(date.year()).any(|holiday| holiday == date)
    }

    /// In no order; a day can be there twice.
    fn days_of(self, year: i16) -> impl Iterator<Item = Date> {
        let there = HOLIDAYS.iter().filter(move |holiday| holiday.holds(self, year));
        there.filter_map(move |holiday| holiday.day.of(year))
    }
}

/// Which day of a year.
#[derive(Debug, Clone, Copy)]
enum Day {
    /// A month and its day.
    On(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// The last Wednesday before 23 November (*Buß- und Bettag*).
    Repentance,
}

/// One line of the laws.
#[derive(Debug, Clone, Copy)]
struct Holiday {
    day: Day,
    states: &'static [FederalState],
    /// The first and the last year in which it holds.
    years: (i16, i16),
}

/// By the law of each state; only German Unity is federal.
const HOLIDAYS: &[Holiday] = &[
    each_year(Day::On(1, 1), &FederalState::ALL), // New Year
    each_year(Day::On(1, 6), &[BadenWuerttemberg, Bavaria, SaxonyAnhalt]), // Epiphany
    since(2019, Day::On(3, 8), &[Berlin]),        // International Women's Day
    since(2023, Day::On(3, 8), &[MecklenburgWesternPomerania]),
    each_year(Day::Easter(-2), &FederalState::ALL), // Good Friday
    each_year(Day::Easter(0), &[Brandenburg]),      // Easter Sunday
    each_year(Day::Easter(1), &FederalState::ALL),  // Easter Monday
    each_year(Day::On(5, 1), &FederalState::ALL),   // Labour Day
    each_year(Day::Easter(39), &FederalState::ALL), // Ascension
    each_year(Day::Easter(49), &[Brandenburg]),     // Whit Sunday
    each_year(Day::Easter(50), &FederalState::ALL), // Whit Monday
    // Corpus Christi
    each_year(
        Day::Easter(60),
        &[BadenWuerttemberg, Bavaria, Hesse, NorthRhineWestphalia, RhinelandPalatinate, Saarland],
    ),
    each_year(Day::On(8, 15), &[Saarland]),    // Assumption
    since(2019, Day::On(9, 20), &[Thuringia]), // World Children's Day
    each_year(Day::On(10, 3), &FederalState::ALL), // German Unity
    // Reformation
    each_year(
        Day::On(10, 31),
        &[Brandenburg, MecklenburgWesternPomerania, Saxony, SaxonyAnhalt, Thuringia],
    ),
    since(2018, Day::On(10, 31), &[Bremen, Hamburg, LowerSaxony, SchleswigHolstein]),
    only(2017, Day::On(10, 31), &FederalState::ALL), // 500 years of it
    // All Saints
    each_year(
        Day::On(11, 1),
        &[BadenWuerttemberg, Bavaria, NorthRhineWestphalia, RhinelandPalatinate, Saarland],
    ),
    each_year(Day::Repentance, &[Saxony]),
    each_year(Day::On(12, 25), &FederalState::ALL),
    each_year(Day::On(12, 26), &FederalState::ALL),
    only(2020, Day::On(5, 8), &[Berlin]), // 75 years of liberation
    only(2025, Day::On(5, 8), &[Berlin]), // 80 years of liberation
    only(2028, Day::On(6, 17), &[Berlin]), // 75 years of the uprising of 17 June 1953
];

const fn each_year(day: Day, states: &'static [FederalState]) -> Holiday {
    Holiday { day, states, years: (i16::MIN, i16::MAX) }
}

const fn since(year: i16, day: Day, states: &'static [FederalState]) -> Holiday {
    Holiday { day, states, years: (year, i16::MAX) }
}

const fn only(year: i16, day: Day, states: &'static [FederalState]) -> Holiday {
    Holiday { day, states, years: (year, year) }
}

impl Holiday {
    fn holds(&self, state: FederalState, year: i16) -> bool {
        let (first, last) = self.years;
        (first..=last).contains(&year) && self.states.contains(&state)
    }
}

impl Day {
    /// `None` only for years outside of jiff's calendar.
    fn of(self, year: i16) -> Option<Date> {
        match self {
            Self::On(month, day) => Date::new(year, month, day).ok(),
            Self::Easter(after) => easter_sunday(year)?.checked_add(after.days()).ok(),
            Self::Repentance => {
                let last = Date::new(year, 11, 22).ok()?;
                let after = i64::from(last.weekday().since(Weekday::Wednesday));
                last.checked_sub(after.days()).ok()
            }
        }
    }
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus, chapter 8).
///
/// `None` only for years outside of jiff's calendar. The movable holidays are counted in days
/// from it.
fn easter_sunday(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (century, in_century) = (year_number / 100, year_number % 100);
    let golden = year_number % 19;
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let shift = (golden + 11 * epact + 22 * weekday) / 451;
    let day_of_year = epact + weekday - 7 * shift + 114;
    let month = i8::try_from(day_of_year / 31).ok()?;
    let day = i8::try_from(day_of_year % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_right_where_it_is_early_late_and_odd() {
        for (year, easter) in [
            (1981, "1981-04-19"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2011, "2011-04-24"),
            (2016, "2016-03-27"),
            (2024, "2024-03-31"),
            (2026, "2026-04-05"),
            (2038, "2038-04-25"),
            (2049, "2049-04-18"),
            (2076, "2076-04-19"),
        ] {
            assert_eq!(easter_sunday(year).unwrap().to_string(), easter);
        }
    }

    /// On a Wednesday itself, and from each day around it.
    #[test]
    fn repentance_is_the_last_wednesday_before_23_november() {
        for (year, day) in [
            (2023, "2023-11-22"),
            (2024, "2024-11-20"),
            (2025, "2025-11-19"),
            (2026, "2026-11-18"),
            (2027, "2027-11-17"),
            (2028, "2028-11-22"),
            (2029, "2029-11-21"),
            (2033, "2033-11-16"),
        ] {
            assert_eq!(Day::Repentance.of(year).unwrap().to_string(), day);
        }
    }
}
