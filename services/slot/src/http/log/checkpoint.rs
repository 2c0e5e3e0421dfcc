//! `GET /v1/log/checkpoint`

use actix_web::{HttpRequest, HttpResponse};
use problem::Problem;

use crate::{
    app::log::read_log::checkpoint,
    cached_body::CachedBody,
    http::{
        Slots,
        conditional::{ResponseOptions, send},
        not_found,
    },
};

/// It changes whenever the log grows or a witness cosigns.
const CHECKPOINT: ResponseOptions = ResponseOptions {
    media_type: "text/plain; charset=utf-8",
    cache_control: "public, max-age=2",
    vary: None,
    compressible: false,
};

/// Read the newest checkpoint of the log
///
/// A signed note (C2SP `tlog-checkpoint`): name of the log, number of its entries, their root; below it
/// the signatures of the log and of the witnesses that have seen it. The announcement of a draw names
/// the keys.
#[utoipa::path(
    get, path = "/v1/log/checkpoint", tag = "Public log", operation_id = "readLogCheckpoint",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known.")),
    responses(
        (status = 200, description = "The checkpoint.", body = String, content_type = "text/plain"),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["not-found"]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let note = checkpoint(&slots).await?.ok_or_else(not_found)?;
    Ok(send(&request, CachedBody::new(note.into_bytes()), &CHECKPOINT))
}
