//! `/v1/authority`, `/v1/services`, `/v1/locations`: what everybody may know.

mod stated;

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use booking::TrustLevel;
use catalogue::{Address, Allocation, Contact, Keywords, Location, Position, Service, Texts};
use ids::{AuthorityId, GroupId, LocationId, ServiceId};
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::Language;

use self::stated::{FormView, OnlineView, SourceView, StatedView};
use super::{
    OpenData, Slots,
    conditional::{FRESH_JSON, send},
    openapi, resource_without_query,
};
use crate::cached_body::CachedBody;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource_without_query("/authority", "GET")
                .app_data(OpenData)
                .route(web::get().to(authority)),
        )
        .service(
            resource_without_query("/services", "GET")
                .app_data(OpenData)
                .route(web::get().to(services)),
        )
        .service(
            resource_without_query("/locations", "GET")
                .app_data(OpenData)
                .route(web::get().to(locations)),
        );
}

/// The office that answers.
#[derive(Serialize, ToSchema)]
#[schema(as = Authority)]
struct AuthorityView<'a> {
    id: &'a AuthorityId,
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    name: &'a Texts,
    /// In which the office can tell people, besides those that every office can: the ones that the program has
    /// sentences in.
    #[schema(value_type = Vec<openapi::Language>)]
    languages: &'a [Language],
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<ContactView<'a>>,
}

/// How people reach the office.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthorityContact)]
struct ContactView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    /// A web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    web: Option<&'a str>,
}

impl<'a> From<&'a Contact> for ContactView<'a> {
    fn from(contact: &'a Contact) -> Self {
        Self {
            phone: contact.phone.as_deref(),
            email: contact.email.as_deref(),
            web: contact.web.as_deref(),
        }
    }
}

/// Read the authority
#[utoipa::path(
    get, path = "/v1/authority", tag = "Catalogue", operation_id = "readAuthority",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known.")),
    responses(
        (status = 200, description = "The office that answers.", body = AuthorityView),
        (status = 304, description = "Nothing changed."),
    ),
)]
async fn authority(slots: Slots, request: HttpRequest) -> HttpResponse {
    let catalogue = slots.catalogue();
    let authority = &catalogue.authority;
    let view = AuthorityView {
        id: &authority.id,
        name: &authority.name,
        languages: &authority.languages,
        contact: authority.contact.as_ref().map(ContactView::from),
    };
    send(&request, CachedBody::json(&view), &FRESH_JSON)
}

/// Services of which one person holds at most one active booking.
#[derive(Serialize, ToSchema)]
#[schema(as = ServiceGroup)]
struct GroupView<'a> {
    id: &'a GroupId,
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    name: &'a Texts,
}

