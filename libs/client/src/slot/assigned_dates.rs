//! Dates that an office gives to applications on file: `/v1/assigned-dates`.

use ids::{AssignedDateId, LocationId, ServiceId};
use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{Booking, SlotApi};
use crate::{AccessToken, ClientError, http};

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
    /// Until then it can be accepted.
    ///
    /// An instant in UTC. After it the date lapses, and the office gives another one.
    pub answer_by: Timestamp,
}

/// What a person accepts a date with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateAcceptance {
    /// The signed userinfo response of the person for this authority.
    pub attendee: String,
    /// The tag of the language of messages to the person.
    pub language: String,
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
        let request = self.authorised(Method::GET, &["assigned-dates"], token);
        Ok(http::json::<OwnDates>(request).await?.dates)
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
        http::json(self.authorised(Method::POST, &path, token).json(acceptance)).await
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
        let path = ["assigned-dates", &id.to_string(), "decline"];
        http::done(self.authorised(Method::POST, &path, token)).await
    }
}
