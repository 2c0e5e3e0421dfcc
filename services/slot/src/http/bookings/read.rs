//! `GET /v1/bookings` and `GET /v1/bookings/{id}`

use actix_web::{HttpResponse, web};
use auth::Booker;
use booking::TrustLevel;
use ids::BookingId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        booking_history::booking_history,
        giving_up::giving_up,
        list_bookings::{Reader, of_person},
        unnoted::unnoted,
    },
    domain::{Actor, Booking},
    http::{Slots, booker::actor, booking_view::BookingView},
};

/// Several bookings.
#[derive(Serialize, ToSchema)]
pub(super) struct Bookings {
    bookings: Vec<BookingView>,
    /// If there are more: the level of log-in that shows them. A booking is shown from the level on
    /// that its service needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "high")]
    all_from_level: Option<TrustLevel>,
}

/// List one's own bookings
///
/// The person's bookings by start, with those of the last 90 days. A booking of a service that asks for a surer
/// log-in is left out.
#[utoipa::path(
    get, path = "/v1/bookings", tag = "Bookings", operation_id = "listBookings",
    responses((status = 200, description = "All of them.", body = Bookings)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
)]
pub(super) async fn list(slots: Slots, booker: Booker) -> Result<HttpResponse, Problem> {
    let own = of_person(&slots, booker.citizen.pseudonym, booker.citizen.level).await?;
    let unnoted = unnoted(&slots, &own.shown).await?;
    let view = |one: &Booking| BookingView::from(one).unnoted(unnoted.contains(&one.id));
    let bookings = own.shown.iter().map(view).collect();
    Ok(HttpResponse::Ok().json(Bookings { bookings, all_from_level: own.all_from }))
}

/// Read a booking
///
/// With what happened to it: booked, moved, cancelled. If the person reads it themselves, also with the
/// name on it and with what follows if they give it up now.
#[utoipa::path(
    get, path = "/v1/bookings/{id}", tag = "Bookings", operation_id = "readBooking",
    params(("id" = BookingId, Path, description = "Which booking.")),
    responses((status = 200, description = "The booking.", body = BookingView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["booking-not-found", "level-too-low"]))),
)]
pub(super) async fn one(
    slots: Slots,
    booker: Booker,
    id: web::Path<BookingId>,
) -> Result<HttpResponse, Problem> {
    let reader = Reader::citizen(actor(&booker), booker.citizen.pseudonym, booker.citizen.level);
    let booking = reader.find(&slots, *id).await?;
    let history = booking_history(&slots, &booking).await?;
    let unnoted = unnoted(&slots, std::slice::from_ref(&booking)).await?.contains(&booking.id);
    // A program that acts for the person has the name from them, if it needs it.
    let is_own = matches!(reader.actor(), Actor::Citizen(_));
    let visitor = is_own.then(|| slots.person_data.open(&booking.attendee, booking.hold).ok());
    let giving_up = if is_own { giving_up(&slots, &booking).await? } else { None };
    let view = BookingView::alone(&booking, visitor.flatten(), history, giving_up);
    Ok(HttpResponse::Ok().json(view.unnoted(unnoted)))
}
