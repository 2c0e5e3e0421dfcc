//! Staff book for a person at the desk.
//!
//! The attendee token names the person: identity issues it after staff checked a document, and the
//! same document yields the same person as a log-in would. So people without a log-in can book, and
//! there is no second booking this way.

use calendar::Channel;
use ids::{LocationId, ServiceId, StaffId};
use jiff::Timestamp;

use super::{
    AppError, Engine,
    hold_slot::{Held, HoldSlot, hold_slot},
};
use crate::domain::Actor;

/// A hold for a person at the desk.
#[derive(Debug, Clone)]
pub struct HoldOnBehalf {
    /// The member of staff.
    pub staff: StaffId,
    /// The attendee, signed by identity.
    pub attendee_token: String,
    /// Where.
    pub location: LocationId,
    /// When it begins.
    pub start: Timestamp,
    /// What for.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
}

/// Holds a slot of the staff's channel for the person of the attendee token. Confirm it with the
/// same token and [`confirm_booking`](super::confirm_booking::confirm_booking).
///
/// # Errors
/// As [`hold_slot`], or the attendee token is not valid.
pub async fn hold_on_behalf(engine: &Engine, wish: HoldOnBehalf) -> Result<Held, AppError> {
    let attendee = engine
        .verifier
        .verify_attendee(&wish.attendee_token)
        .await
        .map_err(|error| AppError::AttendeeInvalid(error.to_string()))?;
    let wish = HoldSlot {
        actor: Actor::Staff(wish.staff),
        person: attendee.pseudonym,
        level: attendee.level,
        doubt: None,
        channel: Channel::Staff,
        location: wish.location,
        start: wish.start,
        end: None,
        services: wish.services,
        people: wish.people,
        replaces: None,
    };
    hold_slot(engine, wish).await
}
