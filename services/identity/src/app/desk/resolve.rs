//! Applies the resolution of a case.

use auth::{MergeClaims, ResolutionClaims, TokenType};
use ids::{PersonId, SessionId};
use messaging::{Event, Transaction, UnitOfWork};
use proto::person::v1::{PersonMerged, PersonResolved};
use vocabulary::urn_of;

use super::{
    super::{
        Context, OAuthError,
        contact::{address_of, keep_address},
        draws::merge_tickets,
        end_session_within,
        evidence::{self, NewEvidence},
        issue::sign,
    },
    DeskError,
    cases::attributes_of,
};
use crate::{
    person::case::{CaseError, Effect, Resolution},
    store::{
        cases::{Case, CaseKind, EvidenceRecord},
        contacts::{self, KnownAuthority},
        holdings, persons, sessions, standing,
    },
};

/// Applies the resolution. The effect says what changed.
pub(super) async fn apply(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    case: &Case,
    resolution: &Resolution,
) -> Result<Effect, DeskError> {
    match (resolution, &case.kind) {
        (Resolution::Same(person), CaseKind::Evidence(record)) => {
            let stands = match case.provisional {
                Some(provisional) => {
                    standing::merge(unit.transaction(), *person, provisional, None).await?
                }
                None => standing::lock(unit.transaction(), *person).await?,
            };
            if !stands {
                return Err(CaseError::PersonsChanged.into());
            }
            let mut effect = give(context, unit, case, record, *person).await?;
            if let Some(provisional) = case.provisional {
                effect.address = dissolve(context, unit, *person, provisional).await?;
            }
            Ok(effect)
        }
        (Resolution::Other, CaseKind::Evidence(record)) => {
            let person = match case.provisional {
                Some(provisional) => provisional,
                None => {
                    let person = PersonId::mint(&*context.clock, &*context.entropy);
                    persons::insert(unit.transaction(), person, context.now()).await?;
                    person
                }
            };
            let effect = give(context, unit, case, record, person).await?;
            if case.provisional.is_some() {
                publish_resolved(context, unit, person).await?;
            }
            Ok(effect)
        }
        (Resolution::Merge { kept, dissolved, seen }, CaseKind::Merge) => {
            if !standing::merge(unit.transaction(), *kept, *dissolved, *seen).await? {
                return Err(CaseError::PersonsChanged.into());
            }
            merge(context, unit, *kept, *dissolved).await
        }
        _ => Err(DeskError::ResolutionMismatch),
    }
}

/// Assigns the names and the account of a log-in to a person.
pub(super) async fn give(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    case: &Case,
    record: &EvidenceRecord,
    person: PersonId,
) -> Result<Effect, DeskError> {
    let (prints, now) = (record.prints(), context.now());
    let before = holdings::claims_of(unit.transaction(), person).await?;
    persons::lock(unit.transaction(), &prints.coarsest, now).await?;
    persons::claim(unit.transaction(), person, prints, record.level, now).await?;
    let after = holdings::claims_of(unit.transaction(), person).await?;
    let is_new = |print: &String| before.iter().all(|claim| claim.fingerprint != *print);
    let claims = after.into_iter().filter(|claim| is_new(&claim.fingerprint)).collect();
    let attributes = attributes_of(context, case)?;
    let key = record.key()?;
    let new = NewEvidence { attributes: &attributes, level: record.level, key: key.as_ref() };
    evidence::keep(context, unit.transaction(), person, new).await?;
    let mut keys = Vec::new();
    if let Some(key) = key {
        let before =
            persons::owner(unit.transaction(), &key).await?.filter(|before| *before != person);
        for session in sessions_of(unit.transaction(), before).await? {
            end_session_within(context, unit, session).await?;
        }
        persons::remember_key(unit.transaction(), &key, person, record.level, now).await?;
        keys.push((key.provider.to_string(), key.hash));
    }
    Ok(Effect { person: Some(person), keys, claims, ..Effect::default() })
}

