//! Staff lift what counts against a person, with a reason.

use ids::{LocationId, StaffId};
use jiff::Timestamp;
use serde_json::json;

use super::{AppError, Engine, person_history};
use crate::{
    domain::Actor,
    store::history::{self, Lift},
};

/// What a member of staff decided.
#[derive(Debug, Clone)]
pub struct LiftLimits {
    /// The member of staff.
    pub staff: StaffId,
    /// Where they stand.
    pub location: LocationId,
    /// The attendee, signed by identity.
    pub attendee_token: String,
    /// Why.
    pub reason: String,
}

/// Abandoned holds, cancellations, moves and misses of the person count no more from now on. How
/// many there were.
///
/// # Errors
/// The location is unknown; the attendee token is not valid; the database does not answer.
pub async fn lift_limits(engine: &Engine, wish: LiftLimits) -> Result<usize, AppError> {
    engine.know(&wish.location)?;
    let attendee = engine
        .verifier
        .verify_attendee(&wish.attendee_token)
        .await
        .map_err(|error| AppError::AttendeeInvalid(error.to_string()))?;
    let person = attendee.pseudonym;
    let actor = Actor::Staff(wish.staff);
    let window = person_history::window(engine);
    let since = engine.now().saturating_sub(window).unwrap_or(Timestamp::MIN);
    let mut unit = engine.begin().await?;
    let lift = Lift { by: actor.to_string(), reason: wish.reason, at: engine.now() };
    let mut lifted = 0;
    for remembered in history::list(unit.transaction(), person, since).await? {
        if !remembered.event.lifted
            && history::lift(unit.transaction(), person, remembered.id, &lift).await?
        {
            lifted += 1;
        }
    }
    let details = json!({ "events": lifted, "location": wish.location, "reason": lift.reason });
    engine.record(&mut unit, &actor, "limits.lifted", person, details).await?;
    unit.commit().await?;
    Ok(lifted)
}
