//! The fencing token.
//!
//! Leases alone cannot make a job exclusive: see Martin Kleppmann, "How to do distributed locking"
//! (2016), and the fencing token there. So the place of the effect checks a number.

use jiff::Timestamp;

/// The number of a leadership term: a later leader has the greater number (a fencing token).
///
/// A leader that was paused does not know that it lost; so each effect carries its term, and the
/// place where the effect happens refuses a term that is lower than the highest it has seen. In a
/// database, as the first statement of the transaction with the effect:
///
/// ```sql
/// UPDATE reigns SET term = $term WHERE name = $name AND term <= $term  -- no row: do nothing, you lost
/// ```
///
/// The row stays locked until commit, so an old leader has either committed before the new one
/// starts, or is refused. Without Kubernetes the same table elects: a row with holder, expiry and
/// term, won by a compare-and-set that adds one to the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(i64);

impl Term {
    /// As a column holds it.
    #[must_use]
    pub fn numbered(number: i64) -> Self {
        Self(number)
    }

    /// For a column. Fits the 53 bits of a JSON number too.
    ///
    /// Compare it, store it, log it; do not compute with it.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0
    }

    /// A Lease counts its transitions from 0; when it was deleted and made again (a release
    /// reinstalled on the same database), the time of its making still puts it later.
    ///
    /// Seconds since 1970 of the Lease's creation, times 2^20, plus the transitions: a million
    /// leaderships per Lease before two could collide.
    pub(crate) fn of_lease(made: Timestamp, transitions: i32) -> Self {
        Self((made.as_second() << 20) + i64::from(transitions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_leadership_has_the_greater_term_even_if_its_lease_was_made_again() {
        let made = |second| Timestamp::from_second(second).unwrap();
        let terms = [
            Term::of_lease(made(1_795_000_000), 1),
            Term::of_lease(made(1_795_000_000), 2),
            Term::of_lease(made(1_795_000_000), 900_000),
            Term::of_lease(made(1_795_000_001), 0),
        ];
        assert!(terms.is_sorted());
        assert!(terms[3].number() < 1 << 53);
    }
}
