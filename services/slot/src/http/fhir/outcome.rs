//! Problems in FHIR's form: an `OperationOutcome` (R4), for every error below `/fhir`.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
    middleware::Next,
};
use problem::Problem;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::resources::fhir_id;

/// FHIR's JSON.
pub(super) const FHIR_JSON: &str = "application/fhir+json";
/// Whose words our problem codes are.
const PROBLEMS: &str = "urn:fairtermin:problem";

/// What is wrong, or worth knowing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FhirOperationOutcome)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct OperationOutcome {
    /// `OperationOutcome`
    resource_type: &'static str,
    issue: [Issue; 1],
}

/// What is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FhirIssue)]
struct Issue {
    /// `fatal`, `error`, `warning` or `information`
    severity: &'static str,
    /// Of FHIR's value set `issue-type`.
    code: &'static str,
    details: Details,
    /// About this occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnostics: Option<String>,
    /// `http.` and the parameter that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    location: Vec<String>,
}

/// The problem in our words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FhirIssueDetails)]
struct Details {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coding: Vec<ProblemCode>,
    text: String,
}

/// The problem's code, as `/problems/{code}` explains it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FhirProblemCode)]
struct ProblemCode {
    system: &'static str,
    code: String,
}

impl OperationOutcome {
    /// A problem document (RFC 9457) in FHIR's words.
    fn of_document(status: u16, document: &Value) -> Self {
        let text = |member: &str| document[member].as_str().map(str::to_owned);
        let code = text("code").unwrap_or_default();
        // IHE ITI-116: what cannot be held any more is fatal and not found.
        let is_taken = ["slot-taken", "slot-in-past", "slot-not-offered", "closed"];
        let is_taken = is_taken.contains(&code.as_str());
        let issue = Issue {
            severity: if status >= 500 || is_taken { "fatal" } else { "error" },
            code: if is_taken { "not-found" } else { issue_type(status, &code) },
            details: Details {
                coding: vec![ProblemCode { system: PROBLEMS, code }],
                text: text("title").unwrap_or_default(),
            },
            diagnostics: text("detail").or_else(|| which_hold(document)),
            location: text("field").map(|field| format!("http.{field}")).into_iter().collect(),
        };
        Self { resource_type: "OperationOutcome", issue: [issue] }
    }

    pub(super) fn of(problem: &Problem) -> Self {
        Self::of_document(problem.kind().status, &problem.document())
    }

    /// Something that the caller should know beside the result.
    pub(super) fn note(text: &str) -> Self {
        Self::informing("information", text)
    }

    /// Something that the caller may have meant otherwise.
    pub(super) fn warning(text: &str) -> Self {
        Self::informing("warning", text)
    }

    fn informing(severity: &'static str, text: &str) -> Self {
        let details = Details { coding: Vec::new(), text: text.to_owned() };
        let issue = Issue {
            severity,
            code: "informational",
            details,
            diagnostics: None,
            location: Vec::new(),
        };
        Self { resource_type: "OperationOutcome", issue: [issue] }
    }
}

/// Of `already-holding`: which hold, and until when, as the problem document's members say it.
fn which_hold(document: &Value) -> Option<String> {
    let [hold, location, start, end] =
        ["hold_id", "location", "start", "expires_at"].map(|member| document[member].as_str());
    let hold = fhir_id(hold?);
    let (location, start, end) = (location?, start?, end?);
    Some(format!(
        "Appointment/{hold} is held, at {location} from {start}: until {end}. Book it or give it up first."
    ))
}

/// FHIR's word (value set `issue-type`) for a status.
fn issue_type(status: u16, code: &str) -> &'static str {
    match status {
        400 => "invalid",
        401 => "login",
        403 => "forbidden",
        404 => "not-found",
        405 | 406 | 415 => "not-supported",
        408 => "timeout",
        409 | 410 => "conflict",
        413 | 414 => "too-long",
        422 if code.starts_with("unknown-") => "not-found",
        422 => "business-rule",
        429 => "throttled",
        503 => "transient",
        _ => "exception",
    }
}

/// Middleware: each problem document becomes an `OperationOutcome`; status and headers stay.
pub(super) async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?;
    let kind = response.headers().get(CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/problem+json") {
        return Ok(response.map_into_boxed_body());
    }
    let (request, response) = response.into_parts();
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body).await.unwrap_or_default();
    let document = serde_json::from_slice(&body).unwrap_or_default();
    let outcome = OperationOutcome::of_document(head.status().as_u16(), &document);
    head.headers_mut().remove(CONTENT_LENGTH);
    head.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(FHIR_JSON));
    let body = serde_json::to_vec(&outcome).unwrap_or_default();
    Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(body))))
}

/// The same for what is refused before it reaches a route.
pub(in crate::http) fn refusal(path: &str, problem: &Problem) -> Option<HttpResponse> {
    if path != "/fhir" && !path.starts_with("/fhir/") {
        return None;
    }
    let mut response = actix_web::ResponseError::error_response(problem);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(FHIR_JSON));
    let body = serde_json::to_vec(&OperationOutcome::of(problem)).ok()?;
    Some(response.set_body(BoxBody::new(body)))
}

#[cfg(test)]
mod tests {
    use problem::types;

    use super::*;

    #[tokio::test]
    async fn what_never_reaches_a_route_is_an_outcome_too() {
        let late = Problem::new(&types::UNAVAILABLE).retry_after(5);
        assert!(refusal("/v1/holds", &late).is_none());
        assert!(refusal("/fhirs", &late).is_none());
        let response = refusal("/fhir/Slot", &late).unwrap();
        let header =
            |name: &str| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!((response.status().as_u16(), header("retry-after")), (503, "5".to_owned()));
        assert_eq!(header("content-type"), FHIR_JSON);
        let body = to_bytes(response.into_body()).await.unwrap();
        let outcome: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(outcome["resourceType"], "OperationOutcome");
        let issue = &outcome["issue"][0];
        assert_eq!(
            (issue["severity"].as_str(), issue["code"].as_str()),
            (Some("fatal"), Some("transient"))
        );
        assert_eq!(issue["details"]["coding"][0]["code"], "unavailable");
    }
}
