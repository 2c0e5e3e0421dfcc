//! Whose a form is, and what a session keeps.

use serde::{Deserialize, Serialize};

/// A person who logged in. A member of staff is never the same as a citizen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Owner {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_staff: bool,
    /// As the identity service names them to the portal alone.
    subject: String,
}

impl Owner {
    pub(crate) fn new(is_staff: bool, subject: String) -> Self {
        Self { is_staff, subject }
    }

    /// Whether it is a member of staff.
    pub(crate) fn is_staff(&self) -> bool {
        self.is_staff
    }
}

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Owner").field("is_staff", &self.is_staff).finish_non_exhaustive()
    }
}
