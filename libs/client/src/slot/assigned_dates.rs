//! Dates that an office gives to applications on file: `/v1/assigned-dates`.

use ids::{AssignedDateId, EntitlementId, LocationId, ServiceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Booking, DeskReason, SlotApi};
use crate::{AccessToken, ClientError};

/// A date that is kept for a person whose application is on file, until they answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AssignedDate {
    /// Its id.
    ///
    /// Of the date, not of the appointment that may come of it.
    pub id: AssignedDateId,
    /// What for.
    ///
    /// By its id in the catalogue.
    pub service: ServiceId,
    /// The place.
    ///
    /// By its id in the catalogue.
    pub location: LocationId,
    /// When the visit begins.
    ///
    /// An instant in UTC.
    pub start: Timestamp,
    /// When it ends.
    ///
    /// The first instant that is not part of the visit.
    pub end: Timestamp,
    /// How many come together.
    ///
    /// The person included. Older services do not say so: then it is one.
    #[serde(default = "one")]
    pub people: u16,
    /// Until then it can be accepted.
    ///
    /// An instant in UTC. After it the date lapses, and the office gives another one.
    pub answer_by: Timestamp,
}

const fn one() -> u16 {
    1
}

/// What a person accepts a date with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateAcceptance {
    /// The signed userinfo response of the person for this authority.
    pub attendee: String,
    /// The tag of the language of messages to the person.
    pub language: String,
}

/// A date that staff give, with the letter or the file in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateAtDesk {
    /// What the application is for.
    pub service: ServiceId,
    /// The number of the application.
    pub reference: String,
    /// The place.
    pub location: LocationId,
    /// When the visit begins.
    pub start: Timestamp,
    /// How many come together.
    pub people: u16,
    /// Why staff give it and not the program that put the application on file.
    pub reason: DeskReason,
}

/// A date that waits for an answer, as staff of its place see it, without the person's name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OpenDate {
    /// The application, by the id that its agency was answered when it put it on file.
    pub entitlement: EntitlementId,
    /// The date.
    #[serde(flatten)]
    pub date: AssignedDate,
}

/// Why staff take a date back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateTakenBack {
    /// Why.
    pub reason: DeskReason,
    /// The number of the application, if the server is to compare it.
    ///
    /// A date of another application then stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// What staff accept a date with, for the person whose document they see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateAcceptanceAtDesk {
    /// What [`identify`](crate::IdentityApi::identify) answered.
    pub attendee: String,
    /// The number of the application. Needed unless the person has proven the application online.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The tag of the language of messages to the person.
    pub language: String,
    /// Why staff do it and not the person.
    pub reason: DeskReason,
}

/// A page of the list; `next` is the cursor of the one after it.
#[derive(Deserialize)]
struct OpenDates {
    dates: Vec<OpenDate>,
    #[serde(default)]
    next: Option<String>,
}

/// The answer's body.
#[derive(Deserialize)]
struct OwnDates {
    dates: Vec<AssignedDate>,
}

impl SlotApi {
    /// The dates that the office gave to the person's applications and that wait for an answer.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn assigned_dates(
        &self,
        token: &AccessToken,
    ) -> Result<Vec<AssignedDate>, ClientError> {
        Ok(self.by(token).read::<OwnDates>(&["assigned-dates"]).await?.dates)
    }

    /// Accepts a date, once, however often it is repeated.
    ///
    /// # Errors
    /// `date-not-found`, `date-over`, `attendee-invalid`, a booking rule's code; an outage.
    pub async fn accept_date(
        &self,
        token: &AccessToken,
        id: AssignedDateId,
        acceptance: &DateAcceptance,
    ) -> Result<Booking, ClientError> {
        let path = ["assigned-dates", &id.to_string(), "accept"];
        self.by(token).ask_with(&path, acceptance).await
    }

    /// Declines a date: the office gives another one.
    ///
    /// # Errors
    /// `date-not-found`, `date-over`, `level-too-low`; an outage.
    pub async fn decline_date(
        &self,
        token: &AccessToken,
        id: AssignedDateId,
    ) -> Result<(), ClientError> {
        self.by(token).act(&["assigned-dates", &id.to_string(), "decline"]).await
    }

    /// Gives a date to an application on file, as a member of staff. The same date again changes nothing.
    ///
    /// # Errors
    /// `second-person-needed` with the `case` that a colleague approves, `case-state`, `reason-needed`,
    /// `entitlement-not-found`, `not-assigned`, `date-already-assigned`, `already-booked`, `rate-limited`
    /// with `again_at`, a code that says why the seat is not to be had; an outage.
    pub async fn assign_date_at_desk(
        &self,
        token: &AccessToken,
        date: &DateAtDesk,
    ) -> Result<AssignedDate, ClientError> {
        self.by(token).ask_with(&["desk", "assigned-dates"], date).await
    }

    /// All dates of a place that wait for an answer, by start; in as many calls as it takes. The server records
    /// that they were read.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff there; `unknown-location`; an outage.
    pub async fn open_dates_at_desk(
        &self,
        token: &AccessToken,
        location: &LocationId,
    ) -> Result<Vec<OpenDate>, ClientError> {
        let path = ["desk", "assigned-dates"];
        let mut dates = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let mut query = vec![("location", location.as_str())];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let part: OpenDates = self.by(token).read_where(&path, &query).await?;
            let is_empty = part.dates.is_empty();
            dates.extend(part.dates);
            after = part.next;
            // A server that names a next part and sends nothing must not keep us for ever.
            if after.is_none() || is_empty {
                return Ok(dates);
            }
        }
    }

    /// Accepts a date for the person at the desk, once, however often it is repeated.
    ///
    /// # Errors
    /// `second-person-needed` with the `case` that a colleague approves, `case-state`, `date-not-found` if the
    /// caller's places have no such date, `date-over`, `entitlement-not-found` if the application is not the
    /// person's, `document-needed`, `reason-needed`, `already-booked`, a booking rule's code; an outage.
    pub async fn accept_date_at_desk(
        &self,
        token: &AccessToken,
        id: AssignedDateId,
        key: &str,
        acceptance: &DateAcceptanceAtDesk,
    ) -> Result<Booking, ClientError> {
        let path = ["desk", "assigned-dates", &id.to_string(), "accept"];
        self.by(token).ask_once(&path, key, acceptance).await
    }

    /// Takes an open date back, as a member of staff. One that was taken back before stays so.
    ///
    /// # Errors
    /// `date-not-found` if the caller's places have no such date, `date-over` if it was answered or has lapsed,
    /// `entitlement-not-found` if it is of another application, `reason-needed`; an outage.
    pub async fn withdraw_date_at_desk(
        &self,
        token: &AccessToken,
        id: AssignedDateId,
        taken_back: &DateTakenBack,
    ) -> Result<(), ClientError> {
        let path = ["desk", "assigned-dates", &id.to_string(), "withdraw"];
        self.by(token).act_with(&path, taken_back).await
    }
}
