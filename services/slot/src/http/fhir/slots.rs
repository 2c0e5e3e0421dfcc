//! Free starts as FHIR slots.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use auth::Viewer;
use calendar::Channel;
use ids::{LocationId, ServiceId};
use jiff::{SignedDuration, Timestamp};
use problem::{Problem, types};

use super::{
    bundle::{Bundle, Page},
    dates::{Range, local_days},
    form::Form,
    outcome::OperationOutcome,
    parameters::SLOT,
    resources::{Resource, Slot},
    search::{Search, not_of_this_search},
    visit_id::{NamedVisit, VisitId},
};
use crate::{
    app::{AppError, Engine},
    availability::VisitQuery,
    http::{Slots, body::invalid},
};

/// How long a search looks ahead if it does not say until when.
const USUAL: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The longest time of one search: a month, and the hour that summer time may add.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24 + 1);

/// Free slots as FHIR slots
///
/// Each start at which the visit can begin at the location, as a `Slot` that is `free`; several
/// free desks are one slot. Dates mean what FHIR says: a day, a month or an instant with its offset, with the prefixes eq,
/// ge, gt, le, lt, sa and eb. Up to 31 days at once; 7 if there is no end, which a warning in the bundle and the link `self` then say; from
/// now on if there is no beginning.
#[utoipa::path(
    get, path = "/fhir/Slot", tag = "FHIR", operation_id = "searchFhirSlots",
    params(
        ("_id" = Option<String>, Query, description = "Ids of slots in an earlier answer; several with commas between."),
        ("schedule" = Option<String>, Query, description = "The location: `rathaus-mitte` or `Schedule/rathaus-mitte`; several with commas between. Needed, unless `_id` is given.", example = "Schedule/rathaus-mitte"),
        ("service-type" = Option<Vec<ServiceId>>, Query, description = "What is to be done; repeated for several in one visit. Needed, unless `_id` is given.", example = json!(["personalausweis"])),
        ("start" = Option<Vec<String>>, Query, description = "When it begins; several values must all hold.", example = json!(["ge2027-01-05", "lt2027-01-06"])),
        ("status" = Option<String>, Query, description = "Answers hold `free` slots only."),
        ("_count" = Option<u32>, Query, description = "Most on a page, 1,000 at most."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
        ("_page" = Option<String>, Query, description = "From the link `next`. Opaque."),
        ("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`."),
    ),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["not-acceptable", "unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
pub(super) async fn search(
    slots: Slots,
    _: Viewer,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    answer(&slots, &request, Search::of(&request, &SLOT)?)
}

/// Free slots as FHIR slots, by a form
///
/// The same as by GET, with the parameters in a form (FHIR R4 section 3.1.1.1). Links to further pages are for GET.
#[utoipa::path(
    post, path = "/fhir/Slot/_search", tag = "FHIR", operation_id = "searchFhirSlotsByForm",
    request_body(content = std::collections::BTreeMap<String, String>, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "A searchset, by start.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["not-acceptable", "unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
pub(super) async fn search_by_form(
    slots: Slots,
    _: Viewer,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, Problem> {
    answer(&slots, &request, Search::of_form(&request, &form, &SLOT)?)
}

fn answer(
    slots: &Engine,
    request: &HttpRequest,
    mut search: Search,
) -> Result<HttpResponse, Problem> {
    let mut range = search.range("start")?;
    let statuses = search.any_of("status")?;
    let ids = search.any_of("_id")?;
    let note = match range.until {
        None if ids.is_empty() => Some(look_ahead(slots, &mut search, &mut range)),
        Some(_) | None => None,
    };
    let found = if !wants_free(&statuses)? {
        Vec::new()
    } else if ids.is_empty() {
        let locations = search.any_of("schedule")?;
        let visit = VisitQuery {
            services: search.services(&slots.catalogue())?,
            locations: schedules(&locations)?,
            people: 1,
            channel: Channel::Public,
        };
        free_visits(slots, &visit, range)?
    } else {
        let (places, services) = filters(slots, &search)?;
        let is_meant = |visit: &NamedVisit| {
            range.contains(visit.start)
                && (places.is_empty() || places.contains(&visit.location))
                && services.iter().all(|service| visit.services.contains(service))
        };
        let mut meant: Vec<_> = ids.iter().filter_map(|id| named(slots, id)).collect();
        meant.retain(is_meant);
        // A page begins after the last one's item, so what was named in another order would be left out.
        meant.sort_by(|one, other| order(one).cmp(&order(other)));
        // What is named twice is one resource.
        meant.dedup();
        let mut free = Vec::with_capacity(meant.len());
        for visit in meant {
            if is_free(slots, &visit)? {
                free.push(visit);
            }
        }
        free
    };
    let page = page_of(slots, &search, found)?;
    let catalogue = slots.catalogue();
    let page = page.map(|visit| Resource::slot(&catalogue, &visit, "free"));
    Ok(search.send_with(request, page, note))
}

/// Where and for what the slots are that are named: any of the locations, all of the services. None of them if
/// the search does not say. One that the authority does not have is refused, as in a search without `_id`.
fn filters(
    slots: &Engine,
    search: &Search,
) -> Result<(BTreeSet<LocationId>, Vec<ServiceId>), Problem> {
    let catalogue = slots.catalogue();
    let places = match search.any_of("schedule")? {
        references if references.is_empty() => BTreeSet::new(),
        references => schedules(&references)?,
    };
    let services = match search.has("service-type")? {
        true => search.services(&catalogue)?,
        false => Vec::new(),
    };
    if let Some(unknown) = services.iter().find(|id| catalogue.service(id).is_none()) {
        return Err(AppError::UnknownService(unknown.clone()).into());
    }
    if let Some(unknown) = places.iter().find(|id| catalogue.location(id).is_none()) {
        return Err(AppError::UnknownLocation(unknown.clone()).into());
    }
    Ok((places, services))
}

/// Ends a search that has no end, and says so: who meant all days would take the others for full.
fn look_ahead(slots: &Engine, search: &mut Search, range: &mut Range) -> OperationOutcome {
    let from = range.from.map_or(slots.now(), |from| from.max(slots.now()));
    let end = from.saturating_add(USUAL).unwrap_or(Timestamp::MAX);
    let end = Timestamp::from_second(end.as_second()).unwrap_or(end);
    range.until = Some(end);
    search.mean("start", format!("lt{end}"));
    OperationOutcome::warning(
        "`start` had no end: these are the slots of 7 days, as the link `self` says. Ask for up to 31 days with `start=lt...`.",
    )
}

/// One slot by its id
///
/// `free` if the visit can still begin then, else `busy`.
#[utoipa::path(
    get, path = "/fhir/Slot/{id}", tag = "FHIR", operation_id = "readFhirSlot",
    params(
        ("id" = String, Path, description = "As in the answer of a search."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
    ),
    responses((status = 200, description = "The slot.", content((Slot = "application/fhir+json"), (Slot = "application/json")))),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["not-acceptable", "services-not-combinable", "holds-unavailable"]))),
)]
pub(super) async fn read(
    slots: Slots,
    _: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let search = Search::with_names(&request, &["_format"])?;
    let visit = named(&slots, &id).ok_or_else(|| Problem::new(&types::NOT_FOUND))?;
    let status = if is_free(&slots, &visit)? { "free" } else { "busy" };
    Ok(search.send_one(&Resource::slot(&slots.catalogue(), &visit, status)))
}

