//! For whom seats of a draw are kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Texts;

/// Seats of a draw that are kept for some of those who enter. They may take any other seat too, and their
/// turn is that of chance. What they leave over is given back when the draw is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DrawQuota {
    /// For whom, as it is announced: `{de: Titel läuft bald ab}`.
    pub name: Texts,
    /// How many of the desks that are drawn at each location. One desk of each location always stays for
    /// everybody.
    #[schemars(range(min = 1, max = 63))]
    pub desks: u8,
    /// Only for those who enter this way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<EntryChannel>,
    /// Only for people whose entitlement ends within so many days after the drawn week begins: what an
    /// agency put on file proves that their matter is urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 366))]
    pub entitlement_ends_within_days: Option<u16>,
}

/// By which way somebody enters a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum EntryChannel {
    /// Staff enter them: people without online ID.
    Desk,
    /// With a log-in of their own.
    Online,
}
