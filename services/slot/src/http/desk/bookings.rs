//! `GET /v1/desk/bookings` and `POST /v1/desk/bookings/{id}/cancel`

use std::collections::HashSet;

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::{BookingCode, BookingId, LocationId, Pseudonym};
use problem::Problem;
use reference::schema_of;
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    app::{
        ListPage, ListPart, cancel_booking,
        list_bookings::{DeskBooking, DeskSearch, Reader, at_desk},
        unnoted::unnoted,
    },
    domain::Binding,
    http::{
        Slots,
        body::{OptionalBody, invalid},
        booking_view::BookingView,
        idempotency_key::OptionalKey,
        line::Reason,
        prefer::Return,
        query::Query,
        run_detached,
        values::PageSize,
    },
    person_data::Visitor,
};

/// A booking as the desk sees it: with the name, to compare with the document.
#[derive(Serialize, ToSchema)]
#[schema(as = BookingAtDesk)]
struct DeskView {
    #[serde(flatten)]
    booking: BookingView,
    attendee: AttendeeView,
    /// Counted from 1.
    desk: u8,
    /// Set with `identity_check`: the pseudonym of the person. With it the identity service opens a case
    /// (`/desk/persons/{pseudonym}/case`), which two members of staff decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pseudonym: Option<Pseudonym>,
    /// What ties the booking to the person: their own log-in, their card at the desk, a document that one
    /// or two members of staff saw, or a call.
    #[schema(schema_with = schema_of::<Binding>)]
    binding: Binding,
}

impl DeskView {
    /// `unnoted` are those that ended without a note of the desk.
    fn of(found: DeskBooking, unnoted: &HashSet<BookingId>) -> Self {
        let is_unnoted = unnoted.contains(&found.booking.id);
        Self {
            desk: found.booking.seat.desk.number(),
            pseudonym: found.booking.doubt.map(|_| found.booking.person),
            binding: found.booking.binding,
            booking: BookingView::from(&found.booking).unnoted(is_unnoted),
            attendee: found.visitor.into(),
        }
    }
}

/// What the desk compares with the document.
#[derive(Serialize, ToSchema)]
#[schema(as = Attendee)]
pub(super) struct AttendeeView {
    /// All given names; empty for people with a single name.
    given_name: String,
    /// The family name.
    family_name: String,
    /// Date of birth, possibly partial.
    birthdate: String,
}

impl From<Visitor> for AttendeeView {
    fn from(Visitor { given_name, family_name, birthdate }: Visitor) -> Self {
        Self { given_name, family_name, birthdate }
    }
}

/// Why the office cancels.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Cancellation {
    #[serde(default)]
    #[schema(schema_with = why)]
    reason: Option<Reason>,
}

fn why() -> RefOr<Schema> {
    Reason::optional_schema("As the person reads it in the message.")
}

/// Bookings with the attendees' names.
#[derive(Serialize, ToSchema)]
#[schema(as = BookingsAtDesk)]
struct FoundView {
    bookings: Vec<DeskView>,
    /// There are more: the `after` of the next request. Missing at the end of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl FoundView {
    fn of(found: ListPart<DeskBooking, BookingId>, unnoted: &HashSet<BookingId>) -> Self {
        let view = |one| DeskView::of(one, unnoted);
        let bookings = found.entries.into_iter().map(view).collect();
        Self { bookings, next: found.next.map(|place| place.to_string()) }
    }
}

/// The largest page, and the default.
const LARGEST_PAGE: u16 = 500;

/// Find bookings at the desk
///
/// By `code`, or by `location` and `date`. With the name, to compare with the document. A long day comes
/// in parts: ask again with `after` set to `next` for as long as there is one; no booking is skipped
/// or repeated, whatever happens meanwhile.
#[utoipa::path(
    get, path = "/v1/desk/bookings", tag = "Front desk", operation_id = "findBookings",
    params(
        ("code" = Option<BookingCode>, Query, description = "As the person reads it out."),
        ("location" = Option<LocationId>, Query, description = "With `date`: a whole day."),
        ("date" = Option<String>, Query, format = Date, description = "The local day.", example = "2027-01-04"),
        ("after" = Option<String>, Query, description = "The `next` of the answer before; left out for the beginning."),
        ("limit" = Option<u16>, Query, description = "How many at most; 500 if left out.", minimum = 1, maximum = 500),
    ),
    responses((status = 200, description = "By start.", body = FoundView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
// `?code=K7QD-3XHM`, or `?location=mitte&date=2027-01-04` for a whole day.
pub(super) async fn search(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let query = query.only(&["code", "location", "date", "after", "limit"])?;
    let (code, location, date) =
        (query.optional("code")?, query.optional("location")?, query.optional_day("date")?);
    let search = match (code, location, date) {
        (Some(code), None, None) => DeskSearch::Code(code),
        (None, Some(location), Some(date)) => {
            staff.require_location(&location)?;
            DeskSearch::Day(location, date)
        }
        _ => return Err(invalid(".", "give either `code`, or `location` and `date`")),
    };
    let PageSize::<LARGEST_PAGE>(size) = query.optional("limit")?.unwrap_or(PageSize(LARGEST_PAGE));
    let page = ListPage { after: query.optional("after")?, size };
    let found = at_desk(&slots, &Reader::staff(staff.id, staff.reach), search, page).await?;
    let unnoted = unnoted(&slots, found.entries.iter().map(|one| &one.booking)).await?;
    Ok(HttpResponse::Ok().json(FoundView::of(found, &unnoted)))
}

/// Cancel a booking for the office
///
/// The office cancels an appointment; the person is notified, with the reason if there is one.
#[utoipa::path(
    post, path = "/v1/desk/bookings/{id}/cancel", tag = "Front desk", operation_id = "cancelBookingAtDesk",
    params(
        ("id" = BookingId, Path, description = "Which booking."),
        ("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. With the same key a repeat is answered as the first request was.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
        ("Prefer" = Option<String>, Header, description = "`return=minimal` for an answer without a body (RFC 7240).", example = "return=representation"),
    ),
    request_body = Option<Cancellation>,
    responses(
        (status = 200, description = "The booking, cancelled.", body = BookingView),
        (status = 204, description = "Done; `Prefer` asked for no more."),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["booking-not-found", "booking-not-active", "booking-started", "idempotency-mismatch"]))),
)]
pub(super) async fn cancel(
    slots: Slots,
    staff: Staff,
    id: web::Path<BookingId>,
    OptionalKey(key): OptionalKey,
    prefer: Return,
    OptionalBody(Cancellation { reason }): OptionalBody<Cancellation>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let reader = Reader::staff(staff.id, staff.reach);
    let reason = reason.map(|Reason(texts)| texts);
    let cancellation = cancel_booking::Cancellation { reason, key };
    let cancelling =
        async move { cancel_booking::cancel_booking(&slots, &reader, *id, cancellation).await };
    let booking = run_detached(cancelling).await?;
    Ok(prefer.changed(&BookingView::from(&booking)))
}
