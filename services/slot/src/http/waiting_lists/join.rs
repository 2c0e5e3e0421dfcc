//! `POST /v1/waiting-list/entries`

use std::borrow::Cow;

use actix_web::HttpResponse;
use auth::Booker;
use ids::ServiceId;
use problem::Problem;
use serde::{Deserialize, Deserializer};
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, schema::Type},
};

use super::view::PlaceView;
use crate::{
    app::waiting_list::{
        join_list::{JoinList, join_list},
        stand_by::StandByDay,
    },
    http::{
        Slots,
        body::{Body, Object},
        created_once::created_once,
        idempotency_key::IdempotencyKey,
        one_to::People,
        openapi, run_detached,
        seat_request::seat_request,
        values::{self, FromText, Spoken, or_default},
        wanted_seats::WishedFor,
    },
};

/// A request to join a waiting list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WaitingListRequest)]
pub(in crate::http) struct JoinRequest {
    /// What to wait for.
    service: ServiceId,
    /// What is wished, the best first.
    #[schema(value_type = Vec<WishedFor>, min_items = 1, max_items = 20)]
    wishes: Vec<Object<WishedFor>>,
    #[serde(default)]
    #[schema(schema_with = StandBy::schema)]
    stand_by: Option<StandBy>,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
    /// The signed userinfo response of the person for this authority (`application/jwt`).
    attendee: String,
    /// The language of messages to the person.
    #[schema(value_type = openapi::Language)]
    language: Spoken,
}

/// Until when somebody can come at once.
pub(in crate::http) struct StandBy(pub(in crate::http) StandByDay);

impl StandBy {
    /// As the documents describe it.
    pub(in crate::http) fn schema() -> ObjectBuilder {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Until the end of this day the person can come at once: they get offers at short notice, \
                 too, if the list makes them (`stand_by_minutes`).",
            ))
            .enum_values(Some(["today", "tomorrow"]))
    }
}

impl FromText for StandBy {
    fn expected() -> Cow<'static, str> {
        "`today` or `tomorrow`".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "today" => Some(Self(StandByDay::Today)),
            "tomorrow" => Some(Self(StandByDay::Tomorrow)),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for StandBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

/// Join a waiting list
///
/// Or change the place that the person has in the list: there is one per person and service group.
/// Changing wishes keeps the place. A person with an appointment in the group waits for an earlier
/// one, and gives the old one back by accepting. It also confirms that a person who
/// was asked still waits.
///
/// Whoever lost their place by offers that they declined or let lapse can join again online after the days that the list
/// states (`rejoin_after_days`): until then `rejoin-too-soon`, with `again_at`, in every list of the group. For as long
/// what they declined counts if they leave and join again. The desk can put them in line before. A
/// person without an appointment whose service needs an application on file need not wait: it is their only date.
#[utoipa::path(
    post, path = "/v1/waiting-list/entries", tag = "Waiting lists", operation_id = "joinWaitingList",
    params(
        ("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = JoinRequest,
    responses(
        (status = 201, description = "Joined, or changed.", body = PlaceView),
        (status = 200, description = "It was so before.", body = PlaceView),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "no-waiting-list", "waiting-list-full", "rejoin-too-soon", "already-waiting", "waiting-in-doubt",
        "not-waiting", "attendee-invalid", "person-merged", "unknown-service", "booking-not-active", "booking-started",
        "services-not-combinable", "slot-not-offered", "rules"
    ]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    key: IdempotencyKey,
    body: Body<JoinRequest>,
) -> Result<HttpResponse, Problem> {
    let body = body.0;
    let stand_by = body.stand_by.map(|StandBy(day)| day);
    let language = body.language.told_by(&slots, "language")?;
    let request = seat_request(&booker, key, body.wishes, body.people, body.attendee, language);
    let request = JoinList { service: body.service, request, stand_by };
    let joined = run_detached(async move { join_list(&slots, request).await }).await?;
    Ok(created_once(joined, PlaceView::from))
}
