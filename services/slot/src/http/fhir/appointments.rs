//! A person's bookings and holds as FHIR appointments.

use actix_web::{HttpRequest, HttpResponse, web};
use auth::Booker;
use catalogue::Catalogue;
use ids::{BookingId, HoldId};
use jiff::Timestamp;
use problem::{Problem, types};

use super::{
    bundle::{Bundle, Page},
    form::Form,
    outcome::OperationOutcome,
    parameters::APPOINTMENT,
    resources::{Appointment, Resource, fhir_id, own_id, status},
    search::{Search, not_of_this_search},
};
use crate::{
    app::{
        AppError, Engine,
        hold_slot::Held,
        list_bookings::{Reader, of_person},
        list_holds::list_holds,
    },
    domain::Booking,
    http::{Slots, body::invalid, booker::actor},
};

/// What a hold is.
const PENDING: &str = "pending";
/// What an appointment can be (value set `appointmentstatus`).
const STATUSES: [&str; 10] = [
    "proposed",
    "pending",
    "booked",
    "arrived",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "checked-in",
    "waitlist",
];

/// One's own bookings as FHIR appointments
///
/// The bookings of the person of the token, past ones of 90 days, and what they hold (`pending`). An `Appointment` has place,
/// time and services, and no name. If holds cannot be read for a moment, a warning in the bundle says so.
#[utoipa::path(
    get, path = "/fhir/Appointment", tag = "FHIR", operation_id = "searchFhirAppointments",
    params(
        ("_id" = Option<String>, Query, description = "Which; several with commas between."),
        ("date" = Option<Vec<String>>, Query, description = "When it begins; several values must all hold.", example = json!(["ge2027-01-05"])),
        ("patient" = Option<String>, Query, description = "The person of the token, as its `sub` names them, with `-` for `_`. No other person is found."),
        ("status" = Option<String>, Query, description = "Any of these, with commas between: `pending`, `booked`, `arrived`, `checked-in`, `fulfilled`, `noshow`, `cancelled`."),
        ("_count" = Option<u32>, Query, description = "Most on a page, 1,000 at most."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
        ("_page" = Option<String>, Query, description = "From the link `next`. Opaque."),
        ("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`."),
    ),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["not-acceptable", "holds-unavailable"]))),
)]
pub(super) async fn search(
    slots: Slots,
    booker: Booker,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    answer(&slots, &booker, &request, Search::of(&request, &APPOINTMENT)?).await
}

/// One's own bookings as FHIR appointments, by a form
///
/// The same as by GET, with the parameters in a form (FHIR R4 section 3.1.1.1). Links to further pages are for GET.
#[utoipa::path(
    post, path = "/fhir/Appointment/_search", tag = "FHIR", operation_id = "searchFhirAppointmentsByForm",
    request_body(content = std::collections::BTreeMap<String, String>, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["not-acceptable", "holds-unavailable"]))),
)]
pub(super) async fn search_by_form(
    slots: Slots,
    booker: Booker,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let search = Search::of_form(&request, &form, &APPOINTMENT)?;
    answer(&slots, &booker, &request, search).await
}

async fn answer(
    slots: &Engine,
    booker: &Booker,
    request: &HttpRequest,
    search: Search,
) -> Result<HttpResponse, Problem> {
    let person = booker.citizen.pseudonym;
    let search = search.of_person(person);
    let (ids, range) = (search.any_of("_id")?, search.range("date")?);
    let statuses = statuses(&search.any_of("status")?)?;
    let is_own = search.optional::<String>("patient")?.is_none_or(|patient| {
        let id = patient.rsplit('/').next().unwrap_or_default();
        [person.to_string(), fhir_id(&person.to_string())].iter().any(|own| own == id)
    });
    let booked = of_person(slots, person, booker.citizen.level).await?.shown;
    let (held, note) = pending(slots, booker, &statuses).await?;
    let booked = booked.into_iter().map(|booking| Own::Booked(Box::new(booking)));
    let mut found: Vec<_> =
        booked.chain(held.into_iter().map(|held| Own::Held(Box::new(held)))).collect();
    found.retain(|own| {
        is_own
            && range.contains(own.start())
            && (ids.is_empty() || ids.contains(&own.id()))
            && (statuses.is_empty() || statuses.iter().any(|it| it == own.status()))
    });
    let page = page_of(&search, found)?;
    let catalogue = slots.catalogue();
    let page = page.map(|own| own.resource(&catalogue));
    Ok(search.send_with(request, page, note))
}

