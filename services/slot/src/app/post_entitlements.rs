//! An agency posts entitlements, for example because an application is on file.

use std::collections::HashMap;

use ids::{ClientId, EntitlementId, ServiceId};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::{AppError, Engine};
use crate::{
    domain::Actor,
    store::{
        audit,
        entitlements::{self, Entitlement},
    },
};

/// An entitlement, in the agency's own terms.
#[derive(Debug, Clone)]
pub struct PostEntitlement {
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

/// An entitlement that is on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnFile {
    /// Its identifier.
    pub id: EntitlementId,
    /// Whether this request put it there.
    pub is_new: bool,
}

/// Keeps the entitlements, in one transaction. Posting one again is fine and changes nothing. The
/// answers come in the order of the request.
///
/// # Errors
/// A service is unknown, and nothing is kept; or the database does not answer.
pub async fn post_entitlements(
    engine: &Engine,
    client: &ClientId,
    posted: Vec<PostEntitlement>,
) -> Result<Vec<OnFile>, AppError> {
    let wanted: Vec<_> =
        posted.into_iter().map(|it| entitlement(engine, client, it)).collect::<Result<_, _>>()?;
    let unit = engine.begin().await?;
    entitlements::insert_absent(unit.transaction(), &wanted).await?;
    let ids = entitlements::ids_by_proof(unit.transaction(), &wanted).await?;
    let on_file = answers(&wanted, &ids)?;

    let actor = Actor::Agency(client.clone());
    let entries: Vec<_> = wanted
        .iter()
        .zip(&on_file)
        .filter(|(_, answer)| answer.is_new)
        .map(|(it, _)| {
            engine.audit(&actor, "entitlement.posted", it.id, json!({ "service": it.service }))
        })
        .collect();
    audit::insert(unit.transaction(), &entries).await?;
    unit.commit().await?;
    Ok(on_file)
}

fn entitlement(
    engine: &Engine,
    client: &ClientId,
    posted: PostEntitlement,
) -> Result<Entitlement, AppError> {
    if engine.catalogue().service(&posted.service).is_none() {
        return Err(AppError::UnknownService(posted.service));
    }
    let now = engine.now();
    let birthdate = posted.birthdate.to_string();
    Ok(Entitlement {
        id: EntitlementId::mint(&*engine.clock, &*engine.entropy),
        proof: engine.person_data.proof(&posted.service, &posted.reference, &birthdate),
        service: posted.service,
        valid_from: posted.valid_from.unwrap_or(now),
        valid_until: posted.valid_until,
        posted_by: client.clone(),
        created_at: now,
    })
}

/// What is on file for each; of two that are the same in one request, the first is new.
fn answers(
    wanted: &[Entitlement],
    ids: &HashMap<(ServiceId, Vec<u8>), EntitlementId>,
) -> Result<Vec<OnFile>, AppError> {
    wanted
        .iter()
        .map(|it| {
            let id = ids.get(&(it.service.clone(), it.proof.clone()));
            let id = *id.ok_or(AppError::NoSuchEntitlement)?;
            Ok(OnFile { id, is_new: id == it.id })
        })
        .collect()
}
