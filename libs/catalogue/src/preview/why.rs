//! Why nothing can be booked on a day.
//!
//! In the order in which a day is decided (see `calendar::Opening`): closed, a holiday, no rule;
//! then what the visit needs, what its services' rules say, and at last what is taken.

use std::fmt;

use booking::rules::{Fact, PROBLEMS, Refusal};
use calendar::{Channel, DayPlan, DeskSet};
use ids::ServiceId;
use jiff::{Timestamp, civil::Date};

use super::{Query, Row};
use crate::{Allocation, Catalogue, Visit};

/// Why nothing can be booked on a day. Prints as a sentence without full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The closure at this path.
    Closed(String),
    /// A public holiday, and no exception opens on it.
    Holiday,
    /// No opening rule and no exception holds on that day.
    NoRule,
    /// It is open, but has no desk for this way of booking and these services.
    NoDesk(Channel),
    /// No span of hours is long enough for the visit.
    TooLong {
        /// How many slots it takes in a row.
        slots: u16,
    },
    /// The place does not give the day out now, whatever the services say.
    Window {
        /// Where its window stands.
        path: String,
        /// The rule's code, as programs know it.
        code: &'static str,
        /// What it says.
        detail: String,
    },
    /// A rule of a service does not allow it.
    Rule {
        /// The service.
        service: ServiceId,
        /// The rule's code, as programs know it.
        code: &'static str,
        /// What it says.
        detail: String,
    },
    /// The desks are open, but citizens choose no time of this service: it is drawn or given by the office.
    NotChosen {
        /// The service.
        service: ServiceId,
        /// How its seats are given instead.
        given: Given,
    },
    /// Everything is taken: so many starts.
    Full(usize),
}

/// How people get seats that they cannot choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The office gives a date to each application.
    ByOffice,
    /// By draws alone.
    ByDraw,
    /// By a draw until then; what it leaves over can be booked.
    ByDrawUntil(Timestamp),
}

/// Why the public cannot choose a time on `date`, as the slot service refuses it; `None` if it can.
pub(super) fn not_chosen(catalogue: &Catalogue, query: &Query<'_>, date: Date) -> Option<Why> {
    if query.channel == Channel::Staff {
        return None;
    }
    let zone = ambient::berlin();
    let services = query.services.iter().filter_map(|id| Some((id, catalogue.service(id)?)));
    let closed = services.filter_map(|(id, service)| {
        Some((service.not_public_until(date, &zone)?, id, service.allocation))
    });
    let (until, service, allocation) = closed.max_by_key(|(until, ..)| *until)?;
    if until <= query.now {
        return None;
    }
    let given = if allocation == Allocation::Assign {
        Given::ByOffice
    } else if until == Timestamp::MAX {
        Given::ByDraw
    } else {
        Given::ByDrawUntil(until)
    };
    Some(Why::NotChosen { service: service.clone(), given })
}

/// `None` if something can be booked. `refused` is what the rules said of the day's last offer.
pub(super) fn nothing(
    catalogue: &Catalogue,
    query: &Query<'_>,
    visit: &Visit,
    plan: &DayPlan,
    rows: &[Row],
    refused: Option<(ServiceId, Refusal)>,
) -> Option<Why> {
    if rows.iter().any(|row| row.free > 0) {
        return None;
    }
    if plan.is_closed() {
        return Some(closed(catalogue, query, plan));
    }
    if !rows.is_empty() {
        return Some(Why::Full(rows.len()));
    }
    if let Some((service, refusal)) = refused {
        let code = refusal.problem.code;
        if let Some(path) = window_of_place(catalogue, query, plan, &refusal) {
            return Some(Why::Window { path, code, detail: detail(&refusal) });
        }
        return Some(Why::Rule { service, code, detail: detail(&refusal) });
    }
    let can = |session: &calendar::Session| {
        session.desks(query.channel).intersection(visit.desks) != DeskSet::EMPTY
    };
    if plan.sessions.iter().any(can) {
        Some(Why::TooLong { slots: visit.slots })
    } else {
        Some(Why::NoDesk(query.channel))
    }
}

/// Where the window stands that is not open, if it is the place's and no service's: a refusal of a window
/// says since when or until when it is open.
fn window_of_place(
    catalogue: &Catalogue,
    query: &Query<'_>,
    plan: &DayPlan,
    refusal: &Refusal,
) -> Option<String> {
    let is_of_window = refusal.facts.iter().any(|(name, _)| *name == "from" || *name == "closed");
    let is_open = |session: &calendar::Session| session.window.is_open(query.channel, query.now);
    if !is_of_window || plan.sessions.iter().any(is_open) {
        return None;
    }
    let place = catalogue.location(query.location)?;
    let of_rules = place.opening.values().map(|rule| rule.bookable);
    let of_days = place.exceptions.values().map(|exception| exception.bookable);
    let path = format!("catalogue.locations.{}", query.location);
    Some(if of_rules.chain(of_days).any(|own| own.is_some()) {
        format!("`bookable` of {path} or of one of its rules")
    } else {
        format!("{path}.bookable")
    })
}

