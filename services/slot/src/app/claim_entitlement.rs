//! A person proves an entitlement by reference number and date of birth.

use ids::{Pseudonym, ServiceId};
use serde_json::json;

use super::{AppError, Engine};
use crate::{
    domain::Actor,
    store::{claim_tries, entitlements},
};

/// What the person shows.
#[derive(Debug, Clone)]
pub struct ClaimEntitlement {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The person that it becomes.
    pub person: Pseudonym,
    /// Identity's signed statement of the person's birth date.
    pub attendee_token: String,
    /// What they want to book.
    pub service: ServiceId,
    /// The reference number in the letter.
    pub reference: String,
}

/// References that a person can try on one day. A letter has one, and people mistype; who guesses
/// needs hundreds, even for somebody whose birth date they share.
const TRIES_PER_DAY: i32 = 10;

/// Binds the entitlement to the person, once and for all.
///
/// # Errors
/// Too many were tried today.
///
/// There is none with this reference and birth date, it has expired, or it is another person's: the
/// three look the same from outside.
pub async fn claim_entitlement(engine: &Engine, claim: ClaimEntitlement) -> Result<(), AppError> {
    let attendee = engine
        .verifier
        .verify_attendee(&claim.attendee_token)
        .await
        .map_err(|error| AppError::AttendeeInvalid(error.to_string()))?;
    if attendee.pseudonym != claim.person {
        return Err(AppError::AttendeeInvalid("it is about another person".to_owned()));
    }
    count_try(engine, &claim).await?;
    let proof = engine.person_data.proof(&claim.service, &claim.reference, &attendee.birthdate);
    let mut unit = engine.begin().await?;
    let (db, now) = (unit.transaction(), engine.now());
    if !entitlements::claim(db, &claim.service, &proof, claim.person, now).await? {
        return Err(AppError::NoSuchEntitlement);
    }
    let (action, details) = ("entitlement.claimed", json!({ "service": claim.service }));
    engine.record(&mut unit, &claim.actor, action, claim.person, details).await?;
    Ok(unit.commit().await?)
}

/// By itself and before the try, so that it counts whatever comes of it and however many come at
/// once.
async fn count_try(engine: &Engine, claim: &ClaimEntitlement) -> Result<(), AppError> {
    let now = engine.now();
    let today = engine.local_date(now);
    let tries = claim_tries::count(engine.database.connection(), claim.person, today).await?;
    if tries <= TRIES_PER_DAY {
        return Ok(());
    }
    if tries == TRIES_PER_DAY + 1 {
        // Who it is stands in the audit log of what they claimed, not here.
        tracing::warn!(service = %claim.service, "a person tried more references of entitlements in one day than anybody needs: no more of theirs are looked at today");
    }
    let tomorrow =
        today.tomorrow().ok().and_then(|day| day.to_zoned_datetime(engine.berlin.clone()).ok());
    let wait = tomorrow.map_or(0, |midnight| midnight.timestamp().duration_since(now).as_secs());
    Err(AppError::TooManyClaims { wait_seconds: u64::try_from(wait).unwrap_or(0).max(1) })
}
