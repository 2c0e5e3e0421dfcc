//! What a member of staff wants to do and a second one must agree to.

use ids::{CaseCode, HoldId, LocationId, ServiceId, StaffId};
use jiff::Timestamp;

use super::{CountedAct, DeskReason};

/// One act at the desk that takes two humans. As identity's cases: proposed by the one, approved by
/// the other, done by the first when the request is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskCase {
    /// What the colleague reads.
    pub code: CaseCode,
    /// What is to be done.
    pub act: CountedAct,
    /// To what: a hold, a person, a queue ticket or a booking.
    pub subject: String,
    /// The location.
    pub location: LocationId,
    /// What about; empty where that plays no part.
    pub services: Vec<ServiceId>,
    /// When the appointment begins, if it is about one.
    pub start: Option<Timestamp>,
    /// The hold that the attendee's name is encrypted for, if there is one to compare.
    pub hold: Option<HoldId>,
    /// The reason that was given.
    pub reason: Option<DeskReason>,
    /// The member of staff who proposed it: the pseudonym of the human's account.
    pub proposed_by: StaffId,
    /// Where it stands.
    pub state: DeskCaseState,
    /// When it was proposed.
    pub opened_at: Timestamp,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskCaseState {
    /// A second member of staff has yet to agree.
    Proposed,
    /// They did.
    Approved {
        /// The member of staff.
        by: StaffId,
    },
    /// It was done.
    Done {
        /// The colleague who had agreed.
        by: StaffId,
    },
}

/// Why an approval is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalRefused {
    /// Two humans are needed, and this is the one who proposed it.
    SamePerson,
    /// It was approved before.
    NotProposed,
}

impl DeskCaseState {
    /// Its name in the database and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved { .. } => "approved",
            Self::Done { .. } => "done",
        }
    }

    /// The colleague who agreed, if one has.
    #[must_use]
    pub const fn approved_by(self) -> Option<StaffId> {
        match self {
            Self::Proposed => None,
            Self::Approved { by } | Self::Done { by } => Some(by),
        }
    }
}

impl DeskCase {
    /// The state after `by` agreed.
    ///
    /// # Errors
    /// They proposed it themselves, or it was approved before.
    pub fn approve(&self, by: StaffId) -> Result<DeskCaseState, ApprovalRefused> {
        match self.state {
            _ if self.proposed_by == by => Err(ApprovalRefused::SamePerson),
            DeskCaseState::Proposed => Ok(DeskCaseState::Approved { by }),
            DeskCaseState::Approved { .. } | DeskCaseState::Done { .. } => {
                Err(ApprovalRefused::NotProposed)
            }
        }
    }
}
