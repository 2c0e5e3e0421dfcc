//! People of a waiting list without e-mail, whom the desk phones: `/v1/desk/waiting-list`.

use ids::{LocationId, OfferId, ServiceId, WaitingId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answered, Attendee, Booking, DeskReason, SlotApi, WaitingOffer, WaitingStatus};
use crate::{AccessToken, ClientError, known::known};

/// A call that is due: a seat is offered to the person, or they are asked whether they still wait.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct DueCall {
    /// Their place in the waiting list.
    pub entry: WaitingId,
    /// What they wait for.
    pub service: ServiceId,
    /// Who it is.
    pub attendee: Attendee,
    /// Where to call.
    pub phone: String,
    /// The tag of the language that they speak.
    pub language: String,
    /// Where the place stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<WaitingStatus>,
    /// What is offered.
    #[serde(default)]
    pub offer: Option<WaitingOffer>,
    /// Until then they can say that they still wait.
    #[serde(default)]
    pub answer_by: Option<Timestamp>,
    /// How many offers can still be declined, or lapse, before the place is lost.
    #[serde(default)]
    pub declines_left: u16,
}

impl std::fmt::Debug for DueCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DueCall").field("entry", &self.entry).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct DueCalls {
    calls: Vec<DueCall>,
}

/// Why staff take somebody out of the line.
#[derive(Serialize)]
struct Leaving<'a> {
    reason: &'a DeskReason,
}

impl SlotApi {
    /// The calls that a location has to make, the most urgent first. The server records that the numbers
    /// were read.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff there; `unknown-location`; an outage.
    pub async fn due_calls(
        &self,
        token: &AccessToken,
        location: &LocationId,
    ) -> Result<Vec<DueCall>, ClientError> {
        let (path, query) = (["desk", "waiting-list", "calls"], [("location", location.as_str())]);
        Ok(self.by(token).read_where::<DueCalls>(&path, &query).await?.calls)
    }

    /// Accepts an offer as the person said on the phone, once, however often it is repeated.
    ///
    /// # Errors
    /// `second-person-needed` with the `case` that a colleague approves, `case-state`, and as for
    /// [`accept_offer`](Self::accept_offer).
    pub async fn accept_offer_by_phone(
        &self,
        token: &AccessToken,
        id: OfferId,
    ) -> Result<Booking, ClientError> {
        let path = ["desk", "waiting-list", "offers", &id.to_string(), "accept"];
        self.by(token).ask(&path).await
    }

    /// Declines an offer as the person said on the phone.
    ///
    /// # Errors
    /// `offer-not-found`, `offer-over`, `not-waiting`; an outage.
    pub async fn decline_offer_by_phone(
        &self,
        token: &AccessToken,
        id: OfferId,
    ) -> Result<Answered, ClientError> {
        let path = ["desk", "waiting-list", "offers", &id.to_string(), "decline"];
        self.by(token).ask(&path).await
    }

    /// Notes that the person said on the phone that they still wait.
    ///
    /// # Errors
    /// `not-waiting`; an outage.
    pub async fn still_waiting_by_phone(
        &self,
        token: &AccessToken,
        id: WaitingId,
    ) -> Result<Answered, ClientError> {
        let path = ["desk", "waiting-list", "entries", &id.to_string(), "still-waiting"];
        self.by(token).ask(&path).await
    }

    /// Takes a person out of the line, as they said on the phone. Nothing of the place is kept.
    ///
    /// # Errors
    /// `not-waiting` if there is no such place, or the caller's locations do not phone this person;
    /// `second-person-needed` with the `case` that a colleague approves, `case-state`, `made-online`,
    /// `reason-needed`; an outage.
    pub async fn leave_waiting_list_by_phone(
        &self,
        token: &AccessToken,
        id: WaitingId,
        reason: &DeskReason,
    ) -> Result<(), ClientError> {
        let path = ["desk", "waiting-list", "entries", &id.to_string(), "withdrawal"];
        self.by(token).act_with(&path, &Leaving { reason }).await
    }
}
