//! One row of opening hours (ZMS: *availability*), typed.

use calendar::{DEFAULT_SLOT_MINUTES, Hours, OpeningRule, OwnBookable, WeekHours};
use jiff::{ToSpan as _, civil::Date};

use super::stub::{day, id, minute};
use crate::{json::Node, report::Report};

/// Rows that end so many days ahead are meant to have no end.
const NO_END_DAYS: i64 = 9 * 366;

/// Rows of at most so many days open on holidays.
const SHORT_DAYS: i32 = 2;

/// The most desks of a location.
const MOST_DESKS: i64 = 64;

/// Keys of the weekdays, from Monday on.
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// One row of opening hours.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) path: String,
    pub(super) id: String,
    pub(super) first: Date,
    pub(super) last: Date,
    /// Each weekday's hours, the frequency, the slots; without desks.
    pub(super) rule: OpeningRule,
    pub(super) from: u16,
    pub(super) until: u16,
    /// All desks.
    pub(super) staff: u8,
    pub(super) phone: Option<u8>,
    pub(super) public: u8,
}

/// What a node of opening hours is.
pub(super) enum Read {
    Row(Box<Row>),
    /// Plain hours, or the twin of a row: not for appointments.
    NotForAppointments,
    /// It ended before today.
    Over,
    /// It makes no sense, which is reported.
    Wrong,
}

/// Reads a row.
pub(super) fn read(node: &Node<'_>, today: Date, report: &mut Report) -> Read {
    let own_id = id(node).unwrap_or_default();
    let kind = node.text("type").unwrap_or_else(|| "appointment".to_owned());
    if kind != "appointment" || own_id.starts_with("__") {
        return Read::NotForAppointments;
    }
    match row(node, own_id, today, report) {
        Ok(row) if row.last < today => Read::Over,
        Ok(row) => Read::Row(Box::new(row)),
        Err(problem) => {
            report.left_out(node.path(), problem, "write these hours by hand");
            Read::Wrong
        }
    }
}

