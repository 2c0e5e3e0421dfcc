//! Public holidays of the Land Berlin.
//!
//! Computed and not listed, so that a catalogue can be planned years ahead and no yearly job
//! can be forgotten. A new law is a new line here, with the year from which it holds. Not here:
//! the two days on which offices are closed by custom (24 and 31 December), school holidays,
//! holidays of other Länder; those are closures in the catalogue.

use jiff::{ToSpan, civil::Date};

/// The public holidays of Berlin in `year`, in order (ZMS: *dayoff*, computed once a year there).
///
/// Source: Gesetz über die Sonn- und Feiertage (Berlin) with its one-off days. Right from 1995 on
/// (the Day of Repentance was abolished then). Easter Sunday and Whit Sunday are not in that law.
///
/// Two holidays on one day are one entry. Days on which an office is closed anyway (Sundays,
/// such as 3 October 2027) are listed all the same.
#[must_use]
pub fn berlin_holidays(year: i16) -> Vec<Date> {
    let fixed = |month, day| Date::new(year, month, day).ok();
    let from_easter = |days: i64| easter_sunday(year)?.checked_add(days.days()).ok();
    let mut days: Vec<Date> = [
        fixed(1, 1),                                   // New Year
        (year >= 2019).then(|| fixed(3, 8)).flatten(), // International Women's Day
        from_easter(-2),                               // Good Friday
        from_easter(1),                                // Easter Monday
        fixed(5, 1),                                   // Labour Day
        from_easter(39),                               // Ascension
        from_easter(50),                               // Whit Monday
        fixed(10, 3),                                  // German Unity
        fixed(12, 25),
        fixed(12, 26),
    ]
    .into_iter()
    .chain(
        ONE_OFF.iter().map(|(y, month, day)| (*y == year).then(|| fixed(*month, *day)).flatten()),
    )
    .flatten()
    .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Days that were or will be a holiday in one year only.
const ONE_OFF: [(i16, i8, i8); 4] = [
    (2017, 10, 31), // 500 years of Reformation
    (2020, 5, 8),   // 75 years of liberation
    (2025, 5, 8),   // 80 years of liberation
    (2028, 6, 17),  // 75 years of the uprising of 17 June 1953
];

/// Whether `date` is a public holiday in Berlin.
///
/// `date` is the local day. A half holiday does not exist: the whole day counts.
#[must_use]
pub fn is_berlin_holiday(date: Date) -> bool {
    berlin_holidays(date.year()).contains(&date)
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

    fn texts(year: i16) -> Vec<String> {
        berlin_holidays(year).iter().map(Date::to_string).collect()
    }

    #[test]
    fn holidays_of_an_ordinary_year() {
        assert_eq!(
            texts(2027),
            [
                "2027-01-01",
                "2027-03-08",
                "2027-03-26",
                "2027-03-29",
                "2027-05-01",
                "2027-05-06",
                "2027-05-17",
                "2027-10-03",
                "2027-12-25",
                "2027-12-26"
            ]
        );
    }

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

    #[test]
    fn days_that_are_holidays_only_in_some_years() {
        let holiday = |text: &str| is_berlin_holiday(text.parse().unwrap());
        assert!(!holiday("2018-03-08") && holiday("2019-03-08") && holiday("2026-03-08"));
        assert!(holiday("2020-05-08") && !holiday("2021-05-08") && holiday("2025-05-08"));
        assert!(holiday("2017-10-31") && !holiday("2018-10-31"));
        assert!(holiday("2028-06-17") && !holiday("2027-06-17"));
        // Ascension on Labour Day is one day off, not two entries.
        assert_eq!(texts(2008).iter().filter(|day| *day == "2008-05-01").count(), 1);
    }
}
