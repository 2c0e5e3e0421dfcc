//! Appointments that ZMS has given already become closed time, so that no desk is given twice while
//! both systems run.
//!
//! ZMS counts desks and does not name them, so each appointment gets the lowest desk that is free
//! among those of its hours. Of a person nothing is read.

use std::collections::BTreeMap;

use calendar::{ClosedTime, ClosedTimes, Desk, DeskNumbers, DeskSet};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

use super::{collect::Found, opening::Placed, stub::id_at};
use crate::{json::Node, model::Offer, report::Report};

/// Of all the states of a ZMS process, those that take a desk's time.
const TAKING: [&str; 7] =
    ["reserved", "preconfirmed", "confirmed", "queued", "called", "processing", "pending"];

const DAY: u16 = 24 * 60;

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

/// Spans of minutes that are taken, by day and desk.
type Taken = BTreeMap<Date, BTreeMap<u8, Vec<(u16, u16)>>>;

/// Closes the time of every appointment from `today` on.
pub(super) fn close(
    offer: &mut Offer,
    found: &Found<'_>,
    placed: &BTreeMap<String, Vec<Placed>>,
    today: Date,
    report: &mut Report,
) {
    let mut appointments: Vec<Appointment> =
        found.processes.iter().filter_map(|node| read(node, report)).collect();
    appointments.retain(|one| one.date >= today && offer.places.contains_key(&one.scope));
    appointments.sort_by(|one, other| {
        (one.date, one.from, &one.path).cmp(&(other.date, other.from, &other.path))
    });
    let mut taken = BTreeMap::<String, Taken>::new();
    for one in &appointments {
        let rows = placed.get(&one.scope).map_or(&[][..], Vec::as_slice);
        let day = taken.entry(one.scope.clone()).or_default().entry(one.date).or_default();
        take(one, rows, day, report);
    }
    for (scope, taken) in &taken {
        if let Some(place) = offer.places.get_mut(scope) {
            place.closed_times = closed(taken);
        }
    }
}

/// `None`: it takes no time, or makes no sense, which is reported.
fn read(node: &Node<'_>, report: &mut Report) -> Option<Appointment> {
    let status = node.text("status")?;
    if !TAKING.contains(&status.as_str()) {
        return None;
    }
    let appointment = node.items("appointments").into_iter().next()?;
    let scope = id_at(&appointment, "scope").or_else(|| id_at(node, "scope"));
    let at = appointment.whole("date").filter(|seconds| *seconds > 0).and_then(local);
    let (Some(scope), Some(at)) = (scope, at) else {
        let remedy = "ask for it with resolveReferences=1";
        report.left_out(node.path(), "an appointment without a scope or a time", remedy);
        return None;
    };
    let minutes = minute_of_day(at);
    // Midnight is how ZMS says that somebody came without an appointment.
    if minutes == 0 {
        return None;
    }
    let availability = appointment.get("availability");
    Some(Appointment {
        path: node.path().to_owned(),
        scope,
        date: at.date(),
        from: minutes,
        slots: appointment.small::<u16>("slotCount").unwrap_or(1).clamp(1, 48),
        slot_minutes: availability
            .and_then(|row| row.small::<u16>("slotTimeInMinutes"))
            .filter(|minutes| (1..=480).contains(minutes)),
        row: id_at(&appointment, "availability"),
    })
}

fn local(seconds: i64) -> Option<DateTime> {
    Some(ambient::berlin().to_datetime(Timestamp::from_second(seconds).ok()?))
}

fn minute_of_day(at: DateTime) -> u16 {
    let part = |number: i8| u16::try_from(number).unwrap_or_default();
    part(at.hour()) * 60 + part(at.minute())
}

/// Takes the lowest free desk: of its own hours, else of whatever is open at that time.
fn take(
    one: &Appointment,
    rows: &[Placed],
    day: &mut BTreeMap<u8, Vec<(u16, u16)>>,
    report: &mut Report,
) {
    let is_open = |placed: &&Placed| {
        let row = &placed.row;
        row.from <= one.from && one.from < row.until && row.rule.hours_on(one.date).is_some()
    };
    let open: Vec<&Placed> = rows.iter().filter(is_open).collect();
    let own = open.iter().find(|placed| Some(&placed.row.id) == one.row.as_ref()).or(open.first());
    let Some(own) = own else {
        let problem = "an appointment outside of all hours: staff have to know of it";
        return report.left_out(&one.path, problem, "import the hours of that day as well");
    };
    let slot = one.slot_minutes.unwrap_or(own.row.rule.slot_minutes);
    let until = one.from.saturating_add(one.slots.saturating_mul(slot)).min(DAY);
    let all = open.iter().fold(DeskSet::EMPTY, |all, placed| all.union(placed.desks));
    let others = all.without(own.desks);
    let is_free = |desk: &Desk| {
        let spans = day.get(&desk.number()).map_or(&[][..], Vec::as_slice);
        spans.iter().all(|(from, to)| until <= *from || *to <= one.from)
    };
    let free = own.desks.iter().chain(others.iter()).find(is_free);
    match free {
        Some(desk) => day.entry(desk.number()).or_default().push((one.from, until)),
        None => {
            let problem = "an appointment beyond the desks: it was booked above capacity in ZMS";
            report.left_out(&one.path, problem, "nothing more can be booked then; staff serve it");
        }
    }
}

/// Desks with the same hours stand together.
fn closed(taken: &Taken) -> ClosedTimes {
    let mut closed = ClosedTimes::new();
    for (date, desks) in taken {
        let mut by_hours = BTreeMap::<String, DeskSet>::new();
        for (number, spans) in desks {
            let Some(desk) = Desk::from_number(*number) else { continue };
            let set = by_hours.entry(hours(spans)).or_default();
            *set = set.union(DeskSet::one(desk));
        }
        let times: Vec<ClosedTime> = by_hours
            .into_iter()
            .filter_map(|(hours, desks)| {
                Some(ClosedTime { desks: DeskNumbers(desks), hours: hours.parse().ok()? })
            })
            .collect();
        if !times.is_empty() {
            closed.insert(*date, times);
        }
    }
    closed
}

/// `08:00-08:30, 09:00-09:10`; spans that touch are one.
fn hours(spans: &[(u16, u16)]) -> String {
    let mut merged = Vec::<(u16, u16)>::new();
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    for (from, until) in sorted {
        match merged.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(until),
            _ => merged.push((from, until)),
        }
    }
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let text = |(from, until): &(u16, u16)| format!("{}-{}", time(*from), time(*until));
    merged.iter().map(text).collect::<Vec<_>>().join(", ")
}
