//! The front desk: `/v1/desk/...` and the transitions of a visit.
//!
//! For staff alone: what is shown here names people. The server checks role and location at each
//! call.

use ids::{BookingCode, BookingId, LocationId};
use jiff::{Timestamp, civil::Date};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use vocabulary::{BookingStatus, DeskAction};

use super::{Booking, SlotApi};
use crate::{AccessToken, ClientError, http};

/// The attendee, to compare with the document at the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Given names.
    #[serde(default)]
    pub given_name: String,
    /// Family name.
    #[serde(default)]
    pub family_name: String,
    /// Date of birth, `1980-04-17`, or `1980-04` or `1980` if the document says no more.
    #[serde(default)]
    pub birthdate: String,
}

/// A booking as the front desk sees it.
///
/// It names the person, so it is for the member of staff who asked for it and for no log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskBooking {
    /// The booking.
    #[serde(flatten)]
    pub booking: Booking,
    /// The attendee.
    #[serde(default)]
    pub attendee: Option<Attendee>,
    /// The desk, counted from 1.
    #[serde(default)]
    pub desk: Option<u8>,
}

/// A page of the list; `next` is the cursor of the one after it.
#[derive(Deserialize)]
struct DeskBookings {
    bookings: Vec<DeskBooking>,
    #[serde(default)]
    next: Option<String>,
}

/// Whether what an authority offers is what its admin wrote last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueState {
    /// Of the catalogue in force.
    pub version: i64,
    /// When it came into force.
    pub in_force_since: Timestamp,
    /// Bookings that it leaves without room, in an English sentence.
    #[serde(default)]
    pub stranded: Option<String>,
    /// The newest one, if it has a mistake.
    #[serde(default)]
    pub refused: Option<RefusedCatalogue>,
}

/// A catalogue that is not in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCatalogue {
    /// When it was seen.
    pub at: Timestamp,
    /// Each as `path: what is wrong, what would be right`, in English.
    #[serde(default)]
    pub mistakes: Vec<String>,
}

/// What usually comes next for a visit in this status. The server decides.
///
/// For buttons. A state that changed meanwhile is refused by the server with `booking-not-active`.
#[must_use]
pub const fn usual_actions(status: Option<BookingStatus>) -> &'static [DeskAction] {
    use BookingStatus::{
        Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served,
    };
    match status {
        Some(Confirmed) => &[DeskAction::CheckIn, DeskAction::Miss],
        Some(CheckedIn) => &[DeskAction::Call],
        Some(Called) => &[DeskAction::Serve, DeskAction::Park, DeskAction::Miss],
        Some(Parked) => &[DeskAction::Call, DeskAction::Requeue],
        // On the same day only, with the name compared.
        Some(Missed) => &[DeskAction::Requeue],
        Some(Served | Cancelled | Rebooked) | None => &[],
    }
}

impl SlotApi {
    /// Finds bookings by the code that a person says.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff; an outage.
    pub async fn desk_bookings(
        &self,
        token: &AccessToken,
        code: BookingCode,
    ) -> Result<Vec<DeskBooking>, ClientError> {
        let request = self.authorised(Method::GET, &["desk", "bookings"], token);
        let request = request.query(&[("code", code.to_string())]);
        http::json::<DeskBookings>(request).await.map(|answer| answer.bookings)
    }

    /// All active bookings of one day at one place, by time; in as many calls as it takes.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff there; an outage.
    pub async fn desk_day(
        &self,
        token: &AccessToken,
        location: &LocationId,
        date: Date,
    ) -> Result<Vec<DeskBooking>, ClientError> {
        let place = [("location", location.to_string()), ("date", date.to_string())];
        let mut day = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let request = self.authorised(Method::GET, &["desk", "bookings"], token).query(&place);
            let request = request.query(&after.map(|after| [("after", after)]));
            let part: DeskBookings = http::json(request).await?;
            let is_empty = part.bookings.is_empty();
            day.extend(part.bookings);
            after = part.next;
            // A server that names a next part and sends nothing must not keep us for ever.
            if after.is_none() || is_empty {
                return Ok(day);
            }
        }
    }

    /// Whether the newest catalogue is in force. For supervisors and admins.
    ///
    /// # Errors
    /// `forbidden` for everybody else; an outage.
    pub async fn catalogue_state(
        &self,
        token: &AccessToken,
    ) -> Result<CatalogueState, ClientError> {
        http::json(self.authorised(Method::GET, &["desk", "catalogue"], token)).await
    }

    /// Cancels a booking for the office. The person gets an e-mail if an address is known.
    ///
    /// # Errors
    /// `booking-not-found`, also at a place of others; `booking-not-active`; an outage.
    pub async fn cancel_at_desk(
        &self,
        token: &AccessToken,
        id: BookingId,
    ) -> Result<Booking, ClientError> {
        self.by(token).ask(&["desk", "bookings", &id.to_string(), "cancel"]).await
    }

    /// Moves a visit on.
    ///
    /// The server records who did it.
    ///
    /// # Errors
    /// `booking-not-active` if the state does not allow it, `forbidden`; an outage.
    pub async fn desk_action(
        &self,
        token: &AccessToken,
        id: BookingId,
        action: DeskAction,
    ) -> Result<(), ClientError> {
        let id = id.to_string();
        http::done(self.authorised(Method::POST, &["bookings", &id, action.as_str()], token)).await
    }
}