/// The sessions to end because the account or card has another owner now.
async fn sessions_of(
    transaction: &Transaction,
    loser: Option<PersonId>,
) -> Result<Vec<SessionId>, DeskError> {
    match loser {
        Some(person) => Ok(sessions::of_person(transaction, person).await?),
        None => Ok(Vec::new()),
    }
}

/// Dissolves one person in another. Every authority that knows the dissolved one gets an event, so that
/// "one active booking" stays true.
async fn merge(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    kept: PersonId,
    dissolved: PersonId,
) -> Result<Effect, DeskError> {
    let keys = holdings::keys_of(unit.transaction(), dissolved).await?;
    holdings::give_keys(unit.transaction(), &keys, kept).await?;
    let claims = holdings::claims_of(unit.transaction(), dissolved).await?;
    holdings::take_claims(unit.transaction(), &claims, dissolved).await?;
    let added = holdings::give_claims(unit.transaction(), &claims, kept, context.now()).await?;
    let address = dissolve(context, unit, kept, dissolved).await?;
    let (person, taken_from) = (Some(kept), Some(dissolved));
    Ok(Effect { person, taken_from, keys, claims, added: Some(added), address })
}

/// What was the dissolved person's address is the kept one's, if that has none; their sessions end,
/// and the authorities get an event. Whether the address became the kept one's.
async fn dissolve(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    kept: PersonId,
    dissolved: PersonId,
) -> Result<bool, DeskError> {
    let mut moved_address = false;
    let chosen =
        contacts::find(unit.transaction(), dissolved).await?.is_some_and(|known| known.chosen);
    // A person who chose to get no messages has a contact without an address.
    if contacts::find(unit.transaction(), kept).await?.is_none()
        && let Some(address) = address_of(context, unit.transaction(), dissolved).await?
    {
        keep_address(context, unit.transaction(), kept, &address, chosen).await?;
        moved_address = true;
    }
    merge_tickets(context, unit.transaction(), kept, dissolved).await?;
    // Their tokens would still name the dissolved person.
    for session in sessions::of_person(unit.transaction(), dissolved).await? {
        end_session_within(context, unit, session).await?;
    }
    for known in contacts::known_authorities(unit.transaction(), dissolved).await? {
        let event = merged(context, kept, &known).map_err(DeskError::Sign)?;
        unit.publish(&event).await?;
    }
    Ok(moved_address)
}

/// A provisional person turned out to be no known one: their tokens no longer say that they are in
/// doubt, and the authorities learn that what they booked meanwhile needs no check.
async fn publish_resolved(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    person: PersonId,
) -> Result<(), DeskError> {
    for session in sessions::of_person(unit.transaction(), person).await? {
        end_session_within(context, unit, session).await?;
    }
    for known in contacts::known_authorities(unit.transaction(), person).await? {
        let event = resolved(context, &known).map_err(DeskError::Sign)?;
        unit.publish(&event).await?;
    }
    Ok(())
}

fn resolved(context: &Context, known: &KnownAuthority) -> Result<Event, OAuthError> {
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let authority = &known.authority;
    let claims = ResolutionClaims {
        iss: context.issuer.clone(),
        aud: urn_of(authority),
        iat: context.now().as_second(),
        person: known.pseudonym,
    };
    let pseudonym = known.pseudonym.to_string();
    let proof = sign(context, TokenType::Resolution, &claims)?;
    let message = PersonResolved { pseudonym: pseudonym.clone(), proof };
    Ok(Event::new(authority, pseudonym, &message, clock, entropy))
}

fn merged(
    context: &Context,
    kept: PersonId,
    dissolved: &KnownAuthority,
) -> Result<Event, OAuthError> {
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let authority = &dissolved.authority;
    let claims = MergeClaims {
        iss: context.issuer.clone(),
        aud: urn_of(authority),
        iat: context.now().as_second(),
        kept: context.secrets.pseudonym(authority, kept),
        dissolved: dissolved.pseudonym,
    };
    let kept = claims.kept.to_string();
    let message = PersonMerged {
        kept: kept.clone(),
        dissolved: claims.dissolved.to_string(),
        proof: sign(context, TokenType::Merge, &claims)?,
    };
    Ok(Event::new(authority, kept, &message, clock, entropy))
}
