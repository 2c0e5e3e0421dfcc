//! Reads cases, proposes a resolution, and approves another's proposal.

use ids::{CaseCode, PersonId, Pseudonym};
use messaging::{SealError, Transaction};
use serde_json::json;

use super::{super::Context, DeskError, DeskStaff, Document, resolve};
use crate::{
    person::{
        Attributes,
        case::{CaseError, CaseState, Resolution, Step},
        fingerprint::Fingerprints,
    },
    store::{
        cases::{self, Case, CaseKind},
        contacts, holdings,
    },
};

/// A case with what staff decide by: the data to compare with the document.
#[derive(Debug)]
pub(crate) struct OpenedCase {
    pub(crate) case: Case,
    /// What the log-in said; absent in a merge.
    pub(crate) person: Option<Attributes>,
    /// The providers by which each candidate logs in; nothing else of a known person is kept.
    pub(crate) candidates: Vec<Vec<String>>,
}

/// The case, if it is this authority's. A log-in belongs to no authority: its case becomes that of
/// the first desk to which the person brings the code.
async fn find(context: &Context, staff: &DeskStaff, code: CaseCode) -> Result<Case, DeskError> {
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
            effect.person.map(Some).ok_or(DeskError::NoSuchCase)
        }
        _ => Err(CaseError::WrongState.into()),
    }
}

/// What a case is about and where it stands.
pub(crate) async fn read(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
) -> Result<OpenedCase, DeskError> {
    let db = context.database.connection();
    let case = find(context, staff, code).await?;
    let (mut candidates, mut person) = (Vec::new(), None);
    if let CaseKind::Evidence(record) = &case.kind {
        for candidate in &record.candidates {
            let keys = holdings::keys_of(db, *candidate).await?;
            candidates.push(keys.into_iter().map(|(provider, _)| provider).collect());
        }
        person = Some(attributes_of(context, &case)?);
    }
    Ok(OpenedCase { case, person, candidates })
}

/// The open case of a person of this authority: what a booking that is marked asks the desk to decide.
pub(crate) async fn read_of_person(
    context: &Context,
    staff: &DeskStaff,
    pseudonym: Pseudonym,
) -> Result<OpenedCase, DeskError> {
    let db = context.database.connection();
    let person = contacts::known_as(db, pseudonym).await?.ok_or(DeskError::NoSuchPerson)?;
    let known = contacts::known_authority(db, person, &staff.authority).await?;
    known.filter(|known| known.pseudonym == pseudonym).ok_or(DeskError::NoSuchPerson)?;
    let code = cases::of_provisional(db, person).await?.ok_or(DeskError::NoSuchCase)?;
    read(context, staff, code).await
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
            Resolution::Same(*record.candidates.get(place).ok_or(DeskError::ResolutionMismatch)?)
        }
    };
    let next = case.state.clone().propose(resolution, &staff.actor())?;
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
    let kept = contacts::known_as(db, kept).await?.ok_or(DeskError::NoSuchPerson)?;
    let gone = contacts::known_as(db, dissolved).await?.ok_or(DeskError::NoSuchPerson)?;
    for person in [kept, gone] {
        let known = contacts::known_authority(db, person, &staff.authority).await?;
        known.ok_or(DeskError::NoSuchPerson)?;
        // Whoever is provisional is decided about by their case, with the account or card.
        if let Some(code) = cases::of_provisional(db, person).await? {
            return Err(DeskError::CaseOpen(code));
        }
    }
    if kept == gone {
        return Err(DeskError::ResolutionMismatch);
    }
    let actor = staff.actor();
    let code = CaseCode::mint(&*context.entropy);
    let resolution = Resolution::Merge { kept, dissolved: gone };
    let case = Case {
        code,
        opened_at: context.now(),
        kind: CaseKind::Merge,
        state: CaseState::Open.propose(resolution, &actor)?,
        sealed_attributes: Vec::new(),
        authority: Some(staff.authority.clone()),
        provisional: None,
    };
    cases::insert(db, &case).await?;
    context.record(db, &actor, "case.proposed", code, json!({})).await?;
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
    let next = case.state.clone().propose_reversal(&staff.actor())?;
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

/// Agrees to what another member of staff proposed, and does it, in one transaction.
pub(crate) async fn approve(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
) -> Result<CaseState, DeskError> {
    let case = find(context, staff, code).await?;
    let mut unit = context.begin().await?;
    let actor = staff.actor();
    let (effect, action) = match case.state.approve(&actor)? {
        Step::Settle(resolution) => {
            (resolve::apply(context, &mut unit, &case, &resolution).await?, "case.settled")
        }
        Step::Reverse(effect) => {
            (resolve::reverse(context, unit.transaction(), effect).await?, "case.reversed")
        }
    };
    let details = json!({ "person": effect.person, "taken_from": effect.taken_from });
    let next = case.state.clone().done(&actor, effect)?;
    if !cases::advance(unit.transaction(), &case, &next).await? {
        return Err(CaseError::WrongState.into());
    }
    context.record(unit.transaction(), &actor, action, code, details).await?;
    unit.commit().await?;
    Ok(next)
}
