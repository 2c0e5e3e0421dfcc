//! `POST /v1/desk/holds` and `POST /v1/desk/bookings`: staff book for the person at the desk.

use actix_web::HttpResponse;
use auth::{Role, Staff};
use catalogue::Language;
use ids::{LocationId, ServiceId};
use jiff::Timestamp;
use problem::Problem;
use serde::Deserialize;

use crate::{
    app::{
        book_on_behalf::{HoldOnBehalf, hold_on_behalf},
        confirm_booking::{ConfirmBooking, confirm_booking},
    },
    http::{
        Slots,
        body::Body,
        bookings::answer,
        holds::{HoldView, one},
        idempotency_key::IdempotencyKey,
        to_the_end,
    },
    store::audit::Actor,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    attendee: String,
    location: LocationId,
    start: Timestamp,
    services: Vec<ServiceId>,
    #[serde(default = "one")]
    people: u16,
}

pub(super) async fn hold(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let wanted = wanted.0;
    staff.require_location(&wanted.location)?;
    let wish = HoldOnBehalf {
        attendee_token: wanted.attendee,
        location: wanted.location,
        start: wanted.start,
        services: wanted.services,
        people: wanted.people,
    };
    let held = hold_on_behalf(&slots, wish).await?;
    Ok(HttpResponse::Created().json(HoldView::from(held)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmation {
    hold_token: String,
    attendee: String,
    language: Language,
}

pub(super) async fn confirm(
    slots: Slots,
    staff: Staff,
    key: IdempotencyKey,
    confirmation: Body<Confirmation>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let request = ConfirmBooking {
        actor: Actor::Staff(staff.id),
        person: None,
        hold_token: confirmation.0.hold_token,
        attendee_token: confirmation.0.attendee,
        language: confirmation.0.language,
        key: key.0,
    };
    let confirmed = to_the_end(async move { confirm_booking(&slots, request).await }).await?;
    Ok(answer(confirmed))
}
