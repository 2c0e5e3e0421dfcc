//! `GET` and `PUT /contact`: where a person can be reached.

use actix_web::{HttpRequest, HttpResponse, web};
use problem::{Problem, types};
use serde::Deserialize;
use serde_json::json;

use super::userinfo::bearer;
use crate::app::{Context, read_contact, set_contact};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: String,
}

pub(super) async fn read(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let email = read_contact(&context, token(&request)?).await?;
    Ok(HttpResponse::Ok().json(json!({ "email": email })))
}

pub(super) async fn write(
    context: web::Data<Context>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let body: Body = serde_json::from_slice(&body).map_err(|_| {
        Problem::new(&types::INVALID_REQUEST).detail("The body must be `{\"email\": \"...\"}`.")
    })?;
    set_contact(&context, token(&request)?, body.email.trim()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn token(request: &HttpRequest) -> Result<&str, Problem> {
    bearer(request).ok_or_else(|| Problem::new(&types::UNAUTHENTICATED))
}
