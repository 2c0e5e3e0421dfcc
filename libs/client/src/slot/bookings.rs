//! Appointments: `/v1/bookings`.

use ids::{BookingCode, BookingId, LocationId, ServiceId};
use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use vocabulary::{BookingStatus, TrustLevel};

use super::SlotApi;
use crate::{AccessToken, ClientError, OwnData, http, known::known};

/// The party that booked for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BookedBy {
    /// An agency's program, which the person let act for them.
    Agency {
        /// What it is called.
        name: String,
    },
    /// The authority's own staff.
    Desk,
    /// Something that this client does not know yet.
    #[serde(other)]
    Unknown,
}

/// An appointment of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Its id.
    ///
    /// In addresses, events and calendar files. People never type it: they have the code.
    pub id: BookingId,
    /// What the person says at the front desk.
    pub code: BookingCode,
    /// How it stands; `None` for a status that this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub status: Option<BookingStatus>,
    /// The place.
    ///
    /// Its name and address are in the catalogue ([`Location`](crate::Location)).
    pub location: LocationId,
    /// When the visit begins.
    ///
    /// An instant in UTC. Pages show it in Berlin's time, whatever the reader's own zone is.
    pub start: Timestamp,
    /// When it ends.
    ///
    /// The first instant that is not part of the visit.
    pub end: Timestamp,
    /// What it is for.
    ///
    /// All of them are done in one go at one desk, and count as one booking in their group.
    pub services: Vec<ServiceId>,
    /// How many people come.
    ///
    /// The person included. Older services do not say so: then it is one.
    #[serde(default = "one")]
    pub people: u16,
    /// When it was booked, an instant in UTC.
    pub created_at: Timestamp,
    /// The party that booked it, if not the person.
    #[serde(default)]
    pub booked_by: Option<BookedBy>,
    /// Whether the desk compares the documents first: it is unresolved who the person is.
    #[serde(default)]
    pub identity_check: bool,
    /// Whether a job set it to missed because the desk recorded nothing: no waiting period follows.
    #[serde(default)]
    pub unnoted: bool,
    /// Counts the changes, for calendar programs (RFC 5545 section 3.8.7.4).
    #[serde(default)]
    pub sequence: u32,
    /// The booking that this one replaced.
    #[serde(default)]
    pub replaces: Option<BookingId>,
    /// The first booking of a chain of rebookings: what stays the same.
    #[serde(default)]
    pub series_id: Option<BookingId>,
    /// For whom it is; only where one booking is read by its person.
    #[serde(default)]
    pub person: Option<BookedName>,
    /// What happened to it, the oldest first; only where one booking is read.
    #[serde(default)]
    pub history: Vec<BookingEvent>,
    /// What follows if the person gives it up now; only where one booking is read by its person that can
    /// still be given up.
    #[serde(default)]
    pub giving_up: Option<GivingUp>,
}

/// What follows for the person if they give a booking up now, as the rules of its services say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivingUp {
    /// How many more cancellations and moves are free, this one included; `None`: not limited.
    #[serde(default)]
    pub free_left: Option<u16>,
    /// From when on the same can be booked again after cancelling; `None`: at once. UTC.
    #[serde(default)]
    pub rebook_from: Option<Timestamp>,
    /// From when on it can be moved again, or something else be booked, after moving; `None`: at once.
    /// UTC.
    #[serde(default)]
    pub move_again_from: Option<Timestamp>,
}

/// The name on a booking, as it was proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedName {
    /// All given names; empty for people with a single name.
    #[serde(default)]
    pub given_name: String,
    /// The family name.
    ///
    /// Of a person with a single name, that one. It never changes once the booking is made.
    pub family_name: String,
}

/// One thing that happened to an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingEvent {
    /// When it happened.
    ///
    /// An instant in UTC, by the clock of the service.
    pub at: Timestamp,
    /// What; `None` for what this client does not know yet.
    #[serde(deserialize_with = "known")]
    pub what: Option<BookingChange>,
    /// When the appointment begins since then.
    ///
    /// An instant in UTC. Pages show it in Berlin's time, whatever the reader's own zone is.
    pub start: Timestamp,
    /// The office did it, and not the person.
    #[serde(default)]
    pub by_office: bool,
}

/// What can happen to an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingChange {
    /// It was booked for the first time.
    Booked,
    /// It was moved.
    Moved,
    /// It was cancelled.
    Cancelled,
    /// The person was there.
    Served,
    /// The person was not there.
    Missed,
    /// It was closed after its end, because the desk recorded neither served nor missed.
    Closed,
}

impl Booking {
    /// Whether it stands, and the desk has noted nothing of the visit: also after its time, until it is closed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == Some(BookingStatus::Confirmed)
    }

    /// Whether the person can still move or cancel it at `now`: until it begins.
    #[must_use]
    pub fn can_change(&self, now: Timestamp) -> bool {
        self.is_open() && self.start > now
    }

    /// Whether its time has passed at `now` and the desk has noted nothing, yet or at all. Who is called late is
    /// still there.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.unnoted || (self.is_open() && self.end <= now)
    }

    /// The identifier of the appointment in calendar files: the same before and after a
    /// rebooking, so that the entry moves.
    #[must_use]
    pub fn calendar_uid(&self) -> String {
        format!("{}@fairtermin", self.series_id.unwrap_or(self.id))
    }
}

const fn one() -> u16 {
    1
}

