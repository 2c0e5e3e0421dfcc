//! `/v1/desk/draws`: people without online ID take part in draws, and ask what came of it.

use std::collections::HashSet;

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::{BookingId, DrawId, EntryId, LocationId, ServiceId};
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, schema::Type},
};

use super::{desk_staff, later_seat::Stated, reason::WrittenReason};
use crate::{
    app::{
        draws::{
            enter_at_desk::{WithdrawAtDesk, enter_at_desk, withdraw_at_desk},
            find_entry::{FoundEntry, find_entry},
        },
        unnoted::unnoted,
    },
    domain::Booking,
    http::{
        Slots,
        body::{Body, Object},
        booking_view::BookingView,
        conditional::OnlyNew,
        created_once::created_once,
        draws::view::{EntryView, SeatView},
        idempotency_key::IdempotencyKey,
        phone::Phone,
        run_detached,
    },
};

fn number() -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).examples(["030 9010"]);
    text.description(Some(
        "Where a winner without e-mail is told that they won, by the location of the appointment: with the prefix of \
         its place or country, as `030 9010` or `+49 30 9010`. Without effect if they have proven an e-mail address. \
         Staff read it, and it is removed once the person was told or the appointment begins.",
    ))
}

/// The person and their request.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntryRequestAtDesk)]
pub(super) struct EntryRequest {
    /// The person and their request.
    #[schema(value_type = Stated)]
    request: Object<Stated>,
    /// The person's ticket for this draw, as identity's desk gave it (`POST /desk/draws/{draw}/tickets`
    /// there). Needed for a new entry if the announcement says that identity is `independent`.
    #[serde(default)]
    ticket: Option<String>,
    #[serde(default)]
    #[schema(schema_with = number)]
    phone: Option<Phone>,
}

/// Enter a person without online ID into a draw
///
/// Or change an entry that a desk made. An entry that was made online belongs to its person alone
/// (`made-online`). The ticket has the channel `desk`; the number of such tickets is published when the list
/// closes. The audit log names the member of staff. The entry counts as a booking of the same kind: above the
/// authority's number a day a colleague must approve (`second-person-needed`). A caller cannot take part
/// (`document-needed`). With a `phone` number that three other people's entries have, a colleague must approve, too.
/// The limits of the person count, since these are seats of the public: lift them first, or book a time at the desk.
/// With `If-None-Match: *` a person who has an entry with other wishes keeps it (`entered-before`): ask them first.
#[utoipa::path(
    post, path = "/v1/desk/draws/{id}/entries", tag = "Front desk", operation_id = "enterDrawAtDesk",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: make a new entry, and change none.", example = "*"),
    ),
    request_body = EntryRequest,
    responses(
        (status = 201, description = "Entered, or changed.", body = EntryView),
        (status = 200, description = "It was so before.", body = EntryView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "draw-not-found", "draw-not-open", "entry-not-found",
        "already-entered", "entered-before", "entered-in-doubt", "made-online", "draw-ticket-needed", "draw-ticket-invalid", "already-booked", "later-appointment-needed", "booking-not-active", "booking-started", "attendee-invalid", "document-needed", "reason-needed",
        "second-person-needed", "case-state", "person-merged", "unknown-service", "unknown-location",
        "services-not-combinable", "slot-not-offered", "slot-in-past", "closed", "rules"
    ]))),
)]
pub(super) async fn enter(
    slots: Slots,
    staff: Staff,
    key: IdempotencyKey,
    only_new: OnlyNew,
    id: web::Path<DrawId>,
    body: Body<EntryRequest>,
) -> Result<HttpResponse, Problem> {
    let EntryRequest { request: Object(stated), ticket, phone } = body.0;
    let command = stated.by(&slots, &staff, key, phone, only_new)?;
    let entering = async move { enter_at_desk(&slots, *id, command, ticket).await };
    Ok(created_once(run_detached(entering).await?, EntryView::from))
}

/// The person whose entry is withdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WithdrawalAtDesk)]
pub(super) struct Withdrawal {
    /// The statement of the identity service's desk, for which staff looked at the document.
    attendee: String,
    /// The location of the member of staff.
    location: LocationId,
    /// Why staff withdraw and not the person. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

/// Withdraw the entry of a person without online ID
///
/// The draw must be open, and a desk must have made the entry. An entry that was made online belongs to its
/// person alone (`made-online`). Nothing of the entry is kept. The withdrawal counts like an entry: above the
/// authority's number a day a colleague must approve (`second-person-needed`). A person with an e-mail address
/// gets a message. The acts of staff stay in the data that the person can read.
#[utoipa::path(
    post, path = "/v1/desk/draws/{id}/entries/withdrawal", tag = "Front desk", operation_id = "withdrawEntryAtDesk",
    params(("id" = DrawId, Path, description = "Which draw.")),
    request_body = Withdrawal,
    responses((status = 204, description = "Withdrawn.")),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "draw-not-found", "draw-not-open", "entry-not-found", "made-online", "attendee-invalid",
        "document-needed", "reason-needed", "second-person-needed", "case-state", "unknown-location",
        "level-too-low"
    ]))),
)]
pub(super) async fn withdraw(
    slots: Slots,
    staff: Staff,
    id: web::Path<DrawId>,
    body: Body<Withdrawal>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let Withdrawal { attendee, location, reason } = body.0;
    staff.require_location(&location)?;
    let command = WithdrawAtDesk {
        staff: staff.id,
        location,
        attendee_token: attendee,
        reason: reason.map(|Object(reason)| reason.read()).transpose()?,
    };
    run_detached(async move { withdraw_at_desk(&slots, *id, command).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// An entry as the desk reads it, by the number that the person has on paper.
#[derive(Serialize, ToSchema)]
#[schema(as = EntryAtDesk)]
struct FoundView {
    entry: EntryId,
    draw: DrawId,
    service: ServiceId,
    /// As in `DrawEntry`: `entered`, `offered`, `booked`, `without`, `not_booked`, `declined` or `lapsed`.
    #[schema(value_type = String, example = "booked")]
    status: &'static str,
    /// What was booked, as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingView>,
    /// The seat that is kept until the person answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<SeatView>,
}

impl FoundView {
    /// `unnoted` has what was booked if it ended without a note of the desk.
    fn of(found: FoundEntry, unnoted: &HashSet<BookingId>) -> Self {
        let FoundEntry { entry, service, booking, seat } = found;
        let view = |one: &Booking| BookingView::from(one).unnoted(unnoted.contains(&one.id));
        Self {
            entry: entry.id,
            draw: entry.draw,
            service,
            status: entry.status.as_str(),
            booking: booking.as_ref().map(view),
            offer: seat.map(SeatView::from),
        }
    }
}

/// Find an entry by its number
///
/// For people who come or phone to learn what came of it. The answer has no name; the audit log records that it was
/// read. An entry that was withdrawn or deleted is not found, nor one that its person made or changed online.
#[utoipa::path(
    get, path = "/v1/desk/draws/entries/{entry}", tag = "Front desk", operation_id = "findDrawEntry",
    params(("entry" = EntryId, Path, description = "As it stands on the person's paper.")),
    responses((status = 200, description = "The entry.", body = FoundView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["draw-not-found", "entry-not-found"]))),
)]
pub(super) async fn find(
    slots: Slots,
    staff: Staff,
    entry: web::Path<EntryId>,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let found = find_entry(&slots, &staff, *entry).await?;
    let unnoted = unnoted(&slots, &found.booking).await?;
    Ok(HttpResponse::Ok().json(FoundView::of(found, &unnoted)))
}