/// One matter that can be booked.
#[derive(Serialize, ToSchema)]
#[schema(as = Service)]
struct ServiceView<'a> {
    id: &'a ServiceId,
    /// The number in the Berlin catalogue of services.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    /// The key in the federal catalogue of services (LeiKa).
    #[serde(skip_serializing_if = "Option::is_none")]
    leika: Option<&'a str>,
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    name: &'a Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<openapi::Texts>)]
    description: Option<&'a Texts>,
    /// What must be so before a visit makes sense.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<openapi::Texts>)]
    prerequisites: &'a [Texts],
    /// What to bring.
    #[schema(value_type = Vec<openapi::Texts>)]
    documents: &'a [Texts],
    /// Where the list of documents is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents_from: Option<SourceView<'a>>,
    /// Forms to fill in before the visit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<FormView<'a>>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    fee: Option<StatedView<'a>>,
    /// How long it takes until a person has what they came for.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<StatedView<'a>>,
    /// How it is done without a visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    online: Option<OnlineView<'a>>,
    /// The authority's own page about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<SourceView<'a>>,
    /// What people type who look for it, by language.
    #[serde(skip_serializing_if = "Keywords::is_empty")]
    #[schema(value_type = openapi::Keywords)]
    keywords: &'a Keywords,
    group: &'a GroupId,
    /// How many steps of the location's grid a visit takes.
    slots: u16,
    /// Whether it can be done in one visit with others.
    combinable: bool,
    /// How many people may come in one visit.
    max_people: u16,
    /// How many services may be done in one visit, if that is bounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_services: Option<u16>,
    /// The level at which a person must have logged in.
    #[schema(value_type = openapi::TrustLevel)]
    trust_level: TrustLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// For how long nothing of this group can be booked after an appointment was missed.
    cool_down_days: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// Cancelling or moving less than so many hours before the start is half a miss: two within
    /// `cool_down_days` count as one.
    late_cancellation_hours: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// How much cancelling and moving is free; with more the person waits before booking again.
    free_cancellations: Option<FreeCancellations>,
    /// Whether an agency must have posted an entitlement.
    entitlement_required: bool,
    /// `immediate` (first come, first served), `draw` (only by draws, see `/v1/draws`),
    /// `draw-then-immediate` (what a draw leaves over can be booked by everybody) or `assign` (the office
    /// gives a date to each application on file, see `/v1/assigned-dates`; nothing is shown as free).
    #[schema(value_type = String, example = "immediate")]
    allocation: Allocation,
    /// Whether people can wait for a seat that becomes free; see `/v1/waiting-lists`.
    waiting_list: bool,
    /// Whether persons with an appointment can win an earlier one; see `needs_appointment` in `/v1/draws`.
    earlier_by_draw: bool,
    /// When a cancelled slot becomes bookable again.
    release: ReleaseView,
}

/// So many bookings of the authority can be cancelled or moved in so many days.
#[derive(Serialize, ToSchema)]
struct FreeCancellations {
    max: u16,
    days: u16,
}

/// The window within which a cancelled slot becomes bookable again.
#[derive(Serialize, ToSchema)]
#[schema(as = ReleaseWindow)]
struct ReleaseView {
    min_minutes: u32,
    max_minutes: u32,
}

impl<'a> From<(&'a ServiceId, &'a Service)> for ServiceView<'a> {
    fn from((id, service): (&'a ServiceId, &'a Service)) -> Self {
        Self {
            id,
            number: service.number.as_deref(),
            leika: service.leika.as_deref(),
            name: &service.name,
            description: service.description.as_ref(),
            prerequisites: &service.prerequisites,
            documents: &service.documents,
            documents_from: service.documents_from.as_ref().map(SourceView::from),
            forms: service.forms.iter().map(FormView::from).collect(),
            fee: service.fee.as_ref().map(StatedView::from),
            duration: service.duration.as_ref().map(StatedView::from),
            online: service.online.as_ref().map(OnlineView::from),
            link: service.link.as_ref().map(SourceView::from),
            keywords: &service.keywords,
            group: &service.group,
            slots: service.slots,
            combinable: service.combinable,
            max_people: service.rules.party_size.clone().unwrap_or_default().max,
            max_services: service.rules.services_per_visit.as_ref().map(|rule| rule.max),
            trust_level: service.trust_level(),
            cool_down_days: service.rules.cool_down.as_ref().map(|rule| rule.days),
            late_cancellation_hours: service
                .rules
                .cool_down
                .as_ref()
                .and_then(|rule| rule.late_cancellation_hours),
            free_cancellations: service
                .rules
                .cancellations
                .as_ref()
                .map(|rule| FreeCancellations { max: rule.max, days: rule.days }),
            entitlement_required: service.requires_entitlement(),
            allocation: service.allocation,
            waiting_list: service.waiting_list.is_some(),
            earlier_by_draw: service.is_earlier_by_draw(),
            release: ReleaseView {
                min_minutes: service.release.min_minutes,
                max_minutes: service.release.max_minutes,
            },
        }
    }
}

