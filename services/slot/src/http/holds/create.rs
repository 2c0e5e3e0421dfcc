//! `POST /v1/holds`

use actix_web::HttpResponse;
use auth::{Citizen, scope};
use calendar::Channel;
use ids::{BookingId, HoldId, LocationId, ServiceId};
use jiff::Timestamp;
use problem::Problem;
use serde::{Deserialize, Serialize};

use crate::{
    app::{
        LocalTime,
        book_on_behalf::level,
        hold_slot::{Held, HoldSlot, hold_slot},
    },
    http::{Slots, body::Body, idempotency_key::OptionalKey},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Wanted {
    location: LocationId,
    start: Timestamp,
    #[serde(default)]
    end: Option<Timestamp>,
    services: Vec<ServiceId>,
    #[serde(default = "one")]
    people: u16,
    #[serde(default)]
    replaces: Option<BookingId>,
}

pub(in crate::http) const fn one() -> u16 {
    1
}

/// A hold as its owner sees it.
#[derive(Serialize)]
pub(in crate::http) struct HoldView {
    hold_id: HoldId,
    hold_token: String,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    expires_at: LocalTime,
}

impl From<Held> for HoldView {
    fn from(held: Held) -> Self {
        Self {
            hold_id: held.hold.id,
            hold_token: held.token,
            location: held.hold.seat.location,
            start: LocalTime(held.starts_at),
            end: LocalTime(held.ends_at),
            expires_at: LocalTime(held.hold.expires_at),
        }
    }
}

pub(super) async fn handler(
    slots: Slots,
    citizen: Citizen,
    key: OptionalKey,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let wanted = wanted.0;
    let wish = HoldSlot {
        person: citizen.pseudonym,
        level: level(citizen.level),
        channel: Channel::Public,
        location: wanted.location,
        start: wanted.start,
        end: wanted.end,
        services: wanted.services,
        people: wanted.people,
        replaces: wanted.replaces,
        key: key.0,
    };
    let held = hold_slot(&slots, wish).await?;
    Ok(HttpResponse::Created().json(HoldView::from(held)))
}
