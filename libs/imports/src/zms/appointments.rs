//! Appointments that ZMS has given already become closed time, so that no desk is given twice while
//! both systems run.
//!
//! ZMS counts desks and does not name them, so each appointment gets a desk that is free among those
//! of its hours: free of other appointments there and of bookings here. Of a person nothing is read.

use std::collections::BTreeMap;

use calendar::{DEFAULT_SLOT_MINUTES, Desk, DeskSet};
use catalogue::preview::Existing;
use ids::LocationId;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

use super::{
    collect::Found,
    opening::Placed,
    stub::id_at,
    taken::{DAY, Taken},
};
use crate::{json::Node, model::Offer, report::Report};

/// Bookings here by location, as `fairtermin bookings export` writes them.
pub type Bookings = BTreeMap<LocationId, Vec<Existing>>;

/// Of all the states of a ZMS process, those that take a desk's time.
const TAKING: [&str; 7] =
    ["reserved", "preconfirmed", "confirmed", "queued", "called", "processing", "pending"];

/// The states that take none.
const NOT_TAKING: [&str; 9] = [
    "free",
    "finished",
    "missed",
    "parked",
    "archived",
    "deleted",
    "anonymized",
    "blocked",
    "conflict",
];

/// Time at a place.
#[derive(Debug)]
struct Appointment {
    path: String,
    scope: String,
    date: Date,
    /// Minutes after midnight.
    from: u16,
    slots: u16,
    /// Minutes of a slot, if the appointment says it.
    slot_minutes: Option<u16>,
    /// The row of opening hours that it is of.
    row: Option<String>,
}

/// What decides about closed time.
pub(super) struct Closing<'a> {
    pub(super) found: &'a Found<'a>,
    /// Hours with their desks, by scope.
    pub(super) placed: &'a BTreeMap<String, Vec<Placed>>,
    pub(super) bookings: &'a Bookings,
    /// The one that is imported.
    pub(super) department: Option<&'a str>,
    pub(super) today: Date,
}

impl Closing<'_> {
    /// Closes the time of every appointment from today on. Returns how many there are, with those
    /// that cannot be read.
    pub(super) fn close(&self, offer: &mut Offer, report: &mut Report) -> usize {
        let mut reading = Reading { report, appointments: Vec::new(), unreadable: 0 };
        for process in &self.found.processes {
            reading.process(process);
        }
        let Reading { mut appointments, unreadable, .. } = reading;
        appointments.retain(|one| {
            one.date >= self.today && !self.found.is_elsewhere(&one.scope, self.department)
        });
        appointments.sort_by(|one, other| {
            (one.date, one.from, &one.path).cmp(&(other.date, other.from, &other.path))
        });
        let ours = ours(offer, self.bookings, report);
        let (nothing, mut taken) = (Taken::default(), BTreeMap::<String, Taken>::new());
        let mut opening = BTreeMap::<(&str, Date), Vec<&Placed>>::new();
        for one in &appointments {
            if !offer.places.contains_key(&one.scope) {
                let problem = "an appointment at a scope that is not imported";
                let remedy =
                    "add the answer of GET /scope/ID/, unless it is left out for another reason";
                report.left_out(&one.path, problem, remedy);
                continue;
            }
            let rows = opening.entry((one.scope.as_str(), one.date));
            let rows = rows.or_insert_with(|| self.opening_on(&one.scope, one.date));
            let ours = ours.get(&one.scope).unwrap_or(&nothing);
            take(one, rows, ours, taken.entry(one.scope.clone()).or_default(), report);
        }
        for (scope, taken) in &taken {
            if let Some(place) = offer.places.get_mut(scope) {
                place.closed_times = taken.closed_times();
            }
        }
        appointments.len() + unreadable
    }

    /// The hours of a scope that open on a day.
    fn opening_on(&self, scope: &str, date: Date) -> Vec<&Placed> {
        let rows = self.placed.get(scope).into_iter().flatten();
        rows.filter(|placed| placed.row.rule.hours_on(date).is_some()).collect()
    }
}

/// Our bookings by scope.
fn ours(offer: &Offer, bookings: &Bookings, report: &mut Report) -> BTreeMap<String, Taken> {
    let mut all = BTreeMap::<String, Taken>::new();
    for (location, bookings) in bookings {
        let path = format!("bookings of {location}");
        let place = offer.places.iter().find(|(_, place)| place.id == location.as_str());
        let Some((scope, _)) = place else {
            let problem = "bookings of a location that the import does not write";
            report.left_out(&path, problem, "import the same files as at the first time");
            continue;
        };
        let taken = all.entry(scope.clone()).or_default();
        for booking in bookings {
            let start = ambient::berlin().to_datetime(booking.start);
            let from = minute_of_day(start);
            let by_slots = || booking.slots.saturating_mul(DEFAULT_SLOT_MINUTES);
            let minutes = booking.minutes.unwrap_or_else(by_slots);
            let until = from.saturating_add(minutes).min(DAY);
            match booking.desk {
                Some(desk) => taken.add(start.date(), desk, (from, until)),
                None => {
                    let problem = "a booking without a desk: closed time may lie over it";
                    report.left_out(&path, problem, "write them by `fairtermin bookings export`");
                }
            }
        }
    }
    all
}

