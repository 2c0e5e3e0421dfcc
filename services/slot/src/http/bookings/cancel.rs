//! `POST /v1/bookings/{id}/cancel`

use actix_web::{HttpResponse, web};
use auth::{Citizen, scope};
use ids::BookingId;
use problem::Problem;

use crate::{
    app::{BookingView, cancel_booking::cancel_booking, list_bookings::Reader},
    http::{Slots, to_the_end},
};

pub(super) async fn handler(
    slots: Slots,
    citizen: Citizen,
    id: web::Path<BookingId>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let reader = Reader::citizen(citizen.pseudonym);
    let booking = to_the_end(async move { cancel_booking(&slots, &reader, *id).await }).await?;
    Ok(HttpResponse::Ok().json(BookingView::from(&booking)))
}
