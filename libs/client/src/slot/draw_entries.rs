//! A person's entry in a draw: `/v1/draws/{draw}/entries`.

use ids::{BookingId, DrawId, EntryId, LocationId};
use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{Booking, Preference, SlotApi};
use crate::{AccessToken, ClientError, http, known::known};

/// A request to enter.
///
/// Sent again while the draw is open, it changes the entry: a person has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryRequest {
    /// The best first; 1 to 20.
    pub wishes: Vec<Preference>,
    /// How many come together.
    ///
    /// The person included.
    pub people: u16,
    /// The signed userinfo response of the same person: [`attendee`](crate::IdentityApi::attendee).
    pub attendee: String,
    /// In which language to write to the person, for example `de`.
    pub language: String,
    /// [`draw_ticket`](crate::IdentityApi::draw_ticket) of the same person, where
    /// [`has_independent_identity`](crate::Announced::has_independent_identity).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// Who phones the person, and where, if they have no e-mail and are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<CallMe>,
}

/// How a person without e-mail is reached.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CallMe {
    /// The location that phones.
    pub location: LocationId,
    /// The number, as it was stated.
    pub number: String,
}

impl std::fmt::Debug for CallMe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallMe").field("location", &self.location).finish_non_exhaustive()
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryStatus {
    /// In the draw.
    Entered,
    /// Drawn, and the seat is kept until the person answers.
    Offered,
    /// Drawn and booked.
    Booked,
    /// Nothing that was wished was left, or the draw is void.
    Without,
    /// Drawn, but not to be booked.
    NotBooked,
    /// Drawn, and declined.
    Declined,
    /// Drawn, and not answered in time.
    Lapsed,
}

/// A seat that is kept for the winner of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnSeat {
    /// The place.
    pub location: LocationId,
    /// When the visit begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// Until then it can be accepted or declined.
    pub answer_by: Timestamp,
    /// Until when the person can enter no draw of the service if they do not take it; `None`: they can.
    ///
    /// An instant in UTC.
    #[serde(default)]
    pub left_out_until: Option<Timestamp>,
}

/// How an entry ended from which its person withdrew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEnd {
    /// When they withdrew.
    ///
    /// An instant in UTC.
    pub ended_at: Timestamp,
    /// Signed: that they withdrew.
    pub ended: String,
}

/// A person's entry in a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawEntry {
    /// Its id.
    pub id: EntryId,
    /// In which draw.
    pub draw: DrawId,
    /// Where it stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<EntryStatus>,
    /// The best first.
    pub wishes: Vec<Preference>,
    /// How many come together.
    ///
    /// The person included.
    pub people: u16,
    /// How many draws that they went without count: people with more choose earlier.
    ///
    /// Up to the number that the draw announced (`cohorts`).
    #[serde(default)]
    pub cohort: u8,
    /// After a seat that the person did not take: until when they can enter no draw of the service; `None`: they can.
    ///
    /// An instant in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out_until: Option<Timestamp>,
    /// A signed promise that the entry will stand in the list; empty once it ended before that.
    ///
    /// The person keeps it: with it and the proof, anybody can check that the entry was not left
    /// out or changed.
    pub receipt: String,
    /// Signed: it ended before the list was closed, and why.
    #[serde(default)]
    pub ended: Option<String>,
    /// Whose turn it was, from 1; once the draw is settled.
    ///
    /// Turns are the order in which entries choose. A high number may still get its first wish.
    #[serde(default)]
    pub turn: Option<u32>,
    /// The appointment that a win replaces, in a draw of earlier ones.
    ///
    /// If it is cancelled or moved, the entry wins nothing until it is changed.
    #[serde(default)]
    pub replaces: Option<BookingId>,
    /// Who phones them if they are drawn and must confirm.
    ///
    /// The number is not shown; a changed entry states it again.
    #[serde(default)]
    pub phoned_by: Option<LocationId>,
    /// What is kept for them, where winners must confirm.
    #[serde(default)]
    pub offer: Option<DrawnSeat>,
    /// What was booked.
    ///
    /// By the service at once, or when the winner accepted the [`offer`](Self::offer).
    #[serde(default)]
    pub booking: Option<BookingId>,
    /// The code of the problem that prevented the booking.
    #[serde(default)]
    pub reason: Option<String>,
}

impl SlotApi {
    /// Enters a draw, or changes the entry that the person has. Safe to repeat with the same `key`.
    ///
    /// # Errors
    /// `draw-not-found`, `draw-not-open`, `already-entered`, `already-booked`,
    /// `later-appointment-needed`, `attendee-invalid`,
    /// `draw-ticket-needed`, `draw-ticket-invalid`, a booking rule's code, `level-too-low`; an outage.
    pub async fn enter_draw(
        &self,
        token: &AccessToken,
        id: DrawId,
        key: &str,
        entry: &EntryRequest,
    ) -> Result<DrawEntry, ClientError> {
        let path = ["draws", &id.to_string(), "entries"];
        let request = self.authorised(Method::POST, &path, token);
        http::json(request.header("Idempotency-Key", key).json(entry)).await
    }

    /// The person's own entry.
    ///
    /// # Errors
    /// `draw-not-found`, `entry-not-found`; an outage.
    pub async fn own_entry(
        &self,
        token: &AccessToken,
        id: DrawId,
    ) -> Result<DrawEntry, ClientError> {
        let path = ["draws", &id.to_string(), "entries", "own"];
        http::json(self.authorised(Method::GET, &path, token)).await
    }

    /// How the entry ended from which the person withdrew.
    ///
    /// # Errors
    /// `draw-not-found`, `entry-not-found`; an outage.
    pub async fn own_end(&self, token: &AccessToken, id: DrawId) -> Result<OwnEnd, ClientError> {
        let path = ["draws", &id.to_string(), "entries", "own", "end"];
        http::json(self.authorised(Method::GET, &path, token)).await
    }

    /// Accepts the seat that is kept for the person, once, however often it is repeated.
    ///
    /// # Errors
    /// `draw-not-found`, `entry-not-found`, `offer-over`, a booking rule's code; an outage.
    pub async fn accept_drawn_seat(
        &self,
        token: &AccessToken,
        id: DrawId,
    ) -> Result<Booking, ClientError> {
        let path = ["draws", &id.to_string(), "entries", "own", "accept"];
        http::json(self.authorised(Method::POST, &path, token)).await
    }

    /// Declines the seat that is kept for the person: it becomes free for others.
    ///
    /// # Errors
    /// `draw-not-found`, `entry-not-found`, `offer-over`, `level-too-low`; an outage.
    pub async fn decline_drawn_seat(
        &self,
        token: &AccessToken,
        id: DrawId,
    ) -> Result<(), ClientError> {
        let path = ["draws", &id.to_string(), "entries", "own", "decline"];
        http::done(self.authorised(Method::POST, &path, token)).await
    }

    /// Takes the person out of the draw.
    ///
    /// # Errors
    /// `draw-not-found`, `draw-not-open`, `entry-not-found`; an outage.
    pub async fn leave_draw(&self, token: &AccessToken, id: DrawId) -> Result<(), ClientError> {
        let path = ["draws", &id.to_string(), "entries", "own"];
        http::done(self.authorised(Method::DELETE, &path, token)).await
    }
}
