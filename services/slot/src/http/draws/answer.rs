//! `/v1/draws/{id}/entries/own/accept` and `/v1/draws/{id}/entries/own/decline`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::DrawId;
use problem::Problem;

use crate::{
    app::draws::{
        accept_seat::{AcceptSeat, accept_seat},
        decline_seat::{Declines, decline_seat},
    },
    http::{
        Slots,
        body::NoBody,
        booker::{actor, booked_by},
        booking_view::BookingView,
        created_once::created_once,
        run_detached,
    },
};

/// Accept a drawn seat
///
/// Where winners must confirm (`draw.confirmWithin`), the seat of one's entry is kept until its `answer_by`. It
/// is the person's appointment then, once, however often this is repeated. If a booking rule is in the way, the
/// seat stays kept.
#[utoipa::path(
    post, path = "/v1/draws/{id}/entries/own/accept", tag = "Draws", operation_id = "acceptDrawnSeat",
    params(("id" = DrawId, Path, description = "Which draw.")),
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before.", body = BookingView),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "payload-too-large", "unsupported-media-type", "draw-not-found", "entry-not-found", "offer-over", "already-booked",
        "booking-not-found", "person-merged", "unknown-service", "unknown-location", "services-not-combinable",
        "slot-not-offered", "slot-in-past", "slot-taken", "closed", "hold-invalid", "idempotency-mismatch", "rules"
    ]))),
)]
pub(in crate::http) async fn accept(
    slots: Slots,
    booker: Booker,
    id: web::Path<DrawId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let request = AcceptSeat {
        actor: actor(&booker),
        booked_by: booked_by(&booker),
        draw: *id,
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
    };
    let accepted = run_detached(async move { accept_seat(&slots, request).await }).await?;
    Ok(created_once(accepted, |booking| BookingView::from(&booking)))
}

/// Decline a drawn seat
///
/// It becomes free for others, the waiting list of the service first. Done again, it changes nothing.
#[utoipa::path(
    post, path = "/v1/draws/{id}/entries/own/decline", tag = "Draws", operation_id = "declineDrawnSeat",
    params(("id" = DrawId, Path, description = "Which draw.")),
    responses((status = 204, description = "Declined.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "payload-too-large", "unsupported-media-type", "draw-not-found", "entry-not-found", "offer-over", "level-too-low"
    ]))),
)]
pub(in crate::http) async fn decline(
    slots: Slots,
    booker: Booker,
    id: web::Path<DrawId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let by = Declines {
        actor: actor(&booker),
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        at_desk: None,
    };
    run_detached(async move { decline_seat(&slots, *id, by).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
