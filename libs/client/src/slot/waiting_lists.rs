//! Waiting lists: `/v1/waiting-lists` and `/v1/waiting-list`.
//!
//! A seat that becomes free is offered to the first in line. An offer can be declined by the link in a
//! message, without a log-in ([`SlotApi::answer_message`]), and accepted after one.

use ids::{BookingId, GroupId, LocationId, OfferId, ServiceId, WaitingId};
use jiff::{Timestamp, civil::Date};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{Booking, OfferNotice, Preference, SlotApi, StandBy};
use crate::{AccessToken, ClientError, http, known::known};

/// The waiting list of one service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WaitingList {
    /// What people wait for.
    pub service: ServiceId,
    /// How many wait.
    pub people: u32,
    /// For how many hours an offer stands at most.
    pub offer_hours: u16,
    /// For how many hours an offer stands at least.
    pub least_hours: u16,
    /// After so many offers that were declined or lapsed the place is lost.
    pub declines: u8,
    /// Within how many hours somebody who let an offer lapse says that they still wait.
    pub answer_hours: u16,
    /// Days without joining again online, after a place was lost by offers that were declined or lapsed. `None`:
    /// the slot service is of an earlier version and has no such rule.
    pub rejoin_after_days: Option<u8>,
    /// How many hours longer an offer by phone stands. `None`: the slot service is of an earlier version.
    pub phoned_hours: Option<u16>,
    /// For how many minutes an offer at short notice stands; `None` if the list makes none.
    pub stand_by_minutes: Option<u16>,
}

#[derive(Deserialize)]
struct WaitingLists {
    waiting_lists: Vec<WaitingList>,
}

/// Where a place in a waiting list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingStatus {
    /// In line.
    Waiting,
    /// In line, and a seat is offered.
    Offered,
    /// In line, but an offer lapsed: no other comes until the person says that they still wait.
    Asked,
    /// It came to an appointment.
    Booked,
    /// The place is lost.
    Ended,
}

/// Why a place is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceLost {
    /// As many offers were declined, or lapsed, as the list allows.
    Declines,
    /// The person did not say that they still wait.
    Silence,
    /// The service has no list any more.
    ListEnded,
    /// They waited for offers at short notice alone, and the day is over.
    StandByOver,
    /// For a reason that this client does not know yet.
    #[serde(other)]
    Unknown,
}

/// A person's place in a waiting list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WaitingEntry {
    /// Its id.
    pub id: WaitingId,
    /// What for.
    pub service: ServiceId,
    /// A person has one place in a group.
    pub group: GroupId,
    /// Where it stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<WaitingStatus>,
    /// What suits the person, the best first; empty once the place is over.
    #[serde(default, rename = "wishes")]
    pub preferences: Vec<Preference>,
    /// How many come together.
    #[serde(default = "one")]
    pub people: u16,
    /// The appointment that they give back for an earlier one.
    ///
    /// Given back in the step that accepts the offer, so the person always has one of both.
    #[serde(default)]
    pub replaces: Option<BookingId>,
    /// When they joined.
    pub joined_at: Timestamp,
    /// Until the end of this day they can come at once, and get offers at short notice, too.
    #[serde(default)]
    pub stand_by: Option<Date>,
    /// Where in line; as long as they are in line.
    #[serde(default)]
    pub place: Option<PlaceInLine>,
    /// How many offers can still be declined before the place is lost.
    #[serde(default)]
    pub declines_left: u16,
    /// Until then they can say that they still wait.
    #[serde(default)]
    pub answer_by: Option<Timestamp>,
    /// Why the place is lost.
    #[serde(default)]
    pub reason: Option<PlaceLost>,
    /// The place is lost: from when on they can join the list again online, if they cannot now.
    #[serde(default)]
    pub again_at: Option<Timestamp>,
    /// What is offered.
    #[serde(default)]
    pub offer: Option<WaitingOffer>,
}

