//! Recognises the person behind a log-in.

use std::collections::BTreeSet;

use ids::PersonId;
use messaging::UnitOfWork;
use serde_json::json;
use vocabulary::TrustLevel;

use super::{
    Context,
    contact::{ProvidedEmail, remember_contact},
    desk::open_case_of_log_in,
    end_session_within,
    evidence::{self, NewEvidence},
    finish_login::LoginFailure,
};
use crate::{
    person::{
        Attributes,
        fingerprint::Fingerprints,
        matching::{Decision, Known, decide},
    },
    store::{
        cases::EvidenceRecord,
        doubts,
        persons::{self, LoginKey},
        sessions::{self, OpenCase},
    },
};

/// What [`recognise`] found.
#[derive(Debug, Clone)]
pub(crate) enum Recognised {
    Person {
        person: PersonId,
        is_new: bool,
    },
    /// Possibly a known person; with the record for a case.
    Unclear(EvidenceRecord),
    /// No name or no date of birth.
    TooLittle,
}

/// Identity evidence: attributes, and how they were proven.
#[derive(Debug, Clone)]
pub(crate) struct IdentityEvidence<'a> {
    /// The account or card; none for a document checked at the desk.
    pub(crate) key: Option<LoginKey>,
    pub(crate) level: TrustLevel,
    pub(crate) attributes: &'a Attributes,
    pub(crate) email: Option<ProvidedEmail<'a>>,
    /// The actor for the audit table: the log-in, or a member of staff.
    pub(crate) attested_by: &'a str,
}

/// Finds or adds the person behind a verified log-in or document, within the caller's
/// unit of work.
pub(crate) async fn recognise(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    evidence: &IdentityEvidence<'_>,
) -> Result<Recognised, LoginFailure> {
    let Ok(prints) = Fingerprints::of(evidence.attributes, &context.secrets.fingerprints) else {
        return Ok(Recognised::TooLittle);
    };
    let (key, level, now) = (evidence.key.as_ref(), evidence.level, context.now());
    persons::lock(unit.transaction(), &prints.coarsest, now).await?;
    let mut known = persons::known(unit.transaction(), key, &prints).await?;

    let is_proof = level > TrustLevel::Basic;
    let mut decision = decide(&known, is_proof, prints.complete);
    if decision == Decision::New && key.is_none() {
        known.similar = mistyped(context, unit, evidence.attributes).await?;
        decision = decide(&known, is_proof, prints.complete);
    }
    let (person, action) = match decision {
        Decision::Known(person) => (person, "person.seen"),
        Decision::Same(person) => (person, "person.key-added"),
        Decision::New => (PersonId::mint(&*context.clock, &*context.entropy), "person.added"),
        Decision::Unclear => {
            let record = EvidenceRecord::new(key, level, &prints, candidates(&known));
            return Ok(Recognised::Unclear(record));
        }
    };
    if decision == Decision::New {
        persons::insert(unit.transaction(), person, now).await?;
    }
    if is_proof {
        persons::claim(unit.transaction(), person, &prints, level, now).await?;
    }
    if let Some(key) = key {
        hand_over(context, unit, &known, person).await?;
        persons::remember_key(unit.transaction(), key, person, level, now).await?;
    }
    let new = NewEvidence { attributes: evidence.attributes, level, key };
    evidence::keep(context, unit.transaction(), person, new).await?;
    // As with an address that they type: a log-in below their level does not change where messages
    // go.
    let is_sure = level >= evidence::proven_level(unit.transaction(), person).await?;
    remember_contact(context, unit, person, evidence.email.filter(|_| is_sure)).await?;
    if action != "person.seen" {
        let provider = key.map(|key| key.provider.as_str());
        let details = json!({ "provider": provider, "level": level });
        let (db, actor) = (unit.transaction(), evidence.attested_by);
        context.record(db, actor, action, person, details).await?;
    }
    Ok(Recognised::Person { person, is_new: decision == Decision::New })
}

/// Persons that a document may be of, had the clerk typed one letter wrong. Cards and accounts do
/// not mistype.
async fn mistyped(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    attributes: &Attributes,
) -> Result<Vec<PersonId>, LoginFailure> {
    let slips = Fingerprints::slips(attributes, &context.secrets.fingerprints);
    Ok(persons::claiming(unit.transaction(), &slips.unwrap_or_default()).await?)
}

/// Ends the sessions of the former owner of this account or card, if that was another person.
async fn hand_over(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    known: &Known,
    to: PersonId,
) -> Result<(), LoginFailure> {
    let Some(before) = known.key.filter(|key| key.person != to) else { return Ok(()) };
    for session in sessions::of_person(unit.transaction(), before.person).await? {
        end_session_within(context, unit, session).await?;
    }
    Ok(())
}

/// A log-in whose identity is unclear gets a person of its own, with no name and no account that
/// could be compared with. It is dissolved in another person, or stays, when the case is settled.
/// So a case keeps people from nothing, and hands nothing on.
pub(super) async fn provisional(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    record: EvidenceRecord,
    evidence: &IdentityEvidence<'_>,
) -> Result<(PersonId, OpenCase), LoginFailure> {
    let IdentityEvidence { attributes, level, email, .. } = *evidence;
    let doubt = doubts::about(unit.transaction(), &record.candidates).await?;
    let new = PersonId::mint(&*context.clock, &*context.entropy);
    let opened = open_case_of_log_in(context, unit.transaction(), record, attributes, new).await?;
    let (code, person) = opened;
    if person == new {
        persons::insert(unit.transaction(), person, context.now()).await?;
    }
    let new = NewEvidence { attributes, level, key: evidence.key.as_ref() };
    evidence::keep(context, unit.transaction(), person, new).await?;
    remember_contact(context, unit, person, email).await?;
    // There is no candidate: then the doubt is about this person alone.
    Ok((person, OpenCase { code, doubt: doubt.unwrap_or(person) }))
}

/// All persons that match.
fn candidates(known: &Known) -> Vec<PersonId> {
    let named = known.same.iter().chain(&known.similar).copied();
    let by_key = known.key.filter(|key| key.is_proven).map(|key| key.person);
    let all: BTreeSet<PersonId> = named.chain(by_key).collect();
    all.into_iter().collect()
}
