//! Reads a case: what each of two members of staff compares before they decide.

use ids::{CaseCode, PersonId, Pseudonym, StaffId};
use jiff::Timestamp;
use messaging::SealError;
use serde_json::json;

use super::{
    super::{Context, evidence},
    DeskError, DeskStaff, account_of,
    cases::{attributes_of, find},
    known_person::known_person,
    note_reading::{Looked, note_reading},
};
use crate::{
    person::{
        Agreements, Attributes,
        case::{Resolution, Step},
    },
    store::{
        cases::{self, Case, CaseKind},
        holdings, standing,
    },
};

/// A case with what staff decide by: the data to compare with the document.
#[derive(Debug)]
pub(crate) struct OpenedCase {
    pub(crate) case: Case,
    /// What the log-in or document said; absent in a merge.
    pub(crate) person: Option<Attributes>,
    /// How each candidate agrees with it, in the order of their numbers; none if what they proved was deleted after
    /// long inactivity.
    pub(crate) candidates: Vec<Option<Agreements>>,
    /// The persons that stay and that are dissolved, in a merge.
    pub(crate) merge: Option<[KnownPerson; 2]>,
    /// What a second member of staff is to approve.
    pub(crate) proposal: Option<OpenProposal>,
}

/// A person as far as the desk needs to know them to compare documents.
#[derive(Debug)]
pub(crate) struct KnownPerson {
    /// The name at this authority.
    pub(crate) pseudonym: Pseudonym,
    /// Their providers.
    pub(crate) logs_in_with: Vec<String>,
    /// What they proved; none if it was deleted after long inactivity.
    pub(crate) proven: Option<Attributes>,
}

/// A proposal, as the member of staff who reads it can name it.
#[derive(Debug)]
pub(crate) struct OpenProposal {
    pub(crate) id: String,
    pub(crate) effect: ProposedEffect,
    pub(crate) by: StaffId,
    /// Whether the reader made it.
    pub(crate) is_own: bool,
    /// Unknown of proposals by earlier versions.
    pub(crate) at: Option<Timestamp>,
}

/// What an approval would make happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProposedEffect {
    /// It is the candidate with this number; none if there is no such candidate any more.
    Candidate(Option<usize>),
    /// It is another person.
    AnotherPerson,
    /// Two persons are one human.
    Merge,
    /// What was settled is undone.
    Reversal,
}

/// What a case is about, where it stands, and what is proposed. The reading is in the audit table, under the case and
/// under each person that it compares.
pub(crate) async fn read(
    context: &Context,
    staff: &DeskStaff,
    code: CaseCode,
) -> Result<OpenedCase, DeskError> {
    let db = context.database.connection();
    let case = find(context, staff, code).await?;
    let (mut candidates, mut person) = (Vec::new(), None);
    if let CaseKind::Evidence(record) = &case.kind {
        let stated = attributes_of(context, &case)?;
        for candidate in &record.candidates {
            let present = standing::present(db, *candidate).await?;
            note_reading(context, db, staff, (Looked::Read, present)).await?;
            let proven = evidence::best(context, db, present).await?;
            candidates.push(proven.map(|proven| Agreements::of(&stated, &proven)));
        }
        person = Some(stated);
    }
    let merge = match case.state.merge() {
        Some([kept, dissolved]) => {
            for person in [kept, dissolved] {
                note_reading(context, db, staff, (Looked::Read, person)).await?;
            }
            let at = |person| context.secrets.pseudonym(&staff.authority, person);
            let kept = known(context, kept, at(kept)).await?;
            Some([kept, known(context, dissolved, at(dissolved)).await?])
        }
        None => None,
    };
    let proposal = proposal(context, staff, &case).await?;
    let details = json!({ "authority": staff.authority });
    context.record(db, &staff.actor(), "case.read", code, details).await?;
    Ok(OpenedCase { case, person, candidates, merge, proposal })
}

/// The open case of a person of this authority: what a booking that is marked asks the desk to decide.
pub(crate) async fn read_of_person(
    context: &Context,
    staff: &DeskStaff,
    pseudonym: Pseudonym,
) -> Result<OpenedCase, DeskError> {
    let db = context.database.connection();
    let person = known_person(db, staff, pseudonym).await?;
    let code = cases::of_provisional(db, person).await?.ok_or(DeskError::NoSuchCase)?;
    read(context, staff, code).await
}

/// The id by which the member of staff names the proposal that they read. It is theirs alone, and another
/// one after each change of the case.
pub(super) fn proposal_id(
    context: &Context,
    staff: &DeskStaff,
    case: &Case,
) -> Result<String, DeskError> {
    let state = serde_json::to_string(&case.state).map_err(|_| SealError::Seal)?;
    Ok(context.secrets.proposal(&staff.account, case.code, &state))
}

async fn proposal(
    context: &Context,
    staff: &DeskStaff,
    case: &Case,
) -> Result<Option<OpenProposal>, DeskError> {
    let Some(proposal) = case.state.proposal() else { return Ok(None) };
    let effect = match proposal.step {
        Step::Settle(Resolution::Same(person)) => {
            ProposedEffect::Candidate(number_of(context, case, person).await?)
        }
        Step::Settle(Resolution::Other) => ProposedEffect::AnotherPerson,
        Step::Settle(Resolution::Merge { .. }) => ProposedEffect::Merge,
        Step::Reverse(_) => ProposedEffect::Reversal,
    };
    Ok(Some(OpenProposal {
        id: proposal_id(context, staff, case)?,
        effect,
        by: context.secrets.staff_id(&staff.authority, account_of(proposal.by)),
        is_own: proposal.by == staff.actor(),
        at: proposal.at,
    }))
}

/// The number of the candidate who is `person` by now.
async fn number_of(
    context: &Context,
    case: &Case,
    person: PersonId,
) -> Result<Option<usize>, DeskError> {
    let CaseKind::Evidence(record) = &case.kind else { return Ok(None) };
    let db = context.database.connection();
    let proposed = standing::present(db, person).await?;
    for (number, candidate) in (1..).zip(&record.candidates) {
        if standing::present(db, *candidate).await? == proposed {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

async fn known(
    context: &Context,
    person: PersonId,
    pseudonym: Pseudonym,
) -> Result<KnownPerson, DeskError> {
    let db = context.database.connection();
    let keys = holdings::keys_of(db, person).await?;
    let logs_in_with = keys.into_iter().map(|(provider, _)| provider).collect();
    Ok(KnownPerson { pseudonym, logs_in_with, proven: evidence::best(context, db, person).await? })
}
