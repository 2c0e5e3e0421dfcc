//! `GET /me/data`: what is kept about the person who asks.

use actix_web::{HttpRequest, HttpResponse, web};
use problem::Problem;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::dpop::access_token;
use crate::app::{Context, Section, export_person};

/// What the identity service keeps about a person.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnData {
    /// When it was read, in UTC.
    #[schema(format = DateTime, example = "2026-12-28T08:00:00Z")]
    read_at: String,
    sections: Vec<OwnDataSection>,
}

/// What is kept of one kind.
#[derive(Serialize, ToSchema)]
struct OwnDataSection {
    /// What it is.
    kind: &'static str,
    /// For how many days it is kept after it ended; `null` if nothing is deleted by itself.
    #[schema(required)]
    kept_days: Option<u16>,
    /// As it is stored, with what is encrypted made readable.
    #[schema(schema_with = reference::any_rows)]
    entries: Vec<Map<String, Value>>,
}

impl From<Section> for OwnDataSection {
    fn from(Section { kind, kept_days, entries }: Section) -> Self {
        Self { kind, kept_days, entries }
    }
}

/// Read what is kept about oneself
///
/// With a token for this service itself: an authority must not learn at which others a person is
/// known.
#[utoipa::path(
    get, path = "/me/data", tag = "My data", operation_id = "readOwnData",
    responses((status = 200, description = "All that is kept, by kind.", body = OwnData)),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["level-too-low"]))),
)]
pub(super) async fn data(
    context: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let claims = access_token(&context, &request).await?;
    let (read_at, sections) = export_person(&context, claims).await?;
    let sections = sections.into_iter().map(OwnDataSection::from).collect();
    Ok(HttpResponse::Ok().json(OwnData { read_at: read_at.to_string(), sections }))
}