fn closed(catalogue: &Catalogue, query: &Query<'_>, plan: &DayPlan) -> Why {
    let place = catalogue.location(query.location);
    let closure = place.and_then(|place| catalogue.closed_by(query.location, place, plan.date));
    match closure {
        Some(path) => Why::Closed(path),
        None if catalogue.holidays.is_holiday(plan.date) => Why::Holiday,
        None if place.is_some_and(|place| place.closed_times.contains_key(&plan.date)) => {
            Why::Closed(format!("catalogue.locations.{}.closedTimes", query.location))
        }
        None => Why::NoRule,
    }
}

/// The sentence, and from when on it is otherwise.
fn detail(refusal: &Refusal) -> String {
    let zone = ambient::berlin();
    let from = refusal.facts.iter().find_map(|(name, fact)| match fact {
        Fact::Instant(instant) if *name == "from" => Some(*instant),
        Fact::Instant(_) | Fact::Number(_) | Fact::Text(_) => None,
    });
    let sentence = refusal.detail.trim_end_matches('.');
    match from {
        Some(from) => {
            let local = from.to_zoned_datetime(zone);
            format!("{sentence}, but from {} on", local.strftime("%F %H:%M"))
        }
        None => sentence.to_owned(),
    }
}

/// What citizens read above a refusal.
fn german_title(code: &'static str) -> &'static str {
    let problem = PROBLEMS.iter().find(|problem| problem.code == code);
    problem.map_or(code, |problem| problem.texts.de.title)
}

impl Why {
    /// The same for the people of the office, in German. A rule says what citizens read.
    #[must_use]
    pub fn german(&self) -> String {
        match self {
            Self::Closed(path) => format!("geschlossen ({path})"),
            Self::Holiday => "Feiertag".to_owned(),
            Self::NoRule => "an diesem Tag ist nicht geöffnet".to_owned(),
            Self::NoDesk(channel) => {
                let way = match channel {
                    Channel::Public => "über das Internet",
                    Channel::Phone => "am Telefon",
                    Channel::Staff => "durch Beschäftigte",
                };
                format!("geöffnet, aber kein passender Platz ist {way} buchbar")
            }
            Self::TooLong { slots } => {
                format!("keine Öffnungszeit reicht für {slots} Zeitfenster nacheinander")
            }
            Self::Window { path, code, .. } => format!("{} ({path})", german_title(code)),
            Self::Rule { service, code, .. } => format!("{} ({service})", german_title(code)),
            Self::NotChosen { service, given: Given::ByOffice } => {
                format!("Termine für {service} vergibt das Amt")
            }
            Self::NotChosen { service, given: Given::ByDraw } => {
                format!("Plätze für {service} werden verlost")
            }
            Self::NotChosen { service, given: Given::ByDrawUntil(until) } => {
                let until = until.to_zoned_datetime(ambient::berlin());
                format!(
                    "Plätze für {service} werden bis {} Uhr verlost",
                    until.strftime("%d.%m.%Y, %H:%M")
                )
            }
            Self::Full(1) => "ausgebucht: die einzige Uhrzeit ist vergeben".to_owned(),
            Self::Full(starts) => format!("ausgebucht: alle {starts} Uhrzeiten sind vergeben"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(path) => write!(f, "closed by {path}"),
            Self::Holiday => write!(f, "a public holiday"),
            Self::NoRule => write!(f, "no opening rule holds on this day"),
            Self::NoDesk(channel) => {
                write!(f, "open, but no desk that does it can be booked by the channel {channel}")
            }
            Self::TooLong { slots } => {
                write!(f, "no span of hours is long enough for {slots} slots in a row")
            }
            Self::Window { path, detail, .. } => write!(f, "{path}: {detail}"),
            Self::Rule { service, code, detail } => {
                write!(f, "rule {code} of {service}: {detail}")
            }
            Self::NotChosen { service, given } => {
                match given {
                    Given::ByOffice => write!(f, "the office gives the dates of {service}")?,
                    Given::ByDraw => write!(f, "draws give the seats of {service}")?,
                    Given::ByDrawUntil(until) => {
                        let until = until.to_zoned_datetime(ambient::berlin());
                        let until = until.strftime("%F %H:%M");
                        write!(f, "a draw gives the seats of {service} until {until}")?;
                    }
                }
                write!(f, ", and nobody chooses a time; --channel staff shows them")
            }
            Self::Full(starts) => write!(f, "full: all desks are taken at all {starts} starts"),
        }
    }
}
