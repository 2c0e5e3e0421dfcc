//! What a catalogue yields, tried out before it goes live.
//!
//! Free counts come from the same functions as bookings do: the day plan of `calendar`, the
//! capacity and the rules of `booking`.
//!
//! For admins, by `fairtermin preview`: of a visit at one location on some days, before any person
//! can book it, as the public, a caller or staff see it, and if wanted as one person does. A day on
//! which nothing is free says why (`why`).

pub(crate) mod existing;
mod page;
mod render;
mod why;

use std::collections::BTreeMap;

use booking::{
    LocalDay,
    capacity::{DayOccupancy, Need, Offer},
    rules::{Attempt, Person, Phase, Refusal},
};
use calendar::{Channel, DayPlan, DeskSet};
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};

pub use existing::{Existing, InvalidBookings, parse_bookings};
pub use page::page;
pub use render::{json, table};
pub use why::{Given, Why};

use crate::{Catalogue, Visit, VisitError};

/// The longest range of days that a preview covers.
///
/// A year: longer lists are not read by people.
const MOST_DAYS: i32 = 366;

/// What to preview.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// The place.
    pub location: &'a LocationId,
    /// The services, done in one visit.
    pub services: &'a [ServiceId],
    /// How many people come, at least 1.
    pub people: u16,
    /// By which way it is booked.
    pub channel: Channel,
    /// Who books. `None`: everybody, as availability is shown before a log-in.
    pub person: Option<&'a Person>,
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
    /// Which of them is moved, by its start: its desk counts as free.
    pub moves: Option<Timestamp>,
}

/// What one local day yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The local day.
    ///
    /// Europe/Berlin.
    pub date: Date,
    /// The moments at which the visit can start, earliest first.
    pub rows: Vec<Row>,
    /// Why nothing can be booked; `None` if something can.
    pub why: Option<Why>,
}

/// One moment at which the visit can start.
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
    /// The visit cannot be done at the location.
    #[error("{0}; there are: {1}")]
    Visit(VisitError, String),
    /// Others than staff do not book the service at the location.
    #[error("service `{0}` can be booked at this location by its staff only; say --channel staff")]
    StaffOnly(ServiceId),
    /// The range ends before it begins.
    #[error("the last day {to} is before the first day {from}; write the first one first")]
    Backwards {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// No booking of the list starts at the moment that is to be moved.
    #[error("no booking starts at {}; name the start of one of --bookings", local(.0))]
    NothingToMove(Timestamp),
    /// The range is too long to be read.
    #[error("the range has {0} days; a preview covers at most {MOST_DAYS}")]
    TooLong(i32),
}

/// As the clock at the office shows it.
fn local(instant: &Timestamp) -> String {
    instant.display_with_offset(ambient::berlin().to_offset(*instant)).to_string()
}

/// Each day of the range: the moments at which the visit can start, with what is free at each, and
/// why nothing is. A moment at which all desks are taken is listed with 0, and none on a day whose seats
/// are drawn or given by the office.
///
/// # Errors
/// The place or a service does not exist, they do not go together, or the range makes no sense.
///
/// By the services' rules as availability asks them; with a person, as a confirm asks them.
pub fn preview(catalogue: &Catalogue, query: &Query<'_>) -> Result<Vec<Day>, PreviewError> {
    let visit = catalogue
        .visit_by(query.channel, query.location, query.services, query.people)
        .map_err(|error| refused(catalogue, query, error))?;
    if query.to < query.from {
        return Err(PreviewError::Backwards { from: query.from, to: query.to });
    }
    let days = (query.to - query.from).get_days() + 1;
    if days > MOST_DAYS {
        return Err(PreviewError::TooLong(days));
    }
    if let Some(moved) = query.moves
        && !query.bookings.iter().any(|booking| booking.start == moved)
    {
        return Err(PreviewError::NothingToMove(moved));
    }
    let dates = query.from.series(jiff::Span::new().days(1)).take_while(|date| *date <= query.to);
    let plans = dates.filter_map(|date| catalogue.day_plan(query.location, date));
    Ok(plans.map(|plan| day(catalogue, query, &visit, &plan)).collect())
}

/// Occupancy from the bookings, offers from the plan, rules at each of them.
fn day(catalogue: &Catalogue, query: &Query<'_>, visit: &Visit, plan: &DayPlan) -> Day {
    let need = Need { slots: visit.slots, channel: query.channel, skilled: visit.desks };
    let occupancy = occupancy(query, visit, plan);
    let local_day = LocalDay::of(query.location, plan);
    let mut refused = None;
    // Two sessions may offer the same start at different desks.
    let mut free = BTreeMap::<Timestamp, DeskSet>::new();
    for offer in need.offers(plan) {
        let start = local_day.time_of(offer.span.from);
        match judge(catalogue, query, plan, start, &offer) {
            Ok(()) => {
                let desks = free.entry(start).or_default();
                *desks = desks.union(offer.free(&occupancy));
            }
            Err(refusal) => refused = Some(refusal),
        }
    }
    let rows: Vec<Row> =
        free.into_iter().map(|(start, desks)| Row { start, free: desks.len() }).collect();
    let not_chosen = why::not_chosen(catalogue, query, plan.date);
    // Draws and assigned dates come first: a date on which a rule would allow booking is untrue where nobody books.
    if let Some(why) = not_chosen.filter(|_| !rows.is_empty() || refused.is_some()) {
        return Day { date: plan.date, rows: Vec::new(), why: Some(why) };
    }
    let why = why::nothing(catalogue, query, visit, plan, &rows, refused);
    Day { date: plan.date, rows, why }
}

/// What is taken, without the booking that moves.
fn occupancy(query: &Query<'_>, visit: &Visit, plan: &DayPlan) -> DayOccupancy {
    let mut occupancy = DayOccupancy::default();
    let mut moved = query.moves;
    for (booking, span, desk) in existing::seated(plan, |_| visit.desks, query.bookings) {
        if moved == Some(booking.start) {
            moved = None;
        } else {
            occupancy.take(span, desk);
        }
    }
    occupancy
}

/// Asks the rules of each service, as the slot service does.
///
/// # Errors
/// The first refusal, with the service whose rule it is.
fn judge(
    catalogue: &Catalogue,
    query: &Query<'_>,
    plan: &DayPlan,
    start: Timestamp,
    offer: &Offer,
) -> Result<(), (ServiceId, Refusal)> {
    for id in query.services {
        let Some(service) = catalogue.service(id) else { continue };
        let attempt = Attempt {
            phase: match query.person {
                Some(_) => Phase::Confirm { held_at: query.now },
                None => Phase::Offer,
            },
            now: query.now,
            today: ambient::berlin().to_datetime(query.now).date(),
            start,
            date: plan.date,
            window: offer.window,
            channel: query.channel,
            people: query.people,
            services: u16::try_from(query.services.len()).unwrap_or(u16::MAX),
            group: &service.group,
            enters_draw: false,
            person: query.person,
        };
        service.rules.check(&attempt).map_err(|refusal| (id.clone(), refusal))?;
    }
    Ok(())
}

fn refused(catalogue: &Catalogue, query: &Query<'_>, error: VisitError) -> PreviewError {
    match error {
        VisitError::StaffOnly(service) => PreviewError::StaffOnly(service),
        error => {
            let known = known(catalogue, query, &error);
            PreviewError::Visit(error, known)
        }
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
