//! `POST /v1/bookings`

use actix_web::HttpResponse;
use auth::{Citizen, scope};
use catalogue::Language;
use problem::Problem;
use serde::Deserialize;

use crate::{
    app::confirm_booking::{ConfirmBooking, Confirmed, confirm_booking},
    http::{Slots, body::Body, idempotency_key::IdempotencyKey, to_the_end},
    store::audit::Actor,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmation {
    hold_token: String,
    attendee: String,
    language: Language,
}

pub(super) async fn handler(
    slots: Slots,
    citizen: Citizen,
    key: IdempotencyKey,
    confirmation: Body<Confirmation>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let request = ConfirmBooking {
        actor: Actor::Citizen(citizen.pseudonym),
        person: Some(citizen.pseudonym),
        hold_token: confirmation.0.hold_token,
        attendee_token: confirmation.0.attendee,
        language: confirmation.0.language,
        key: key.0,
    };
    let confirmed = to_the_end(async move { confirm_booking(&slots, request).await }).await?;
    Ok(answer(confirmed))
}

/// 201 for a new booking, 200 for a repeat.
pub(in crate::http) fn answer(confirmed: Confirmed) -> HttpResponse {
    match confirmed {
        Confirmed::Now(booking) => HttpResponse::Created().json(booking),
        Confirmed::Before(booking) => HttpResponse::Ok().json(booking),
    }
}
