//! `/v1/availability`: public, from memory, with entity tags. Requests with a token count against its quota.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, http::uri::PathAndQuery, web};
use auth::{Role, Staff, Viewer};
use calendar::Channel;
use ids::{LocationId, ServiceId};
use problem::Problem;

use super::{
    OpenData, Slots,
    body::invalid,
    conditional::{FRESH_JSON, send},
    one_to::People,
    query::Query,
    resource,
};
use crate::{availability::VisitQuery, cached_body::CachedBody};
use view::{DaysView, EarliestView, SlotsView};

mod view;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource("/availability/days", "GET").app_data(OpenData).route(web::get().to(days)),
        )
        .service(
            resource("/availability/slots", "GET").app_data(OpenData).route(web::get().to(slots)),
        )
        .service(resource("/desk/slots", "GET").route(web::get().to(slots_for_staff)))
        .service(
            resource("/availability/earliest", "GET")
                .app_data(OpenData)
                .route(web::get().to(earliest)),
        );
}

/// The visit that all ask about.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Visit {
    /// What is to be done; several in one visit.
    #[param(rename = "service", min_items = 1)]
    services: Vec<ServiceId>,
    /// Only these; all that offer it if left out.
    #[param(rename = "location", required = false, value_type = Vec<LocationId>)]
    locations: BTreeSet<LocationId>,
    /// How many come together; 1 if left out.
    #[param(required = false, minimum = 1, maximum = 100)]
    people: u16,
}

impl Visit {
    fn read(query: &Query) -> Result<Self, Problem> {
        let services = query.all("service")?;
        if services.is_empty() {
            return Err(invalid("service", "is missing"));
        }
        Ok(Self {
            services,
            locations: query.set("location")?,
            people: query.optional("people")?.unwrap_or(People::one()).get(),
        })
    }

    fn by(self, channel: Channel) -> VisitQuery {
        let Self { services, locations, people } = self;
        VisitQuery { services, locations, people, channel }
    }
}

/// Days with free slots
///
/// For a calendar: each day in the range on which the visit can still begin, at which of the
/// locations, and the days on which none of them opens. At most 400 days at once, from memory, at most one second old. Conditional requests
/// with `If-None-Match` cost next to nothing.
#[utoipa::path(
    get, path = "/v1/availability/days", tag = "Availability", operation_id = "listFreeDays",
    params(
        Visit,
        ("from" = String, Query, format = Date, description = "First local day.", example = "2027-01-04"),
        ("to" = String, Query, format = Date, description = "Last local day.", example = "2027-01-15"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "The days, earliest first.", body = DaysView),
        (status = 304, description = "Nothing changed."),
    ),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
async fn days(engine: Slots, _: Viewer, request: HttpRequest) -> Result<HttpResponse, Problem> {
    answer(&engine, &request, |query| {
        let query = query.only(&["service", "location", "people", "from", "to"])?;
        let visit = Visit::read(&query)?.by(Channel::Public);
        let (from, to) = (query.day("from")?, query.day("to")?);
        let days = engine.availability.days(&visit, from, to)?;
        Ok(CachedBody::json(&DaysView::from(days)))
    })
}

/// Free slots of a day
///
/// Each start at which the visit can begin, with the number of free places. `start` and `end` are
/// what a hold needs.
#[utoipa::path(
    get, path = "/v1/availability/slots", tag = "Availability", operation_id = "listFreeSlots",
    params(
        Visit,
        ("date" = String, Query, format = Date, description = "The local day.", example = "2027-01-05"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "By start, then by location.", body = SlotsView),
        (status = 304, description = "Nothing changed."),
    ),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
async fn slots(engine: Slots, _: Viewer, request: HttpRequest) -> Result<HttpResponse, Problem> {
    slots_of(&engine, &request, Channel::Public)
}

/// Free slots of a day, for staff
///
/// The same with the desks that are kept for staff.
#[utoipa::path(
    get, path = "/v1/desk/slots", tag = "Front desk", operation_id = "listFreeSlotsForStaff",
    params(
        Visit,
        ("date" = String, Query, format = Date, description = "The local day.", example = "2027-01-05"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "By start, then by location.", body = SlotsView),
        (status = 304, description = "Nothing changed."),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
async fn slots_for_staff(
    engine: Slots,
    staff: Staff,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    slots_of(&engine, &request, Channel::Staff)
}

fn slots_of(
    engine: &Slots,
    request: &HttpRequest,
    channel: Channel,
) -> Result<HttpResponse, Problem> {
    answer(engine, request, |query| {
        let query = query.only(&["service", "location", "people", "date"])?;
        let visit = Visit::read(&query)?.by(channel);
        let slots = engine.availability.slots(&visit, query.day("date")?)?;
        Ok(CachedBody::json(&SlotsView::from(slots)))
    })
}

/// Earliest free slot
///
/// Across all locations, or those that are named.
#[utoipa::path(
    get, path = "/v1/availability/earliest", tag = "Availability", operation_id = "findEarliestSlot",
    params(
        Visit,
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "The slot; `null` if nothing is free within the booking window.", body = EarliestView),
        (status = 304, description = "Nothing changed."),
    ),
    security((), ("citizen" = []), ("on_behalf" = []), ("staff" = []), ("agency" = ["slots:read"])),
    extensions(("x-problems" = json!(["unknown-service", "unknown-location", "services-not-combinable", "holds-unavailable"]))),
)]
async fn earliest(engine: Slots, _: Viewer, request: HttpRequest) -> Result<HttpResponse, Problem> {
    answer(&engine, &request, |query| {
        let query = query.only(&["service", "location", "people"])?;
        let visit = Visit::read(&query)?.by(Channel::Public);
        let slot = engine.availability.earliest(&visit)?;
        Ok(CachedBody::json(&EarliestView::from(slot)))
    })
}

/// Many ask the same within a moment, and in the same words: then the query need not be read.
fn answer(
    engine: &Slots,
    request: &HttpRequest,
    work_out: impl FnOnce(Query) -> Result<CachedBody, Problem>,
) -> Result<HttpResponse, Problem> {
    let asked = request.uri().path_and_query().map_or("", PathAndQuery::as_str);
    let answer = engine.availability.recently(asked, || work_out(Query::of(request)))?;
    Ok(send(request, answer, &FRESH_JSON))
}
