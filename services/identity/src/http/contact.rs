//! `GET`, `PUT` and `DELETE /contact`, `POST /contact/proof`: where a person can be reached.

use actix_web::{HttpRequest, HttpResponse, web};
use problem::{Problem, body};
use serde::Deserialize;
use serde_json::json;

use super::dpop::access_token;
use crate::app::{Context, Proof, Stated, clear_contact, prove_contact, read_contact, set_contact};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: String,
    /// Of the message with the code; if left out, the language of the log-in.
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofBody {
    code: String,
}

pub(super) async fn read(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let contact = read_contact(&context, access_token(&context, &request).await?).await?;
    let body = json!({ "email": contact.email, "unproven": contact.unproven });
    Ok(HttpResponse::Ok().json(body))
}

pub(super) async fn write(
    context: web::Data<Context>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let body: Body = body::read(&body)?;
    let language = body.language.as_deref();
    Ok(match set_contact(&context, claims, body.email.trim(), language).await? {
        Stated::Known => HttpResponse::NoContent().finish(),
        Stated::CodeSent => HttpResponse::Accepted().finish(),
    })
}

/// No messages from now on.
pub(super) async fn clear(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    clear_contact(&context, access_token(&context, &request).await?).await?;
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn prove(
    context: web::Data<Context>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let body: ProofBody = body::read(&body)?;
    let answer = match prove_contact(&context, claims, &body.code).await? {
        Proof::Proven => json!({ "proven": true }),
        Proof::Wrong { tries_left } => json!({ "proven": false, "tries_left": tries_left }),
    };
    Ok(HttpResponse::Ok().json(answer))
}
