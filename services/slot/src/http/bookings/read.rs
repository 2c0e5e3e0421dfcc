//! `GET /v1/bookings` and `GET /v1/bookings/{id}`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::BookingId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::list_bookings::{Reader, of_person},
    http::{Slots, booker::actor, booking_view::BookingView},
};

/// Several bookings.
#[derive(Serialize, ToSchema)]
pub(super) struct Bookings {
    bookings: Vec<BookingView>,
}

/// List one's own bookings
///
/// Those of the person who is logged in, newest appointment first, past ones included.
#[utoipa::path(
    get, path = "/v1/bookings", tag = "Bookings", operation_id = "listBookings",
    responses((status = 200, description = "All of them.", body = Bookings)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
)]
pub(super) async fn list(slots: Slots, booker: Booker) -> Result<HttpResponse, Problem> {
    let bookings = of_person(&slots, booker.citizen.pseudonym).await?;
    let bookings = bookings.iter().map(BookingView::from).collect();
    Ok(HttpResponse::Ok().json(Bookings { bookings }))
}

/// Read a booking
#[utoipa::path(
    get, path = "/v1/bookings/{id}", tag = "Bookings", operation_id = "readBooking",
    params(("id" = BookingId, Path, description = "Which booking.")),
    responses((status = 200, description = "The booking.", body = BookingView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["booking-not-found"]))),
)]
pub(super) async fn one(
    slots: Slots,
    booker: Booker,
    id: web::Path<BookingId>,
) -> Result<HttpResponse, Problem> {
    let reader = Reader::citizen(actor(&booker), booker.citizen.pseudonym);
    let booking = reader.find(&slots, *id).await?;
    Ok(HttpResponse::Ok().json(BookingView::from(&booking)))
}
