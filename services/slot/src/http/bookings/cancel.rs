//! `POST /v1/bookings/{id}/cancel`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::BookingId;
use problem::Problem;

use crate::{
    app::{BookingView, cancel_booking::cancel_booking, list_bookings::Reader},
    http::{Slots, booker::actor, to_the_end},
};

/// Cancel a booking
///
/// Gives the appointment up. The slot becomes bookable again at a random moment within the window
/// that its service states, so that nobody can hand it to somebody else.
#[utoipa::path(
    post, path = "/v1/bookings/{id}/cancel", tag = "Bookings", operation_id = "cancelBooking",
    params(("id" = BookingId, Path, description = "Which booking.")),
    responses((status = 200, description = "The booking, cancelled.", body = BookingView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["booking-not-found", "booking-not-active", "booking-started"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<BookingId>,
) -> Result<HttpResponse, Problem> {
    let reader = Reader::citizen(actor(&booker), booker.citizen.pseudonym);
    let booking = to_the_end(async move { cancel_booking(&slots, &reader, *id).await }).await?;
    Ok(HttpResponse::Ok().json(BookingView::from(&booking)))
}
