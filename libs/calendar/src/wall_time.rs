//! From the clock on the wall to an instant.
//!
//! The only place that looks at clock changes. Everything else either counts elapsed time from
//! local midnight or compares instants.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::AmbiguousOffset,
};

/// The instant at which Berlin's clocks show `minute` minutes after midnight on `date`; 1440 is
/// the next midnight.
///
/// On the two nights of the year on which the clock changes:
///
/// * a wall time that does not exist (02:00 to 03:00 in March) means the moment of the change, so
///   a span across it is an hour shorter and a span within it is empty;
/// * a wall time that exists twice (02:00 to 03:00 in October) means the first one, so a span
///   across it is an hour longer.
///
/// Later wall times never mean earlier instants, so spans that do not overlap on the wall do not
/// overlap in time.
///
/// jiff's own rule (`compatible`, that of RFC 5545) moves a missing time forward by an hour
/// instead: 02:30 would become 03:30, and a session from 02:00 to 02:30 would lie in the hour
/// after the change, over the one that was written there.
pub(crate) fn instant(date: Date, minute: u16) -> Timestamp {
    let zone = ambient::berlin();
    let midnight = date.to_datetime(Time::midnight());
    let wall = midnight.saturating_add(i64::from(minute).minutes());
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    let change = match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => ambiguous.earlier().ok().and_then(|before| {
            // Reading the missing time with the later offset lands just before the change.
            zone.following(before).next().map(|transition| transition.timestamp())
        }),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => None,
    };
    // Fails only at the ends of jiff's calendar, thousands of years away.
    change.or_else(|| ambiguous.compatible().ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str, hour: u16, minute: u16) -> String {
        instant(date.parse().unwrap(), hour * 60 + minute).to_string()
    }

    #[test]
    fn the_missing_hour_collapses_to_the_moment_of_the_change() {
        assert_eq!(at("2027-03-28", 1, 55), "2027-03-28T00:55:00Z");
        assert_eq!(at("2027-03-28", 2, 0), "2027-03-28T01:00:00Z");
        assert_eq!(at("2027-03-28", 2, 30), "2027-03-28T01:00:00Z");
        assert_eq!(at("2027-03-28", 3, 0), "2027-03-28T01:00:00Z");
        assert_eq!(at("2027-03-28", 3, 5), "2027-03-28T01:05:00Z");
    }

    #[test]
    fn the_repeated_hour_means_its_first_pass() {
        assert_eq!(at("2027-10-31", 2, 0), "2027-10-31T00:00:00Z");
        assert_eq!(at("2027-10-31", 2, 55), "2027-10-31T00:55:00Z");
        assert_eq!(at("2027-10-31", 3, 0), "2027-10-31T02:00:00Z");
        assert_eq!(at("2027-10-31", 24, 0), "2027-10-31T23:00:00Z");
    }
}