/// A hold that shall become a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// From the hold.
    ///
    /// Unchanged, as `hold_token` of the answer had it. It names the seat, so none is stated beside
    /// it.
    pub hold_token: String,
    /// The signed userinfo response of the same person: [`attendee`](crate::IdentityApi::attendee).
    pub attendee: String,
    /// In which language to write to the person, for example `de`.
    pub language: String,
}

/// A person's own bookings.
///
/// A log-in of a lower level shows fewer: a service says which level its bookings need.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OwnBookings {
    /// Those that this log-in shows.
    pub bookings: Vec<Booking>,
    /// If there are more: the level of log-in that shows them.
    #[serde(default)]
    pub all_from_level: Option<TrustLevel>,
}

impl SlotApi {
    /// Turns a hold into a booking. Safe to repeat with the same `key`.
    ///
    /// Make `key` before the first try and keep it until there is an answer
    /// (draft-ietf-httpapi-idempotency-key-header): repeated, it gives the same booking.
    ///
    /// # Errors
    /// `hold-expired`, `hold-given-up`, `hold-invalid`, `held-by-staff`, `attendee-invalid`, `already-booked`, `slot-taken`,
    /// `booking-not-active` (the replaced one); an outage.
    pub async fn confirm(
        &self,
        token: &AccessToken,
        key: &str,
        confirmation: &Confirmation,
    ) -> Result<Booking, ClientError> {
        let request = self.authorised(Method::POST, &["bookings"], token);
        http::json(request.header("Idempotency-Key", key).json(confirmation)).await
    }

    /// The person's own bookings.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn bookings(&self, token: &AccessToken) -> Result<OwnBookings, ClientError> {
        http::json(self.authorised(Method::GET, &["bookings"], token)).await
    }

    /// One of the person's own bookings.
    ///
    /// # Errors
    /// `booking-not-found`; an outage.
    pub async fn booking(
        &self,
        token: &AccessToken,
        id: BookingId,
    ) -> Result<Booking, ClientError> {
        http::json(self.authorised(Method::GET, &["bookings", &id.to_string()], token)).await
    }

    /// All that this authority keeps about the person.
    ///
    /// # Errors
    /// `level-too-low`; an outage.
    pub async fn own_data(&self, token: &AccessToken) -> Result<OwnData, ClientError> {
        http::json(self.authorised(Method::GET, &["me", "data"], token)).await
    }

    /// Cancels a booking.
    ///
    /// For good; who wants another time holds one with `replaces` instead.
    ///
    /// # Errors
    /// `booking-not-found`, `booking-not-active`; an outage.
    pub async fn cancel(&self, token: &AccessToken, id: BookingId) -> Result<Booking, ClientError> {
        let id = id.to_string();
        http::json(self.authorised(Method::POST, &["bookings", &id, "cancel"], token)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_may_be_one_that_this_client_does_not_know_yet() {
        let mut booking = serde_json::json!({
            "id": "bkg_01jdc6nvt8e0pb9s3k1zqk6yzx", "code": "K7QD-3XHM", "status": "checked_in",
            "location": "mitte", "start": "2027-01-05T08:00:00Z", "end": "2027-01-05T08:10:00Z",
            "services": ["120686"], "created_at": "2027-01-04T08:00:00Z",
        });
        let read = |booking: &serde_json::Value| Booking::deserialize(booking).unwrap().status;
        assert_eq!(read(&booking), Some(BookingStatus::CheckedIn));
        booking["status"] = "teleported".into();
        assert_eq!(read(&booking), None);
    }

    #[test]
    fn until_it_begins_it_can_be_changed_and_after_its_end_it_is_over_unless_the_desk_noted_more() {
        let one = |status: &str, unnoted: bool| -> Booking {
            serde_json::from_value(serde_json::json!({
                "id": "bkg_01jdc6nvt8e0pb9s3k1zqk6yzx", "code": "K7QD-3XHM", "status": status,
                "location": "mitte", "start": "2027-01-05T08:00:00Z", "end": "2027-01-05T08:10:00Z",
                "services": ["120686"], "created_at": "2027-01-04T08:00:00Z", "unnoted": unnoted,
            }))
            .unwrap()
        };
        let stands = |status, unnoted, at: &str| {
            let (one, now): (_, Timestamp) = (one(status, unnoted), at.parse().unwrap());
            (one.can_change(now), one.is_over(now))
        };
        assert_eq!(stands("confirmed", false, "2027-01-05T07:59:59Z"), (true, false));
        assert_eq!(stands("confirmed", false, "2027-01-05T08:00:00Z"), (false, false));
        assert_eq!(stands("confirmed", false, "2027-01-05T08:10:00Z"), (false, true));
        assert_eq!(stands("called", false, "2027-01-05T09:00:00Z"), (false, false));
        assert_eq!(stands("missed", false, "2027-01-05T09:00:00Z"), (false, false));
        assert_eq!(stands("missed", true, "2027-01-06T09:00:00Z"), (false, true));
    }

    #[test]
    fn who_booked_may_be_somebody_that_this_client_does_not_know_yet() {
        let read = |text| serde_json::from_str::<BookedBy>(text).unwrap();
        let agency = r#"{"kind": "agency", "client": "zab", "name": "Ausländerakte"}"#;
        assert_eq!(read(agency), BookedBy::Agency { name: "Ausländerakte".to_owned() });
        assert_eq!(read(r#"{"kind": "desk"}"#), BookedBy::Desk);
        assert_eq!(read(r#"{"kind": "robot", "model": 7}"#), BookedBy::Unknown);
    }
}
