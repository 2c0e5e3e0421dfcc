//! What is free: `/v1/availability/...`.
//!
//! A look and no promise: what is shown may be gone when it is asked for. Only a hold decides.

use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};

use super::SlotApi;
use crate::{AccessToken, ClientError, http};

/// The services, locations and people of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// At least one.
    ///
    /// By their ids in the catalogue; together they must be one visit.
    pub services: Vec<ServiceId>,
    /// Where; empty means anywhere.
    ///
    /// By their ids in the catalogue.
    pub locations: Vec<LocationId>,
    /// How many people come; the server's default is one.
    pub people: Option<u16>,
}

/// Free appointments by day.
///
/// For a calendar: which days are worth a look. Times are asked for day by day
/// ([`SlotApi::slots`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// In order; days on which nothing is free may be missing.
    pub days: Vec<DayFree>,
    /// Days on which none of the locations opens, in order. Older services do not say so.
    #[serde(default)]
    pub closed: Vec<Date>,
}

/// How much is free on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFree {
    /// The day in Berlin.
    pub date: Date,
    /// Free places, summed over the starts: visits that overlap count each.
    pub free: u32,
    /// At how many starts and locations a visit can begin. Older services do not say so.
    #[serde(default)]
    pub starts: Option<u32>,
    /// The same by place.
    #[serde(default)]
    pub locations: Vec<LocationFree>,
}

/// How much is free at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationFree {
    /// The place.
    pub location: LocationId,
    /// Free places, summed over the starts.
    pub free: u32,
}

/// The free slots of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slots {
    /// In order of time.
    ///
    /// Several locations may have the same start.
    pub slots: Vec<FreeSlot>,
}

/// A visit that can begin at this time at this place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeSlot {
    /// The place.
    pub location: LocationId,
    /// When it begins.
    ///
    /// An instant in UTC. What is held and booked is named by it.
    pub start: Timestamp,
    /// When it ends.
    ///
    /// The first instant that is not part of the visit.
    pub end: Timestamp,
    /// At how many desks a visit can begin then; at least 1.
    pub free: u32,
}

/// The next free slot.
///
/// For "next free appointment" on pages that show no calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earliest {
    /// `None` if nothing is free within the booking window.
    pub slot: Option<FreeSlot>,
}

impl SlotApi {
    /// How much is free on each day from `from` to `to`, both included.
    ///
    /// # Errors
    /// `unknown-service`, `unknown-location`; an outage.
    pub async fn days(&self, visit: &Visit, from: Date, to: Date) -> Result<Days, ClientError> {
        let range = [("from", from.to_string()), ("to", to.to_string())];
        http::json(wanted(self.get(&["availability", "days"]), visit).query(&range)).await
    }

    /// The free slots of `date`.
    ///
    /// # Errors
    /// `unknown-service`, `unknown-location`; an outage.
    pub async fn slots(&self, visit: &Visit, date: Date) -> Result<Slots, ClientError> {
        let date = [("date", date.to_string())];
        http::json(wanted(self.get(&["availability", "slots"]), visit).query(&date)).await
    }

    /// The same for staff, with the desks that are kept for them.
    ///
    /// # Errors
    /// `forbidden` if the caller is not staff, `unknown-service`, `unknown-location`; an outage.
    pub async fn slots_for_staff(
        &self,
        token: &AccessToken,
        visit: &Visit,
        date: Date,
    ) -> Result<Slots, ClientError> {
        let date = [("date", date.to_string())];
        let request = self.authorised(Method::GET, &["desk", "slots"], token);
        http::json(wanted(request, visit).query(&date)).await
    }

    /// The next free slot.
    ///
    /// # Errors
    /// `unknown-service`, `unknown-location`; an outage.
    pub async fn earliest(&self, visit: &Visit) -> Result<Earliest, ClientError> {
        http::json(wanted(self.get(&["availability", "earliest"]), visit)).await
    }
}

/// The visit as a query: a key for each service and location.
fn wanted(request: RequestBuilder, visit: &Visit) -> RequestBuilder {
    let services: Vec<_> = visit.services.iter().map(|id| ("service", id.as_str())).collect();
    let locations: Vec<_> = visit.locations.iter().map(|id| ("location", id.as_str())).collect();
    let people: Vec<_> = visit.people.iter().map(|people| ("people", *people)).collect();
    request.query(&services).query(&locations).query(&people)
}
