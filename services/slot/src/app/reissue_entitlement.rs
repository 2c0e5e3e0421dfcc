//! An agency gives an entitlement another reference: the letter was lost, or a stranger read it.

use booking::entitlement::{BoundTo, Reference};
use ids::{ClientId, EntitlementId};
use serde_json::json;

use super::{
    AppError, Engine, holds_follow, own_entitlement::own_entitlement, repeatable::Repeatable,
};
use crate::{
    domain::{Actor, Entitlement},
    store::{Transaction, entitlements},
};

/// The reference before is worth nothing from now on, and the entitlement is unclaimed until it is
/// claimed with the new one. One that was withdrawn is in force again. Appointments that stand on
/// it stay. The answer is the reference that we made, if the agency sent none. With the
/// same `key` a repeat is answered the same and re-issues nothing: who claimed since has it still.
///
/// # Errors
/// The agency posted no such entitlement; the reference is on file or was re-issued, or could be guessed
/// where no name is bound; the key was used for something else, or for a reference that is worth nothing
/// by now; or the database does not answer.
pub async fn reissue_entitlement(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
    reference: Option<Reference>,
    key: Option<String>,
) -> Result<Option<Reference>, AppError> {
    let found = own_entitlement(engine, client, id).await?;
    let bound_to = match found.bound_to {
        BoundTo::Name => BoundTo::Name,
        BoundTo::BirthDate => BoundTo::BirthDate,
        // Its hash says nothing about the birth date alone.
        BoundTo::Bearer | BoundTo::Former => BoundTo::Bearer,
    };
    if let Some(reference) = &reference
        && bound_to != BoundTo::Name
    {
        reference.check_random().map_err(AppError::GuessableReference)?;
    }
    let repeatable = key.map(|key| {
        let wanted = reference.as_ref().map(Reference::as_str);
        Repeatable::new(engine, client, key, &format!("reissue {id} {wanted:?}"))
    });
    let issued = reference.is_none().then(|| match &repeatable {
        Some(repeatable) => repeatable.reference(engine, 0),
        None => Reference::mint(&*engine.entropy),
    });
    let present = reference.as_ref().or(issued.as_ref()).ok_or(AppError::NoSuchEntitlement)?;
    let anew = Entitlement {
        reference: engine.person_data.reference_hash(&found.service, present),
        key_id: Some(engine.person_data.key_id().to_owned()),
        bound_to,
        ..found.clone()
    };
    let mut unit = engine.begin().await?;
    if let Some(repeatable) = &repeatable
        && repeatable.came_before(unit.transaction()).await?
    {
        still_counts(unit.transaction(), &anew).await?;
        return Ok(issued);
    }
    let written = entitlements::reissue(unit.transaction(), &found, &anew).await;
    let written = written.map_err(|failure| match failure.unique_index() {
        Some(_) => AppError::ReferenceInUse,
        None => failure.into(),
    })?;
    if !written {
        // It was reissued at the same moment: that one holds.
        return Err(AppError::NoSuchEntitlement);
    }
    keep_from_revival(unit.transaction(), &found, &anew).await?;
    let details = json!({ "service": found.service });
    let actor = Actor::Agency(client.clone());
    engine.record(&mut unit, &actor, "entitlement.reissued", id, details).await?;
    if let Some(person) = found.person {
        let services = vec![found.service];
        unit.after_commit(holds_follow::entitlement_ended(engine, person, services));
    }
    unit.commit().await?;
    Ok(issued)
}

/// The former reference is worth nothing for ever, and the new one was never a former one. Asked after
/// writing, so that of two re-issues at the same moment the later one sees the other.
async fn keep_from_revival(
    db: &Transaction,
    found: &Entitlement,
    anew: &Entitlement,
) -> Result<(), AppError> {
    let services = [&anew.service].into();
    if !entitlements::reissued(db, &services, vec![anew.reference.clone()]).await?.is_empty() {
        return Err(AppError::ReferenceInUse);
    }
    if found.reference != anew.reference {
        entitlements::note_reissued(db, found).await?;
    }
    Ok(())
}

/// Refuses to repeat a reference that is worth nothing by now.
async fn still_counts(db: &Transaction, answered: &Entitlement) -> Result<(), AppError> {
    let now = entitlements::find(db, answered.id).await?.ok_or(AppError::NoSuchEntitlement)?;
    if now.reference != answered.reference {
        return Err(AppError::ReissueOver { why: "reissued" });
    }
    if now.withdrawn_at.is_some() {
        return Err(AppError::ReissueOver { why: "withdrawn" });
    }
    Ok(())
}
