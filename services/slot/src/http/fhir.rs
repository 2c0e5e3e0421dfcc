//! `/fhir`: the same places and bookings by the names of HL7 FHIR R4 (4.0.1), to read only.
//!
//! A location is a `Schedule`, a free start is a `Slot`, a booking is an `Appointment`. Nothing is
//! decided here: every answer has the content of one of `/v1`.

pub(super) mod capabilities;
mod resources;
mod search;

use actix_web::{HttpRequest, HttpResponse, middleware::from_fn, web};
use auth::{Citizen, Viewer, rate_limit_headers, scope};
use calendar::Channel;
use ids::ServiceId;
use problem::Problem;

use self::{
    resources::{Bundle, Resource},
    search::{Days, ScheduleReference, Start},
};
use super::{OpenData, Slots, body::invalid, media_type::preferred, query::Query, resource};
use crate::{app::list_bookings::of_person, availability::VisitQuery};

/// FHIR's JSON, by its own name and by the general one (FHIR R4 section 3.1.0.1.10).
const MEDIA_TYPES: [&str; 2] = ["application/fhir+json", "application/json"];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/fhir")
            .wrap(from_fn(rate_limit_headers))
            .service(
                resource("/metadata", "GET")
                    .app_data(OpenData)
                    .route(web::get().to(capabilities::read)),
            )
            .service(
                resource("/Schedule", "GET").app_data(OpenData).route(web::get().to(schedules)),
            )
            .service(resource("/Slot", "GET").app_data(OpenData).route(web::get().to(free_slots)))
            .service(resource("/Appointment", "GET").route(web::get().to(appointments))),
    );
}

/// Locations as FHIR schedules
///
/// One `Schedule` per location, with the services that it does.
#[utoipa::path(
    get, path = "/fhir/Schedule", tag = "FHIR", operation_id = "searchFhirSchedules",
    params(("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`.")),
    responses((status = 200, description = "A searchset.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    extensions(("x-problems" = json!(["not-acceptable"]))),
)]
async fn schedules(
    slots: Slots,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    query.only(&[])?;
    let catalogue = slots.catalogue();
    let locations = catalogue.locations();
    let found = locations.map(|(id, location)| Resource::schedule(&catalogue, id, location));
    send(&request, found.collect())
}

/// Free slots as FHIR slots
///
/// Each start at which the visit can begin at the location, as a `Slot` that is `free`; several
/// free desks are one slot. Up to 14 days at once.
#[utoipa::path(
    get, path = "/fhir/Slot", tag = "FHIR", operation_id = "searchFhirSlots",
    params(
        ("schedule" = String, Query, description = "The location: `small` or `Schedule/small`.", example = "Schedule/small"),
        ("service-type" = Vec<ServiceId>, Query, description = "What is to be done; repeated for several in one visit."),
        ("start" = Vec<String>, Query, description = "`ge` and the first local day; `lt` and the day after the last, 7 days later if left out.", example = json!(["ge2027-01-05", "lt2027-01-06"])),
        ("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`."),
    ),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["not-acceptable", "unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
async fn free_slots(
    slots: Slots,
    _: Viewer,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let query = query.only(&["schedule", "service-type", "start"])?;
    let ScheduleReference(location) = query.one("schedule")?;
    let services: Vec<ServiceId> = query.all("service-type")?;
    if services.is_empty() {
        return Err(invalid("service-type", "is missing"));
    }
    let starts: Vec<Start> = query.all("start")?;
    let days = Days::new(&starts).map_err(|why| invalid("start", why))?;
    let catalogue = slots.catalogue();
    let locations = [location].into();
    let visit = VisitQuery { services, locations, people: 1, channel: Channel::Public };
    let mut found = Vec::new();
    for date in days {
        let free = slots.availability.slots(&visit, date)?;
        found.extend(free.iter().map(|free| Resource::slot(&catalogue, &visit.services, free)));
    }
    send(&request, found)
}

/// One's own bookings as FHIR appointments
///
/// Those of the person who is logged in, past ones of 90 days included. `Appointment` tells
/// where, when and what, without a name.
#[utoipa::path(
    get, path = "/fhir/Appointment", tag = "FHIR", operation_id = "searchFhirAppointments",
    params(("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`.")),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security(("citizen" = ["bookings"])),
    extensions(("x-problems" = json!(["not-acceptable"]))),
)]
async fn appointments(
    slots: Slots,
    citizen: Citizen,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    query.only(&[])?;
    let catalogue = slots.catalogue();
    let own = of_person(&slots, citizen.pseudonym, citizen.level).await?;
    let found = own.shown.iter().map(|booking| Resource::appointment(&catalogue, booking));
    send(&request, found.collect())
}

fn send(request: &HttpRequest, found: Vec<Resource>) -> Result<HttpResponse, Problem> {
    let media_type = preferred(request, &MEDIA_TYPES)?;
    let here = request.connection_info();
    let base = format!("{}://{}/fhir", here.scheme(), here.host());
    Ok(HttpResponse::Ok().content_type(media_type).json(Bundle::searchset(&base, found)))
}
