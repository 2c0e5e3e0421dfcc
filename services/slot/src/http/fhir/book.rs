//! IHE's `$book` (ITI-117): books, moves or cancels.

use actix_web::{HttpRequest, HttpResponse, web};
use auth::Booker;
use booking::state::BookingStatus;
use catalogue::Authority;
use ids::{BookingId, HoldId};
use jiff::Timestamp;
use problem::{Problem, types};
use vocabulary::Language;

use super::{
    bundle::{Bundle, refused},
    hold::take,
    input::{AppointmentId, Input, InputResource, Parameters},
    outcome::FHIR_JSON,
    resources::{Resource, system},
    search::Search,
    visit_id::{NamedVisit, VisitId},
};
use crate::{
    app::{
        Engine,
        cancel_booking::{Cancellation, cancel_booking},
        confirm_booking::{ConfirmBooking, confirm_booking},
        hold_slot::Held,
        list_bookings::{Reader, of_person},
        list_holds::list_holds,
        release_hold::release_hold,
    },
    domain::{Binding, Booking},
    http::{Slots, body::invalid, booker, run_detached},
};

const PARAMETERS: [&str; 4] =
    ["appointment-reference", "appointment-resource", "patient-resource", "comment"];
/// In the answer to a request with a comment.
const NO_COMMENT: &str = "`comment` was not kept: the authority keeps no free text about people.";

/// What is asked for.
enum Change {
    /// A new appointment, held or not.
    Book(Chosen),
    /// An appointment at another time.
    Move(Move),
    Cancel(BookingId),
    /// The hold is given up.
    Release(HoldId),
}

/// An appointment that is to be at another time.
struct Move {
    id: BookingId,
    to: VisitId,
    /// The time that the appointment itself states.
    stated: (Option<Timestamp>, Option<Timestamp>),
}

/// What is to be booked.
enum Chosen {
    Proposed(VisitId),
    Held(HoldId),
}

/// The person who comes: identity's statement, and their language.
struct Attendee {
    statement: String,
    language: Language,
}

/// Book, move or cancel an appointment (IHE ITI-117)
///
/// * Book: `appointment-reference` (or `appointment-resource` that is `pending`) names an appointment of an answer of `$hold` or `$find`.
/// * Move: `appointment-resource` that is `booked`, with the `id` of the booking and the new `slot`; the old one is given up in the same
///   step. `start` and `end` may be left out or stay as they were; a time that is neither the old one nor that of `slot` is refused.
/// * Cancel: `appointment-resource` that is `cancelled`, with the `id` of a booking or of a hold.
///
/// To book and to move takes `patient-resource`: a `Patient` with an `identifier` whose `system` is
/// `urn:fairtermin:authority:{id}:attendee` and whose `value` is identity's signed statement about the person (the userinfo response for this
/// authority, as for `POST /v1/bookings`), and with `communication.language` for messages. A name in it is not read: the statement has it. A
/// repeated request books nothing twice. A refusal is an `OperationOutcome` in the bundle.
#[utoipa::path(
    post, path = "/fhir/Appointment/$book", tag = "FHIR", operation_id = "bookFhirAppointment",
    request_body(content = Parameters, content_type = "application/fhir+json"),
    responses((status = 200, description = "A searchset with the appointment.", content((Bundle = "application/fhir+json")))),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "not-found", "not-acceptable", "unsupported-media-type", "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered", "slot-in-past",
        "closed", "slot-off-grid", "wrong-duration", "allocated-by-draw", "assigned-by-office", "slot-taken", "asked-too-soon", "already-holding", "held-by-staff", "already-booked",
        "holds-unavailable", "booking-not-found", "booking-not-active", "booking-started", "person-merged", "idempotency-mismatch",
        "hold-invalid", "hold-expired", "hold-given-up", "hold-other-edition", "attendee-invalid", "level-too-low", "rules"
    ]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    request: HttpRequest,
    input: Input,
) -> Result<HttpResponse, Problem> {
    Search::with_names(&request, &["_format"])?;
    let input = input.0.only(&PARAMETERS)?;
    let note = input.has("comment").then_some(NO_COMMENT);
    let change = Change::of(&input)?;
    let attendee = match change {
        Change::Book(_) | Change::Move(_) => Some(Attendee::of(&slots, &input)?),
        Change::Cancel(_) | Change::Release(_) => None,
    };
    match carry_out(&slots, &booker, change, attendee).await {
        Ok(done) => {
            let bundle = Bundle::one(&request, done, note);
            Ok(HttpResponse::Ok().content_type(FHIR_JSON).json(bundle))
        }
        Err(problem) => refused(&request, problem),
    }
}

