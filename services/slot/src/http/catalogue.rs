//! `/v1/authority`, `/v1/services`, `/v1/locations`: what everybody may know.

use actix_web::{HttpRequest, HttpResponse, web};
use booking::TrustLevel;
use catalogue::{Address, Allocation, Contact, Location, Service, Texts};
use ids::{AuthorityId, GroupId, LocationId, ServiceId};
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::Language;

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
    /// In which the office can tell people.
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
    /// What to bring.
    #[schema(value_type = Vec<openapi::Texts>)]
    documents: &'a [Texts],
    group: &'a GroupId,
    /// How many steps of the location's grid a visit takes.
    slots: u16,
    /// Whether it can be done in one visit with others.
    combinable: bool,
    /// The level at which a person must have logged in.
    #[schema(value_type = openapi::TrustLevel)]
    trust_level: TrustLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// For how long nothing of this group can be booked after an appointment was missed.
    cool_down_days: Option<u16>,
    /// Whether an agency must have posted an entitlement.
    entitlement_required: bool,
    /// `immediate` (first come, first served), `draw` (only by draws, see `/v1/draws`) or
    /// `draw-then-immediate` (what a draw leaves over can be booked by everybody).
    #[schema(value_type = String, example = "immediate")]
    allocation: Allocation,
    /// When a cancelled slot becomes bookable again.
    release: ReleaseView,
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
            documents: &service.documents,
            group: &service.group,
            slots: service.slots,
            combinable: service.combinable,
            trust_level: service.trust_level(),
            cool_down_days: service.rules.cool_down.as_ref().map(|rule| rule.days),
            entitlement_required: service.requires_entitlement(),
            allocation: service.allocation,
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
    /// What can be done here.
    services: Vec<&'a ServiceId>,
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
            services: location.services.keys().collect(),
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
