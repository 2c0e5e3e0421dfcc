//! Undoes what a case settled, here and at the authorities.

use auth::{MergeReversalClaims, TokenType};
use ids::PersonId;
use messaging::{Event, UnitOfWork};
use proto::person::v1::MergeReversed;
use vocabulary::urn_of;

use super::{
    super::{
        Context, OAuthError, contact::address_of, draws::split_tickets, end_session_within,
        evidence, issue::sign,
    },
    DeskError,
    cases::attributes_of,
    open_case::open_case_again,
    resolve::give,
};
use crate::{
    person::case::{CaseError, Effect},
    store::{
        cases::{Case, CaseKind},
        contacts::{self, KnownAuthority},
        holdings, sessions, standing,
    },
};

/// Undoes an effect: what was given is taken, what was taken is given back, and a dissolved person
/// is a person again, at the authorities too. A log-in that was given to a person is its own
/// person's then, and one that was its own person's is in doubt again.
pub(super) async fn reverse(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    case: &Case,
    effect: Effect,
) -> Result<Effect, DeskError> {
    let Some(person) = effect.person else { return Ok(effect) };
    let given = effect.added.as_ref().unwrap_or(&effect.claims);
    holdings::take_claims(unit.transaction(), given, person).await?;
    // What they lose may be what they logged in with.
    for session in sessions::of_person(unit.transaction(), person).await? {
        end_session_within(context, unit, session).await?;
    }
    let provisional = case.provisional.filter(|provisional| *provisional != person);
    match (&case.kind, effect.taken_from, provisional) {
        (_, Some(former), _) => {
            let (db, now) = (unit.transaction(), context.now());
            holdings::give_claims(db, &effect.claims, former, now).await?;
            holdings::give_keys(db, &effect.keys, former).await?;
            // What the other human proved since by the account or card that was merged.
            if let Some(theirs) = evidence::best(context, db, former).await? {
                evidence::forget(context, db, person, &theirs).await?;
            }
            split(context, unit, (person, former), effect.address).await?;
        }
        (CaseKind::Evidence(record), None, Some(provisional)) => {
            let attributes = attributes_of(context, case)?;
            evidence::forget(context, unit.transaction(), person, &attributes).await?;
            split(context, unit, (person, provisional), effect.address).await?;
            give(context, unit, case, record, provisional).await?;
        }
        (CaseKind::Evidence(record), None, None) => {
            let attributes = attributes_of(context, case)?;
            let db = unit.transaction();
            holdings::delete_keys(db, &effect.keys).await?;
            if case.provisional == Some(person) {
                open_case_again(context, db, record, &attributes, person).await?;
            } else {
                evidence::forget(context, db, person, &attributes).await?;
            }
        }
        (CaseKind::Merge, None, _) => {}
    }
    Ok(effect)
}

/// Every authority that knows the restored person gets an event. The address goes back as well, unless
/// the kept person has another one by now.
async fn split(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    (kept, restored): (PersonId, PersonId),
    moved_address: bool,
) -> Result<(), DeskError> {
    if !standing::split(unit.transaction(), kept, restored).await? {
        return Err(CaseError::PersonsChanged.into());
    }
    split_tickets(context, unit.transaction(), restored).await?;
    if moved_address
        && address_of(context, unit.transaction(), kept).await?
            == address_of(context, unit.transaction(), restored).await?
    {
        contacts::delete(unit.transaction(), kept).await?;
    }
    for known in contacts::known_authorities(unit.transaction(), restored).await? {
        let event = reversed(context, kept, &known).map_err(DeskError::Sign)?;
        unit.publish(&event).await?;
    }
    Ok(())
}

fn reversed(
    context: &Context,
    kept: PersonId,
    restored: &KnownAuthority,
) -> Result<Event, OAuthError> {
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let authority = &restored.authority;
    let claims = MergeReversalClaims {
        iss: context.issuer.clone(),
        aud: urn_of(authority),
        iat: context.now().as_second(),
        kept: context.secrets.pseudonym(authority, kept),
        restored: restored.pseudonym,
    };
    // The subject of the merge, so that both arrive in their order.
    let kept = claims.kept.to_string();
    let message = MergeReversed {
        kept: kept.clone(),
        restored: claims.restored.to_string(),
        proof: sign(context, TokenType::MergeReversal, &claims)?,
    };
    Ok(Event::new(authority, kept, &message, clock, entropy))
}
