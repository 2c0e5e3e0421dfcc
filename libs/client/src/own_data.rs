//! What a service keeps about a person, as it tells them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// All that a service keeps about one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnData {
    /// When it was read.
    ///
    /// An instant in UTC, by the clock of the service.
    pub read_at: Timestamp,
    /// Table by table.
    pub sections: Vec<DataSection>,
}

/// What one table keeps.
///
/// As it is stored; the portal names kinds and columns for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataSection {
    /// For example `bookings`; a newer service may have kinds that are not known here.
    pub kind: String,
    /// For how many days it is kept after it ended; `None` if nothing is deleted by itself.
    #[serde(default)]
    pub kept_days: Option<u16>,
    /// As it is stored, by the names of the columns.
    #[serde(default)]
    pub entries: Vec<Map<String, Value>>,
}