impl WaitingEntry {
    /// Whether the person is in line.
    #[must_use]
    pub fn is_in_line(&self) -> bool {
        use WaitingStatus::{Asked, Offered, Waiting};
        matches!(self.status, Some(Waiting | Offered | Asked))
    }
}

/// A place in line: by the day of joining, within a day by chance.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PlaceInLine {
    /// The day of joining.
    pub day: Date,
    /// How many are before this person at least.
    pub ahead_at_least: u32,
    /// How many are before this person at most; the same once the day of joining is over.
    pub ahead_at_most: u32,
    /// SHA-256 of the random key of the day, in hexadecimal.
    ///
    /// It is shown before the key, so the authority cannot choose a key that puts one person before
    /// another.
    pub commitment: String,
    /// The key, once the day is over.
    #[serde(default)]
    pub key: Option<String>,
    /// What was drawn by it.
    #[serde(default)]
    pub drawn: Option<String>,
}

/// A seat that is kept for the person until they answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WaitingOffer {
    /// Its id.
    pub id: OfferId,
    /// The place.
    pub location: LocationId,
    /// When the visit begins.
    pub start: Timestamp,
    /// When it ends; not part of it.
    pub end: Timestamp,
    /// Until then it can be accepted.
    pub valid_until: Timestamp,
    /// How much notice it gives.
    #[serde(default)]
    pub notice: OfferNotice,
}

/// What somebody joins a waiting list with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingRequest {
    /// What for.
    pub service: ServiceId,
    /// What suits the person, the best first; 1 to 20.
    #[serde(rename = "wishes")]
    pub preferences: Vec<Preference>,
    /// How many come together.
    pub people: u16,
    /// Set if they can come at once: they get offers at short notice, too, if the list makes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stand_by: Option<StandBy>,
    /// The signed userinfo response of the same person: [`attendee`](crate::IdentityApi::attendee).
    pub attendee: String,
    /// In which language to write to the person, for example `de`.
    pub language: String,
}

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferStatus {
    /// It can be accepted.
    Open,
    /// It is an appointment.
    Accepted,
    /// The person does not want it.
    Declined,
    /// Nobody answered in time.
    Lapsed,
    /// The person left the list, or booked something else.
    Withdrawn,
}

/// What a message of a waiting list asks, and how that stands now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WaitingMessage {
    /// What the person waits for.
    pub service: ServiceId,
    /// Where the place stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<WaitingStatus>,
    /// How many offers can still be declined before the place is lost.
    #[serde(default)]
    pub declines_left: u16,
    /// Until then they can say that they still wait.
    #[serde(default)]
    pub answer_by: Option<Timestamp>,
    /// The offer of the message.
    pub offer: MessageOffer,
}

/// The offer of a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MessageOffer {
    /// Where it stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<OfferStatus>,
    /// Whether who accepts gives back an appointment that they have.
    #[serde(default)]
    pub is_move: bool,
    /// The seat.
    #[serde(flatten)]
    pub offer: WaitingOffer,
}

/// What a message can be answered with.
///
/// To accept takes a log-in: mail can be read by others, and a booking must be the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitingAnswer {
    /// Not this seat.
    Decline,
    /// After an offer lapsed.
    StillWaiting,
}

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Answered {
    /// Where the place stands now; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<WaitingStatus>,
    /// How many offers can still be declined before the place is lost.
    #[serde(default)]
    pub declines_left: u16,
}

#[derive(Deserialize)]
struct OwnPlaces {
    entries: Vec<WaitingEntry>,
}

#[derive(Serialize)]
struct MessageToken<'a> {
    token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<WaitingAnswer>,
}

const fn one() -> u16 {
    1
}

impl SlotApi {
    /// Every waiting list, with its rules and how many wait.
    ///
    /// # Errors
    /// An outage.
    pub async fn waiting_lists(&self) -> Result<Vec<WaitingList>, ClientError> {
        let found: WaitingLists = http::json(self.get(&["waiting-lists"])).await?;
        Ok(found.waiting_lists)
    }

