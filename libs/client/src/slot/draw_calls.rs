//! Winners without e-mail, whom the desk phones: `/v1/desk/draws`.

use ids::{DrawId, EntryId, LocationId, ServiceId};
use serde::{Deserialize, Serialize};

use super::{Attendee, Booking, DeskReason, DrawnSeat, SlotApi};
use crate::{AccessToken, ClientError};

/// A winner to be phoned.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct WinnersCall {
    /// Their entry.
    pub entry: EntryId,
    /// In which draw.
    pub draw: DrawId,
    /// What for.
    pub service: ServiceId,
    /// Who it is.
    pub attendee: Attendee,
    /// Where to call.
    pub phone: String,
    /// The tag of the language that they speak.
    pub language: String,
    /// What is kept for them.
    pub offer: DrawnSeat,
}

impl std::fmt::Debug for WinnersCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WinnersCall").field("entry", &self.entry).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct WinnersCalls {
    calls: Vec<WinnersCall>,
}

/// Why staff decline a seat.
#[derive(Serialize)]
struct Declining<'a> {
    reason: &'a DeskReason,
}

impl SlotApi {
    /// The winners whom a location has to phone, the most urgent first. The server records that the numbers
    /// were read.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff there; `unknown-location`; an outage.
    pub async fn winners_calls(
        &self,
        token: &AccessToken,
        location: &LocationId,
    ) -> Result<Vec<WinnersCall>, ClientError> {
        let (path, query) = (["desk", "draws", "calls"], [("location", location.as_str())]);
        Ok(self.by(token).read_where::<WinnersCalls>(&path, &query).await?.calls)
    }

    /// Accepts a drawn seat as the person said on the phone, once, however often it is repeated.
    ///
    /// # Errors
    /// `entry-not-found`; `second-person-needed` with the `case` that a colleague approves, `case-state`; and as for
    /// [`accept_drawn_seat`](Self::accept_drawn_seat).
    pub async fn accept_drawn_seat_by_phone(
        &self,
        token: &AccessToken,
        draw: DrawId,
        entry: EntryId,
    ) -> Result<Booking, ClientError> {
        let (draw, entry) = (draw.to_string(), entry.to_string());
        self.by(token).ask(&["desk", "draws", &draw, "entries", &entry, "accept"]).await
    }

    /// Declines a drawn seat as the person said on the phone, for `reason`.
    ///
    /// # Errors
    /// `entry-not-found`, `offer-over`, `reason-needed`; `second-person-needed` with the `case` that a colleague
    /// approves, `case-state`; an outage.
    pub async fn decline_drawn_seat_by_phone(
        &self,
        token: &AccessToken,
        (draw, entry): (DrawId, EntryId),
        reason: &DeskReason,
    ) -> Result<(), ClientError> {
        let (draw, entry) = (draw.to_string(), entry.to_string());
        let path = ["desk", "draws", &draw, "entries", &entry, "decline"];
        self.by(token).act_with(&path, &Declining { reason }).await
    }
}
