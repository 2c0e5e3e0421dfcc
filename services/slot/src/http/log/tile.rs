//! `GET /v1/log/tile/{level}/{tile}`

use actix_web::{HttpRequest, HttpResponse, web};
use problem::Problem;
use tlog::Tile;

use crate::{
    app::log::read_log::tile,
    cached_body::CachedBody,
    http::{
        Slots,
        conditional::{ResponseOptions, send},
        not_found,
    },
};

/// It never changes: the width is in the name.
const TILE: ResponseOptions = ResponseOptions {
    media_type: "application/octet-stream",
    cache_control: "public, max-age=31536000, immutable",
    vary: None,
    compressible: false,
};

/// Read a tile of the log
///
/// Up to 256 hashes of a level, or entries, in the form of C2SP `tlog-tiles`. An entry is the salted
/// hash of a document. Of numbers above 999 the path has more segments (`x001/234`), and of a tile that
/// is not full its width (`000.p/17`). Tiles never change.
#[utoipa::path(
    get, path = "/v1/log/tile/{level}/{tile}", tag = "Public log", operation_id = "readLogTile",
    params(
        ("level" = String, Path, description = "The level, from 0, or `entries`.", pattern = "^([0-6]|entries)$", example = "entries"),
        ("tile" = String, Path, description = "The number of the tile in groups of three digits, all but the last with an `x`; `.p/` and its width if it is not full.", pattern = "^(x[0-9]{3}/)*[0-9]{3}([.]p/[0-9]{1,3})?$", max_length = 48, example = "000.p/1"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "The tile.", body = String, content_type = "application/octet-stream"),
        (status = 304, description = "Nothing changed."),
    ),
    extensions(("x-problems" = json!(["not-found"]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (level, number) = path.into_inner();
    let wanted: Tile = format!("tile/{level}/{number}").parse().map_err(|_| not_found())?;
    let bytes = tile(&slots, &wanted).await?.ok_or_else(not_found)?;
    Ok(send(&request, CachedBody::new(bytes), &TILE))
}
