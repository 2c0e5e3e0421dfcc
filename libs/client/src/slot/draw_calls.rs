//! Winners without e-mail, whom the desk phones: `/v1/desk/draws`.

use ids::{DrawId, EntryId, LocationId, ServiceId};
use serde::{Deserialize, Serialize};

use super::{Attendee, Booking, DeskReason, DrawnSeat, EntryStatus, SlotApi};
use crate::{AccessToken, ClientError, known::known};

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

/// A winner who is booked and does not know it yet.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct UntoldWinner {
    /// Their entry.
    pub entry: EntryId,
    /// In which draw.
    pub draw: DrawId,
    /// Who it is.
    pub attendee: Attendee,
    /// Where to call.
    pub phone: String,
    /// The tag of the language that they speak.
    pub language: String,
    /// Their appointment.
    pub booking: Booking,
}

impl std::fmt::Debug for UntoldWinner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UntoldWinner").field("entry", &self.entry).finish_non_exhaustive()
    }
}

/// The calls to winners that a location has to make.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct WinnersCalls {
    /// Those who must confirm, the most urgent first.
    pub calls: Vec<WinnersCall>,
    /// Winners with a booking who do not know of it yet: who was booked first comes first. Empty if the slot
    /// service is older than these calls.
    #[serde(default)]
    pub untold: Vec<UntoldWinner>,
}

/// An entry as the desk reads it by its number, without a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EntryAtDesk {
    /// In which draw.
    pub draw: DrawId,
    /// What for.
    pub service: ServiceId,
    /// Where it stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<EntryStatus>,
    /// What was booked, as it is now.
    #[serde(default)]
    pub booking: Option<Booking>,
    /// The seat that is kept until the person answers.
    #[serde(default)]
    pub offer: Option<DrawnSeat>,
}

/// Why staff decline a seat.
#[derive(Serialize)]
struct Declining<'a> {
    reason: &'a DeskReason,
}

impl SlotApi {
    /// The winners whom a location has to phone. The server records that the numbers were read.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff there; `unknown-location`; an outage.
    pub async fn winners_calls(
        &self,
        token: &AccessToken,
        location: &LocationId,
    ) -> Result<WinnersCalls, ClientError> {
        let (path, query) = (["desk", "draws", "calls"], [("location", location.as_str())]);
        self.by(token).read_where(&path, &query).await
    }

    /// Notes that a winner who is booked was told, once, however often it is repeated.
    ///
    /// # Errors
    /// `entry-not-found`; an outage.
    pub async fn told_winner_by_phone(
        &self,
        token: &AccessToken,
        draw: DrawId,
        entry: EntryId,
    ) -> Result<(), ClientError> {
        let (draw, entry) = (draw.to_string(), entry.to_string());
        self.by(token).act(&["desk", "draws", &draw, "entries", &entry, "told"]).await
    }

    /// An entry by the number that the person has on paper. The server records that it was read.
    ///
    /// # Errors
    /// `entry-not-found`; `forbidden` if the caller is not staff; an outage.
    pub async fn draw_entry_at_desk(
        &self,
        token: &AccessToken,
        entry: EntryId,
    ) -> Result<EntryAtDesk, ClientError> {
        self.by(token).read(&["desk", "draws", "entries", &entry.to_string()]).await
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
