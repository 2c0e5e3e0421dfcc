//! Where people come to.
//!
//! Rules, exceptions and closures are maps by name and not lists: with Helm, a second values
//! file can then change or remove (`null`) one of them, which it cannot do in a list.

use std::collections::BTreeMap;

use calendar::{
    Bookable, ClosedTime, ClosedTimes, Closure, DeskNumbers, DeskSet, Exception, Grid, OpeningRule,
    date_schema,
};
use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Position, Texts};

/// One place with desks (ZMS: a *scope* of a *provider*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Location {
    /// Its number in the Berlin location catalogue. Quote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9]+$"), example = "122280")]
    pub number: Option<String>,
    /// Its name.
    pub name: Texts,
    /// Where it is.
    pub address: Address,
    /// What visitors should know: which entrance, whether there are steps, how to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Texts>,
    /// How it can be reached without barriers: steps, lifts, doors, toilets, parking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Texts>,
    /// Where it is on the map. Default: distances are measured from the middle of its postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What it was called before, if its id has changed: its bookings go with it. Several, if
    /// several locations became this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<LocationId>,
    /// The step of its day in minutes. It decides what is offered; bookings stay as they are.
    #[serde(default)]
    pub grid: Grid,
    /// How many desks it has, at most 64.
    #[schemars(range(min = 1, max = 64))]
    pub desks: u8,
    /// The services done here (ZMS: *requestrelation*). `{}` takes them as they are.
    pub services: BTreeMap<ServiceId, Offered>,
    /// Weekly opening rules by name (ZMS: *availabilities*).
    #[serde(default)]
    pub opening: BTreeMap<String, OpeningRule>,
    /// Special hours on single days, by name.
    #[serde(default)]
    pub exceptions: BTreeMap<String, Exception>,
    /// Closed days, by name.
    #[serde(default)]
    pub closures: BTreeMap<String, Closure>,
    /// Time at single desks that is taken elsewhere, by day: appointments of the system before, until
    /// they are over. `fairtermin import zms` writes it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, Vec<ClosedTime>>")]
    pub closed_times: ClosedTimes,
    /// Booking window of rules, for each field that they do not state (ZMS: `startInDaysDefault`,
    /// `endInDaysDefault`).
    #[serde(default)]
    pub bookable: Bookable,
    /// Up to this day, what is booked stays although hours, desks or services no longer fit it:
    /// staff serve, move or cancel it at the front desk. Default: a change that takes a booking's
    /// desk away is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "date_schema")]
    pub keeps_bookings_until: Option<Date>,
}

impl Location {
    /// All its desks.
    ///
    /// Desks 1 to `desks`: they have no gaps. A location with fewer desks loses the highest
    /// ones.
    #[must_use]
    pub const fn all_desks(&self) -> DeskSet {
        DeskSet::first(self.desks)
    }

    /// The services that not only staff book here, in the order of their ids.
    pub fn public_services(&self) -> impl Iterator<Item = &ServiceId> {
        self.services.iter().filter(|(_, offered)| !offered.staff_only).map(|(id, _)| id)
    }

    /// The desks that do `service`: none if it is not done here.
    ///
    /// Numbers beyond the location's desks, which validation refuses, are left out.
    #[must_use]
    pub fn desks_for(&self, service: &ServiceId) -> DeskSet {
        self.services.get(service).map_or(DeskSet::EMPTY, |offered| {
            offered.desks.map_or(self.all_desks(), |desks| desks.0.intersection(self.all_desks()))
        })
    }
}

/// How a location does a service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Offered {
    /// Slots it takes here (ZMS: `requestrelation.slots`). Default: as the service says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 48))]
    pub slots: Option<u16>,
    /// The desks that do it. Default: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desks: Option<DeskNumbers>,
    /// How many people may come in one visit here (ZMS: `maxQuantity`), if fewer than the service's
    /// `partySize`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 25))]
    pub max_people: Option<u16>,
    /// Only staff book it here (ZMS: a relation that is not `public`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub staff_only: bool,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Five digits. Quote it.
    #[schemars(regex(pattern = "^[0-9]{5}$"), example = "10178")]
    pub postal_code: String,
    /// City.
    #[serde(default = "berlin")]
    pub city: String,
}

/// Nearly all are there; an office outside says so.
fn berlin() -> String {
    "Berlin".to_owned()
}
