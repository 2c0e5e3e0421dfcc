//! Who is it that logged in?

use std::collections::BTreeSet;

use auth::Level;
use ids::PersonId;
use messaging::Transaction;
use serde_json::json;

use super::{Context, contact::remember_contact, finish_login::Failure};
use crate::{
    person::{
        Attributes,
        fingerprint::Fingerprints,
        matching::{Decision, Known, Unclear, decide},
    },
    provider::Email,
    store::{
        audit,
        cases::SightingRecord,
        persons::{self, LoginKey},
    },
};

/// What [`recognise`] found.
#[derive(Debug, Clone)]
pub(crate) enum Recognised {
    Person(PersonId),
    /// With what a case needs.
    Unclear(Unclear, SightingRecord),
    /// No name or no date of birth.
    TooLittle,
}

/// Somebody's data, and how it was proven.
#[derive(Debug, Clone)]
pub(crate) struct Sighting<'a> {
    /// The account or card; none if somebody looked at a document.
    pub(crate) key: Option<LoginKey>,
    pub(crate) level: Level,
    pub(crate) attributes: &'a Attributes,
    pub(crate) email: Option<&'a Email>,
}

/// Finds or adds the person behind a verified log-in or document, within the caller's
/// transaction.
pub(crate) async fn recognise(
    context: &Context,
    transaction: &Transaction,
    sighting: &Sighting<'_>,
) -> Result<Recognised, Failure> {
    let Ok(prints) = Fingerprints::of(sighting.attributes, &context.secrets.fingerprints) else {
        return Ok(Recognised::TooLittle);
    };
    let (key, level, now) = (sighting.key.as_ref(), sighting.level, context.now());
    persons::lock(transaction, &prints.coarsest, now).await?;
    let known = persons::known(transaction, key, &prints).await?;

    let decision = decide(&known, level, prints.complete);
    let (person, action) = match decision {
        Decision::Known(person) => (person, "person.seen"),
        Decision::Same(person) => (person, "person.key-added"),
        Decision::Proven(person) => (person, "person.proven"),
        Decision::New => (PersonId::mint(&*context.clock, &*context.entropy), "person.added"),
        Decision::Unclear(unclear) => {
            let record = SightingRecord::new(key, level, &prints, candidates(&known));
            return Ok(Recognised::Unclear(unclear, record));
        }
    };
    if decision == Decision::New {
        persons::insert(transaction, person, now).await?;
    }
    let claimed_without_proof = known.same.iter().any(|claim| claim.level == Level::Basic);
    if level > Level::Basic && claimed_without_proof {
        persons::strip_unproven(transaction, &prints).await?;
    }
    persons::claim(transaction, person, &prints, level, now).await?;
    if let Some(key) = key {
        persons::remember_key(transaction, key, person, level, now).await?;
    }
    remember_contact(context, transaction, person, sighting.email).await?;
    if action != "person.seen" {
        let provider = key.map(|key| key.provider.as_str());
        let details = json!({ "provider": provider, "level": level });
        let inputs = (&*context.clock, &*context.entropy);
        let subject = person.to_string();
        audit::note(transaction, inputs, &subject, action, &subject, details).await?;
    }
    Ok(Recognised::Person(person))
}

/// Everybody whom it may be.
fn candidates(known: &Known) -> Vec<PersonId> {
    let claims = known.same.iter().chain(&known.similar).map(|claim| claim.person);
    let all: BTreeSet<PersonId> = claims.chain(known.key.map(|key| key.person)).collect();
    all.into_iter().collect()
}
