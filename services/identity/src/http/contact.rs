//! `GET`, `PUT` and `DELETE /contact`, `POST /contact/proof`: where a person can be reached.

use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use problem::{Problem, body::Unread};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dpop::access_token;
use crate::app::{Context, Proof, Stated, clear_contact, prove_contact, read_contact, set_contact};

/// Where a person wants to be reached.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactRequest)]
struct Body {
    /// An e-mail address.
    #[schema(example = "erika@example.org", max_length = 254)]
    email: String,
    /// Of the message with the code; if left out, the language of the log-in.
    #[serde(default)]
    language: Option<String>,
}

/// The code that the message brought.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactProof)]
struct ProofBody {
    /// As it was typed.
    code: String,
    /// Of the message to the former address; if left out, the language of the log-in.
    #[serde(default)]
    language: Option<String>,
}

/// Where a person can be reached.
#[derive(Serialize, ToSchema)]
struct Contact {
    /// The address that they proved; `null` if there is none.
    email: Option<String>,
    /// An address whose code has not come back yet.
    unproven: Option<String>,
    /// Of `unproven`: whether its newest code is `valid`, `over` (too old, or tried too often), or `none` was
    /// sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// From when on another code can be sent there (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    next_code_at: Option<String>,
}

/// What became of an address that was stated.
#[derive(Serialize, ToSchema)]
#[schema(as = ContactCode)]
struct CodeView {
    /// Whether a code was sent now. If not, the last one went there a moment ago and still counts.
    sent: bool,
    /// From when on another code can be sent (RFC 3339).
    next_at: String,
}

/// Whether the code was right.
#[derive(Serialize, ToSchema)]
pub(super) struct ProofView {
    proven: bool,
    /// After a wrong code: how often it can be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    tries_left: Option<i64>,
}

impl From<Proof> for ProofView {
    fn from(proof: Proof) -> Self {
        match proof {
            Proof::Proven => Self { proven: true, tries_left: None },
            Proof::Wrong { tries_left } => Self { proven: false, tries_left: Some(tries_left) },
        }
    }
}

/// Read one's own contact
///
/// The contact of the person of the token.
#[utoipa::path(
    get, path = "/contact", tag = "Contact", operation_id = "readContact",
    responses((status = 200, description = "What is known.", body = Contact)),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["level-too-low"]))),
)]
pub(super) async fn read(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let contact = read_contact(&context, access_token(&context, &request).await?).await?;
    Ok(HttpResponse::Ok().json(Contact {
        email: contact.email,
        unproven: contact.unproven,
        code: contact.code.map(|(standing, _)| standing.as_str()),
        next_code_at: contact.code.map(|(_, next_at)| next_at.to_string()),
    }))
}

/// State one's own contact
///
/// A new address gets a message with a code, which `POST /contact/proof` takes. A refusal for too many codes
/// says in `next_at` from when on another one can be sent.
#[utoipa::path(
    put, path = "/contact", tag = "Contact", operation_id = "writeContact",
    request_body = Body,
    responses(
        (status = 202, description = "A message with a code is on its way.", body = CodeView),
        (status = 204, description = "This is the address that was proven before."),
    ),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["level-too-low"]))),
)]
pub(super) async fn write(
    context: web::Data<Context>,
    request: HttpRequest,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let body: Body = body.read()?;
    let language = body.language.as_deref();
    Ok(match set_contact(&context, claims, body.email.trim(), language).await? {
        Stated::Known => HttpResponse::NoContent().finish(),
        Stated::CodeSent { next_at } => accepted(true, next_at),
        Stated::CodeWaits { next_at } => accepted(false, next_at),
    })
}

fn accepted(sent: bool, next_at: Timestamp) -> HttpResponse {
    HttpResponse::Accepted().json(CodeView { sent, next_at: next_at.to_string() })
}

/// Clear one's own contact
///
/// No messages from now on.
#[utoipa::path(
    delete, path = "/contact", tag = "Contact", operation_id = "clearContact",
    responses((status = 204, description = "No address is kept.")),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["level-too-low"]))),
)]
pub(super) async fn clear(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    clear_contact(&context, access_token(&context, &request).await?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Prove one's own contact
///
/// With the code of the message. A few wrong ones end it; then state the address anew.
#[utoipa::path(
    post, path = "/contact/proof", tag = "Contact", operation_id = "proveContact",
    request_body = ProofBody,
    responses((status = 200, description = "Whether the code was right.", body = ProofView)),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["level-too-low"]))),
)]
pub(super) async fn prove(
    context: web::Data<Context>,
    request: HttpRequest,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let body: ProofBody = body.read()?;
    let proof = prove_contact(&context, claims, &body.code, body.language.as_deref()).await?;
    Ok(HttpResponse::Ok().json(ProofView::from(proof)))
}
