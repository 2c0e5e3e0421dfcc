//! `GET /v1/draws/{id}/ends/{serial}`

use actix_web::{HttpRequest, HttpResponse, web};
use draw::Serial;
use ids::DrawId;
use problem::Problem;

use crate::{
    app::draws::read_end::read_end,
    cached_body::CachedBody,
    http::{
        Slots,
        conditional::{ResponseOptions, send},
    },
};

/// Until the draw closes the ticket may be entered again.
const NOTE: ResponseOptions = ResponseOptions {
    media_type: "text/plain; charset=utf-8",
    cache_control: "no-cache",
    vary: None,
    compressible: false,
};

/// Read why an entry is not in the list
///
/// A signed note (C2SP `signed-note`) of the kind `Ended`: the entry with this ticket ended before the list
/// was closed. It states when and why, and no name. `fairtermin verify-draw --ended` takes it alone, or beside
/// the receipt, which has the ticket's number.
#[utoipa::path(
    get, path = "/v1/draws/{id}/ends/{serial}", tag = "Draws", operation_id = "readEntryEnd",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("serial" = String, Path, description = "The number of the ticket, as in the receipt.", pattern = "^[0-9a-f]{32}$", example = "00112233445566778899aabbccddeeff"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "The note.", body = String, content_type = "text/plain"),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["not-found", "draw-not-found", "entry-not-found"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    request: HttpRequest,
    path: web::Path<(DrawId, Serial)>,
) -> Result<HttpResponse, Problem> {
    let (id, serial) = path.into_inner();
    let note = read_end(&slots, id, &serial).await?;
    Ok(send(&request, CachedBody::new(note.into_bytes()), &NOTE))
}
