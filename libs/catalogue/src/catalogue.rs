//! What an authority offers, as a whole.

use std::collections::BTreeMap;

use calendar::{Closure, DayPlan, Opening};
use ids::{GroupId, LocationId, ServiceId};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Authority, Group, Location, Service};

/// What an authority offers: services, places, opening hours. Only [`Catalogue::parse`] makes one,
/// so every reference in it leads somewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(description = "What an authority offers: services, places, opening hours.")]
pub struct Catalogue {
    /// The authority itself.
    pub authority: Authority,
    /// Groups of services by id.
    pub(crate) groups: BTreeMap<GroupId, Group>,
    /// Services by id.
    pub(crate) services: BTreeMap<ServiceId, Service>,
    /// Locations by id.
    pub(crate) locations: BTreeMap<LocationId, Location>,
    /// Days on which all locations are closed, by name (ZMS: *dayoff*).
    #[serde(default)]
    pub(crate) closures: BTreeMap<String, Closure>,
    /// Which public holidays are closed.
    #[serde(default)]
    pub(crate) holidays: Holidays,
}

/// Which public holidays are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holidays {
    /// Those of the Land Berlin, computed for every year.
    #[default]
    Berlin,
    /// None: list closures instead.
    None,
}

impl Catalogue {
    /// Groups of services, by id.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = (&GroupId, &Group)> {
        self.groups.iter()
    }

    /// Services, by id.
    pub fn services(&self) -> impl ExactSizeIterator<Item = (&ServiceId, &Service)> {
        self.services.iter()
    }

    /// Locations, by id.
    pub fn locations(&self) -> impl ExactSizeIterator<Item = (&LocationId, &Location)> {
        self.locations.iter()
    }

    /// One group.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.get(id)
    }

    /// One service.
    #[must_use]
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.get(id)
    }

    /// One location.
    #[must_use]
    pub fn location(&self, id: &LocationId) -> Option<&Location> {
        self.locations.get(id)
    }

    /// What a location offers on a day, before any booking; `None` if there is no such location.
    #[must_use]
    pub fn day_plan(&self, location: &LocationId, date: Date) -> Option<DayPlan> {
        Some(self.opening(self.location(location)?).day_plan(date))
    }

    /// Everything that decides when a location is open.
    pub(crate) fn opening<'a>(&'a self, location: &'a Location) -> Opening<'a> {
        Opening {
            grid: location.grid,
            desks: location.all_desks(),
            bookable: location.bookable,
            holidays: self.holidays == Holidays::Berlin,
            rules: location.opening.values().collect(),
            exceptions: location.exceptions.values().collect(),
            closures: self.closures.values().chain(location.closures.values()).collect(),
        }
    }
}
