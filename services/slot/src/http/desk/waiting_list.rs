//! `/v1/desk/waiting-list`: people without online ID wait in line, and those without e-mail are phoned.

use actix_web::{HttpResponse, web};
use auth::Staff;
use ids::{LocationId, OfferId, ServiceId, WaitingId};
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, schema::Type},
};

use super::{bookings::AttendeeView, desk_staff, later_seat::Stated, reason::WrittenReason};
use crate::{
    app::waiting_list::{
        join_at_desk::join_at_desk,
        phone_people::{
            DueCall, accept_by_phone, decline_by_phone, leave_by_phone, list_due_calls,
            still_waiting_by_phone,
        },
    },
    http::{
        Slots,
        body::{Body, NoBody, Object},
        booking_view::BookingView,
        conditional::OnlyNew,
        created_once::created_once,
        idempotency_key::IdempotencyKey,
        local_time::LocalTime,
        phone::Phone,
        query::Query,
        run_detached,
        waiting_lists::{
            join::StandBy,
            view::{AnsweredView, OfferView, PlaceView},
        },
    },
};

fn number() -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).examples(["030 9010"]);
    text.description(Some(
        "Where the location phones the person: with the prefix of its place or country, as `030 9010` or \
         `+49 30 9010`. Needed if no message reaches them: the attendee token says whether they have proven \
         an e-mail address to the identity service.",
    ))
}

/// The person, the service and the way to reach the person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WaitingListRequestAtDesk)]
pub(super) struct JoinRequest {
    /// What to wait for.
    service: ServiceId,
    /// The person and their request.
    #[schema(value_type = Stated)]
    request: Object<Stated>,
    #[serde(default)]
    #[schema(schema_with = number)]
    phone: Option<Phone>,
    #[serde(default)]
    #[schema(schema_with = StandBy::schema)]
    stand_by: Option<StandBy>,
}

/// Put a person without online ID into a waiting list
///
/// Or change a place that a desk took. A place that was taken online belongs to its person alone
/// (`made-online`). With `phone` the location calls the person, and an offer stands `phoned_hours` longer. Without
/// it identity must know an e-mail address that the person has proven. The number of places that staff took is
/// public, and the audit log names the member of staff. The place counts as a booking of the same kind: above the
/// authority's number a day a colleague must approve (`second-person-needed`). A caller cannot join
/// (`document-needed`). The limits of the person count, since these are seats of the public: lift them first, or book
/// a time at the desk. With `If-None-Match: *` a person who waits in this list with other wishes keeps their place as it is
/// (`waiting-before`): ask them first.
#[utoipa::path(
    post, path = "/v1/desk/waiting-list/entries", tag = "Front desk", operation_id = "joinWaitingListAtDesk",
    params(
        ("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: take a new place, and change none.", example = "*"),
    ),
    request_body = JoinRequest,
    responses(
        (status = 201, description = "In line, or changed.", body = PlaceView),
        (status = 200, description = "It was so before.", body = PlaceView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "no-waiting-list", "waiting-list-full", "already-waiting",
        "waiting-before", "made-online", "not-waiting", "attendee-invalid", "document-needed", "reason-needed", "second-person-needed", "case-state",
        "person-merged", "unknown-service", "unknown-location", "booking-not-active", "booking-started",
        "services-not-combinable", "slot-not-offered", "rules"
    ]))),
)]
pub(super) async fn join(
    slots: Slots,
    staff: Staff,
    key: IdempotencyKey,
    only_new: OnlyNew,
    body: Body<JoinRequest>,
) -> Result<HttpResponse, Problem> {
    let JoinRequest { service, request, phone, stand_by } = body.0;
    let command = request.0.by(&slots, &staff, key, phone, only_new)?;
    let stand_by = stand_by.map(|StandBy(day)| day);
    let joining = async move { join_at_desk(&slots, service, command, stand_by).await };
    Ok(created_once(run_detached(joining).await?, PlaceView::from))
}

/// A call that is due.
#[derive(Serialize, ToSchema)]
#[schema(as = DueCall)]
struct CallView {
    /// Their place in the line.
    entry: WaitingId,
    service: ServiceId,
    attendee: AttendeeView,
    phone: String,
    /// The language that they speak, as `de` or `de-easy`.
    language: String,
    /// `offered` (see `offer`) or `asked` (an offer lapsed: do they still wait?).
    #[schema(value_type = String, example = "offered")]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<OfferView>,
    /// Until then the person can say that they still wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<LocalTime>,
    /// How many offers can still be declined, or lapse, before the place is lost. Tell the person.
    declines_left: u16,
}

impl From<DueCall> for CallView {
    fn from(call: DueCall) -> Self {
        Self {
            entry: call.entry.id,
            service: call.entry.service,
            attendee: call.visitor.into(),
            phone: call.number,
            language: call.entry.language,
            status: call.entry.status.as_str(),
            offer: call.offer.map(OfferView::from),
            answer_by: call.entry.answer_by.map(LocalTime),
            declines_left: call.declines_left,
        }
    }
}

