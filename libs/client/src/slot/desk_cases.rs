//! What takes two members of staff: `/v1/desk/cases`.

use ids::{CaseCode, LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Attendee, DeskReason, Preference, SlotApi};
use crate::{AccessToken, ClientError, known::known};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskCaseState {
    /// A second member of staff has yet to agree.
    Proposed,
    /// They did.
    Approved,
    /// It was done.
    Done,
}

/// What a colleague wants to do.
///
/// A member of staff may do so many acts alone on a day; beyond that a colleague reads this, and
/// agrees.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeskCase {
    /// As the colleague says it.
    ///
    /// Short enough to be read aloud across a room.
    pub code: CaseCode,
    /// What counts, for example `booked_vouched`.
    pub act: String,
    /// Where it stands; `None` for a state that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub state: Option<DeskCaseState>,
    /// Whether the reader asked for it: then a colleague must agree.
    #[serde(default)]
    pub is_own: bool,
    /// Where the colleague stands.
    pub location: LocationId,
    /// What for.
    ///
    /// By their ids in the catalogue.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    /// When the appointment begins, if it is about one.
    #[serde(default)]
    pub start: Option<Timestamp>,
    /// Why.
    #[serde(default)]
    pub reason: Option<DeskReason>,
    /// To compare with the document.
    #[serde(default)]
    pub attendee: Option<Attendee>,
    /// The draw or the waiting list, if it is about one.
    #[serde(default)]
    pub later_seat: Option<LaterSeat>,
}

/// A seat that is given later.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LaterSeat {
    /// For example `enter-draw`, `join-waiting-list`.
    pub what: String,
    /// The Monday of the week whose seats are drawn.
    #[serde(default)]
    pub week: Option<Date>,
    /// How many come together.
    ///
    /// The person included.
    pub people: u16,
    /// What the person wishes, the best first.
    #[serde(default)]
    pub wishes: Vec<Preference>,
}

impl SlotApi {
    /// Reads what a colleague asks the member of staff to agree to.
    ///
    /// # Errors
    /// `not-found`; `forbidden` if the caller is not staff there; an outage.
    pub async fn desk_case(
        &self,
        token: &AccessToken,
        code: CaseCode,
    ) -> Result<DeskCase, ClientError> {
        self.by(token).read(&["desk", "cases", &code.to_string()]).await
    }

    /// Agrees to it. The colleague then sends the request again.
    ///
    /// # Errors
    /// `second-person-needed` if it is one's own; `case-state`, `not-found`; an outage.
    pub async fn approve_desk_case(
        &self,
        token: &AccessToken,
        code: CaseCode,
    ) -> Result<(), ClientError> {
        self.by(token).act(&["desk", "cases", &code.to_string(), "approval"]).await
    }
}