/// What can be booked.
#[derive(Serialize, ToSchema)]
struct Services<'a> {
    groups: Vec<GroupView<'a>>,
    services: Vec<ServiceView<'a>>,
}

/// List services
#[utoipa::path(
    get, path = "/v1/services", tag = "Catalogue", operation_id = "listServices",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known.")),
    responses(
        (status = 200, description = "What can be booked, and in which groups.", body = Services),
        (status = 304, description = "Nothing changed."),
    ),
)]
async fn services(slots: Slots, request: HttpRequest) -> HttpResponse {
    let catalogue = slots.catalogue();
    let groups =
        catalogue.groups().map(|(id, group)| GroupView { id, name: &group.name }).collect();
    let services = catalogue.services().map(ServiceView::from).collect();
    send(&request, CachedBody::json(&Services { groups, services }), &FRESH_JSON)
}

/// One place with desks.
#[derive(Serialize, ToSchema)]
#[schema(as = Location)]
struct LocationView<'a> {
    id: &'a LocationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    /// By language; German is never missing.
    #[schema(value_type = openapi::Texts)]
    name: &'a Texts,
    address: AddressView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<openapi::Texts>)]
    hint: Option<&'a Texts>,
    /// How it can be reached without barriers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<openapi::Texts>)]
    access: Option<&'a Texts>,
    /// On the map.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<PositionView>,
    /// What everybody can book here.
    services: Vec<&'a ServiceId>,
    /// What only staff can book here for a person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    staff_services: Vec<&'a ServiceId>,
    /// How many people may come in one visit here, for services of which it may be fewer here than the
    /// service says.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, u16>)]
    max_people: BTreeMap<&'a ServiceId, u16>,
}

/// A point on the map, in degrees (WGS 84).
#[derive(Serialize, ToSchema)]
#[schema(as = Position)]
struct PositionView {
    /// Latitude, north positive.
    #[schema(example = 52.5219)]
    lat: f64,
    /// Longitude, east positive.
    #[schema(example = 13.4132)]
    lon: f64,
}

impl From<Position> for PositionView {
    fn from(position: Position) -> Self {
        Self { lat: position.lat(), lon: position.lon() }
    }
}

/// Where it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Address)]
struct AddressView<'a> {
    street: &'a str,
    postal_code: &'a str,
    city: &'a str,
}

impl<'a> From<&'a Address> for AddressView<'a> {
    fn from(address: &'a Address) -> Self {
        Self { street: &address.street, postal_code: &address.postal_code, city: &address.city }
    }
}

impl<'a> From<(&'a LocationId, &'a Location)> for LocationView<'a> {
    fn from((id, location): (&'a LocationId, &'a Location)) -> Self {
        Self {
            id,
            number: location.number.as_deref(),
            name: &location.name,
            address: AddressView::from(&location.address),
            hint: location.hint.as_ref(),
            access: location.access.as_ref(),
            position: location.position.map(PositionView::from),
            services: location.public_services().collect(),
            staff_services: (location.services.iter())
                .filter_map(|(id, offered)| offered.staff_only.then_some(id))
                .collect(),
            max_people: (location.services.iter())
                .filter_map(|(id, offered)| Some((id, offered.max_people?)))
                .collect(),
        }
    }
}

/// Where it can be booked.
#[derive(Serialize, ToSchema)]
struct Locations<'a> {
    locations: Vec<LocationView<'a>>,
}

/// List locations
#[utoipa::path(
    get, path = "/v1/locations", tag = "Catalogue", operation_id = "listLocations",
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known.")),
    responses(
        (status = 200, description = "The places of this authority.", body = Locations),
        (status = 304, description = "Nothing changed."),
    ),
)]
async fn locations(slots: Slots, request: HttpRequest) -> HttpResponse {
    let catalogue = slots.catalogue();
    let locations = catalogue.locations().map(LocationView::from).collect();
    send(&request, CachedBody::json(&Locations { locations }), &FRESH_JSON)
}