/// The calls that are due.
#[derive(Serialize, ToSchema)]
#[schema(as = DueCalls)]
struct Calls {
    /// The most urgent first.
    calls: Vec<CallView>,
}

/// List the calls that are due
///
/// To people without e-mail who were put in line at this location. A seat is offered to them, or they are
/// asked whether they still wait. The audit log records that their number was read.
#[utoipa::path(
    get, path = "/v1/desk/waiting-list/calls", tag = "Front desk", operation_id = "listDueCalls",
    params(("location" = LocationId, Query, description = "Which location phones.")),
    responses((status = 200, description = "The most urgent first.", body = Calls)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
pub(super) async fn calls(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let query = query.only(&["location"])?;
    let calls = list_due_calls(&slots, &staff, &query.one("location")?).await?;
    let calls = calls.into_iter().map(CallView::from).collect();
    Ok(HttpResponse::Ok().json(Calls { calls }))
}

/// Accept an offer by phone
///
/// The seat becomes the person's appointment, once, however often this is repeated. If a booking rule does
/// not allow it, the offer stays open. It counts like a booking for a caller: above the authority's number a day a
/// colleague must approve (`second-person-needed`), and the request is sent again.
#[utoipa::path(
    post, path = "/v1/desk/waiting-list/offers/{id}/accept", tag = "Front desk", operation_id = "acceptOfferByPhone",
    params(("id" = OfferId, Path, description = "Which offer.")),
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before.", body = BookingView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "payload-too-large", "unsupported-media-type", "offer-not-found", "offer-over", "already-booked", "booking-not-active", "booking-started", "booking-not-found", "person-merged",
        "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered", "slot-in-past",
        "slot-taken", "closed", "hold-invalid", "idempotency-mismatch", "second-person-needed", "case-state", "rules"
    ]))),
)]
pub(super) async fn accept(
    slots: Slots,
    staff: Staff,
    id: web::Path<OfferId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let accepting = async move { accept_by_phone(&slots, &staff, *id).await };
    let accepted = run_detached(accepting).await?;
    Ok(created_once(accepted, |booking| BookingView::from(&booking)))
}

/// Decline an offer by phone
///
/// The seat is offered to the next person in line. The person keeps their place, unless they have declined as many offers
/// as the list allows.
#[utoipa::path(
    post, path = "/v1/desk/waiting-list/offers/{id}/decline", tag = "Front desk", operation_id = "declineOfferByPhone",
    params(("id" = OfferId, Path, description = "Which offer.")),
    responses((status = 200, description = "Where the place stands now.", body = AnsweredView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "offer-not-found", "offer-over", "not-waiting"]))),
)]
pub(super) async fn decline(
    slots: Slots,
    staff: Staff,
    id: web::Path<OfferId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let declining = async move { decline_by_phone(&slots, &staff, *id).await };
    Ok(HttpResponse::Ok().json(AnsweredView::from(run_detached(declining).await?)))
}

/// Confirm by phone that a person still waits
#[utoipa::path(
    post, path = "/v1/desk/waiting-list/entries/{id}/still-waiting", tag = "Front desk", operation_id = "stillWaitingByPhone",
    params(("id" = WaitingId, Path, description = "Which place.")),
    responses((status = 200, description = "Where the place stands now.", body = AnsweredView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "not-waiting"]))),
)]
pub(super) async fn still_waiting(
    slots: Slots,
    staff: Staff,
    id: web::Path<WaitingId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let saying = async move { still_waiting_by_phone(&slots, &staff, *id).await };
    Ok(HttpResponse::Ok().json(AnsweredView::from(run_detached(saying).await?)))
}

/// The reason for which staff end a place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LeavingByPhone)]
pub(super) struct Leave {
    /// Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

/// Take a person out of the line by phone
///
/// The place is deleted, and the seat of an open offer is offered to the next person in line. The act counts like taking a
/// place: above the authority's number a day a colleague must approve (`second-person-needed`). The acts of
/// staff stay in the data that the person can read.
#[utoipa::path(
    post, path = "/v1/desk/waiting-list/entries/{id}/withdrawal", tag = "Front desk", operation_id = "leaveWaitingListByPhone",
    params(("id" = WaitingId, Path, description = "Which place.")),
    request_body = Leave,
    responses((status = 204, description = "They left.")),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "not-waiting", "made-online", "reason-needed", "second-person-needed", "case-state"
    ]))),
)]
pub(super) async fn leave(
    slots: Slots,
    staff: Staff,
    id: web::Path<WaitingId>,
    body: Body<Leave>,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let reason = body.0.reason.map(|Object(reason)| reason.read()).transpose()?;
    run_detached(async move { leave_by_phone(&slots, &staff, *id, reason).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
