//! Proposes how a case is resolved, and approves another's proposal.

use ids::{CaseCode, PersonId, Pseudonym};
use messaging::{SealError, Transaction};
use serde_json::json;

use super::{
    super::Context,
    DeskError, DeskStaff, Document,
    known_person::known_person,
    note_reading::{Looked, note_reading},
    read_case::proposal_id,
    resolve::apply,
    reverse::reverse,
};
use crate::{
    person::{
        Attributes,
        case::{CaseError, CaseState, Resolution, Step},
        fingerprint::Fingerprints,
    },
    store::{
        cases::{self, Case, CaseKind},
        standing,
    },
};

/// The case, if it is this authority's. A log-in belongs to no authority: its case becomes that of
/// the first desk to which the person brings the code.
pub(super) async fn find(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
) -> Result<Case, DeskError> {
    let unit = context.begin().await?;
    let db = unit.transaction();
    if cases::adopt(db, code, &staff.authority).await? {
        let details = json!({ "authority": staff.authority });
        context.record(db, &staff.actor(), "case.adopted", code, details).await?;
    }
    let case = cases::find(db, code).await?;
    unit.commit().await?;
    let own = case.filter(|case| case.authority.as_ref() == Some(&staff.authority));
    own.ok_or(DeskError::NoSuchCase)
}

/// The person of a document, as two members of staff of this authority resolved for the same data.
pub(super) async fn settled_for(
    context: &Context,
    transaction: &Transaction,
    staff: &DeskStaff,
    document: &Document,
) -> Result<Option<PersonId>, DeskError> {
    let Some(code) = document.case else { return Ok(None) };
    let case = cases::find(transaction, code).await?;
    let own = case.filter(|case| case.authority.as_ref() == Some(&staff.authority));
    let case = own.ok_or(DeskError::NoSuchCase)?;
    let prints = Fingerprints::of(&document.attributes, &context.secrets.fingerprints);
    let prints = prints.map_err(|_| DeskError::TooLittle)?;
    match (&case.kind, &case.state) {
        (CaseKind::Evidence(record), CaseState::Settled { effect, .. })
            if record.prints().full == prints.full =>
        {
            let person = effect.person.ok_or(DeskError::NoSuchCase)?;
            Ok(Some(standing::present(transaction, person).await?))
        }
        _ => Err(CaseError::WrongState.into()),
    }
}

/// The data to compare with the document.
pub(super) fn attributes_of(context: &Context, case: &Case) -> Result<Attributes, DeskError> {
    let opened = context.secrets.data.open(&case.sealed_attributes, &case.code.to_string())?;
    Ok(serde_json::from_slice(&opened).map_err(|_| SealError::Open)?)
}

/// Proposes the person of the case: a candidate by number, or a new person.
pub(crate) async fn propose(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
    candidate: Option<usize>,
) -> Result<CaseState, DeskError> {
    let case = find(context, staff, code).await?;
    let CaseKind::Evidence(record) = &case.kind else { return Err(DeskError::ResolutionMismatch) };
    let resolution = match candidate {
        None => Resolution::Other,
        Some(number) => {
            let place = number.checked_sub(1).ok_or(DeskError::ResolutionMismatch)?;
            let candidate = record.candidates.get(place).ok_or(DeskError::ResolutionMismatch)?;
            let db = context.database.connection();
            Resolution::Same(standing::present(db, *candidate).await?)
        }
    };
    let next = case.state.clone().propose(resolution, &staff.actor(), context.now())?;
    advance(context, staff, &case, next, "case.proposed").await
}

/// Proposes that two persons known to this authority are one human.
pub(crate) async fn propose_merge(
    context: &Context,
    staff: &DeskStaff,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> Result<CaseCode, DeskError> {
    let unit = context.begin().await?;
    let db = unit.transaction();
    let kept = known_person(db, staff, kept).await?;
    let gone = known_person(db, staff, dissolved).await?;
    let mut seen = [0; 2];
    for (person, seen) in [kept, gone].into_iter().zip(&mut seen) {
        // A provisional person is decided about by their case, with the account or card.
        if let Some(code) = cases::of_provisional(db, person).await? {
            return Err(DeskError::CaseOpen(code));
        }
        let standing = standing::of(db, person).await?.ok_or(DeskError::NoSuchPerson)?;
        if standing.dissolved_in.is_some() {
            return Err(CaseError::PersonsChanged.into());
        }
        *seen = standing.changes;
    }
    if kept == gone {
        return Err(DeskError::ResolutionMismatch);
    }
    let actor = staff.actor();
    let code = CaseCode::mint(&*context.entropy);
    let resolution = Resolution::Merge { kept, dissolved: gone, seen: Some(seen) };
    let case = Case {
        code,
        opened_at: context.now(),
        kind: CaseKind::Merge,
        state: CaseState::Open.propose(resolution, &actor, context.now())?,
        sealed_attributes: Vec::new(),
        authority: Some(staff.authority.clone()),
        provisional: None,
    };
    cases::insert(db, &case).await?;
    context.record(db, &actor, "case.proposed", code, json!({})).await?;
    for person in [kept, gone] {
        note_reading(context, db, staff, (Looked::Proposed, person)).await?;
    }
    unit.commit().await?;
    Ok(code)
}

/// Says that a settled case was decided wrongly.
pub(crate) async fn propose_reversal(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
) -> Result<CaseState, DeskError> {
    let case = find(context, staff, code).await?;
    let next = case.state.clone().propose_reversal(&staff.actor(), context.now())?;
    advance(context, staff, &case, next, "case.reversal-proposed").await
}

async fn advance(
    context: &Context,
    staff: &DeskStaff,
    case: &Case,
    next: CaseState,
    action: &str,
) -> Result<CaseState, DeskError> {
    let unit = context.begin().await?;
    if !cases::advance(unit.transaction(), case, &next).await? {
        return Err(CaseError::WrongState.into());
    }
    context.record(unit.transaction(), &staff.actor(), action, case.code, json!({})).await?;
    unit.commit().await?;
    Ok(next)
}

/// Agrees to what another member of staff proposed, and does it, in one transaction. `read` is the id of
/// the proposal as this member of staff read it.
pub(crate) async fn approve(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
    read: &str,
) -> Result<CaseState, DeskError> {
    let case = find(context, staff, code).await?;
    let actor = staff.actor();
    let step = case.state.approve(&actor)?;
    if proposal_id(context, staff, &case)? != read {
        return Err(CaseError::AnotherProposal.into());
    }
    let mut unit = context.begin().await?;
    let (effect, action) = match step {
        Step::Settle(resolution) => {
            (apply(context, &mut unit, &case, &resolution).await?, "case.settled")
        }
        Step::Reverse(effect) => {
            (reverse(context, &mut unit, &case, effect).await?, "case.reversed")
        }
    };
    let details = json!({ "person": effect.person, "taken_from": effect.taken_from });
    for person in [effect.person, effect.taken_from, case.provisional].into_iter().flatten() {
        note_reading(context, unit.transaction(), staff, (Looked::Decided, person)).await?;
    }
    let next = case.state.clone().done(&actor, effect)?;
    if !cases::advance(unit.transaction(), &case, &next).await? {
        return Err(CaseError::WrongState.into());
    }
    context.record(unit.transaction(), &actor, action, code, details).await?;
    unit.commit().await?;
    Ok(next)
}