fn row(node: &Node<'_>, id: String, today: Date, report: &mut Report) -> Result<Row, &'static str> {
    let first = day(node, "startDate").ok_or("hours without a first day")?;
    let last = day(node, "endDate").unwrap_or(Date::MAX);
    if last < first {
        return Err("hours that end before they begin");
    }
    let time = |key: &str, otherwise| node.text(key).map_or(Some(otherwise), |text| minute(&text));
    let from = time("startTime", 0).ok_or("hours whose first time is no time")?;
    let until = time("endTime", 24 * 60).ok_or("hours whose last time is no time")?;
    let slot_minutes = slot_minutes(node, report)?;
    let until = whole_slots(node, from, until, slot_minutes, report)?;
    let mut rule = OpeningRule {
        hours: week(node, from, until)?,
        valid_from: Some(first),
        valid_to: Some(last).filter(|last| *last <= today.saturating_add(NO_END_DAYS.days())),
        every_nth_week: None,
        weeks_of_month: Vec::new(),
        slot_minutes,
        multiple_slots: node.flag("multipleSlotsAllowed").unwrap_or(true),
        desks: calendar::DeskCounts::default(),
        bookable: window(node, report),
    };
    repeat(node, &mut rule, report);
    let (staff, phone, public) = desks(node, report)?;
    if node.text("description").is_some() {
        let what = "the note on hours, which is for staff";
        report.left_out(&node.below("description"), what, "");
    }
    let path = node.path().to_owned();
    Ok(Row { path, id, first, last, rule, from, until, staff, phone, public })
}

/// How many desks there are, and how many of them for the telephone and for the public.
fn desks(node: &Node<'_>, report: &mut Report) -> Result<(u8, Option<u8>, u8), &'static str> {
    let desks = node.get("workstationCount");
    let stated = |key: &str| desks.as_ref().and_then(|desks| desks.whole(key));
    let all = stated("intern").unwrap_or_default();
    if all > MOST_DESKS {
        return Err("more than 64 desks, which a location cannot have");
    }
    let staff = u8::try_from(all).unwrap_or_default();
    let mut part = |key: &str| {
        let number = stated(key)?;
        let part = number.clamp(0, i64::from(staff));
        if part != number {
            let problem = format!("more than all desks, or less than none: {part} is taken");
            report.changed(&node.below(&format!("workstationCount.{key}")), problem, "");
        }
        u8::try_from(part).ok()
    };
    Ok((staff, part("callcenter"), part("public").unwrap_or_default()))
}

/// ZMS has ten minutes where nothing is stated.
fn slot_minutes(node: &Node<'_>, report: &mut Report) -> Result<u16, &'static str> {
    const KEY: &str = "slotTimeInMinutes";
    if !node.has(KEY) {
        let problem = "hours that do not say how long a slot is: 10 minutes are taken";
        report.changed(&node.below(KEY), problem, "correct `slotMinutes` if it is wrong");
        return Ok(DEFAULT_SLOT_MINUTES);
    }
    let minutes = node.small::<u16>(KEY).filter(|minutes| (1..=480).contains(minutes));
    minutes.ok_or("slots that are not 1 to 480 minutes long")
}

/// The end of the last whole slot.
fn whole_slots(
    node: &Node<'_>,
    from: u16,
    until: u16,
    slot: u16,
    report: &mut Report,
) -> Result<u16, &'static str> {
    let slots = until.checked_sub(from).ok_or("hours whose last time is before the first")? / slot;
    if slots == 0 {
        return Err("hours without room for a slot");
    }
    let end = from + slots * slot;
    if end != until {
        let problem = "the time after the last whole slot, which cannot be booked";
        report.changed(&node.below("endTime"), problem, "end the hours with a slot");
    }
    Ok(end)
}

/// A weekday that is 0 or "0" is none; any other number is one.
fn week(node: &Node<'_>, from: u16, until: u16) -> Result<WeekHours, &'static str> {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let text = format!("{}-{}", time(from), time(until));
    let hours: Hours = text.parse().map_err(|_| "hours that are none")?;
    let weekdays = node.get("weekday").ok_or("hours without a weekday")?;
    let on = |key: &str| (weekdays.flag(key) == Some(true)).then(|| hours.clone());
    let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = WEEKDAYS.map(on);
    let week = WeekHours { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
    if week.iter().next().is_none() { Err("hours without a weekday") } else { Ok(week) }
}

/// What is not stated is the scope's.
fn window(node: &Node<'_>, report: &mut Report) -> Option<OwnBookable> {
    let stated = node.get("bookable")?;
    let (from_days, to_days) = (
        days_ahead(&stated, "startInDays", 365, report),
        days_ahead(&stated, "endInDays", 730, report),
    );
    let window = OwnBookable { from_days, to_days, opens_at: None };
    (window != OwnBookable::default()).then_some(window)
}

/// A number of days up to `most`. What is no such number is reported.
pub(super) fn days_ahead(
    node: &Node<'_>,
    key: &str,
    most: u16,
    report: &mut Report,
) -> Option<u16> {
    let is_blank = |text: &str| text.trim().is_empty();
    if node.get(key)?.value().as_str().is_some_and(is_blank) {
        return None;
    }
    match node.whole(key).filter(|days| *days >= 0) {
        Some(days) if days <= i64::from(most) => u16::try_from(days).ok(),
        Some(_) => {
            let problem = format!("a booking window of more than {most} days, which is the most");
            report.changed(&node.below(key), problem, "");
            Some(most)
        }
        None => {
            let problem = "days of a booking window that are no days: the default is taken";
            report.changed(&node.below(key), problem, "write `bookable` by hand");
            None
        }
    }
}

/// Each n-th week and the n-th week of a month are alternatives, so "each week" swallows the other.
fn repeat(node: &Node<'_>, rule: &mut OpeningRule, report: &mut Report) {
    let Some(repeat) = node.get("repeat") else { return };
    let after = repeat.small::<u8>("afterWeeks").unwrap_or_default();
    let of_month = repeat.small::<u8>("weekOfMonth").filter(|week| (1..=5).contains(week));
    match (after, of_month) {
        (0, Some(week)) => rule.weeks_of_month = vec![week],
        (1, Some(_)) => {
            let problem = "`weekOfMonth` beside each week: it changes nothing in ZMS either";
            report.changed(repeat.path(), problem, "");
        }
        (2..=52, week) => {
            rule.every_nth_week = Some(after);
            rule.weeks_of_month = week.into_iter().collect();
        }
        (53.., _) => {
            let problem = "more than 52 weeks from one time to the next";
            report.changed(repeat.path(), problem, "it is each week here; correct it by hand");
        }
        (0 | 1, None) => {}
    }
}

impl Row {
    /// Whether it says the same, wherever it stood.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let counts = |row: &Self| (row.staff, row.phone, row.public);
        let days = |row: &Self| (row.first, row.last);
        self.rule == other.rule && counts(self) == counts(other) && days(self) == days(other)
    }

    /// Rows of one or two calendar days open on holidays.
    pub(super) fn is_short(&self) -> bool {
        (self.last - self.first).get_days() < SHORT_DAYS
    }

    /// The days of a short row that are open.
    pub(super) fn short_days(&self) -> Vec<Date> {
        let days = [Some(self.first), self.first.tomorrow().ok()].into_iter().flatten();
        days.filter(|day| *day <= self.last && self.rule.hours_on(*day).is_some()).collect()
    }

    /// Whether two rows open at the same time on some day from `today` on.
    pub(super) fn meets(&self, other: &Self, today: Date) -> bool {
        if self.until <= other.from || other.until <= self.from {
            return false;
        }
        let mut weekdays = self.rule.hours.iter();
        if !weekdays.any(|(weekday, _)| other.rule.hours.on(weekday).is_some()) {
            return false;
        }
        let first = self.first.max(other.first).max(today);
        let last = self.last.min(other.last);
        // Longer than any rhythm of two rows that is written by hand.
        let mut days = first.series(1.day()).take(2 * 366).take_while(|day| *day <= last);
        days.any(|day| self.rule.hours_on(day).is_some() && other.rule.hours_on(day).is_some())
    }
}
