//! `GET /me/data`: what is kept about the person who asks.

use actix_web::{HttpRequest, HttpResponse, web};
use problem::Problem;
use serde_json::json;

use super::dpop::access_token;
use crate::app::{Context, Section, export_person};

pub(super) async fn data(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let (read_at, sections) = export_person(&context, claims).await?;
    let section = |Section { kind, kept_days, entries }| json!({ "kind": kind, "kept_days": kept_days, "entries": entries });
    let sections: Vec<_> = sections.into_iter().map(section).collect();
    let body = json!({ "read_at": read_at.to_string(), "sections": sections });
    Ok(HttpResponse::Ok().json(body))
}
