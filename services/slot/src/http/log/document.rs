//! `GET /v1/log/documents/{position}`

use actix_web::{HttpRequest, HttpResponse, web};
use ids::DrawId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::log::read_log::{OpenedEntry, document},
    cached_body::CachedBody,
    http::{
        Slots,
        conditional::{FRESH_JSON, send},
        not_found,
    },
};

/// A document, with what opens its entry.
#[derive(Serialize, ToSchema)]
#[schema(as = LoggedDocument)]
pub(in crate::http) struct LoggedDocumentView {
    /// Its entry in the log, from 0.
    position: u64,
    draw: DrawId,
    /// `announcement`, `freeze`, `tickets`, `reveal`, `result` or `move`.
    #[schema(value_type = String, example = "announcement")]
    kind: &'static str,
    /// 16 bytes in hexadecimal digits. The entry is `SHA-256(lp("fairtermin/log/v1", salt, document))`: `lp` writes each
    /// of the three as its length in bytes (a number of four bytes, the highest first) and its bytes; the salt as its 16
    /// bytes, the document as its UTF-8.
    #[schema(value_type = String, example = "000102030405060708090a0b0c0d0e0f")]
    salt: String,
    /// As it was logged, byte by byte: canonical JSON (RFC 8785), or a signed note around it.
    document: String,
}

impl From<OpenedEntry> for LoggedDocumentView {
    fn from(opened: OpenedEntry) -> Self {
        let OpenedEntry { document, text } = opened;
        Self {
            position: document.position,
            draw: document.draw,
            kind: document.kind.as_str(),
            salt: document.salt.to_string(),
            document: text,
        }
    }
}

/// Read a document that stands in the log
///
/// Tickets and results once their draw is settled; moves of drawn seats once the appointment is over,
/// and never of draws that publish half days. Documents are deleted when they are due; the entry then
/// says nothing any more.
#[utoipa::path(
    get, path = "/v1/log/documents/{position}", tag = "Public log", operation_id = "readLoggedDocument",
    params(
        ("position" = u64, Path, description = "Which entry, from 0.", example = 0),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "The document.", body = LoggedDocumentView),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["not-found"]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    request: HttpRequest,
    position: web::Path<u64>,
) -> Result<HttpResponse, Problem> {
    let opened = document(&slots, *position).await?.ok_or_else(not_found)?;
    Ok(send(&request, CachedBody::json(&LoggedDocumentView::from(opened)), &FRESH_JSON))
}
