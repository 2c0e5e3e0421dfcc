//! `POST /v1/bookings/{id}/cancel`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::BookingId;
use problem::Problem;

use crate::{
    app::{cancel_booking::cancel_booking, list_bookings::Reader},
    http::{Slots, booker::actor, booking_view::BookingView, prefer::Return, run_detached},
};

/// Cancel a booking
///
/// Gives the appointment up. The slot becomes bookable again at a random moment within the window
/// that its service states, so that it cannot be passed on.
#[utoipa::path(
    post, path = "/v1/bookings/{id}/cancel", tag = "Bookings", operation_id = "cancelBooking",
    params(
        ("id" = BookingId, Path, description = "Which booking."),
        ("Prefer" = Option<String>, Header, description = "`return=minimal` for an answer without a body (RFC 7240).", example = "return=representation"),
    ),
    responses(
        (status = 200, description = "The booking, cancelled.", body = BookingView),
        (status = 204, description = "Done; `Prefer` asked for no more."),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["booking-not-found", "level-too-low", "booking-not-active", "booking-started"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<BookingId>,
    prefer: Return,
) -> Result<HttpResponse, Problem> {
    let reader = Reader::citizen(actor(&booker), booker.citizen.pseudonym, booker.citizen.level);
    let booking = run_detached(async move { cancel_booking(&slots, &reader, *id).await }).await?;
    Ok(prefer.changed(&BookingView::from(&booking)))
}
