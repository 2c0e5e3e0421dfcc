//! One's own places in waiting lists.

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::WaitingId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::{AnsweredView, PlaceView};
use crate::{
    app::waiting_list::{
        answer_offer::still_waiting_own,
        leave_list::{Leaving, leave_list},
        read_lists::read_own,
    },
    http::{Slots, body::NoBody, booker::actor, run_detached},
};

/// A person's places in waiting lists.
#[derive(Serialize, ToSchema)]
#[schema(as = OwnWaitingList)]
pub(super) struct Places {
    /// The newest first, with those that ended in the last 30 days.
    entries: Vec<PlaceView>,
}

/// Read one's own places
///
/// With where in line they are and what is offered. A place that was taken by a surer log-in is not shown.
#[utoipa::path(
    get, path = "/v1/waiting-list", tag = "Waiting lists", operation_id = "readOwnWaitingList",
    responses((status = 200, description = "The places.", body = Places)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
)]
pub(super) async fn read(slots: Slots, booker: Booker) -> Result<HttpResponse, Problem> {
    let places = read_own(&slots, booker.citizen.pseudonym, booker.citizen.level).await?;
    let entries = places.into_iter().map(PlaceView::from).collect();
    Ok(HttpResponse::Ok().json(Places { entries }))
}

/// Leave a waiting list
///
/// The place is deleted; the seat of an open offer is offered to the next person in line. Joining again takes
/// a new place, of the day of joining again.
#[utoipa::path(
    delete, path = "/v1/waiting-list/entries/{id}", tag = "Waiting lists", operation_id = "leaveWaitingList",
    params(("id" = WaitingId, Path, description = "Which place.")),
    responses((status = 204, description = "Left.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["not-waiting", "level-too-low"]))),
)]
pub(super) async fn leave(
    slots: Slots,
    booker: Booker,
    id: web::Path<WaitingId>,
) -> Result<HttpResponse, Problem> {
    let by = Leaving {
        actor: actor(&booker),
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        at_desk: None,
    };
    run_detached(async move { leave_list(&slots, *id, by).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Say that one still waits
///
/// After an offer lapsed. Until then the person keeps their place and gets no offer.
#[utoipa::path(
    post, path = "/v1/waiting-list/entries/{id}/still-waiting", tag = "Waiting lists", operation_id = "stillWaiting",
    params(("id" = WaitingId, Path, description = "Which place.")),
    responses((status = 200, description = "Where the place stands now.", body = AnsweredView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "not-waiting", "level-too-low"]))),
)]
pub(super) async fn still_waiting(
    slots: Slots,
    booker: Booker,
    id: web::Path<WaitingId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let (actor, person, level, id) =
        (actor(&booker), booker.citizen.pseudonym, booker.citizen.level, *id);
    let answered =
        run_detached(async move { still_waiting_own(&slots, &actor, person, level, id).await })
            .await?;
    Ok(HttpResponse::Ok().json(AnsweredView::from(answered)))
}