    /// The person's own places, with those that ended lately.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn own_places(&self, token: &AccessToken) -> Result<Vec<WaitingEntry>, ClientError> {
        Ok(self.by(token).read::<OwnPlaces>(&["waiting-list"]).await?.entries)
    }

    /// Joins a waiting list, or changes what suits the person. Safe to repeat with the same `key`.
    ///
    /// # Errors
    /// `no-waiting-list`, `waiting-list-full`, `already-waiting`, `attendee-invalid`, a booking rule's
    /// code, `level-too-low`; an outage.
    pub async fn join_waiting_list(
        &self,
        token: &AccessToken,
        key: &str,
        request: &WaitingRequest,
    ) -> Result<WaitingEntry, ClientError> {
        self.by(token).ask_once(&["waiting-list", "entries"], key, request).await
    }

    /// Leaves a waiting list: nothing of the place is kept.
    ///
    /// # Errors
    /// `not-waiting`, `level-too-low`; an outage.
    pub async fn leave_waiting_list(
        &self,
        token: &AccessToken,
        id: WaitingId,
    ) -> Result<(), ClientError> {
        self.by(token).remove(&["waiting-list", "entries", &id.to_string()]).await
    }

    /// Says that the person still waits, after an offer lapsed.
    ///
    /// # Errors
    /// `not-waiting`, `level-too-low`; an outage.
    pub async fn still_waiting(
        &self,
        token: &AccessToken,
        id: WaitingId,
    ) -> Result<Answered, ClientError> {
        self.by(token).ask(&["waiting-list", "entries", &id.to_string(), "still-waiting"]).await
    }

    /// Accepts an offer, once, however often it is repeated.
    ///
    /// # Errors
    /// `offer-not-found`, `offer-over`, a booking rule's code; an outage.
    pub async fn accept_offer(
        &self,
        token: &AccessToken,
        id: OfferId,
    ) -> Result<Booking, ClientError> {
        self.by(token).ask(&["waiting-list", "offers", &id.to_string(), "accept"]).await
    }

    /// Declines an offer.
    ///
    /// # Errors
    /// `offer-not-found`, `offer-over`, `level-too-low`; an outage.
    pub async fn decline_offer(
        &self,
        token: &AccessToken,
        id: OfferId,
    ) -> Result<Answered, ClientError> {
        self.by(token).ask(&["waiting-list", "offers", &id.to_string(), "decline"]).await
    }

    /// What the message with `token` in its link asks. It changes nothing.
    ///
    /// # Errors
    /// `offer-not-found`; an outage.
    pub async fn waiting_message(&self, token: &str) -> Result<WaitingMessage, ClientError> {
        let body = MessageToken { token, answer: None };
        http::json(self.request(Method::POST, &["waiting-list", "messages"]).json(&body)).await
    }

    /// Answers the message with `token` in its link.
    ///
    /// # Errors
    /// `offer-not-found`, `offer-over`, `not-waiting`; an outage.
    pub async fn answer_message(
        &self,
        token: &str,
        answer: WaitingAnswer,
    ) -> Result<Answered, ClientError> {
        let body = MessageToken { token, answer: Some(answer) };
        http::json(self.request(Method::POST, &["waiting-list", "answers"]).json(&body)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_be_lost_for_a_reason_that_this_client_does_not_know_yet() {
        let mut entry = serde_json::json!({
            "id": "wtg_01jdc6nvt8e0pb9s3k1zqk6yzx", "service": "permit", "group": "permits",
            "status": "ended", "joined_at": "2027-01-04T08:00:00Z", "reason": "list-ended",
        });
        let read = |entry: &serde_json::Value| WaitingEntry::deserialize(entry).unwrap();
        assert_eq!(read(&entry).reason, Some(PlaceLost::ListEnded));
        assert!(!read(&entry).is_in_line());
        entry["reason"] = "full-moon".into();
        entry["status"] = "asked".into();
        assert_eq!(read(&entry).reason, Some(PlaceLost::Unknown));
        assert!(read(&entry).is_in_line());
    }
}
