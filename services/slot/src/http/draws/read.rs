//! `GET /v1/draws` and `GET /v1/draws/{id}`

use actix_web::{HttpResponse, web};
use ids::DrawId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{DrawView, PublishedView};
use crate::{
    app::draws::read_draws::{list_draws, read_draw},
    http::Slots,
};

/// Several draws.
#[derive(Serialize, ToSchema)]
pub(super) struct Draws {
    /// Those that can be entered and those of the last 90 days, by closing time.
    draws: Vec<DrawView>,
}

/// List draws
///
/// Those that can be entered now or soon, and those of the last 90 days.
#[utoipa::path(
    get, path = "/v1/draws", tag = "Draws", operation_id = "listDraws",
    responses((status = 200, description = "All of them.", body = Draws)),
)]
pub(super) async fn list(slots: Slots) -> Result<HttpResponse, Problem> {
    let draws = list_draws(&slots).await?;
    let now = slots.now();
    let draws = draws.iter().map(|draw| DrawView::at(draw, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(HttpResponse::Ok().json(Draws { draws }))
}

/// Read a draw
///
/// With everything that is published of it so far. The documents are texts in canonical JSON
/// (RFC 8785), since their hashes count.
#[utoipa::path(
    get, path = "/v1/draws/{id}", tag = "Draws", operation_id = "readDraw",
    params(("id" = DrawId, Path, description = "Which draw.")),
    responses((status = 200, description = "The draw.", body = PublishedView)),
    extensions(("x-problems" = json!(["draw-not-found"]))),
)]
pub(super) async fn one(slots: Slots, id: web::Path<DrawId>) -> Result<HttpResponse, Problem> {
    let published = read_draw(&slots, *id).await?;
    Ok(HttpResponse::Ok().json(PublishedView::at(published, slots.now())?))
}
