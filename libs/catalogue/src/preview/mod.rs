//! What a catalogue yields, tried out before it goes live.
//!
//! Free counts come from the same functions as bookings do: the day plan of `calendar`, the
//! capacity and the rules of `booking`.

mod existing;
mod render;

use std::collections::BTreeMap;

use booking::{
    capacity::{DayOccupancy, Need},
    rules::{Attempt, Phase},
};
use calendar::{Channel, DayPlan, DeskSet};
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};

pub use existing::{Existing, InvalidBookings, parse_bookings};
pub use render::{json, table};

use crate::{Catalogue, Service, Visit, VisitError};

/// The longest range of days that a preview covers.
const MOST_DAYS: i32 = 366;

/// What to preview.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The place.
    pub location: &'a LocationId,
    /// The service, for one person, booked over the internet.
    pub service: &'a ServiceId,
    /// The first local day.
    pub from: Date,
    /// The last local day.
    pub to: Date,
    /// As if it were this moment: what has begun or cannot be booked yet is left out.
    pub now: Timestamp,
    /// Bookings that exist at this place.
    pub bookings: &'a [Existing],
}

/// One moment at which the service can start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// When.
    pub start: Timestamp,
    /// At how many desks it can be booked; 0 if all are taken.
    pub free: u32,
}

/// Why there is no preview.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreviewError {
    /// The service cannot be done at the location.
    #[error("{0}; there are: {1}")]
    Visit(VisitError, String),
    /// The range ends before it begins.
    #[error("the last day {to} is before the first day {from}; write the first one first")]
    Backwards {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// The range is too long to be read.
    #[error("the range has {0} days; a preview covers at most {MOST_DAYS}")]
    TooLong(i32),
}

/// The moments at which the service can start, earliest first, with what is free at each. A moment
/// at which all desks are taken is listed with 0.
///
/// # Errors
/// The place or the service does not exist, or the range makes no sense.
pub fn preview(catalogue: &Catalogue, query: &Query<'_>) -> Result<Vec<Row>, PreviewError> {
    let services = std::slice::from_ref(query.service);
    let visit = catalogue
        .visit(query.location, services, 1)
        .map_err(|error| PreviewError::Visit(error.clone(), known(catalogue, query, &error)))?;
    if query.to < query.from {
        return Err(PreviewError::Backwards { from: query.from, to: query.to });
    }
    let days = (query.to - query.from).get_days() + 1;
    if days > MOST_DAYS {
        return Err(PreviewError::TooLong(days));
    }
    let dates = query.from.series(jiff::Span::new().days(1)).take_while(|date| *date <= query.to);
    let plans = dates.filter_map(|date| catalogue.day_plan(query.location, date));
    Ok(plans.flat_map(|plan| day(catalogue, query, &visit, &plan)).collect())
}

fn day(catalogue: &Catalogue, query: &Query<'_>, visit: &Visit, plan: &DayPlan) -> Vec<Row> {
    let Some(service) = catalogue.service(query.service) else { return vec![] };
    let need = Need { slots: visit.slots, channel: Channel::Public, skilled: visit.desks };
    let occupancy: DayOccupancy = existing::occupancy(plan, visit.desks, query.bookings);
    // Two sessions may offer the same start at different desks.
    let mut free = BTreeMap::<u16, DeskSet>::new();
    for offer in need.offers(plan) {
        let attempt = attempt(query, service, plan, offer.start, offer.window);
        if service.rules.check(&attempt).is_ok() {
            let desks = free.entry(offer.start).or_default();
            *desks = desks.union(offer.free(&occupancy));
        }
    }
    let row =
        |(start, desks): (u16, DeskSet)| Row { start: plan.time_of(start), free: desks.len() };
    free.into_iter().map(row).collect()
}

fn attempt<'a>(
    query: &Query<'_>,
    service: &'a Service,
    plan: &DayPlan,
    start: u16,
    window: calendar::BookingWindow,
) -> Attempt<'a> {
    Attempt {
        phase: Phase::Offer,
        now: query.now,
        today: ambient::berlin().to_datetime(query.now).date(),
        start: plan.time_of(start),
        date: plan.date,
        window,
        channel: Channel::Public,
        people: 1,
        services: 1,
        group: &service.group,
        urgent: false,
        person: None,
    }
}

fn known(catalogue: &Catalogue, query: &Query<'_>, error: &VisitError) -> String {
    let names: Vec<&str> = match error {
        VisitError::UnknownLocation(_) => {
            catalogue.locations().map(|(id, _)| id.as_str()).collect()
        }
        VisitError::NotDoneHere(_) => catalogue
            .location(query.location)
            .map(|place| place.services.keys().map(ServiceId::as_str).collect())
            .unwrap_or_default(),
        _ => catalogue.services().map(|(id, _)| id.as_str()).collect(),
    };
    names.join(", ")
}
