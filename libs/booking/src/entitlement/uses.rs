//! How often an entitlement serves: for as many appointments as the agency says, one by default.

use vocabulary::BookingStatus;

/// Whether an appointment uses its entitlement up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spends {
    /// It is to come, or it was served.
    Always,
    /// The first appointment that was missed gives its use back, a further one does not.
    AfterTheFirst,
    /// It was cancelled, by any side and however late, or gave way to another one.
    Never,
}

/// The rule.
#[must_use]
pub const fn spends(status: BookingStatus) -> Spends {
    match status {
        BookingStatus::Confirmed
        | BookingStatus::CheckedIn
        | BookingStatus::Called
        | BookingStatus::Parked
        | BookingStatus::Served => Spends::Always,
        BookingStatus::Missed => Spends::AfterTheFirst,
        BookingStatus::Cancelled | BookingStatus::Rebooked => Spends::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_active_is_used() {
        for status in BookingStatus::ACTIVE {
            assert_eq!(spends(status), Spends::Always, "{status}");
        }
        assert_eq!(spends(BookingStatus::Cancelled), Spends::Never);
    }
}
