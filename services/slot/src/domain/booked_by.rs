//! The booking party, if it was not the person.

use ids::ClientId;
use serde::{Deserialize, Serialize};

/// The booking party, as shown to the person. Kept as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BookedBy {
    /// An agency's program, which the person let act for them.
    Agency {
        /// Which program.
        client: ClientId,
        /// What it was called when the person allowed it.
        name: String,
    },
    /// The authority's own staff.
    Desk,
}
