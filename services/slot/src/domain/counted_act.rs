//! What staff do that could be sold, counted per member of staff and day.

use std::{fmt, str::FromStr};

use catalogue::AlonePerDay;
use ids::StaffId;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::Binding;

/// What is counted per member of staff and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountedAct {
    /// Booked for, put into a draw or a waiting list, or took out of one, a person who proved themselves with
    /// their own online ID.
    BookedWithCard,
    /// The same for a person whose document only they saw.
    BookedVouched,
    /// Booked for a caller, accepted by phone what a draw or a waiting list gave them, or declined a drawn seat.
    BookedByPhone,
    /// Lifted a person's limits.
    LiftedLimits,
    /// Called a number before earlier ones.
    JumpedQueue,
    /// Compared no equal names at a visit, and checked the person in all the same.
    AcceptedName,
    /// Queued a person again on the same day who had been noted as missed.
    CorrectedMiss,
    /// Did one of these with a second member of staff.
    DidByTwo,
    /// Agreed to one of a colleague's.
    Agreed,
}

/// How often a member of staff did something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffCount {
    /// The pseudonym of the account at this authority.
    pub staff: StaffId,
    /// The local day.
    pub date: Date,
    /// What they did.
    pub act: CountedAct,
    /// How often.
    pub number: u32,
}

impl CountedAct {
    /// Every act.
    pub const ALL: [Self; 9] = [
        Self::BookedWithCard,
        Self::BookedVouched,
        Self::BookedByPhone,
        Self::LiftedLimits,
        Self::JumpedQueue,
        Self::AcceptedName,
        Self::CorrectedMiss,
        Self::DidByTwo,
        Self::Agreed,
    ];

    /// A booking that rests on this.
    #[must_use]
    pub const fn booking(binding: Binding) -> Self {
        match binding {
            Binding::Card => Self::BookedWithCard,
            Binding::Phone | Binding::PhoneCompared => Self::BookedByPhone,
            Binding::Online | Binding::Vouched | Binding::VouchedByTwo => Self::BookedVouched,
        }
    }

    /// How many a member of staff may do alone on a day; `None` for what has no limit.
    #[must_use]
    pub const fn alone(self, allowed: &AlonePerDay) -> Option<u16> {
        match self {
            Self::BookedWithCard => Some(allowed.with_card),
            Self::BookedVouched => Some(allowed.vouched),
            Self::BookedByPhone => Some(allowed.by_phone),
            Self::LiftedLimits => Some(allowed.lifted_limits),
            Self::JumpedQueue => Some(allowed.queue_jumps),
            // Another name at the visit is what a seller would need: never alone.
            Self::AcceptedName => Some(0),
            // Who comes late is served, however many they are.
            Self::CorrectedMiss | Self::DidByTwo | Self::Agreed => None,
        }
    }

    /// Its name in the database and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BookedWithCard => "booked_with_card",
            Self::BookedVouched => "booked_vouched",
            Self::BookedByPhone => "booked_by_phone",
            Self::LiftedLimits => "lifted_limits",
            Self::JumpedQueue => "jumped_queue",
            Self::AcceptedName => "accepted_name",
            Self::CorrectedMiss => "corrected_miss",
            Self::DidByTwo => "did_by_two",
            Self::Agreed => "agreed",
        }
    }
}

impl fmt::Display for CountedAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an act that is counted")]
pub struct UnknownCountedAct;

impl FromStr for CountedAct {
    type Err = UnknownCountedAct;

    fn from_str(text: &str) -> Result<Self, UnknownCountedAct> {
        Self::ALL.into_iter().find(|act| act.as_str() == text).ok_or(UnknownCountedAct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_sold_has_a_number_a_day() {
        let allowed = AlonePerDay::default();
        for act in CountedAct::ALL {
            assert_eq!(act.to_string().parse(), Ok(act));
            let is_free = matches!(
                act,
                CountedAct::CorrectedMiss | CountedAct::DidByTwo | CountedAct::Agreed
            );
            assert_eq!(act.alone(&allowed).is_none(), is_free, "{act}");
        }
        assert!("sold".parse::<CountedAct>().is_err());
    }
}
