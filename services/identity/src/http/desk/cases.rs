//! `/desk/cases` and `/desk/merges`: what two members of staff decide together.

use actix_web::{HttpResponse, web};
use ids::{CaseCode, Pseudonym};
use problem::{Problem, types};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::problem::invalid;
use crate::{
    app::{
        Context,
        desk::{self, DeskStaff, OpenedCase},
    },
    person::{Attributes, case::CaseState},
};

/// A case as desk programs show it.
#[derive(Serialize)]
struct CaseView {
    code: CaseCode,
    opened_at: String,
    state: &'static str,
    person: Option<Attributes>,
    candidates: Vec<CandidateView>,
}

/// A known person that it may be.
#[derive(Serialize)]
struct CandidateView {
    /// From 1: what a proposal names.
    number: usize,
    logs_in_with: Vec<String>,
}

impl From<OpenedCase> for CaseView {
    fn from(OpenedCase { case, person, candidates }: OpenedCase) -> Self {
        let numbered = (1..).zip(candidates);
        Self {
            code: case.code,
            opened_at: case.opened_at.to_string(),
            state: case.state.name(),
            person,
            candidates: numbered
                .map(|(number, logs_in_with)| CandidateView { number, logs_in_with })
                .collect(),
        }
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
    let proposal: Proposal = serde_json::from_slice(&body).map_err(|error| invalid(&error))?;
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

pub(super) async fn approve(
    context: web::Data<Context>,
    staff: DeskStaff,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let state = desk::approve(&context, &staff, parse(&code)?).await?;
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
    let merge: Merge = serde_json::from_slice(&body).map_err(|error| invalid(&error))?;
    let code = desk::propose_merge(&context, &staff, merge.kept, merge.dissolved).await?;
    Ok(HttpResponse::Created().json(json!({ "code": code, "state": "proposed" })))
}

fn answer(code: &str, state: &CaseState) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "code": code, "state": state.name() }))
}

fn parse(code: &str) -> Result<CaseCode, Problem> {
    code.parse().map_err(|_| Problem::new(&types::NOT_FOUND))
}
