//! The event feed: for agencies that cannot receive webhooks.

use std::str::FromStr;

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, ServiceId};
use problem::{
    Problem,
    query::Query,
    resource,
    values::{PageSize, whole_number},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use vocabulary::EventKind;

use super::webhooks::owner;
use crate::app::webhooks::{
    follow::{Feed, Filter},
    manage::Webhooks,
};

/// How many events one answer brings, unless fewer are wanted.
const PAGE: u16 = 100;
/// The most that can be wanted.
const LARGEST_PAGE: u16 = 500;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(resource("/events", "GET").route(web::get().to(list)));
}

/// A place in the feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "i64")]
#[schema(value_type = i64, minimum = 0)]
pub(crate) struct Position(i64);

impl Position {
    pub(crate) const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Position {
    type Error = &'static str;

    fn try_from(position: i64) -> Result<Self, Self::Error> {
        if position >= 0 { Ok(Self(position)) } else { Err("a cursor is never negative") }
    }
}

impl FromStr for Position {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let position = whole_number::<i64>(text);
        position
            .and_then(|position| position.try_into().ok())
            .ok_or("must be the `next` of the answer before, or 0")
    }
}

/// A kind of event, as a filter.
struct Kind(EventKind);

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| {
            let known = EventKind::ALL.map(|kind| format!("`{}`", kind.as_str()));
            format!("must be one of {}", known.join(", "))
        })
    }
}

/// Some events.
#[derive(Serialize, ToSchema)]
#[schema(as = EventPage)]
struct EventPage {
    /// CloudEvents 1.0, oldest first. None names a person.
    #[schema(value_type = Vec<CloudEvent>)]
    events: Vec<Value>,
    /// The `after` of the next request. Keep it: it is where you stand.
    next: Position,
    /// Whether there is more already; with a filter, whether there may be.
    more: bool,
}

/// An event (CloudEvents 1.0, JSON format). Ignore attributes that you do not know.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `webhook::event` writes")]
pub(super) struct CloudEvent {
    /// `1.0`
    specversion: String,
    /// The same however often it comes.
    #[schema(example = "evt_01jgv5qp2w9x3k7m4n8rt6yhzd")]
    id: String,
    /// Which authority's slot service.
    source: String,
    /// For example `fairtermin.booking-confirmed.v1`.
    r#type: String,
    /// The booking.
    #[schema(required)]
    subject: Option<String>,
    #[schema(format = DateTime)]
    time: String,
    /// The cursor of this event: `after` of the feed and of a replay.
    sequence: String,
    /// `application/json`
    datacontenttype: String,
    /// Which of its fields are there depends on the type.
    data: EventData,
}

/// What happened to which booking. Times are RFC 3339 with Berlin's offset.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `webhook::event` writes")]
pub(super) struct EventData {
    booking_id: String,
    /// Grows with each event of a booking and of its rebookings (`subject`): of two events the one with the
    /// greater number is newer. Compare it; it counts nothing.
    order: Option<i64>,
    /// The first booking of a row of rebookings. Not in `booking-attended`.
    series_id: Option<String>,
    /// Grows with each change of the appointment. Not in `booking-attended`.
    sequence: Option<u32>,
    /// Not in `booking-attended`.
    location: Option<String>,
    /// Their ids at the authority (`GET /v1/services`). Not in `booking-attended`.
    services: Option<Vec<String>>,
    /// Not in `booking-attended`.
    #[schema(format = DateTime)]
    start: Option<String>,
    /// Not in `booking-attended`.
    #[schema(format = DateTime)]
    end: Option<String>,
    /// In `booking-rebooked`: the booking that was given back.
    replaced_booking_id: Option<String>,
    /// In `booking-cancelled`: `person` or `office`.
    cancelled_by: Option<String>,
    /// In `booking-attended`: `checked-in`, `called`, `served` or `missed`.
    attendance: Option<String>,
    /// In `booking-attended`.
    #[schema(format = DateTime)]
    happened_at: Option<String>,
}

/// Follow events
///
/// What happened to bookings of this authority after a cursor, oldest first. Ask again with
/// `after` set to `next`; nothing is skipped and nothing comes twice. Events are kept. One answer looks at 5,000
/// events at most: with a filter it may bring fewer than `limit`, even none, while `more` is true. Go on with
/// `next`. A cursor ahead of the feed is refused (`cursor-ahead`): after a restore from a backup, begin at 0 or at an older
/// cursor and drop what you have by the `id` of each event.
#[utoipa::path(
    get, path = "/v1/{authority}/events", tag = "Events", operation_id = "listEvents",
    params(
        ("authority" = AuthorityId, Path, description = "Whose events."),
        ("after" = Option<i64>, Query, description = "The `next` of the answer before; 0 or left out for the beginning.", minimum = 0),
        ("limit" = Option<u16>, Query, description = "How many at most; 100 if left out.", minimum = 1, maximum = 500),
        ("type" = Option<EventKind>, Query, description = "Only these events."),
        ("service" = Option<ServiceId>, Query, description = "Only of this service: its id of `GET /v1/services` at the authority, or its number in the Berlin catalogue. Events that concern no known service come as well."),
    ),
    responses((status = 200, description = "The next events; none if nothing happened.", body = EventPage)),
    security(("agency" = ["events:subscribe"])),
    extensions(("x-problems" = json!(["cursor-ahead"]))),
)]
pub(crate) async fn list(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let owner = owner(agency, &authority)?;
    let query = query.only(&["after", "limit", "type", "service"])?;
    let after = query.optional::<Position>("after")?.unwrap_or_default();
    let PageSize::<LARGEST_PAGE>(limit) = query.optional("limit")?.unwrap_or(PageSize(PAGE));
    let kind = query.optional("type")?.map(|Kind(kind)| kind);
    let filter = Filter { kind, service: query.optional::<ServiceId>("service")? };
    let Feed { events, next, more } = webhooks.follow(&owner, after.get(), limit, &filter).await?;
    Ok(HttpResponse::Ok().json(EventPage { events, next: Position(next), more }))
}
