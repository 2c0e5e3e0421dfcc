//! The date that a person declined last: of an authority they learn only which dates wait for an answer.

use ids::{AssignedDateId, AuthorityId};
use serde::{Deserialize, Serialize};

use super::contents::Session;

/// A date that the authority gave and that the person declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeclinedDate {
    pub(crate) authority: AuthorityId,
    pub(crate) date: AssignedDateId,
}

impl Session {
    /// Whether the person declined `date` in this session, and no other one after it.
    pub(crate) fn has_declined(&self, date: AssignedDateId) -> bool {
        self.declined.as_ref().is_some_and(|declined| declined.date == date)
    }
}
