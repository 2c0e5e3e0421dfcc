//! `/v1/authority`, `/v1/services`, `/v1/locations`: what everybody may know.

use actix_web::{HttpResponse, web};
use booking::TrustLevel;
use catalogue::{Address, Language, Location, Service, Texts};
use ids::{AuthorityId, GroupId, LocationId, ServiceId};
use serde::Serialize;
use serde_json::json;

use super::{Slots, resource};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/authority", "GET").route(web::get().to(authority)))
        .service(resource("/services", "GET").route(web::get().to(services)))
        .service(resource("/locations", "GET").route(web::get().to(locations)));
}

#[derive(Serialize)]
struct AuthorityView<'a> {
    id: &'a AuthorityId,
    name: &'a Texts,
    languages: &'a [Language],
}

async fn authority(slots: Slots) -> HttpResponse {
    let catalogue = slots.catalogue();
    let authority = &catalogue.authority;
    HttpResponse::Ok().json(AuthorityView {
        id: &authority.id,
        name: &authority.name,
        languages: &authority.languages,
    })
}

#[derive(Serialize)]
struct GroupView<'a> {
    id: &'a GroupId,
    name: &'a Texts,
}

#[derive(Serialize)]
struct ServiceView<'a> {
    id: &'a ServiceId,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    name: &'a Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a Texts>,
    documents: &'a [Texts],
    group: &'a GroupId,
    slots: u16,
    combinable: bool,
    trust_level: TrustLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    cool_down_days: Option<u16>,
    entitlement_required: bool,
    release: ReleaseView,
}

/// The window within which a cancelled slot becomes bookable again.
#[derive(Serialize)]
struct ReleaseView {
    min_minutes: u32,
    max_minutes: u32,
}

impl<'a> From<(&'a ServiceId, &'a Service)> for ServiceView<'a> {
    fn from((id, service): (&'a ServiceId, &'a Service)) -> Self {
        Self {
            id,
            number: service.number.as_deref(),
            name: &service.name,
            description: service.description.as_ref(),
            documents: &service.documents,
            group: &service.group,
            slots: service.slots,
            combinable: service.combinable,
            trust_level: service
                .rules
                .trust_level
                .as_ref()
                .map_or(TrustLevel::Basic, |it| it.at_least),
            cool_down_days: service.rules.cool_down.as_ref().map(|rule| rule.days),
            entitlement_required: service.rules.entitlement.is_some(),
            release: ReleaseView {
                min_minutes: service.release.min_minutes,
                max_minutes: service.release.max_minutes,
            },
        }
    }
}

async fn services(slots: Slots) -> HttpResponse {
    let catalogue = slots.catalogue();
    let groups: Vec<_> =
        catalogue.groups().map(|(id, group)| GroupView { id, name: &group.name }).collect();
    let services: Vec<_> = catalogue.services().map(ServiceView::from).collect();
    HttpResponse::Ok().json(json!({ "groups": groups, "services": services }))
}

#[derive(Serialize)]
struct LocationView<'a> {
    id: &'a LocationId,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    name: &'a Texts,
    address: AddressView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a Texts>,
    services: Vec<&'a ServiceId>,
}

#[derive(Serialize)]
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

async fn locations(slots: Slots) -> HttpResponse {
    let catalogue = slots.catalogue();
    let locations: Vec<_> = catalogue.locations().map(LocationView::from).collect();
    HttpResponse::Ok().json(json!({ "locations": locations }))
}
