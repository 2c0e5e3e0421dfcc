//! What an authority offers, as a whole.
//!
//! A catalogue is a value: it does not change, is shared by all requests of a process, and is
//! replaced as a whole when the admin changes the values. Two catalogues can be compared
//! ([`changes`](crate::changes()), [`conflicts`](crate::conflicts)).

use std::collections::BTreeMap;

use calendar::{Closure, DayPlan, Opening};
use ids::{GroupId, LocationId, ServiceId};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Authority, Group, Holidays, Location, Service};

/// What an authority offers: services, places, opening hours. Only [`Catalogue::parse`] and
/// [`Catalogue::parse_overlaid`] make one, so every reference in it leads somewhere.
///
/// serde could read one as well, since `parse` needs that; do not, it would skip the checks.
/// Maps are in the order of their keys, so that lists, reports and schemas are the same each
/// time.
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
    /// Whose public holidays are closed: the state by its code of ISO 3166-2, such as `DE-BB`. `berlin` is
    /// another word for `DE-BE`. With `none`, list closures instead. Holidays of single municipalities are
    /// closures, too.
    #[serde(default)]
    pub(crate) holidays: Holidays,
}

impl Catalogue {
    /// Groups of services, by id.
    ///
    /// In alphabetical order of the ids.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = (&GroupId, &Group)> {
        self.groups.iter()
    }

    /// Services, by id.
    ///
    /// In alphabetical order of the ids, with those that no location does.
    pub fn services(&self) -> impl ExactSizeIterator<Item = (&ServiceId, &Service)> {
        self.services.iter()
    }

    /// Locations, by id.
    ///
    /// In alphabetical order of the ids, open or not.
    pub fn locations(&self) -> impl ExactSizeIterator<Item = (&LocationId, &Location)> {
        self.locations.iter()
    }

    /// One group.
    ///
    /// `None` if there is none of this id. That of a service is always there.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.get(id)
    }

    /// One service.
    ///
    /// `None` also for an id of an earlier catalogue: see [`service_now`](Self::service_now).
    #[must_use]
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.get(id)
    }

    /// One location.
    ///
    /// `None` also for an id of an earlier catalogue: see [`location_now`](Self::location_now).
    #[must_use]
    pub fn location(&self, id: &LocationId) -> Option<&Location> {
        self.locations.get(id)
    }

    /// What a location offers on a day, before any booking; `None` if there is no such location.
    ///
    /// Worked out anew each time: keep it where it is needed often. `date` is a local day of
    /// Europe/Berlin.
    #[must_use]
    pub fn day_plan(&self, location: &LocationId, date: Date) -> Option<DayPlan> {
        Some(self.opening(self.location(location)?).day_plan(date))
    }

    /// Everything that decides when a location is open.
    ///
    /// Here the catalogue's words become the calendar's: defaults are filled in, and the
    /// authority's closures are added to the location's.
    pub(crate) fn opening<'a>(&'a self, location: &'a Location) -> Opening<'a> {
        Opening {
            grid: location.grid,
            desks: location.all_desks(),
            bookable: location.bookable,
            holidays: self.holidays.state(),
            rules: location.opening.values().collect(),
            exceptions: location.exceptions.values().collect(),
            closures: self.closures.values().chain(location.closures.values()).collect(),
            closed_times: Some(&location.closed_times),
        }
    }
}
