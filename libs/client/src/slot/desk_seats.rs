//! Staff ask for a person without online ID for a seat that is given later: `/v1/desk/draws` and
//! `/v1/desk/waiting-list`.

use ids::{DrawId, LocationId, ServiceId};
use serde::{Deserialize, Serialize};

use super::{DrawEntry, Preference, SlotApi, WaitingEntry};
use crate::{AccessToken, ClientError};

/// Why staff ask and not the person.
///
/// It is kept in the audit log, beside the act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskReason {
    /// One of the list in the API description, for example `no-online-access`.
    pub code: String,
    /// A few words without personal data; needed with `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The person and what they wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeatAtDesk {
    /// What [`identify`](crate::IdentityApi::identify) answered.
    pub attendee: String,
    /// Where the member of staff stands.
    pub location: LocationId,
    /// The best first; 1 to 20.
    pub wishes: Vec<Preference>,
    /// How many come together.
    ///
    /// The person included.
    pub people: u16,
    /// The language of messages to the person or of the call, for example `de`.
    pub language: String,
    /// Why staff ask.
    pub reason: DeskReason,
}

/// The person whose entry in a draw is taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithdrawalAtDesk {
    /// What [`identify`](crate::IdentityApi::identify) answered.
    pub attendee: String,
    /// Where the member of staff stands.
    pub location: LocationId,
    /// Why staff do it.
    pub reason: DeskReason,
}

/// An entry in a draw that staff make for a person.
#[derive(Clone, Copy, Serialize)]
pub struct DrawEntryAtDesk<'a> {
    /// The person and what they wish.
    pub request: &'a SeatAtDesk,
    /// Of the identity service's desk, where
    /// [`has_independent_identity`](crate::Announced::has_independent_identity).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<&'a str>,
    /// Where staff call if the person is drawn and has no e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<&'a str>,
    /// Whether it may replace an entry that a desk made for the person before. A slot service of an earlier version replaces
    /// it in any case.
    #[serde(skip)]
    pub replaces: bool,
}

impl std::fmt::Debug for DrawEntryAtDesk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DrawEntryAtDesk").field("replaces", &self.replaces).finish_non_exhaustive()
    }
}

/// The body of joining a list at the desk. `phone` is where the location phones the person, if no
/// message reaches them.
#[derive(Serialize)]
struct Joining<'a> {
    service: &'a ServiceId,
    request: &'a SeatAtDesk,
    phone: &'a str,
}

impl SlotApi {
    /// Enters the person into a draw, or changes the entry that a desk made for them.
    ///
    /// # Errors
    /// `entered-before` if it replaces none and the person has one with other wishes; `second-person-needed` with the `case` that a colleague approves, `made-online`, `document-needed`,
    /// `reason-needed`, and as for [`enter_draw`](Self::enter_draw); an outage.
    pub async fn enter_draw_at_desk(
        &self,
        token: &AccessToken,
        id: DrawId,
        key: &str,
        entry: DrawEntryAtDesk<'_>,
    ) -> Result<DrawEntry, ClientError> {
        let path = ["desk", "draws", &id.to_string(), "entries"];
        if entry.replaces {
            return self.by(token).ask_once(&path, key, &entry).await;
        }
        self.by(token).ask_newly(&path, key, &entry).await
    }

    /// Puts the person into a waiting list, or, if it `replaces` one, changes the place that a desk took for them. The
    /// location phones them at `phone`.
    ///
    /// # Errors
    /// `waiting-before` if it replaces none and the person has a place with other wishes; and as for
    /// [`enter_draw_at_desk`](Self::enter_draw_at_desk), and `no-waiting-list`, `waiting-list-full`.
    pub async fn join_waiting_list_at_desk(
        &self,
        token: &AccessToken,
        key: &str,
        service: &ServiceId,
        request: &SeatAtDesk,
        phone: &str,
        replaces: bool,
    ) -> Result<WaitingEntry, ClientError> {
        let (path, joining) =
            (["desk", "waiting-list", "entries"], Joining { service, request, phone });
        if replaces {
            return self.by(token).ask_once(&path, key, &joining).await;
        }
        self.by(token).ask_newly(&path, key, &joining).await
    }

    /// Takes the person's entry out of a draw that is open, if a desk made it.
    ///
    /// # Errors
    /// `second-person-needed` with the `case` that a colleague approves, `case-state`, `entry-not-found`,
    /// `made-online`, `document-needed`, `draw-not-open`, `reason-needed`; an outage.
    pub async fn withdraw_entry_at_desk(
        &self,
        token: &AccessToken,
        id: DrawId,
        withdrawal: &WithdrawalAtDesk,
    ) -> Result<(), ClientError> {
        let path = ["desk", "draws", &id.to_string(), "entries", "withdrawal"];
        self.by(token).act_with(&path, withdrawal).await
    }
}
