//! A number that tells the older of two events of a booking from the newer one.
//!
//! It is given when an event is recorded, and it is the instant of the event in milliseconds, unless
//! an event of the booking has that number or a later one: then it is one more. So it grows with each
//! event of a booking even if two clocks of the authority differ. An event that arrives late, because
//! its first delivery by the broker failed, is known by the booking's own revision: it stays below
//! those that overtook it.

/// What was recorded of a booking so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Latest {
    /// The greatest number.
    pub(crate) number: i64,
    /// The greatest revision, if any event had one.
    pub(crate) revision: Option<u32>,
}

impl Latest {
    /// The number of an event that happened at `at_ms` (milliseconds since 1970) and left the booking
    /// at `revision`, if it says so.
    pub(crate) fn number(latest: Option<Self>, at_ms: i64, revision: Option<u32>) -> i64 {
        let Some(latest) = latest else { return at_ms };
        if revision.is_some() && revision < latest.revision {
            return at_ms.min(latest.number - 1);
        }
        at_ms.max(latest.number + 1)
    }

    /// With one more event.
    pub(crate) fn with(latest: Option<Self>, number: i64, revision: Option<u32>) -> Self {
        let before = latest.unwrap_or(Self { number, revision });
        Self { number: number.max(before.number), revision: revision.max(before.revision) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(events: &[(i64, Option<u32>)]) -> Vec<i64> {
        let mut latest = None;
        let number = |&(at, revision): &(i64, Option<u32>)| {
            let number = Latest::number(latest, at, revision);
            latest = Some(Latest::with(latest, number, revision));
            number
        };
        events.iter().map(number).collect()
    }

    #[test]
    fn later_events_have_greater_numbers_also_if_a_clock_is_behind() {
        assert_eq!(numbers(&[(100, Some(0)), (90, Some(1)), (90, None)]), [100, 101, 102]);
        assert_eq!(numbers(&[(100, Some(0)), (100, None), (200, Some(1))]), [100, 101, 200]);
    }

    #[test]
    fn an_event_that_was_overtaken_stays_below() {
        // The cancellation came first, the confirmation after the broker's second attempt.
        assert_eq!(numbers(&[(200, Some(1)), (100, Some(0))]), [200, 100]);
        assert_eq!(numbers(&[(200, Some(1)), (300, Some(0))]), [200, 199], "clocks differ");
    }
}
