//! `/v1/draws/{id}/entries/own`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::DrawId;
use problem::Problem;

use super::view::EntryView;
use crate::{
    app::draws::{
        read_draws::read_own_entry,
        withdraw_entry::{Withdrawing, withdraw_entry},
    },
    http::{Slots, booker::actor, run_detached},
};

/// Read one's own entry
///
/// With its wishes, its receipt and, once the draw is settled, what came of it. For a log-in as sure as
/// the service asks for.
#[utoipa::path(
    get, path = "/v1/draws/{id}/entries/own", tag = "Draws", operation_id = "readOwnEntry",
    params(("id" = DrawId, Path, description = "Which draw.")),
    responses((status = 200, description = "The entry.", body = EntryView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["draw-not-found", "entry-not-found", "level-too-low"]))),
)]
pub(super) async fn read(
    slots: Slots,
    booker: Booker,
    id: web::Path<DrawId>,
) -> Result<HttpResponse, Problem> {
    let own = read_own_entry(&slots, *id, booker.citizen.pseudonym, booker.citizen.level).await?;
    Ok(HttpResponse::Ok().json(EntryView::from(own)))
}

/// Withdraw from a draw
///
/// As long as it is open; nothing of the entry is kept.
#[utoipa::path(
    delete, path = "/v1/draws/{id}/entries/own", tag = "Draws", operation_id = "withdrawEntry",
    params(("id" = DrawId, Path, description = "Which draw.")),
    responses((status = 204, description = "Withdrawn.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["draw-not-found", "draw-not-open", "entry-not-found", "level-too-low"]))),
)]
pub(super) async fn withdraw(
    slots: Slots,
    booker: Booker,
    id: web::Path<DrawId>,
) -> Result<HttpResponse, Problem> {
    let by = Withdrawing {
        actor: actor(&booker),
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        at_desk: None,
    };
    run_detached(async move { withdraw_entry(&slots, *id, by).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