/// The visits that can begin within the range, by start, then by location.
pub(super) fn free_visits(
    slots: &Engine,
    visit: &VisitQuery,
    range: Range,
) -> Result<Vec<NamedVisit>, Problem> {
    let now = slots.now();
    // The past is over; a range that is open at one end has a usual length.
    let from = range.from.unwrap_or(now).max(now);
    let after_usual = from.saturating_add(USUAL).unwrap_or(Timestamp::MAX);
    let until = range.until.unwrap_or(after_usual);
    if until.duration_since(from) > LONGEST {
        return Err(invalid(
            "start",
            "ask for at most 31 days at once, for example `ge2027-01-05` and `lt2027-02-05`",
        ));
    }
    let mut found = Vec::new();
    // A visit that nobody offers is refused on whatever days.
    if from >= until {
        slots.availability.slots(visit, slots.local_date(now))?;
    }
    for date in local_days(from, until) {
        let free = slots.availability.slots(visit, date)?;
        let free = free.into_iter().filter(|free| (from..until).contains(&free.start));
        found.extend(free.map(|free| NamedVisit {
            location: free.location,
            start: free.start,
            end: free.end,
            services: visit.services.clone(),
        }));
    }
    Ok(found)
}

/// Whether the visit can begin when and where it says.
pub(super) fn is_free(slots: &Engine, visit: &NamedVisit) -> Result<bool, Problem> {
    let query = VisitQuery {
        services: visit.services.clone(),
        locations: [visit.location.clone()].into(),
        people: 1,
        channel: Channel::Public,
    };
    let free = slots.availability.slots(&query, slots.local_date(visit.start))?;
    Ok(free.iter().any(|free| free.start == visit.start && free.end == visit.end))
}

/// The visit that an id names, at this authority.
pub(super) fn named(slots: &Engine, id: &str) -> Option<NamedVisit> {
    id.parse::<VisitId>().ok()?.named(&slots.catalogue())
}

/// The page after the visit that `_page` names, which may be taken by now.
pub(super) fn page_of(
    slots: &Engine,
    search: &Search,
    found: Vec<NamedVisit>,
) -> Result<Page<NamedVisit>, Problem> {
    let last = |id: String| named(slots, &id).ok_or_else(not_of_this_search);
    let after = search.after()?.map(last).transpose()?;
    let is_after = |visit: &NamedVisit| match &after {
        Some(last) => order(visit) > order(last),
        None => true,
    };
    Ok(Page::of(found, search.count, is_after, key))
}

/// How `_page` names it.
fn key(visit: &NamedVisit) -> String {
    VisitId::new(&visit.location, visit.start, visit.end, &visit.services).to_string()
}

/// By what visits are in order. Named ones may differ by their services alone.
fn order(visit: &NamedVisit) -> (Timestamp, &LocationId, Timestamp, &[ServiceId]) {
    (visit.start, &visit.location, visit.end, &visit.services)
}

/// Locations as references name them.
fn schedules(references: &[String]) -> Result<BTreeSet<LocationId>, Problem> {
    if references.is_empty() {
        return Err(invalid("schedule", "is missing"));
    }
    let location = |text: &String| {
        let id = text.rsplit('/').next().unwrap_or_default();
        id.parse::<LocationId>().map_err(|error| invalid("schedule", &format!("{error}")))
    };
    references.iter().map(location).collect()
}

/// Whether one of the wanted statuses is that of the slots that are told.
fn wants_free(statuses: &[String]) -> Result<bool, Problem> {
    const KNOWN: [&str; 5] =
        ["free", "busy", "busy-unavailable", "busy-tentative", "entered-in-error"];
    let codes = statuses.iter().map(|status| status.rsplit('|').next().unwrap_or_default());
    let codes: Vec<_> = codes.collect();
    if codes.iter().any(|code| !KNOWN.contains(code)) {
        return Err(invalid("status", &format!("is one of {}", KNOWN.join(", "))));
    }
    Ok(codes.is_empty() || codes.contains(&"free"))
}
