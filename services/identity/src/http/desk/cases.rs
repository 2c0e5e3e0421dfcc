//! `/desk/cases` and `/desk/merges`: what two members of staff decide together.

use actix_web::{HttpResponse, web};
use ids::{CaseCode, Pseudonym, StaffId};
use problem::{
    Problem,
    body::{NoBody, Unread},
    types,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{
        Context,
        desk::{self, DeskStaff, KnownPerson, OpenProposal, OpenedCase, ProposedEffect},
    },
    person::{Agreements, Attributes, case::CaseState},
};

/// A case as desk programs show it.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
struct CaseView {
    code: CaseCode,
    #[schema(format = DateTime)]
    opened_at: String,
    /// `open`, `proposed`, `settled`, `reversal_proposed` or `reversed`.
    state: &'static str,
    /// Whether a log-in opened it: once it is settled, its person logs in again, and nobody sends anything again.
    is_of_log_in: bool,
    /// What the log-in or document said; null in a merge.
    person: Option<Attributes>,
    candidates: Vec<CandidateView>,
    /// Both persons of a merge; null in other cases.
    merge: Option<MergeView>,
    /// What a second member of staff is to approve; null if nothing is proposed.
    proposal: Option<ProposalView>,
}

/// A known person that it may be. Staff read how the parts agree with what was stated, and nothing that we know more:
/// `person` is null and `logs_in_with` empty.
#[derive(Serialize, ToSchema)]
#[schema(as = Candidate)]
struct CandidateView {
    /// From 1: what a proposal names.
    number: usize,
    #[serde(flatten)]
    known: PersonView,
    /// How each part agrees; null if what the person proved was deleted after long inactivity.
    agreement: Option<Agreements>,
}

/// The persons of a merge.
#[derive(Serialize, ToSchema)]
#[schema(as = MergePersons)]
struct MergeView {
    kept: PersonView,
    dissolved: PersonView,
}

/// What the desk compares.
#[derive(Serialize, ToSchema)]
#[schema(as = KnownPerson)]
struct PersonView {
    /// At this authority; absent if it does not know them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pseudonym: Option<Pseudonym>,
    logs_in_with: Vec<String>,
    /// What they proved; null if it was deleted after long inactivity, and of a candidate.
    person: Option<Attributes>,
}

impl PersonView {
    /// Of a candidate nothing is told.
    const UNTOLD: Self = Self { pseudonym: None, logs_in_with: Vec::new(), person: None };
}

/// What is proposed.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenProposal)]
struct ProposalView {
    /// What an approval names. It is the reader's own.
    id: String,
    /// `candidate`, `another-person`, `merge` or `reversal`.
    effect: &'static str,
    /// The number of the candidate; null with other effects.
    candidate: Option<usize>,
    by: StaffId,
    /// Whether the reader proposed it: then only a colleague can approve.
    is_own: bool,
    #[schema(format = DateTime)]
    at: Option<String>,
}

/// Where a case stands now.
#[derive(Serialize, ToSchema)]
struct CaseStanding {
    code: String,
    /// `open`, `proposed`, `settled`, `reversal_proposed` or `reversed`.
    state: &'static str,
}

impl From<OpenedCase> for CaseView {
    fn from(OpenedCase { case, person, candidates, merge, proposal }: OpenedCase) -> Self {
        let numbered = (1..).zip(candidates);
        Self {
            code: case.code,
            opened_at: case.opened_at.to_string(),
            state: case.state.name(),
            is_of_log_in: case.provisional.is_some(),
            person,
            candidates: numbered
                .map(|(number, agreement)| CandidateView {
                    number,
                    known: PersonView::UNTOLD,
                    agreement,
                })
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
        Self { pseudonym: Some(pseudonym), logs_in_with, person: proven }
    }
}

impl From<OpenProposal> for ProposalView {
    fn from(OpenProposal { id, effect, by, is_own, at }: OpenProposal) -> Self {
        let (effect, candidate) = match effect {
            ProposedEffect::Candidate(number) => ("candidate", number),
            ProposedEffect::AnotherPerson => ("another-person", None),
            ProposedEffect::Merge => ("merge", None),
            ProposedEffect::Reversal => ("reversal", None),
        };
        Self { id, effect, candidate, by, is_own, at: at.map(|at| at.to_string()) }
    }
}

/// Read a case
///
/// With the data of the log-in or document, and how the persons that it may be agree with it.
#[utoipa::path(
    get, path = "/desk/cases/{code}", tag = "Front desk", operation_id = "readCase",
    params(("code" = CaseCode, Path, description = "Which case: its code, as the person says it.")),
    responses((status = 200, description = "The case.", body = CaseView)),
    security(("staff" = ["desk"])),
)]
pub(super) async fn read(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let case = desk::read(&context, &staff, parse(&code)?).await?;
    Ok(HttpResponse::Ok().json(CaseView::from(case)))
}

