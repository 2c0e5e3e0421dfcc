//! What is written when an appointment is made, and what its refusal means.

use std::sync::Arc;

use booking::rules;
use catalogue::Catalogue;
use ids::EntitlementId;
use jiff::Timestamp;
use serde_json::json;

use super::{AppError, Engine, confirm_booking::ConfirmBooking};
use crate::{
    domain::Booking,
    store::{
        Failure,
        idempotency::Answered,
        queries::{Confirmation, ConfirmationError, Obstacle},
    },
};

/// Since when a catalogue is in force, and what it says.
pub(super) type DecidedBy = (Timestamp, Arc<Catalogue>);

/// On what a confirm was decided.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decision<'a> {
    /// The catalogue.
    pub by: &'a DecidedBy,
    /// On which the booking will stand.
    pub entitlements: &'a [EntitlementId],
}

/// Everything that is written together with `booking`.
pub(super) fn confirmation(
    engine: &Engine,
    request: &ConfirmBooking,
    booking: &Booking,
    decision: &Decision<'_>,
    action: &str,
    event: messaging::Event,
) -> Confirmation {
    let details = json!({
        "hold": booking.hold,
        "location": booking.seat.location,
        "start": booking.seat.start,
        "services": booking.services,
        "replaces": booking.replaces,
        "doubt": booking.doubt,
        "binding": booking.binding,
        "reason": request.at_desk.as_ref().map(|at_desk| &at_desk.reason),
        "agreed": request.at_desk.as_ref().map(|at_desk| &at_desk.agreed),
    });
    Confirmation {
        audit: engine.audit(&request.actor, action, booking.id, details),
        event,
        answered: Answered {
            caller: request.actor.to_string(),
            key: request.key.clone(),
            request: request.fingerprint(),
            at: engine.now(),
        },
        decided_by: decision.by.0,
        entitlements: decision.entitlements.to_vec(),
        booking: booking.clone(),
    }
}

impl From<ConfirmationError> for AppError {
    fn from(error: ConfirmationError) -> Self {
        match error {
            ConfirmationError::Refused(Obstacle::SeatTaken) => Self::SlotTaken,
            ConfirmationError::Refused(Obstacle::AlreadyBooked) => Self::AlreadyBooked,
            ConfirmationError::Refused(Obstacle::BookedInDoubt) => {
                Self::Rule(rules::identity_in_doubt())
            }
            // The caller of this mapping looks for the earlier answer before it gives this one.
            ConfirmationError::Refused(Obstacle::HoldUsed) => Self::HoldInvalid,
            ConfirmationError::Refused(Obstacle::Closed) => Self::Closed,
            ConfirmationError::Refused(Obstacle::PersonMerged) => Self::PersonMerged,
            ConfirmationError::Refused(Obstacle::CatalogueChanged) => Self::CatalogueChanged,
            ConfirmationError::Refused(Obstacle::KeyUsed) => Self::IdempotencyMismatch,
            ConfirmationError::Refused(Obstacle::NotEntitled) => rules::not_entitled().into(),
            ConfirmationError::Refused(Obstacle::CodeTaken) => {
                Self::Internal("no free booking code".into())
            }
            ConfirmationError::Failed(failure) => match &*failure {
                Failure::Corrupt(_) => Self::Internal(failure.into()),
                Failure::Database(_) | Failure::Store(_) => Self::Unavailable(failure.into()),
            },
        }
    }
}
