//! `/v1/availability`: public, from memory, with entity tags.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    web,
};
use auth::{Role, Staff};
use calendar::Channel;
use ids::{LocationId, ServiceId};
use problem::Problem;

use super::{Slots, query::Query, resource};
use crate::availability::{Answer, DaysQuery, EarliestQuery, SlotsQuery};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/availability/days", "GET").route(web::get().to(days)))
        .service(resource("/availability/slots", "GET").route(web::get().to(slots)))
        .service(resource("/desk/slots", "GET").route(web::get().to(slots_for_staff)))
        .service(resource("/availability/earliest", "GET").route(web::get().to(earliest)));
}

/// The visit that all three ask about.
struct Visit {
    services: Vec<ServiceId>,
    locations: Vec<LocationId>,
    people: u16,
}

impl Visit {
    fn read(query: &Query) -> Result<Self, Problem> {
        Ok(Self {
            services: query.all("service")?,
            locations: query.all("location")?,
            people: query.optional("people")?.unwrap_or(1),
        })
    }
}

async fn days(engine: Slots, request: HttpRequest, query: Query) -> Result<HttpResponse, Problem> {
    let query = query.only(&["service", "location", "people", "from", "to"])?;
    let Visit { services, locations, people } = Visit::read(&query)?;
    let (from, to) = (query.one("from")?, query.one("to")?);
    let channel = Channel::Public;
    let query = DaysQuery { services, locations, people, channel, from, to };
    Ok(send(&request, engine.availability.days(query)?))
}

async fn slots(engine: Slots, request: HttpRequest, query: Query) -> Result<HttpResponse, Problem> {
    slots_of(&engine, &request, query, Channel::Public)
}

/// What staff can book on behalf: with the desks of their own channel.
async fn slots_for_staff(
    engine: Slots,
    staff: Staff,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    slots_of(&engine, &request, query, Channel::Staff)
}

fn slots_of(
    engine: &Slots,
    request: &HttpRequest,
    query: Query,
    channel: Channel,
) -> Result<HttpResponse, Problem> {
    let query = query.only(&["service", "location", "people", "date"])?;
    let Visit { services, locations, people } = Visit::read(&query)?;
    let query = SlotsQuery { services, locations, people, channel, date: query.one("date")? };
    Ok(send(request, engine.availability.slots(query)?))
}

async fn earliest(
    engine: Slots,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let query = query.only(&["service", "location", "people"])?;
    let Visit { services, locations, people } = Visit::read(&query)?;
    let query = EarliestQuery { services, locations, people, channel: Channel::Public };
    Ok(send(&request, engine.availability.earliest(query)?))
}

/// The answer, or 304 if the caller has it already (RFC 9110 section 13.1.2).
fn send(request: &HttpRequest, answer: Answer) -> HttpResponse {
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| {
        known
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == answer.etag)
    });
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, answer.etag)).insert_header((CACHE_CONTROL, "no-cache"));
    if is_known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, "application/json")).body(answer.body)
}
