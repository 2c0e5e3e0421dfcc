//! IHE's `$find` (ITI-115): visits that could be held.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse};
use auth::Viewer;
use calendar::Channel;
use catalogue::Catalogue;
use ids::{LocationId, ServiceId};
use problem::Problem;
use vocabulary::Language;

use super::{
    bundle::Bundle,
    dates::{Named, Range},
    input::{Input, Parameters, ReferenceValue},
    resources::Resource,
    search::{Search, services},
    slots::{free_visits, page_of},
};
use crate::{
    app::Engine,
    availability::VisitQuery,
    http::{Slots, body::invalid},
};

/// What says which visits are looked for.
const PARAMETERS: [&str; 5] =
    ["start", "end", "visit-type", "location-string", "location-reference"];
/// What says nothing about a visit: a body may have it, and neither a query nor a link.
const PATIENT: [&str; 2] = ["patient-reference", "patient-resource"];
const PAGING: [&str; 3] = ["_count", "_format", "_page"];

/// What is looked for.
struct Wanted {
    range: Range,
    visit: VisitQuery,
}

/// Find visits that could be booked (IHE ITI-115)
///
/// `start` and `end` (`valueDateTime`; a day that is an end counts in), `visit-type` (the service; several for one
/// visit) and, if they matter, `location-string` or `location-reference`. Each visit that could begin is an `Appointment`
/// that is `proposed`: hold it by `$hold`. Up to 31 days. The answer does not depend on the person: `patient-reference` and
/// `patient-resource` are accepted without effect; other parameters of the profile are refused.
#[utoipa::path(
    post, path = "/fhir/Appointment/$find", tag = "FHIR", operation_id = "findFhirAppointments",
    params(
        ("_count" = Option<u32>, Query, description = "Most on a page, 1,000 at most."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
        ("_page" = Option<String>, Query, description = "From the link `next`. Opaque."),
    ),
    request_body(content = Parameters, content_type = "application/fhir+json"),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["not-acceptable", "unsupported-media-type", "unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
pub(super) async fn post(
    slots: Slots,
    _: Viewer,
    request: HttpRequest,
    input: Input,
) -> Result<HttpResponse, Problem> {
    let search = Search::with_names(&request, &PAGING)?;
    let input = input.0.only(&[&PARAMETERS[..], &PATIENT[..]].concat())?;
    // The next page is asked for by GET.
    let pairs = input.pairs().into_iter();
    let pairs = pairs.filter(|(name, _)| PARAMETERS.contains(&name.as_str()));
    let search = search.with_pairs(pairs.collect());
    send(&slots, &request, &search, &input)
}

/// Find visits that could be booked, by GET (IHE ITI-115)
///
/// The same as by POST, which is what links to further pages need.
#[utoipa::path(
    get, path = "/fhir/Appointment/$find", tag = "FHIR", operation_id = "findFhirAppointmentsByQuery",
    params(
        ("start" = String, Query, description = "A day or an instant with its offset.", example = "2027-01-05"),
        ("end" = String, Query, description = "A day, which counts in, or an instant with its offset.", example = "2027-01-08"),
        ("visit-type" = Vec<ServiceId>, Query, description = "The service; several for one visit.", example = json!(["personalausweis"])),
        ("location-string" = Option<Vec<String>>, Query, description = "An id or a part of a German name."),
        ("location-reference" = Option<Vec<String>>, Query, description = "Such as `Location/rathaus-mitte`."),
        ("_count" = Option<u32>, Query, description = "Most on a page, 1,000 at most."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
        ("_page" = Option<String>, Query, description = "From the link `next`. Opaque."),
        ("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`."),
    ),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["not-acceptable", "unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
pub(super) async fn get(
    slots: Slots,
    _: Viewer,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let names: Vec<_> = PARAMETERS.into_iter().chain(PAGING).collect();
    let search = Search::with_names(&request, &names)?;
    let pairs = search.pairs().iter().filter(|(name, _)| !PAGING.contains(&name.as_str()));
    let input = Parameters::of_pairs(&pairs.cloned().collect::<Vec<_>>());
    send(&slots, &request, &search, &input)
}

fn send(
    slots: &Engine,
    request: &HttpRequest,
    search: &Search,
    input: &Parameters,
) -> Result<HttpResponse, Problem> {
    let wanted = Wanted::of(&slots.catalogue(), input)?;
    let found = free_visits(slots, &wanted.visit, wanted.range)?;
    let page = page_of(slots, search, found)?;
    let (catalogue, now) = (slots.catalogue(), slots.now());
    let page = page.map(|visit| Resource::proposed(&catalogue, &visit, now));
    Ok(search.send(request, page))
}

impl Wanted {
    fn of(catalogue: &Catalogue, input: &Parameters) -> Result<Self, Problem> {
        let time = |name: &str| {
            let time = input.date_time(name)?.parse::<Named>();
            time.map_err(|why| invalid(name, why))
        };
        let (start, end) = (time("start")?, time("end")?);
        // A day, month or year that is an end counts in; an instant ends there.
        let until = if end.is_instant() { end.first } else { end.end };
        if until <= start.first {
            return Err(invalid("end", "is not after `start`"));
        }
        let services = services(catalogue, "visit-type", &input.strings("visit-type")?)?;
        let mut locations = BTreeSet::new();
        for name in input.strings("location-string")? {
            locations.extend(by_name(catalogue, &name)?);
        }
        for reference in input.references("location-reference")? {
            locations.insert(by_reference(reference)?);
        }
        Ok(Self {
            range: Range { from: Some(start.first), until: Some(until) },
            visit: VisitQuery { services, locations, people: 1, channel: Channel::Public },
        })
    }
}

/// Locations that are called so: by id, or by a part of their German name.
fn by_name(catalogue: &Catalogue, name: &str) -> Result<Vec<LocationId>, Problem> {
    let wanted = name.trim().to_lowercase();
    let is_it = |id: &LocationId, text: &str| {
        id.as_str() == wanted || (!wanted.is_empty() && text.to_lowercase().contains(&wanted))
    };
    let found = catalogue
        .locations()
        .filter(|(id, location)| is_it(id, location.name.get(Language::German)));
    let found: Vec<_> = found.map(|(id, _)| id.clone()).collect();
    if found.is_empty() {
        return Err(invalid("location-string", "names no location: see /fhir/Schedule"));
    }
    Ok(found)
}

/// By an address such as `Location/rathaus-mitte`, or by what the authority calls it.
fn by_reference(reference: &ReferenceValue) -> Result<LocationId, Problem> {
    reference
        .id()
        .unwrap_or_default()
        .parse::<LocationId>()
        .map_err(|error| invalid("location-reference", &format!("{error}")))
}
