//! A person proves an entitlement by reference number and date of birth.

use ids::{Pseudonym, ServiceId};
use serde_json::json;

use super::{AppError, Engine};
use crate::{domain::Actor, store::entitlements};

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

/// Binds the entitlement to the person, once and for all.
///
/// # Errors
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