/// Read the case of a person
///
/// For a person whose bookings have `identity_check`.
#[utoipa::path(
    get, path = "/desk/persons/{pseudonym}/case", tag = "Front desk", operation_id = "readCaseOfPerson",
    params(("pseudonym" = Pseudonym, Path, description = "The person, at this authority.")),
    responses((status = 200, description = "The case.", body = CaseView)),
    security(("staff" = ["desk"])),
)]
pub(super) async fn read_of_person(
    context: web::Data<Context>,
    staff: DeskStaff,
    pseudonym: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let pseudonym = pseudonym.parse().map_err(|_| Problem::new(&types::NOT_FOUND))?;
    let case = desk::read_of_person(&context, &staff, pseudonym).await?;
    Ok(HttpResponse::Ok().json(CaseView::from(case)))
}

/// Which candidate the person is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Proposal {
    /// The number of the candidate; null for another person.
    candidate: Option<usize>,
}

/// Propose which person it is
///
/// One member of staff proposes, another one approves.
#[utoipa::path(
    post, path = "/desk/cases/{code}/proposal", tag = "Front desk", operation_id = "proposeResolution",
    params(("code" = CaseCode, Path, description = "Which case.")),
    request_body = Proposal,
    responses((status = 200, description = "It waits for an approval.", body = CaseStanding)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["case-state", "second-person-needed"]))),
)]
pub(super) async fn propose(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let proposal: Proposal = body.read()?;
    let state = desk::propose(&context, &staff, parse(&code)?, proposal.candidate).await?;
    Ok(answer(&code, &state))
}

/// Propose to undo a resolution
///
/// Persons that were linked by mistake become two again, once a second member of staff approves.
#[utoipa::path(
    post, path = "/desk/cases/{code}/reversal", tag = "Front desk", operation_id = "proposeReversal",
    params(("code" = CaseCode, Path, description = "Which case.")),
    responses((status = 200, description = "It waits for an approval.", body = CaseStanding)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "case-state", "second-person-needed"]))),
)]
pub(super) async fn reverse(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let state = desk::propose_reversal(&context, &staff, parse(&code)?).await?;
    Ok(answer(&code, &state))
}

/// What is approved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Approval {
    /// The `id` of the proposal, from the case as this member of staff read it.
    proposal: String,
}

/// Approve a proposal
///
/// By a member of staff other than the one of the proposal.
#[utoipa::path(
    post, path = "/desk/cases/{code}/approval", tag = "Front desk", operation_id = "approveProposal",
    params(("code" = CaseCode, Path, description = "Which case.")),
    request_body = Approval,
    responses((status = 200, description = "It is in force.", body = CaseStanding)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["case-state", "second-person-needed"]))),
)]
pub(super) async fn approve(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let approval: Approval = body.read()?;
    let state = desk::approve(&context, &staff, parse(&code)?, &approval.proposal).await?;
    Ok(answer(&code, &state))
}

/// Two persons who are one human.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Merge {
    /// The person that stays.
    kept: Pseudonym,
    /// The person whose bookings become those of the other.
    dissolved: Pseudonym,
}

/// Propose a merge
///
/// Of two persons who are one human.
#[utoipa::path(
    post, path = "/desk/merges", tag = "Front desk", operation_id = "proposeMerge",
    request_body = Merge,
    responses((status = 201, description = "A case that waits for an approval.", body = CaseStanding)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["case-state", "not-found", "person-unclear", "second-person-needed"]))),
)]
pub(super) async fn merge(
    context: web::Data<Context>,
    staff: DeskStaff,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let merge: Merge = body.read()?;
    let code = desk::propose_merge(&context, &staff, merge.kept, merge.dissolved).await?;
    Ok(HttpResponse::Created().json(CaseStanding { code: code.to_string(), state: "proposed" }))
}

fn answer(code: &str, state: &CaseState) -> HttpResponse {
    HttpResponse::Ok().json(CaseStanding { code: code.to_owned(), state: state.name() })
}

fn parse(code: &str) -> Result<CaseCode, Problem> {
    code.parse().map_err(|_| Problem::new(&types::NOT_FOUND))
}
