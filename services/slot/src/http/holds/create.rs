//! `POST /v1/holds`

use actix_web::HttpResponse;
use auth::Booker;
use calendar::Channel;
use ids::{BookingId, HoldId, LocationId, ServiceId};
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{
        giving_up::GivingUpHold,
        hold_slot::{Held, HoldSlot, hold_slot},
    },
    http::{
        Slots,
        body::Body,
        booker::actor,
        idempotency_key::WellFormedKey,
        local_time::LocalTime,
        one_to::People,
        values::{Instant, or_default},
    },
};

/// Which seat is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HoldRequest)]
pub(in crate::http) struct Wanted {
    location: LocationId,
    /// From `GET /v1/availability/slots`.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: Instant,
    /// If given, the visit must end then.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2027-01-05T09:20:00+01:00")]
    end: Option<Instant>,
    /// What is to be done in this visit, in any order.
    #[schema(min_items = 1)]
    services: Vec<ServiceId>,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
    /// The booking that is given back in the same step when this one is confirmed.
    #[serde(default)]
    replaces: Option<BookingId>,
}

/// A hold as its owner sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = Hold)]
pub(in crate::http) struct HoldView {
    hold_id: HoldId,
    /// Signed; names seat, person and expiry. What a confirmation needs. Opaque.
    hold_token: String,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    services: Vec<ServiceId>,
    /// How many come together.
    people: u16,
    /// The booking that is given back when this one is confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<BookingId>,
    /// Until then it can be confirmed. Some minutes later, at a random moment, the seat
    /// is free again.
    expires_at: LocalTime,
    /// Whether the end can be put off, once.
    can_be_extended: bool,
    /// Staff took it for the person: only they confirm it, once a colleague has agreed where that is needed. The person
    /// can release it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    by_staff: bool,
    /// What follows if it is given up or runs out. Only where the person's holds are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    giving_up: Option<GivingUpHoldView>,
}

/// What follows for the person if they give the hold up now, or let it run out.
#[derive(Serialize, ToSchema)]
#[schema(as = GivingUpHold)]
pub(in crate::http) struct GivingUpHoldView {
    /// How many more holds may be given up or run out, this one included. Missing if that is not limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    free_left: Option<u16>,
    /// From when on the same can be held again. Missing if that is at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    hold_again_from: Option<LocalTime>,
}

impl HoldView {
    /// The same with what follows if it is given up.
    pub(super) fn with(self, giving_up: GivingUpHold) -> Self {
        let giving_up = GivingUpHoldView {
            free_left: giving_up.free_left,
            hold_again_from: giving_up.hold_again_from.map(LocalTime),
        };
        Self { giving_up: Some(giving_up), ..self }
    }
}

impl From<Held> for HoldView {
    fn from(held: Held) -> Self {
        let by_staff = held.details.is_by_staff();
        Self {
            hold_id: held.hold.id,
            hold_token: held.token,
            location: held.hold.seat.location.clone(),
            start: LocalTime(held.hold.seat.start),
            end: LocalTime(held.hold.seat.end),
            services: held.details.services,
            people: held.details.people,
            replaces: held.hold.replaces,
            expires_at: LocalTime(held.hold.expires_at),
            can_be_extended: !held.hold.is_extended && !by_staff,
            by_staff,
            giving_up: None,
        }
    }
}

/// Hold a slot
///
/// Takes a seat for some minutes, in one atomic step: no other person can have it meanwhile, and this
/// person can hold nothing else in the same service group. If the answer was lost, `GET /v1/holds` finds the hold,
/// and the same request again yields the same hold while it is in force. Once it was given up, confirmed or is over, the same
/// request is a new one and takes the seat anew, whatever its `Idempotency-Key`: so end repeats before giving a hold up. After
/// `slot-taken`, each further request for that time and place must wait longer (`asked-too-soon`).
#[utoipa::path(
    post, path = "/v1/holds", tag = "Holds", operation_id = "holdSlot",
    params(("Idempotency-Key" = Option<String>, Header, description = "Without effect here, since a hold is known by what is asked for; only its form is checked. 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body(content = Wanted, example = json!({"location": "rathaus-mitte", "start": "2027-01-05T09:00:00+01:00", "services": ["personalausweis"]})),
    responses((status = 201, description = "The seat is taken until `expires_at`.", body = HoldView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered", "slot-in-past", "closed",
        "slot-off-grid", "wrong-duration", "allocated-by-draw", "assigned-by-office", "slot-taken", "asked-too-soon", "already-holding", "held-by-staff", "already-booked", "holds-unavailable",
        "booking-not-found", "booking-not-active", "person-merged", "rules"
    ]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    _: WellFormedKey,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let wanted = wanted.0;
    let command = HoldSlot {
        actor: actor(&booker),
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        doubt: booker.citizen.doubt,
        channel: Channel::Public,
        location: wanted.location,
        start: wanted.start.0,
        end: wanted.end.map(|Instant(end)| end),
        services: wanted.services,
        people: wanted.people.get(),
        replaces: wanted.replaces,
    };
    let held = hold_slot(&slots, command).await?;
    Ok(HttpResponse::Created().json(HoldView::from(held)))
}
