//! A person gives a hold up before it ends.

use booking::TrustLevel;
use ids::{HoldId, Pseudonym};
use jiff::Timestamp;

use super::{
    AppError, Engine, VisitDetails, carry_holds::at_present, hold_slot::note, person_history,
    required_level::require_level_for,
};
use crate::{
    domain::Actor,
    holds::{EndedHold, HoldTokenError},
};

/// Gives the hold up: the person may hold again, and its seat returns to the public in some
/// minutes. Giving up what is gone already is fine. What staff keep for the person only they themselves give up, no
/// program for them.
///
/// # Errors
/// The token is not one of ours, or is for another hold or person, or the log-in is not sure enough; or a program asks,
/// and staff took the hold.
pub async fn release_hold(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
    id: HoldId,
    token: &str,
) -> Result<(), AppError> {
    let hold = engine.hold_tokens.read_even_expired(token)?;
    if hold.person != person || hold.id != id {
        return Err(AppError::HoldInvalid);
    }
    let visit = VisitDetails::from_bytes(&hold.details).ok_or(AppError::HoldOfOtherEdition)?;
    require_level_for(engine, &visit.services, visit.level, level)?;
    if visit.is_by_staff() && !matches!(actor, Actor::Citizen(_)) {
        return Err(AppError::HeldByStaff(Box::new(hold)));
    }
    // A hold that became a booking is no hold any more: only cancelling ends it.
    let hold = at_present(engine, hold);
    if engine.holds.give_up(&hold).await? {
        let ended = EndedHold {
            id: hold.id,
            person: hold.person,
            group: hold.group.clone(),
            seat: hold.seat.clone(),
            held_at: hold.held_at,
            ended_at: engine.now(),
            usable_until: Timestamp::MIN,
        };
        person_history::hold_abandoned(engine, &[ended]).await?;
    }
    note(engine, actor, "hold.released", &hold).await
}

impl From<HoldTokenError> for AppError {
    fn from(error: HoldTokenError) -> Self {
        match error {
            HoldTokenError::Invalid => Self::HoldInvalid,
            HoldTokenError::Expired => Self::HoldExpired,
            HoldTokenError::OtherEdition => Self::HoldOfOtherEdition,
        }
    }
}
