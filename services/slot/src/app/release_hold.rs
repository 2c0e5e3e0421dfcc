//! A person gives a hold back before it ends.

use ids::{HoldId, Pseudonym};

use super::{AppError, Engine, hold_slot::note};
use crate::store::audit::Actor;

/// Gives the hold back. Giving back what is gone already is fine.
///
/// # Errors
/// The token is not one of ours, or is for another hold or person.
pub async fn release_hold(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    id: HoldId,
    token: &str,
) -> Result<(), AppError> {
    let claims = engine.hold_tokens.read_even_expired(token).map_err(|_| AppError::HoldInvalid)?;
    if claims.sub != person || claims.jti != id {
        return Err(AppError::HoldInvalid);
    }
    // A hold that became a booking is no hold any more: only cancelling ends it.
    engine.holds.release(&claims.hold()).await?;
    note(engine, actor, "hold.released", &claims.hold()).await?;
    Ok(())
}
