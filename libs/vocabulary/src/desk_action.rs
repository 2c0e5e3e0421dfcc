//! What the front desk does with a booking: the last part of the address of such a request.
//!
//! An action is a request, not a fact: whether it is possible in the booking's present status is
//! decided by `booking::state`, whose actions also include those of the person (cancel, move).

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the front desk does with a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeskAction {
    /// The person arrived and the name was compared with the document.
    CheckIn,
    /// To a desk.
    Call,
    /// Done.
    Serve,
    /// The person did not appear.
    Miss,
    /// Interrupt, for example to fetch a paper.
    Park,
    /// Back to the waiting room.
    Requeue,
}

impl DeskAction {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::CheckIn, Self::Call, Self::Serve, Self::Miss, Self::Park, Self::Requeue];

    /// The action as it stands in addresses and forms.
    ///
    /// In kebab case, as in `/v1/bookings/{id}/check-in`; statuses are in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Call => "call",
            Self::Serve => "serve",
            Self::Miss => "miss",
            Self::Park => "park",
            Self::Requeue => "requeue",
        }
    }
}

/// A text is none of the actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an action of the front desk")]
pub struct UnknownDeskAction;

impl FromStr for DeskAction {
    type Err = UnknownDeskAction;

    fn from_str(text: &str) -> Result<Self, UnknownDeskAction> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or(UnknownDeskAction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_action_reads_back() {
        for action in DeskAction::ALL {
            assert_eq!(action.as_str().parse(), Ok(action));
            assert_eq!(serde_json::to_value(action).unwrap(), action.as_str());
        }
    }
}
