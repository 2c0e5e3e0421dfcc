//! What a catalogue yields, tried out before it goes live.
//!
//! Free counts come from the same functions as bookings do: the day plan of `calendar`, the
//! capacity and the rules of `booking`.
//!
//! For admins, by `fairtermin preview`: of one service, one location and some days, before any
//! person can book by it. It shows what the public sees; limits of persons play no part.

pub(crate) mod existing;
mod render;

use std::collections::BTreeMap;

use booking::{
    LocalDay,
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
///
/// A year: longer lists are not read by people.
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
    ///
    /// On any day; those outside the range are passed over.
    pub bookings: &'a [Existing],
}

/// One moment at which the service can start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// When.
    ///
    /// UTC; printed in local time.
    pub start: Timestamp,
    /// At how many desks it can be booked; 0 if all are taken.
    pub free: u32,
}

/// Why there is no preview.
///
/// The texts are for the terminal and say what there is.
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
///
/// By the services' rules as availability asks them: for everybody, with one person and one
/// service.
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

/// Occupancy from the bookings, offers from the plan, rules at each of them.
fn day(catalogue: &Catalogue, query: &Query<'_>, visit: &Visit, plan: &DayPlan) -> Vec<Row> {
    let Some(service) = catalogue.service(query.service) else { return vec![] };
    let need = Need { slots: visit.slots, channel: Channel::Public, skilled: visit.desks };
    let mut occupancy = DayOccupancy::default();
    for (_, span, desk) in existing::seated(plan, |_| visit.desks, query.bookings) {
        occupancy.take(span, desk);
    }
    let local_day = LocalDay::of(query.location, plan);
    // Two sessions may offer the same start at different desks.
    let mut free = BTreeMap::<Timestamp, DeskSet>::new();
    for offer in need.offers(plan) {
        let start = local_day.time_of(offer.span.from);
        if service.rules.check(&attempt(query, service, plan, start, offer.window)).is_ok() {
            let desks = free.entry(start).or_default();
            *desks = desks.union(offer.free(&occupancy));
        }
    }
    free.into_iter().map(|(start, desks)| Row { start, free: desks.len() }).collect()
}

/// As the slot service makes it for availability.
fn attempt<'a>(
    query: &Query<'_>,
    service: &'a Service,
    plan: &DayPlan,
    start: Timestamp,
    window: calendar::BookingWindow,
) -> Attempt<'a> {
    Attempt {
        phase: Phase::Offer,
        now: query.now,
        today: ambient::berlin().to_datetime(query.now).date(),
        start,
        date: plan.date,
        window,
        channel: Channel::Public,
        people: 1,
        services: 1,
        group: &service.group,
        person: None,
    }
}

/// The ids that could have been meant.
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
