//! `POST /v1/bookings/{id}/cancel`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::BookingId;
use problem::Problem;

use crate::{
    app::{
        cancel_booking::{Cancellation, cancel_booking},
        list_bookings::Reader,
    },
    http::{
        Slots, body::NoBody, booker::actor, booking_view::BookingView,
        idempotency_key::OptionalKey, prefer::Return, run_detached,
    },
};

/// Cancel a booking
///
/// Gives the appointment up. The slot becomes bookable again at a random moment within the window
/// that its service states, so that it cannot be passed on. Once, however often the request is
/// repeated with the same `Idempotency-Key`.
#[utoipa::path(
    post, path = "/v1/bookings/{id}/cancel", tag = "Bookings", operation_id = "cancelBooking",
    params(
        ("id" = BookingId, Path, description = "Which booking."),
        ("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. With the same key a repeat is answered as the first request was.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
        ("Prefer" = Option<String>, Header, description = "`return=minimal` for an answer without a body (RFC 7240).", example = "return=representation"),
    ),
    responses(
        (status = 200, description = "The booking, cancelled.", body = BookingView),
        (status = 204, description = "Done; `Prefer` asked for no more."),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "booking-not-found", "level-too-low", "booking-not-active", "booking-started", "idempotency-mismatch"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<BookingId>,
    OptionalKey(key): OptionalKey,
    prefer: Return,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let reader = Reader::citizen(actor(&booker), booker.citizen.pseudonym, booker.citizen.level);
    let cancellation = Cancellation { reason: None, key };
    let cancelling = async move { cancel_booking(&slots, &reader, *id, cancellation).await };
    let booking = run_detached(cancelling).await?;
    Ok(prefer.changed(&BookingView::from(&booking)))
}
