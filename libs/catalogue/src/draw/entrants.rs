//! Who may enter the draws of a service.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who may enter a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Entrants {
    /// Everybody whom the rules of the service allow, as long as they have no appointment in its group.
    #[default]
    Everybody,
    /// Persons with an appointment in the group of the service who want one on an earlier day. A won seat
    /// replaces that appointment in the same step.
    WithAppointment,
}

impl Entrants {
    /// What is not written: draws under way compare their schedule as text.
    pub(crate) const fn is_usual(&self) -> bool {
        matches!(self, Self::Everybody)
    }
}
