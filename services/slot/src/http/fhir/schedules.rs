//! Locations as FHIR schedules.

use actix_web::{HttpRequest, HttpResponse, web};
use catalogue::Catalogue;
use ids::{LocationId, ServiceId};
use problem::{Problem, types};

use super::{
    bundle::{Bundle, Page},
    form::Form,
    parameters::SCHEDULE,
    resources::{Resource, Schedule},
    search::Search,
};
use crate::{
    app::{AppError, Engine},
    http::{Slots, body::invalid},
};

/// Locations as FHIR schedules
///
/// One `Schedule` per location, with the services that it does.
#[utoipa::path(
    get, path = "/fhir/Schedule", tag = "FHIR", operation_id = "searchFhirSchedules",
    params(
        ("_id" = Option<String>, Query, description = "The location; several with commas between."),
        ("service-type" = Option<Vec<ServiceId>>, Query, description = "That do all of these."),
        ("active" = Option<String>, Query, description = "`true` or `false`; all of them are active."),
        ("_count" = Option<u32>, Query, description = "Most on a page, 1,000 at most."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
        ("_page" = Option<String>, Query, description = "From the link `next`. Opaque."),
        ("Accept" = Option<String>, Header, description = "`application/fhir+json` or `application/json`."),
    ),
    responses((status = 200, description = "A searchset.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    extensions(("x-problems" = json!(["not-acceptable", "unknown-service"]))),
)]
pub(super) async fn search(slots: Slots, request: HttpRequest) -> Result<HttpResponse, Problem> {
    answer(&slots, &request, &Search::of(&request, &SCHEDULE)?)
}

/// Locations as FHIR schedules, by a form
///
/// The same as by GET, with the parameters in a form (FHIR R4 section 3.1.1.1). Links to further pages are for GET.
#[utoipa::path(
    post, path = "/fhir/Schedule/_search", tag = "FHIR", operation_id = "searchFhirSchedulesByForm",
    request_body(content = std::collections::BTreeMap<String, String>, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "A searchset.", content((Bundle = "application/fhir+json"), (Bundle = "application/json")))),
    extensions(("x-problems" = json!(["not-acceptable", "unknown-service"]))),
)]
pub(super) async fn search_by_form(
    slots: Slots,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, Problem> {
    answer(&slots, &request, &Search::of_form(&request, &form, &SCHEDULE)?)
}

fn answer(slots: &Engine, request: &HttpRequest, search: &Search) -> Result<HttpResponse, Problem> {
    let catalogue = slots.catalogue();
    let ids = search.any_of("_id")?;
    let services = match search.optional::<String>("service-type") {
        Ok(None) => Vec::new(),
        // Perhaps several.
        Ok(Some(_)) | Err(_) => search.services(&catalogue)?,
    };
    if let Some(unknown) = services.iter().find(|id| catalogue.service(id).is_none()) {
        return Err(AppError::UnknownService(unknown.clone()).into());
    }
    let is_active = match search.optional::<String>("active")?.as_deref() {
        None | Some("true") => true,
        Some("false") => false,
        Some(_) => return Err(invalid("active", "is `true` or `false`")),
    };
    let locations = catalogue.locations().filter(|(id, location)| {
        is_active
            && (ids.is_empty() || ids.iter().any(|wanted| wanted == id.as_str()))
            && services.iter().all(|service| {
                location.services.get(service).is_some_and(|offered| !offered.staff_only)
            })
    });
    let after = search.after()?;
    let page = Page::of(
        locations.collect(),
        search.count,
        |(id, _)| after.as_deref().is_none_or(|after| id.as_str() > after),
        |(id, _)| id.to_string(),
    );
    let page = page.map(|(id, location)| Resource::schedule(&catalogue, id, location));
    Ok(search.send(request, page))
}

/// One location as a FHIR schedule
#[utoipa::path(
    get, path = "/fhir/Schedule/{id}", tag = "FHIR", operation_id = "readFhirSchedule",
    params(
        ("id" = LocationId, Path, description = "The location."),
        ("_format" = Option<String>, Query, description = "`json` or `application/fhir+json`, whatever `Accept` says."),
    ),
    responses((status = 200, description = "The location.", content((Schedule = "application/fhir+json"), (Schedule = "application/json")))),
    extensions(("x-problems" = json!(["not-acceptable"]))),
)]
pub(super) async fn read(
    slots: Slots,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let search = Search::with_names(&request, &["_format"])?;
    let catalogue = slots.catalogue();
    let schedule = find(&catalogue, &id).ok_or_else(|| Problem::new(&types::NOT_FOUND))?;
    Ok(search.send_one(&schedule))
}

fn find(catalogue: &Catalogue, id: &str) -> Option<Resource> {
    let id: LocationId = id.parse().ok()?;
    Some(Resource::schedule(catalogue, &id, catalogue.location(&id)?))
}
