//! Seats of a draw that are kept for persons of a certain kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Texts;

/// Seats of a draw that are kept for persons of a certain kind. These persons may take any other seat too, and
/// chance decides their turn. Seats that they leave over are given back after the draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DrawQuota {
    /// The name of the quota in the announcement: `{de: Titel läuft bald ab}`.
    pub name: Texts,
    /// How many of the drawn desks of each location. One desk of each location always stays open to all.
    #[schemars(range(min = 1, max = 63))]
    pub desks: u8,
    /// Only for entries of this channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<EntryChannel>,
    /// Only for persons whose entitlement ends within so many days after the beginning of the drawn week. The
    /// agency's entry on file proves that their matter is urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 366))]
    pub entitlement_ends_within_days: Option<u16>,
}

/// The way of entering a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum EntryChannel {
    /// Staff enter a person without online ID.
    Desk,
    /// The person enters with a log-in of their own.
    Online,
}
