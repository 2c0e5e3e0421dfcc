//! `/v1/draws/{id}/entries/own`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::DrawId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::EntryView;
use crate::{
    app::draws::{
        read_draws::read_own_entry,
        read_end::{OwnEnd, read_own_end},
        withdraw_entry::{Withdrawing, withdraw_entry},
    },
    http::{Slots, booker::actor, local_time::LocalTime, run_detached},
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

/// How an entry ended from which its person withdrew.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnEntryEnd)]
pub(super) struct EndView {
    /// When they withdrew.
    ended_at: LocalTime,
    /// The signed statement of it, for `fairtermin verify-draw --ended`.
    ended: String,
}

/// Read the signed end of one's own entry
///
/// For a person who withdrew and has not entered again, until the entries of the draw are deleted. Who was left out for
/// another reason has it in the entry itself (`ended`).
#[utoipa::path(
    get, path = "/v1/draws/{id}/entries/own/end", tag = "Draws", operation_id = "readOwnEntryEnd",
    params(("id" = DrawId, Path, description = "Which draw.")),
    responses((status = 200, description = "When, and the note.", body = EndView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["draw-not-found", "entry-not-found", "level-too-low"]))),
)]
pub(super) async fn end(
    slots: Slots,
    booker: Booker,
    id: web::Path<DrawId>,
) -> Result<HttpResponse, Problem> {
    let OwnEnd { at, note } =
        read_own_end(&slots, *id, booker.citizen.pseudonym, booker.citizen.level).await?;
    Ok(HttpResponse::Ok().json(EndView { ended_at: LocalTime(at), ended: note }))
}

/// Withdraw from a draw
///
/// As long as it is open. Nothing of the entry is kept but the number of its ticket, for the signed end.
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
