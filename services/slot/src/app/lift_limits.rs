//! Staff lift what counts against a person, with a reason.

use ids::{LocationId, Pseudonym, StaffId};
use jiff::Timestamp;
use serde_json::json;

use super::{
    AppError, Engine, person_history,
    two_staff::{Permit, Wanted, permit},
};
use crate::{
    domain::{Actor, CountedAct, DeskReason},
    store::{
        counted_acts,
        history::{self, Lift},
    },
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
    /// The reason that was given.
    pub reason: DeskReason,
}

/// Abandoned holds, cancellations, moves, misses and declined drawn seats of the person count no more from now on. How
/// many there were. Above the day's number a second member of staff must have agreed.
///
/// # Errors
/// The location is unknown; the attendee token is not valid; it takes a second member of staff; the
/// database does not answer.
pub async fn lift_limits(engine: &Engine, command: LiftLimits) -> Result<usize, AppError> {
    engine.know(&command.location)?;
    let person = engine.attendee(&command.attendee_token).await?.pseudonym;
    let wanted = Wanted {
        staff: command.staff,
        act: CountedAct::LiftedLimits,
        subject: person.to_string(),
        location: command.location.clone(),
        services: Vec::new(),
        start: None,
        reason: Some(command.reason.clone()),
        attendee: None,
    };
    let permit = permit(engine, wanted).await?;
    let outcome = lift(engine, &command, person, &permit).await;
    match &outcome {
        // What lifted nothing is no act.
        Ok(0) => permit.give_back(engine).await,
        Ok(_) => {}
        Err(refusal) => permit.refused(engine, refusal).await,
    }
    outcome
}

async fn lift(
    engine: &Engine,
    command: &LiftLimits,
    person: Pseudonym,
    permit: &Permit,
) -> Result<usize, AppError> {
    let actor = Actor::Staff(command.staff);
    let window = person_history::window(engine);
    let since = engine.now().saturating_sub(window).unwrap_or(Timestamp::MIN);
    let mut unit = engine.begin().await?;
    let reason = json!(command.reason).to_string();
    let lift = Lift { by: actor.to_string(), reason, at: engine.now() };
    let mut lifted = 0;
    for remembered in history::list(unit.transaction(), person, since).await? {
        if !remembered.event.lifted
            && history::lift(unit.transaction(), person, remembered.id, &lift).await?
        {
            lifted += 1;
        }
    }
    if lifted > 0 {
        let (today, act) = (engine.local_date(engine.now()), CountedAct::LiftedLimits);
        counted_acts::count(unit.transaction(), &command.location, today, act, &[]).await?;
        permit.used(engine, &mut unit).await?;
    }
    let details = json!({
        "events": lifted, "location": command.location, "reason": command.reason,
        "agreed": permit.details(),
    });
    engine.record(&mut unit, &actor, "limits.lifted", person, details).await?;
    unit.commit().await?;
    Ok(lifted)
}
