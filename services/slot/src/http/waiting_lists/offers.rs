//! Offers to the person who is logged in.

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::OfferId;
use problem::Problem;

use super::view::AnsweredView;
use crate::{
    app::waiting_list::{
        accept_offer::{AcceptOffer, accept_offer},
        answer_offer::decline_own,
    },
    domain::Binding,
    http::{
        Slots,
        body::NoBody,
        booker::{actor, booked_by},
        booking_view::BookingView,
        created_once::created_once,
        run_detached,
    },
};

/// Accept an offer
///
/// The seat is the person's appointment, once, however often this is repeated. An appointment that they
/// have in the group is given back in the same step. If a booking rule is in the way, the offer stays
/// open.
#[utoipa::path(
    post, path = "/v1/waiting-list/offers/{id}/accept", tag = "Waiting lists", operation_id = "acceptOffer",
    params(("id" = OfferId, Path, description = "Which offer.")),
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before.", body = BookingView),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "payload-too-large", "unsupported-media-type", "offer-not-found", "offer-over", "already-booked", "booking-not-active", "booking-started", "booking-not-found", "person-merged",
        "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered", "slot-in-past",
        "slot-taken", "closed", "hold-invalid", "idempotency-mismatch", "rules"
    ]))),
)]
pub(super) async fn accept(
    slots: Slots,
    booker: Booker,
    id: web::Path<OfferId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let request = AcceptOffer {
        actor: actor(&booker),
        booked_by: booked_by(&booker),
        binding: Binding::Online,
        doubt: booker.citizen.doubt,
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        offer: *id,
    };
    let accepted = run_detached(async move { accept_offer(&slots, request).await }).await?;
    Ok(created_once(accepted, |booking| BookingView::from(&booking)))
}

/// Decline an offer
///
/// The seat is offered to the next person in line. The person keeps their place, unless they have declined as many
/// offers as the list allows.
#[utoipa::path(
    post, path = "/v1/waiting-list/offers/{id}/decline", tag = "Waiting lists", operation_id = "declineOffer",
    params(("id" = OfferId, Path, description = "Which offer.")),
    responses((status = 200, description = "Where the place stands now.", body = AnsweredView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "offer-not-found", "offer-over", "not-waiting", "level-too-low"]))),
)]
pub(super) async fn decline(
    slots: Slots,
    booker: Booker,
    id: web::Path<OfferId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let (actor, person, level, id) =
        (actor(&booker), booker.citizen.pseudonym, booker.citizen.level, *id);
    let answered =
        run_detached(async move { decline_own(&slots, &actor, person, level, id).await }).await?;
    Ok(HttpResponse::Ok().json(AnsweredView::from(answered)))
}
