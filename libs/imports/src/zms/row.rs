//! One row of opening hours (ZMS: *availability*), typed.

use calendar::{Hours, OpeningRule, OwnBookable, WeekHours};
use jiff::{ToSpan as _, civil::Date};

use super::stub::{day, id, minute};
use crate::{json::Node, report::Report};

/// Rows that end so many days ahead have no end that anybody meant.
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
    let slot_minutes = node.small::<u16>("slotTimeInMinutes").unwrap_or(10);
    if !(1..=480).contains(&slot_minutes) {
        return Err("slots that are not 1 to 480 minutes long");
    }
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
        bookable: window(node),
    };
    repeat(node, &mut rule, report);
    let desks = node.get("workstationCount");
    let count = |key: &str| desks.as_ref().and_then(|desks| desks.whole(key));
    if count("intern").is_some_and(|all| all > MOST_DESKS) {
        return Err("more than 64 desks, which a location cannot have");
    }
    // Within 0 to 64, for the other counts are parts of it.
    let count = |key: &str, most: u8| {
        count(key).map(|number| u8::try_from(number.clamp(0, most.into())).unwrap_or(most))
    };
    let staff = count("intern", 64).unwrap_or_default();
    Ok(Row {
        path: node.path().to_owned(),
        id,
        first,
        last,
        rule,
        from,
        until,
        staff,
        phone: count("callcenter", staff),
        public: count("public", staff).unwrap_or_default(),
    })
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
fn window(node: &Node<'_>) -> Option<OwnBookable> {
    let stated = node.get("bookable")?;
    let days = |key: &str, most: u16| stated.small::<u16>(key).map(|days| days.min(most));
    let (from_days, to_days) = (days("startInDays", 365), days("endInDays", 730));
    let window = OwnBookable { from_days, to_days, opens_at: None };
    (window != OwnBookable::default()).then_some(window)
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
        let first = self.first.max(other.first).max(today);
        let last = self.last.min(other.last);
        // Longer than any rhythm of two rows that is written by hand.
        let mut days = first.series(1.day()).take(2 * 366).take_while(|day| *day <= last);
        days.any(|day| self.rule.hours_on(day).is_some() && other.rule.hours_on(day).is_some())
    }
}
