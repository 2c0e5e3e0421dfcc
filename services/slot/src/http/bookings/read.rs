//! `GET /v1/bookings` and `GET /v1/bookings/{id}`

use actix_web::{HttpResponse, web};
use auth::{Citizen, scope};
use ids::BookingId;
use problem::Problem;
use serde_json::json;

use crate::{
    app::{
        BookingView,
        list_bookings::{Reader, of_person},
    },
    http::Slots,
};

pub(super) async fn list(slots: Slots, citizen: Citizen) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let bookings = of_person(&slots, citizen.pseudonym).await?;
    let bookings: Vec<_> = bookings.iter().map(BookingView::from).collect();
    Ok(HttpResponse::Ok().json(json!({ "bookings": bookings })))
}

pub(super) async fn one(
    slots: Slots,
    citizen: Citizen,
    id: web::Path<BookingId>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let booking = Reader::citizen(citizen.pseudonym).find(&slots, *id).await?;
    Ok(HttpResponse::Ok().json(BookingView::from(&booking)))
}
