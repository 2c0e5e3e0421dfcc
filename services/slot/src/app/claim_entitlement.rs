//! A person proves an entitlement: by its reference, and by the name and the date of birth that their
//! log-in proved.

use auth::Attendee;
use booking::{
    TrustLevel,
    entitlement::{BoundTo, Reference, Spelling, proofs},
    rules::{self, BirthDate},
};
use ids::{EntitlementId, Pseudonym, ServiceId};
use serde_json::json;

use super::{AppError, Engine};
use crate::{
    domain::{Actor, Entitlement},
    person_data::Visitor,
    store::{Transaction, claim_tries, entitlements},
};

/// What the person shows.
#[derive(Debug, Clone)]
pub struct ClaimEntitlement {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The person that it becomes.
    pub person: Pseudonym,
    /// How sure the log-in is with which they claim it.
    pub level: TrustLevel,
    /// Identity's signed statement of the person's name and birth date.
    pub attendee_token: String,
    /// What they want to book.
    pub service: ServiceId,
    /// The reference in the letter.
    pub reference: Reference,
}

/// References that a person can try on one day. A letter has one, and people mistype; guessing
/// takes hundreds, even for a person of the same name and birth date.
const TRIES_PER_DAY: i32 = 10;

/// Binds the entitlement to the person, once and for all.
///
/// # Errors
/// The log-in proved too little; too many were tried today.
///
/// There is none with this reference for this name and birth date, it has expired or was withdrawn, or
/// it is another person's: these look the same from outside. Only of one without a name the holder of the reference
/// reads that another person has it.
pub async fn claim_entitlement(engine: &Engine, claim: ClaimEntitlement) -> Result<(), AppError> {
    let attendee = engine
        .verifier
        .verify_attendee(&claim.attendee_token)
        .await
        .map_err(|error| AppError::AttendeeInvalid(error.to_string()))?;
    if attendee.pseudonym != claim.person {
        return Err(AppError::AttendeeInvalid("it is about another person".to_owned()));
    }
    require_level(engine, &claim.service, claim.level.min(attendee.level))?;
    count_try(engine, &claim).await?;
    let found = on_file(engine, &claim, &attendee).await?;
    if found.is_empty() {
        engine.claim_tally.unknown.inc();
        return Err(AppError::NoSuchEntitlement);
    }
    let visitor = Visitor::from(&attendee);
    let mut unit = engine.begin().await?;
    let (db, now) = (unit.transaction(), engine.now());
    for it in &found {
        let hashes = holder_hashes(engine, it.id, &visitor);
        if entitlements::claim(db, it, &hashes, claim.person, now).await? {
            let details = json!({ "service": claim.service, "entitlement": it.id });
            let action = "entitlement.claimed";
            engine.record(&mut unit, &claim.actor, action, claim.person, details).await?;
            unit.commit().await?;
            engine.claim_tally.claimed.inc();
            return Ok(());
        }
    }
    engine.claim_tally.mismatched.inc();
    for it in &found {
        let hashes = holder_hashes(engine, it.id, &visitor);
        if is_taken(unit.transaction(), it, &hashes).await? {
            return Err(AppError::EntitlementTaken);
        }
    }
    Err(AppError::NoSuchEntitlement)
}

/// Whether another person was faster with a reference that has no name. Whoever has that reference may know so: to read that
/// the name does not fit would be wrong, and the person must be able to complain.
async fn is_taken(
    transaction: &Transaction,
    found: &Entitlement,
    hashes: &[Vec<u8>],
) -> Result<bool, AppError> {
    if !found.bound_to.is_nameless() || !entitlements::is_for(transaction, found.id, hashes).await?
    {
        return Ok(false);
    }
    let present = entitlements::find(transaction, found.id).await?;
    Ok(present.is_some_and(|present| present.person.is_some()))
}

/// Refuses entitlements that are for another person than the one who will stand on the appointment. The
/// pseudonym that claimed them may be another human's by now: members of staff merge persons, and err.
///
/// # Errors
/// The rule `entitlement`; or the database does not answer.
pub(super) async fn require_own(
    engine: &Engine,
    claimed: &[EntitlementId],
    visitor: &Visitor,
) -> Result<(), AppError> {
    for id in claimed {
        let hashes = holder_hashes(engine, *id, visitor);
        if !entitlements::is_for(engine.database.connection(), *id, &hashes).await? {
            return Err(rules::not_entitled().into());
        }
    }
    Ok(())
}

/// What this person can prove about the one for whom the entitlement is.
pub(super) fn holder_hashes(engine: &Engine, id: EntitlementId, visitor: &Visitor) -> Vec<Vec<u8>> {
    let Visitor { given_name, family_name, birthdate } = visitor;
    let Ok(born) = birthdate.parse::<BirthDate>() else { return Vec::new() };
    let given = Some(given_name.as_str()).filter(|name| !name.is_empty());
    let texts = proofs(Spelling::parse(given, family_name).as_ref(), born);
    texts.iter().map(|text| engine.person_data.holder_hash(id, text)).collect()
}

/// What is in force with this reference: one, or two while one of an earlier version is there too.
async fn on_file(
    engine: &Engine,
    claim: &ClaimEntitlement,
    attendee: &Attendee,
) -> Result<Vec<Entitlement>, AppError> {
    let ClaimEntitlement { service, reference, .. } = claim;
    let hash = engine.person_data.reference_hash(service, reference);
    let former = engine.person_data.former_hash(service, reference, &attendee.birthdate);
    let services = [service].into();
    let db = engine.database.connection();
    let mut found = entitlements::by_references(db, &services, vec![hash.clone(), former]).await?;
    // Either kind of hash is of its own.
    found.retain(|it| (it.bound_to == BoundTo::Former) != (it.reference == hash));
    let now = engine.now();
    found.retain(|it| it.valid_from <= now && now < it.valid_until && it.withdrawn_at.is_none());
    Ok(found)
}

/// What a password account says about a person is no proof where the service asks for one. A surer
/// statement is none either if the log-in that presents it is less sure.
fn require_level(engine: &Engine, service: &ServiceId, level: TrustLevel) -> Result<(), AppError> {
    let catalogue = engine.catalogue();
    let known = catalogue.service(service);
    let required = known.ok_or_else(|| AppError::UnknownService(service.clone()))?.trust_level();
    if level >= required { Ok(()) } else { Err(rules::level_too_low(required).into()) }
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
        engine.claim_tally.exhausted.inc();
        // The person stands in the audit log of what they claimed, not here.
        tracing::warn!(service = %claim.service, "a person tried more references of entitlements in one day than anybody needs: no more of theirs are looked at today");
    }
    let (_, tomorrow) = engine.day_around(now);
    let wait = tomorrow.duration_since(now).as_secs();
    Err(AppError::TooManyClaims { wait_seconds: u64::try_from(wait).unwrap_or(0).max(1) })
}
