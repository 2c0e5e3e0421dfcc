//! `/v1/desk/draws/calls`: winners without e-mail are phoned, to be asked or to be told.

use actix_web::{HttpResponse, web};
use auth::Staff;
use ids::{DrawId, EntryId, LocationId, ServiceId};
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{bookings::AttendeeView, desk_staff, reason::WrittenReason};
use crate::{
    app::draws::{
        phone_winners::{WinnersCall, accept_by_phone, decline_by_phone, list_winners_calls},
        tell_winners::{UntoldWinner, list_untold_winners, told_by_phone},
    },
    http::{
        Slots,
        body::{Body, NoBody, Object},
        booking_view::BookingView,
        created_once::created_once,
        draws::view::SeatView,
        query::Query,
        run_detached,
    },
};

/// A call to a winner that is due.
#[derive(Serialize, ToSchema)]
#[schema(as = WinnersCall)]
struct CallView {
    entry: EntryId,
    draw: DrawId,
    service: ServiceId,
    attendee: AttendeeView,
    phone: String,
    /// The language that they speak, as `de` or `de-easy`.
    language: String,
    /// What is kept for them.
    offer: SeatView,
}

impl From<WinnersCall> for CallView {
    fn from(call: WinnersCall) -> Self {
        Self {
            entry: call.entry.id,
            draw: call.entry.draw,
            service: call.service,
            attendee: call.visitor.into(),
            phone: call.number,
            language: call.entry.language,
            offer: call.seat.into(),
        }
    }
}

/// A winner who is booked and does not know it yet.
#[derive(Serialize, ToSchema)]
#[schema(as = UntoldWinner)]
struct UntoldView {
    entry: EntryId,
    draw: DrawId,
    attendee: AttendeeView,
    phone: String,
    /// The language that they speak, as `de` or `de-easy`.
    language: String,
    /// Their appointment.
    booking: BookingView,
}

impl From<UntoldWinner> for UntoldView {
    fn from(call: UntoldWinner) -> Self {
        Self {
            entry: call.entry.id,
            draw: call.entry.draw,
            attendee: call.visitor.into(),
            phone: call.number,
            language: call.entry.language,
            booking: BookingView::from(&call.booking),
        }
    }
}

/// The calls to winners that are due.
#[derive(Serialize, ToSchema)]
#[schema(as = WinnersCalls)]
struct Calls {
    /// Those who must confirm, the most urgent first.
    calls: Vec<CallView>,
    /// Those who are booked and must be told: who was booked first comes first, whenever the appointment is.
    untold: Vec<UntoldView>,
}

/// List the winners to phone
///
/// People without e-mail who named this location when they entered a draw, and were drawn and must confirm; and those
/// with a number who have an appointment here by a draw and were not told yet. The audit log records that their number
/// was read.
#[utoipa::path(
    get, path = "/v1/desk/draws/calls", tag = "Front desk", operation_id = "listWinnersCalls",
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
    let location = query.one("location")?;
    let calls = list_winners_calls(&slots, &staff, &location).await?;
    let untold = list_untold_winners(&slots, &staff, &location).await?;
    let calls = calls.into_iter().map(CallView::from).collect();
    let untold = untold.into_iter().map(UntoldView::from).collect();
    Ok(HttpResponse::Ok().json(Calls { calls, untold }))
}

/// Accept a drawn seat by phone
///
/// The seat becomes the person's appointment. If a booking rule does not allow it, the seat stays kept. It counts like a
/// booking for a caller: above the authority's number a day a colleague must approve (`second-person-needed`), and the
/// request is sent again. So it is, whatever the number a day is, if the location phones three other winners at the same
/// telephone number.
#[utoipa::path(
    post, path = "/v1/desk/draws/{id}/entries/{entry}/accept", tag = "Front desk", operation_id = "acceptDrawnSeatByPhone",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("entry" = EntryId, Path, description = "Whose entry."),
    ),
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before.", body = BookingView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "payload-too-large", "unsupported-media-type", "draw-not-found", "entry-not-found", "offer-over", "already-booked",
        "booking-not-found", "person-merged", "unknown-service", "unknown-location", "services-not-combinable",
        "slot-not-offered", "slot-in-past", "slot-taken", "closed", "hold-invalid", "idempotency-mismatch",
        "second-person-needed", "case-state", "rules"
    ]))),
)]
pub(super) async fn accept(
    slots: Slots,
    staff: Staff,
    path: web::Path<(DrawId, EntryId)>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let (staff, (draw, entry)) = (desk_staff(staff)?, path.into_inner());
    let accepting = async move { accept_by_phone(&slots, &staff, draw, entry).await };
    let accepted = run_detached(accepting).await?;
    Ok(created_once(accepted, |booking| BookingView::from(&booking)))
}

/// The reason for which staff decline a seat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DecliningByPhone)]
pub(super) struct Decline {
    /// Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

/// Decline a drawn seat by phone
///
/// It becomes free for others, the waiting list of the service first, and the person is told. It can count against the
/// person (`declined_seats`), so the act counts like a booking for a caller: above the authority's number a day a
/// colleague must approve (`second-person-needed`).
#[utoipa::path(
    post, path = "/v1/desk/draws/{id}/entries/{entry}/decline", tag = "Front desk", operation_id = "declineDrawnSeatByPhone",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("entry" = EntryId, Path, description = "Whose entry."),
    ),
    request_body = Decline,
    responses((status = 204, description = "Declined.")),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "draw-not-found", "entry-not-found", "offer-over", "level-too-low", "reason-needed", "second-person-needed",
        "case-state"
    ]))),
)]
pub(super) async fn decline(
    slots: Slots,
    staff: Staff,
    path: web::Path<(DrawId, EntryId)>,
    body: Body<Decline>,
) -> Result<HttpResponse, Problem> {
    let (staff, (draw, entry)) = (desk_staff(staff)?, path.into_inner());
    let reason = body.0.reason.map(|Object(reason)| reason.read()).transpose()?;
    let declining = async move { decline_by_phone(&slots, &staff, draw, entry, reason).await };
    run_detached(declining).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Note that a winner was told
///
/// They stand in the calls no longer, and their number is removed. Sent again, it changes nothing. The audit log names
/// the member of staff.
#[utoipa::path(
    post, path = "/v1/desk/draws/{id}/entries/{entry}/told", tag = "Front desk", operation_id = "toldWinnerByPhone",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("entry" = EntryId, Path, description = "Whose entry."),
    ),
    responses((status = 204, description = "Noted.")),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "entry-not-found"]))),
)]
pub(super) async fn told(
    slots: Slots,
    staff: Staff,
    path: web::Path<(DrawId, EntryId)>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let (staff, (draw, entry)) = (desk_staff(staff)?, path.into_inner());
    run_detached(async move { told_by_phone(&slots, &staff, draw, entry).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
