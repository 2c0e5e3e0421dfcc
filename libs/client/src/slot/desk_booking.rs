//! Staff book for the person at the desk: `/v1/desk/holds` and `/v1/desk/bookings`.

use ids::{LocationId, ServiceId};
use jiff::Timestamp;
use serde::Serialize;

use super::{Booking, DeskReason, Hold, SlotApi};
use crate::{AccessToken, ClientError};

/// Which slot, for whom and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HoldAtDesk {
    /// What [`identify`](crate::IdentityApi::identify) answered.
    pub attendee: String,
    /// The place, at which the member of staff works.
    pub location: LocationId,
    /// When the visit begins: a start that [`SlotApi::slots_for_staff`] offered.
    pub start: Timestamp,
    /// What it is for; at least one.
    pub services: Vec<ServiceId>,
    /// How many people come.
    ///
    /// The person included.
    pub people: u16,
}

/// A hold of the desk that shall become a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfirmationAtDesk {
    /// From the hold, unchanged.
    pub hold_token: String,
    /// The same as for the hold.
    pub attendee: String,
    /// The language of messages to the person, for example `de`.
    pub language: String,
    /// Why staff book.
    pub reason: DeskReason,
}

impl SlotApi {
    /// Holds a slot for the person. The same again, while that hold is in force, is the same hold.
    ///
    /// # Errors
    /// `slot-taken`, `asked-too-soon`, `already-holding`, `already-booked`, a booking rule's code,
    /// `attendee-invalid`, `forbidden` at a place of others; an outage.
    pub async fn hold_at_desk(
        &self,
        token: &AccessToken,
        wanted: &HoldAtDesk,
    ) -> Result<Hold, ClientError> {
        self.by(token).ask_with(&["desk", "holds"], wanted).await
    }

    /// Turns a hold of the desk into a booking. Safe to repeat with the same `key`.
    ///
    /// # Errors
    /// `second-person-needed` with the `case` that a colleague approves, `case-state`, `hold-expired`,
    /// `hold-invalid`, `made-online`, `reason-needed`, `slot-taken`, `already-booked`, a booking rule's code; an outage.
    pub async fn confirm_at_desk(
        &self,
        token: &AccessToken,
        key: &str,
        confirmation: &ConfirmationAtDesk,
    ) -> Result<Booking, ClientError> {
        self.by(token).ask_once(&["desk", "bookings"], key, confirmation).await
    }
}