async fn carry_out(
    slots: &Slots,
    booker: &Booker,
    change: Change,
    attendee: Option<Attendee>,
) -> Result<Resource, Problem> {
    let missing = || invalid("patient-resource", "is missing");
    let booking = match change {
        Change::Book(Chosen::Held(id)) => match held(slots, booker, id).await? {
            Some(held) => confirm(slots, booker, &held, attendee.ok_or_else(missing)?).await?,
            // A repeat finds what became of the hold.
            None => {
                let booking = reader(booker).find_by_hold(slots, id).await?;
                booking.ok_or_else(|| no_hold(slots, id))?
            }
        },
        Change::Book(Chosen::Proposed(visit)) => {
            let held = take(slots, booker, &visit, None).await?;
            confirm(slots, booker, &held, attendee.ok_or_else(missing)?).await?
        }
        Change::Move(wanted) => {
            move_booking(slots, booker, wanted, attendee.ok_or_else(missing)?).await?
        }
        Change::Cancel(id) => cancel(slots, booker, id).await?,
        Change::Release(id) => return release(slots, booker, id).await,
    };
    Ok(Resource::appointment(&slots.catalogue(), &booking))
}

impl Change {
    fn of(input: &Parameters) -> Result<Self, Problem> {
        let reference = input.appointment("appointment-reference")?;
        let resource = input.resource("appointment-resource", "Appointment")?;
        match (reference, resource) {
            (Some(reference), None) => Self::book("appointment-reference", reference),
            (None, Some(appointment)) => Self::of_resource(appointment),
            _ => {
                let reason = "name either `appointment-reference` or `appointment-resource`";
                Err(invalid("parameter", reason))
            }
        }
    }

    fn of_resource(appointment: &InputResource) -> Result<Self, Problem> {
        const FIELD: &str = "appointment-resource";
        let id = appointment.id.as_deref().ok_or_else(|| invalid(FIELD, "must have its `id`"))?;
        let id = AppointmentId::parse(FIELD, id)?;
        match (appointment.status.as_deref(), id) {
            (Some("pending"), id) => Self::book(FIELD, id),
            (Some("cancelled"), AppointmentId::Booked(id)) => Ok(Self::Cancel(id)),
            (Some("cancelled"), AppointmentId::Held(id)) => Ok(Self::Release(id)),
            (Some("booked"), AppointmentId::Booked(id)) => {
                let slot = appointment.slot.first().and_then(|slot| slot.reference.as_deref());
                let slot = slot.and_then(|slot| slot.rsplit('/').next()).unwrap_or_default();
                let reason =
                    "is moved to its `slot`: name one as a search told it, such as Slot/{id}";
                let to = slot.parse().map_err(|_| invalid(FIELD, reason))?;
                let stated = (
                    time("start", appointment.start.as_deref())?,
                    time("end", appointment.end.as_deref())?,
                );
                Ok(Self::Move(Move { id, to, stated }))
            }
            _ => {
                let reason = "is `pending` to book, `booked` to move a booking, or `cancelled` to give a booking or a hold up";
                Err(invalid(FIELD, reason))
            }
        }
    }

    fn book(field: &str, id: AppointmentId) -> Result<Self, Problem> {
        match id {
            AppointmentId::Proposed(visit) => Ok(Self::Book(Chosen::Proposed(visit))),
            AppointmentId::Held(hold) => Ok(Self::Book(Chosen::Held(hold))),
            AppointmentId::Booked(_) => {
                Err(invalid(field, "names an appointment that is booked already"))
            }
        }
    }
}

impl Attendee {
    fn of(slots: &Engine, input: &Parameters) -> Result<Self, Problem> {
        const FIELD: &str = "patient-resource";
        let patient = input.resource(FIELD, "Patient")?;
        let patient = patient.ok_or_else(|| invalid(FIELD, "is missing"))?;
        let catalogue = slots.catalogue();
        let ours = system(&catalogue, "attendee");
        let statement = patient.identifier.iter().find(|it| it.system.as_deref() == Some(&ours));
        let statement = statement.and_then(|it| it.value.clone()).ok_or_else(|| {
            let reason = format!("must have an `identifier` of the system {ours}: identity's statement about the person");
            invalid(FIELD, &reason)
        })?;
        let codes = patient.communication.iter().flat_map(|it| &it.language.coding);
        let language = match codes.filter_map(|it| it.code.as_deref()).next() {
            None => Language::German,
            Some(code) => language(&catalogue.authority, code).ok_or_else(|| {
                let known: Vec<_> =
                    catalogue.authority.tells_in().map(Language::html_tag).collect();
                invalid(FIELD, &format!("`communication.language` is one of {}", known.join(", ")))
            })?,
        };
        Ok(Self { statement, language })
    }
}

/// One in which the authority can tell people.
fn language(authority: &Authority, code: &str) -> Option<Language> {
    authority.tells_in().find(|it| it.tag() == code || it.html_tag() == code)
}

/// The person's hold, while it is in force.
async fn held(slots: &Engine, booker: &Booker, id: HoldId) -> Result<Option<Held>, Problem> {
    let (actor, person) = (booker::actor(booker), booker.citizen.pseudonym);
    let holds = list_holds(slots, &actor, person, booker.citizen.level).await?;
    Ok(holds.into_iter().find(|held| held.hold.id == id))
}

