//! `/desk/cases` and `/desk/merges`: what two members of staff decide together.

use actix_web::{HttpResponse, web};
use ids::{CaseCode, Pseudonym, StaffId};
use problem::{Problem, types};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    app::{
        Context,
        desk::{self, DeskStaff, KnownPerson, OpenProposal, OpenedCase, ProposedEffect},
    },
    person::{Attributes, case::CaseState},
};

/// A case as desk programs show it.
#[derive(Serialize)]
struct CaseView {
    code: CaseCode,
    opened_at: String,
    state: &'static str,
    /// What the log-in or document said; null in a merge.
    person: Option<Attributes>,
    candidates: Vec<CandidateView>,
    /// Both persons of a merge; null in other cases.
    merge: Option<MergeView>,
    /// What a second member of staff is to approve; null if nothing is proposed.
    proposal: Option<ProposalView>,
}

/// A known person that it may be.
#[derive(Serialize)]
struct CandidateView {
    /// From 1: what a proposal names.
    number: usize,
    #[serde(flatten)]
    known: PersonView,
}

/// The persons of a merge.
#[derive(Serialize)]
struct MergeView {
    kept: PersonView,
    dissolved: PersonView,
}

/// What the desk compares.
#[derive(Serialize)]
struct PersonView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pseudonym: Option<Pseudonym>,
    logs_in_with: Vec<String>,
    /// What they proved; null if it was deleted after long inactivity.
    person: Option<Attributes>,
}

/// What is proposed.
#[derive(Serialize)]
struct ProposalView {
    /// What an approval names. It is the reader's own.
    id: String,
    /// `candidate`, `another-person`, `merge` or `reversal`.
    effect: &'static str,
    /// The number of the candidate; null with other effects.
    candidate: Option<usize>,
    by: StaffId,
    at: Option<String>,
}

impl From<OpenedCase> for CaseView {
    fn from(OpenedCase { case, person, candidates, merge, proposal }: OpenedCase) -> Self {
        let numbered = (1..).zip(candidates);
        Self {
            code: case.code,
            opened_at: case.opened_at.to_string(),
            state: case.state.name(),
            person,
            candidates: numbered
                .map(|(number, known)| CandidateView { number, known: known.into() })
                .collect(),
            merge: merge.map(|[kept, dissolved]| MergeView {
                kept: kept.into(),
                dissolved: dissolved.into(),
            }),
            proposal: proposal.map(ProposalView::from),
        }
    }
}

impl From<KnownPerson> for PersonView {
    fn from(KnownPerson { pseudonym, logs_in_with, proven }: KnownPerson) -> Self {
        Self { pseudonym, logs_in_with, person: proven }
    }
}

impl From<OpenProposal> for ProposalView {
    fn from(OpenProposal { id, effect, by, at }: OpenProposal) -> Self {
        let (effect, candidate) = match effect {
            ProposedEffect::Candidate(number) => ("candidate", number),
            ProposedEffect::AnotherPerson => ("another-person", None),
            ProposedEffect::Merge => ("merge", None),
            ProposedEffect::Reversal => ("reversal", None),
        };
        Self { id, effect, candidate, by, at: at.map(|at| at.to_string()) }
    }
}

pub(super) async fn read(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let case = desk::read(&context, &staff, parse(&code)?).await?;
    Ok(HttpResponse::Ok().json(CaseView::from(case)))
}

/// `GET /desk/persons/{pseudonym}/case`.
pub(super) async fn read_of_person(
    context: web::Data<Context>,
    staff: DeskStaff,
    pseudonym: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let pseudonym = pseudonym.parse().map_err(|_| Problem::new(&types::NOT_FOUND))?;
    let case = desk::read_of_person(&context, &staff, pseudonym).await?;
    Ok(HttpResponse::Ok().json(CaseView::from(case)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposal {
    /// The number of the candidate; null for another person.
    candidate: Option<usize>,
}

pub(super) async fn propose(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let proposal: Proposal = ::problem::body::read(&body)?;
    let state = desk::propose(&context, &staff, parse(&code)?, proposal.candidate).await?;
    Ok(answer(&code, &state))
}

pub(super) async fn reverse(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let state = desk::propose_reversal(&context, &staff, parse(&code)?).await?;
    Ok(answer(&code, &state))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval {
    /// The `id` of the proposal, from the case as this member of staff read it.
    proposal: String,
}

pub(super) async fn approve(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let approval: Approval = serde_json::from_slice(&body).map_err(|_| {
        Problem::new(&types::INVALID_REQUEST).detail(
            "`proposal` must be the `id` of the proposal that you read at `GET /desk/cases/{code}`.",
        )
    })?;
    let state = desk::approve(&context, &staff, parse(&code)?, &approval.proposal).await?;
    Ok(answer(&code, &state))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merge {
    kept: Pseudonym,
    dissolved: Pseudonym,
}

pub(super) async fn merge(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let merge: Merge = ::problem::body::read(&body)?;
    let code = desk::propose_merge(&context, &staff, merge.kept, merge.dissolved).await?;
    Ok(HttpResponse::Created().json(json!({ "code": code, "state": "proposed" })))
}

fn answer(code: &str, state: &CaseState) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "code": code, "state": state.name() }))
}

fn parse(code: &str) -> Result<CaseCode, Problem> {
    code.parse().map_err(|_| Problem::new(&types::NOT_FOUND))
}
