//! What things were called when a booking was made.

use std::collections::BTreeMap;

use catalogue::{Address, Catalogue, Texts};
use ids::{LocationId, ServiceId};
use serde::{Deserialize, Serialize};

/// What location, address and services were called when a booking was made, so that it can be
/// shown for ever, whatever the catalogue says later. Empty in bookings of earlier versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedTexts {
    /// The location's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Texts>,
    /// Where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The services' names.
    #[serde(default)]
    pub services: BTreeMap<ServiceId, Texts>,
}

impl BookedTexts {
    /// What the catalogue calls them now.
    #[must_use]
    pub fn of(catalogue: &Catalogue, location: &LocationId, services: &[ServiceId]) -> Self {
        let place = catalogue.location(location);
        let named = services.iter().filter_map(|id| Some((id.clone(), catalogue.service(id)?)));
        Self {
            location: place.map(|place| place.name.clone()),
            address: place.map(|place| place.address.clone()),
            services: named.map(|(id, service)| (id, service.name.clone())).collect(),
        }
    }
}