/// Why the person has no such hold. Its id says when it began: one that may still be in force is
/// somebody else's, or was given up.
fn no_hold(slots: &Engine, id: HoldId) -> Problem {
    let began = i64::try_from(id.to_bits() >> 80).unwrap_or_default();
    let lasts = i64::from(slots.catalogue().authority.hold_minutes) * 60_000;
    let age = slots.now().as_millisecond().saturating_sub(began);
    Problem::new(if age > lasts { &types::HOLD_EXPIRED } else { &types::HOLD_INVALID })
}

/// An instant that an appointment states.
fn time(name: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let parse = |text: &str| {
        let reason = format!("`{name}` must be an instant with its offset");
        text.parse().map_err(|_| invalid("appointment-resource", &reason))
    };
    text.map(parse).transpose()
}

async fn move_booking(
    slots: &Slots,
    booker: &Booker,
    wanted: Move,
    attendee: Attendee,
) -> Result<Booking, Problem> {
    let Move { id, to, .. } = &wanted;
    let visit = to.named(&slots.catalogue());
    if let Some(visit) = &visit {
        let own = of_person(slots, booker.citizen.pseudonym, booker.citizen.level).await?.shown;
        let before = moved_before(&own, *id, visit);
        let is_repeat = before.is_some_and(|booking| booking.id != *id);
        if !is_repeat && !wanted.fits(visit, &own) {
            let reason =
                "`start` and `end` are those of `slot`, or stay as they were, or are left out";
            return Err(invalid("appointment-resource", reason));
        }
        if let Some(before) = before {
            return Ok(before.clone());
        }
    }
    let held = take(slots, booker, to, Some(*id)).await?;
    confirm(slots, booker, &held, attendee).await
}

impl Move {
    /// Whether the stated time is that of the new visit, or the appointment's own.
    fn fits(&self, visit: &NamedVisit, own: &[Booking]) -> bool {
        let (start, end) = self.stated;
        let is = |from: Timestamp, until: Timestamp| {
            start.is_none_or(|it| it == from) && end.is_none_or(|it| it == until)
        };
        let old = own.iter().find(|booking| booking.id == self.id);
        is(visit.start, visit.end) || old.is_some_and(|old| is(old.seat.start, old.seat.end))
    }
}

/// The booking that is where `id` is to be moved: a repeat of the request that moved it.
fn moved_before<'a>(own: &'a [Booking], id: BookingId, to: &NamedVisit) -> Option<&'a Booking> {
    own.iter().find(|booking| {
        (booking.id == id || booking.replaces == Some(id))
            && booking.status == BookingStatus::Confirmed
            && booking.seat.location == to.location
            && (booking.seat.start, booking.seat.end) == (to.start, to.end)
            && booking.services == to.services
    })
}

fn reader(booker: &Booker) -> Reader {
    Reader::citizen(booker::actor(booker), booker.citizen.pseudonym, booker.citizen.level)
}

async fn confirm(
    slots: &Slots,
    booker: &Booker,
    held: &Held,
    attendee: Attendee,
) -> Result<Booking, Problem> {
    let request = ConfirmBooking {
        actor: booker::actor(booker),
        booked_by: booker::booked_by(booker),
        person: Some(booker.citizen.pseudonym),
        level: Some(booker.citizen.level),
        doubt: booker.citizen.doubt,
        binding: Binding::Online,
        at_desk: None,
        hold_token: held.token.clone(),
        attendee_token: attendee.statement,
        language: attendee.language,
        // A hold becomes one booking, however often this is repeated.
        key: held.hold.id.to_string(),
    };
    let slots: web::Data<Engine> = slots.clone();
    let confirmed = run_detached(async move { confirm_booking(&slots, request).await }).await?;
    Ok(confirmed.into_inner())
}

async fn cancel(slots: &Slots, booker: &Booker, id: BookingId) -> Result<Booking, Problem> {
    let reader = reader(booker);
    // A booking is cancelled once, however often this is repeated.
    let cancellation = Cancellation { key: Some(format!("cancel {id}")), reason: None };
    let slots: web::Data<Engine> = slots.clone();
    run_detached(async move { cancel_booking(&slots, &reader, id, cancellation).await }).await
}

async fn release(slots: &Slots, booker: &Booker, id: HoldId) -> Result<Resource, Problem> {
    let held = held(slots, booker, id).await?;
    let held = held.ok_or_else(|| Problem::new(&types::HOLD_EXPIRED))?;
    let given_up = Resource::held(&slots.catalogue(), &held).cancelled();
    let (actor, person) = (booker::actor(booker), booker.citizen.pseudonym);
    let (level, slots): (_, web::Data<Engine>) = (booker.citizen.level, slots.clone());
    run_detached(async move { release_hold(&slots, &actor, person, level, id, &held.token).await })
        .await?;
    Ok(given_up)
}
