//! What a hold carries besides its seat: what the visit is for.

use booking::TrustLevel;
use calendar::Channel;
use ids::ServiceId;
use serde::{Deserialize, Serialize};

/// What the visit is for. Stands in the hold store and in the hold token, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDetails {
    /// What is to be done, each service as often as it is wanted.
    #[serde(rename = "s")]
    pub services: Vec<ServiceId>,
    /// How many people come.
    #[serde(rename = "p")]
    pub people: u16,
    /// By which way it is booked.
    #[serde(rename = "c")]
    pub channel: Channel,
    /// How sure the log-in was that held.
    #[serde(rename = "l")]
    pub level: TrustLevel,
}

impl VisitDetails {
    /// Whether staff took the seat for the person, at the desk or on the phone. Then it is theirs to give: a colleague
    /// may have to agree first, and it may be one that the public cannot have.
    #[must_use]
    pub fn is_by_staff(&self) -> bool {
        self.channel != Channel::Public
    }

    /// The bytes that a hold keeps.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("names and numbers can be written as JSON")
    }

    /// Reads them; `None` if they are of another edition.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
