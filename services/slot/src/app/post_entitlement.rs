//! An agency says that somebody may book a service, for example because an application is on file.

use ids::{ClientId, EntitlementId, ServiceId};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::{AppError, Engine};
use crate::store::{
    Failure,
    audit::{self, Actor},
    entitlements::{self, Entitlement},
};

/// Who may book what, in the agency's own terms.
#[derive(Debug, Clone)]
pub struct PostEntitlement {
    /// The agency's program.
    pub client: ClientId,
    /// What may be booked.
    pub service: ServiceId,
    /// The reference number that the agency gave the person. Not kept.
    pub reference: String,
    /// The person's date of birth. Not kept.
    pub birthdate: Date,
    /// From when on; now if absent.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_until: Timestamp,
}

/// Keeps the entitlement. Posting it again is fine and changes nothing.
///
/// # Errors
/// The service is unknown or the database does not answer.
pub async fn post_entitlement(
    engine: &Engine,
    posted: PostEntitlement,
) -> Result<EntitlementId, AppError> {
    if engine.catalogue().service(&posted.service).is_none() {
        return Err(AppError::UnknownService(posted.service));
    }
    let now = engine.now();
    let birthdate = posted.birthdate.to_string();
    let entitlement = Entitlement {
        id: EntitlementId::mint(&*engine.clock, &*engine.entropy),
        proof: engine.person_data.proof(&posted.service, &posted.reference, &birthdate),
        service: posted.service,
        valid_from: posted.valid_from.unwrap_or(now),
        valid_until: posted.valid_until,
        posted_by: posted.client.clone(),
        created_at: now,
    };
    let transaction = engine.database.begin().await?;
    if let Err(failure) = entitlements::insert(&transaction, &entitlement).await {
        drop(transaction);
        return match failure.unique_index() {
            Some(_) => known(engine, &entitlement).await,
            None => Err(failure.into()),
        };
    }
    let details = json!({ "service": entitlement.service });
    let actor = Actor::Agency(posted.client);
    let entry = engine.audit(&actor, "entitlement.posted", entitlement.id, details);
    audit::insert(&transaction, [&entry]).await?;
    transaction.commit().await.map_err(Failure::from)?;
    Ok(entitlement.id)
}

async fn known(engine: &Engine, entitlement: &Entitlement) -> Result<EntitlementId, AppError> {
    let db = engine.database.connection();
    entitlements::find_by_proof(db, &entitlement.service, &entitlement.proof)
        .await?
        .ok_or(AppError::NoSuchEntitlement)
}
