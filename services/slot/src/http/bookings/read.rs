//! `GET /v1/bookings` and `GET /v1/bookings/{id}`

use actix_web::{HttpResponse, web};
use auth::{Citizen, scope};
use ids::BookingId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        BookingView,
        list_bookings::{Reader, of_person},
    },
    http::Slots,
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
    security(("citizen" = ["bookings"])),
)]
pub(super) async fn list(slots: Slots, citizen: Citizen) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let bookings = of_person(&slots, citizen.pseudonym).await?;
    let bookings = bookings.iter().map(BookingView::from).collect();
    Ok(HttpResponse::Ok().json(Bookings { bookings }))
}

/// Read a booking
#[utoipa::path(
    get, path = "/v1/bookings/{id}", tag = "Bookings", operation_id = "readBooking",
    params(("id" = BookingId, Path, description = "Which booking.")),
    responses((status = 200, description = "The booking.", body = BookingView)),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["booking-not-found"]))),
)]
pub(super) async fn one(
    slots: Slots,
    citizen: Citizen,
    id: web::Path<BookingId>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let booking = Reader::citizen(citizen.pseudonym).find(&slots, *id).await?;
    Ok(HttpResponse::Ok().json(BookingView::from(&booking)))
}