/// Appointments of the files, with what makes no sense in the report.
struct Reading<'a> {
    report: &'a mut Report,
    appointments: Vec<Appointment>,
    unreadable: usize,
}

impl Reading<'_> {
    fn process(&mut self, node: &Node<'_>) {
        let status = node.text("status").unwrap_or_default();
        if NOT_TAKING.contains(&status.as_str()) {
            return;
        }
        if !TAKING.contains(&status.as_str()) {
            // An empty desk does less harm than two visits at one.
            let problem = "an appointment of an unknown state: its time is closed";
            self.report.changed(&node.below("status"), problem, "take it out if it is over");
        }
        for appointment in node.items("appointments") {
            self.appointment(node, &appointment);
        }
    }

    fn appointment(&mut self, process: &Node<'_>, node: &Node<'_>) {
        let scope = id_at(node, "scope").or_else(|| id_at(process, "scope"));
        let at = node.whole("date").filter(|seconds| *seconds > 0).and_then(local);
        let (Some(scope), Some(at)) = (scope, at) else {
            let remedy = "ask for it with resolveReferences=1";
            self.report.left_out(node.path(), "an appointment without a scope or a time", remedy);
            self.unreadable += 1;
            return;
        };
        let minutes = minute_of_day(at);
        // ZMS gives people without an appointment the time midnight.
        if minutes == 0 {
            return;
        }
        let availability = node.get("availability");
        self.appointments.push(Appointment {
            path: node.path().to_owned(),
            scope,
            date: at.date(),
            from: minutes,
            slots: node.small::<u16>("slotCount").unwrap_or(1).clamp(1, 48),
            slot_minutes: availability
                .and_then(|row| row.small::<u16>("slotTimeInMinutes"))
                .filter(|minutes| (1..=480).contains(minutes)),
            row: id_at(node, "availability"),
        });
    }
}

fn local(seconds: i64) -> Option<DateTime> {
    Some(ambient::berlin().to_datetime(Timestamp::from_second(seconds).ok()?))
}

fn minute_of_day(at: DateTime) -> u16 {
    let part = |number: i8| u16::try_from(number).unwrap_or_default();
    part(at.hour()) * 60 + part(at.minute())
}

/// Takes a free desk: of its own hours, else of whatever is open at that time. `rows` are those of its day.
fn take(one: &Appointment, rows: &[&Placed], ours: &Taken, taken: &mut Taken, report: &mut Report) {
    let is_open = |placed: &&Placed| placed.row.from <= one.from && one.from < placed.row.until;
    let open: Vec<&Placed> = rows.iter().copied().filter(is_open).collect();
    let own = open.iter().find(|placed| Some(&placed.row.id) == one.row.as_ref()).or(open.first());
    let Some(own) = own else {
        let problem = "an appointment outside of all hours: staff have to know of it";
        return report.left_out(&one.path, problem, "import the hours of that day as well");
    };
    let slot = one.slot_minutes.unwrap_or(own.row.rule.slot_minutes);
    let until = one.from.saturating_add(one.slots.saturating_mul(slot)).min(DAY);
    let all = open.iter().fold(DeskSet::EMPTY, |all, placed| all.union(placed.desks));
    let is_free = |desk: Desk| taken.is_free(one.date, desk, (one.from, until));
    let is_spared = |desk: Desk| is_free(desk) && ours.is_free(one.date, desk, (one.from, until));
    // The desk on which a booking follows first: longer appointments need the others.
    let best = |desks: DeskSet| {
        let spared = desks.iter().filter(|desk| is_spared(*desk));
        spared.min_by_key(|desk| (ours.next_from(one.date, *desk, until), desk.number()))
    };
    let free = best(own.desks).or_else(|| best(all.without(own.desks)));
    let is_crowded = free.is_none() && all.iter().any(is_free);
    match free {
        Some(desk) => taken.add(one.date, desk, (one.from, until)),
        None if is_crowded => {
            let problem = "an appointment without a desk: bookings here have all that are left, so \
                           more visitors come than there are desks";
            report.left_out(&one.path, problem, "move a visit here or there; staff have to know");
        }
        None => {
            let problem = "an appointment beyond the desks: it was booked above capacity in ZMS";
            report.left_out(&one.path, problem, "nothing more can be booked then; staff serve it");
        }
    }
}
