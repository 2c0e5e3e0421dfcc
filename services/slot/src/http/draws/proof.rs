//! `GET /v1/draws/{id}/proof`

use actix_web::{HttpRequest, HttpResponse, web};
use ids::DrawId;
use problem::Problem;

use crate::{
    app::draws::read_draws::read_proof,
    cached_body::CachedBody,
    http::{
        Slots,
        conditional::{FRESH_JSON, send},
    },
};

/// Read the proof of a draw
///
/// Everything that anybody needs to recompute the draw: canonical JSON of `apptdraw/v1` (see
/// `libs/draw`). `fairtermin verify-draw` checks it without any network.
#[utoipa::path(
    get, path = "/v1/draws/{id}/proof", tag = "Draws", operation_id = "readDrawProof",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "The proof.", body = std::collections::BTreeMap<String, serde_json::Value>),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["draw-not-found", "draw-not-settled"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    request: HttpRequest,
    id: web::Path<DrawId>,
) -> Result<HttpResponse, Problem> {
    let proof = read_proof(&slots, *id).await?;
    Ok(send(&request, CachedBody::new(proof.into_bytes()), &FRESH_JSON))
}
