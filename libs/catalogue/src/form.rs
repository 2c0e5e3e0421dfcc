//! Forms that people fill in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Texts;

/// A form to fill in before the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Form {
    /// What it is called.
    pub name: Texts,
    /// Where it is.
    #[schemars(url)]
    pub url: String,
}
