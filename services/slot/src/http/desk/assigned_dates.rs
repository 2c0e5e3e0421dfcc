//! `/v1/desk/assigned-dates`: staff give dates to applications on file, see those that are open and take them back.

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::{AssignedDateId, EntitlementId, LocationId, ServiceId};
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::ObjectBuilder};

use super::{desk_staff, reason::WrittenReason};
use crate::{
    app::{
        ListPage, ListPart,
        assigned_dates::{
            assign_date::{AssignAtDesk, WantedDate, assign_at_desk},
            list_dates::list_open_dates,
            withdraw_date::{WithdrawAtDesk, withdraw_at_desk},
        },
    },
    domain::AssignedDate,
    http::{
        Slots,
        assigned_dates::view::DateView,
        body::{Body, Object},
        created_once::created_once,
        entitlements::{TypedReference, post::or_null},
        local_time::LocalTime,
        one_to::People,
        query::Query,
        run_detached,
        values::{Instant, PageSize, or_default},
    },
};

/// The application, where and when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DateToAssignAtDesk)]
pub(super) struct Wanted {
    /// What the application is for.
    service: ServiceId,
    #[schema(schema_with = written)]
    reference: TypedReference,
    location: LocationId,
    /// From `GET /v1/desk/slots`.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: Instant,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
    /// Why staff give the date. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

fn written() -> ObjectBuilder {
    TypedReference::schema("As it stands in the person's letter or in the file.")
}

/// Give a date to an application on file
///
/// For services with `allocation` `assign`. It counts as a booking for a person whose document one member
/// of staff saw: above the day's number the answer is `second-person-needed` with a `case`. A person who has
/// proven the application gets an e-mail. Other persons see the date once they prove it.
#[utoipa::path(
    post, path = "/v1/desk/assigned-dates", tag = "Front desk", operation_id = "assignDateAtDesk",
    request_body = Wanted,
    responses(
        (status = 201, description = "Given.", body = DateView),
        (status = 200, description = "Given before.", body = DateView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "entitlement-not-found", "not-assigned", "date-already-assigned", "already-booked", "reason-needed",
        "second-person-needed", "case-state", "unknown-service", "unknown-location", "services-not-combinable",
        "slot-not-offered", "slot-in-past", "closed", "slot-off-grid", "slot-taken", "holds-unavailable", "rules"
    ]))),
)]
pub(super) async fn assign(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let Wanted { service, reference: TypedReference(reference), location, start, people, reason } =
        wanted.0;
    staff.require_location(&location)?;
    let command = AssignAtDesk {
        staff: staff.id,
        service,
        reference,
        date: WantedDate { location, start: start.0, people: people.get() },
        reason: reason.map(|Object(reason)| reason.read()).transpose()?,
    };
    let assigning = async move { assign_at_desk(&slots, command).await };
    Ok(created_once(run_detached(assigning).await?, DateView::from))
}

/// A date that waits for an answer, without a name.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenDate)]
struct OpenDateView {
    id: AssignedDateId,
    /// The application, by the id that its agency was answered when it put it on file. The reference is kept
    /// as a keyed hash only, so it cannot be shown.
    entitlement: EntitlementId,
    /// What for.
    service: ServiceId,
    location: LocationId,
    start: LocalTime,
    end: LocalTime,
    /// How many come together.
    people: u16,
    /// Until then it is kept for the person.
    answer_by: LocalTime,
}

impl From<AssignedDate> for OpenDateView {
    fn from(date: AssignedDate) -> Self {
        Self {
            id: date.id,
            entitlement: date.entitlement,
            service: date.service,
            location: date.seat.location,
            start: LocalTime(date.seat.start),
            end: LocalTime(date.seat.end),
            people: date.people,
            answer_by: LocalTime(date.answer_by),
        }
    }
}

/// Dates that wait for an answer.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenDates)]
struct OpenDates {
    dates: Vec<OpenDateView>,
    /// There are more: the `after` of the next request. Missing at the end of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl From<ListPart<AssignedDate, AssignedDateId>> for OpenDates {
    fn from(found: ListPart<AssignedDate, AssignedDateId>) -> Self {
        let dates = found.entries.into_iter().map(OpenDateView::from).collect();
        Self { dates, next: found.next.map(|place| place.to_string()) }
    }
}

/// The largest page, and the default: each date is a line of the audit log.
const LARGEST_PAGE: u16 = 100;

/// List the open dates of a location
///
/// Dates that the office gave to applications on file and that wait for an answer, without a name. A long
/// list comes in parts: ask again with `after` set to `next` for as long as there is one; no date is skipped or
/// repeated, whatever happens meanwhile. The audit log records who read it, once an hour, and the person can
/// see that the office did.
#[utoipa::path(
    get, path = "/v1/desk/assigned-dates", tag = "Front desk", operation_id = "listOpenDates",
    params(
        ("location" = LocationId, Query, description = "Which location."),
        ("after" = Option<String>, Query, description = "The `next` of the answer before; left out for the beginning."),
        ("limit" = Option<u16>, Query, description = "How many at most; 100 if left out.", minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "By start.", body = OpenDates)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
pub(super) async fn list(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let query = query.only(&["location", "after", "limit"])?;
    let location: LocationId = query.one("location")?;
    let PageSize::<LARGEST_PAGE>(size) = query.optional("limit")?.unwrap_or(PageSize(LARGEST_PAGE));
    let page = ListPage { after: query.optional("after")?, size };
    let found = list_open_dates(&slots, &staff, &location, page).await?;
    Ok(HttpResponse::Ok().json(OpenDates::from(found)))
}

/// Why a date is taken back, and of which application it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DateToTakeBack)]
pub(super) struct TakenBack {
    /// Why the office takes it back. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
    #[serde(default)]
    #[schema(schema_with = compared)]
    reference: Option<TypedReference>,
}

fn compared() -> ObjectBuilder {
    TypedReference::schema(
        "Of the application in the letter or in the file. If it is there, the date must be of that application: \
         two dates at one time look alike.",
    )
    .schema_type(or_null())
}

/// Take a date back at the desk
///
/// Possible until it is answered. The seat becomes free like every seat. The application stays on
/// file and can be given another date. A person who has proven the application gets an e-mail. Taking the same
/// date back again changes nothing. The audit log names the member of staff and the reason.
#[utoipa::path(
    post, path = "/v1/desk/assigned-dates/{id}/withdraw", tag = "Front desk", operation_id = "withdrawDateAtDesk",
    params(("id" = AssignedDateId, Path, description = "Which date.")),
    request_body = TakenBack,
    responses((status = 204, description = "Taken back.")),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["date-not-found", "date-over", "entitlement-not-found", "reason-needed"]))),
)]
pub(super) async fn withdraw(
    slots: Slots,
    staff: Staff,
    id: web::Path<AssignedDateId>,
    taken_back: Body<TakenBack>,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let TakenBack { reason, reference } = taken_back.0;
    let command = WithdrawAtDesk {
        staff,
        date: id.into_inner(),
        reference: reference.map(|TypedReference(reference)| reference),
        reason: reason.map(|Object(reason)| reason.read()).transpose()?,
    };
    run_detached(async move { withdraw_at_desk(&slots, command).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