/// What the person holds, if it is asked for. Who asks for everything gets the bookings also while holds
/// cannot be read, with a warning.
async fn pending(
    slots: &Engine,
    booker: &Booker,
    statuses: &[String],
) -> Result<(Vec<Held>, Option<OperationOutcome>), Problem> {
    if !statuses.is_empty() && statuses.iter().all(|status| status != PENDING) {
        return Ok((Vec::new(), None));
    }
    match list_holds(slots, &actor(booker), booker.citizen.pseudonym, booker.citizen.level).await {
        Ok(held) => Ok((held, None)),
        Err(AppError::HoldsUnavailable(_)) if statuses.is_empty() => {
            let missing = "Holds cannot be read at the moment: what is `pending` is missing here.";
            Ok((Vec::new(), Some(OperationOutcome::warning(missing))))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a person has.
enum Own {
    Booked(Box<Booking>),
    Held(Box<Held>),
}

impl Own {
    fn id(&self) -> String {
        match self {
            Self::Booked(booking) => fhir_id(&booking.id.to_string()),
            Self::Held(held) => fhir_id(&held.hold.id.to_string()),
        }
    }

    fn start(&self) -> Timestamp {
        match self {
            Self::Booked(booking) => booking.seat.start,
            Self::Held(held) => held.hold.seat.start,
        }
    }

    /// By what they are in order.
    fn place(&self) -> (Timestamp, String) {
        (self.start(), self.id())
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Booked(booking) => status(booking.status),
            Self::Held(_) => PENDING,
        }
    }

    fn resource(&self, catalogue: &Catalogue) -> Resource {
        match self {
            Self::Booked(booking) => Resource::appointment(catalogue, booking),
            Self::Held(held) => Resource::held(catalogue, held),
        }
    }
}

/// One appointment
///
/// A booking or a hold (`pending`) of the person of the token.
#[utoipa::path(
    get, path = "/fhir/Appointment/{id}", tag = "FHIR", operation_id = "readFhirAppointment",
    params(
        ("id" = String, Path, description = "As in the answer of a search or an operation."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
    ),
    responses((status = 200, description = "The appointment.", content((Appointment = "application/fhir+json"), (Appointment = "application/json")))),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["not-acceptable", "booking-not-found", "level-too-low", "holds-unavailable"]))),
)]
pub(super) async fn read(
    slots: Slots,
    booker: Booker,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let search = Search::with_names(&request, &["_format"])?;
    let (person, level) = (booker.citizen.pseudonym, booker.citizen.level);
    let catalogue = slots.catalogue();
    if let Ok(id) = own_id(&id).parse::<BookingId>() {
        let reader = Reader::citizen(actor(&booker), person, level);
        let booking = reader.find(&slots, id).await?;
        return Ok(search.send_one(&Resource::appointment(&catalogue, &booking)));
    }
    let not_found = || Problem::new(&types::NOT_FOUND);
    let id: HoldId = own_id(&id).parse().map_err(|_| not_found())?;
    let holds = list_holds(&slots, &actor(&booker), person, level).await?;
    let held = holds.iter().find(|held| held.hold.id == id).ok_or_else(not_found)?;
    Ok(search.send_one(&Resource::held(&catalogue, held)))
}

/// The page after the booking or hold that `_page` names, by start. A hold may have ended by now.
fn page_of(search: &Search, mut found: Vec<Own>) -> Result<Page<Own>, Problem> {
    found.sort_by_key(Own::place);
    let last = |text: String| read_place(&text).ok_or_else(not_of_this_search);
    let after = search.after()?.map(last).transpose()?;
    let is_after = |own: &Own| after.as_ref().is_none_or(|last| own.place() > *last);
    let key = |own: &Own| {
        let (start, id) = own.place();
        format!("{}.{id}", start.as_millisecond())
    };
    Ok(Page::of(found, search.count, is_after, key))
}

/// What `key` wrote.
fn read_place(text: &str) -> Option<(Timestamp, String)> {
    let (start, id) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(start.parse().ok()?).ok()?, id.to_owned()))
}

/// Codes of the value set, with or without their system.
fn statuses(values: &[String]) -> Result<Vec<String>, Problem> {
    let code = |value: &String| {
        let code = value.rsplit('|').next().unwrap_or_default();
        if STATUSES.contains(&code) {
            return Ok(code.to_owned());
        }
        Err(invalid("status", &format!("is one of {}", STATUSES.join(", "))))
    };
    values.iter().map(code).collect()
}
