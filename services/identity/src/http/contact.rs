//! `GET` and `PUT /contact`, `POST /contact/proof`: where a person can be reached.

use actix_web::{HttpRequest, HttpResponse, web};
use problem::{Problem, types};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::dpop::access_token;
use crate::app::{Context, Proof, Stated, prove_contact, read_contact, set_contact};

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
    let body: Body = parse(&body, "`{\"email\": \"...\"}`")?;
    let claims = access_token(&context, &request).await?;
    let language = body.language.as_deref();
    Ok(match set_contact(&context, claims, body.email.trim(), language).await? {
        Stated::Known => HttpResponse::NoContent().finish(),
        Stated::CodeSent => HttpResponse::Accepted().finish(),
    })
}

pub(super) async fn prove(
    context: web::Data<Context>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let body: ProofBody = parse(&body, "`{\"code\": \"123456\"}`")?;
    let claims = access_token(&context, &request).await?;
    let answer = match prove_contact(&context, claims, &body.code).await? {
        Proof::Proven => json!({ "proven": true }),
        Proof::Wrong { tries_left } => json!({ "proven": false, "tries_left": tries_left }),
    };
    Ok(HttpResponse::Ok().json(answer))
}

fn parse<T: DeserializeOwned>(body: &[u8], form: &str) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|_| {
        Problem::new(&types::INVALID_REQUEST).detail(format!("The body must be {form}."))
    })
}
