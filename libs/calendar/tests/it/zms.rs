//! What ZMS, the offices' present system, expects of an *availability*, rebuilt with our rules: an
//! office that moves over keeps its days and slots.

use calendar::{
    Bookable, Channel, DeskCounts, DeskSet, FederalState, Grid, Opening, OpeningRule, OwnBookable,
    WeekHours,
};
use jiff::{Timestamp, civil::Date};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// An availability with ZMS's defaults for slot length, window and repetition.
fn availability(hours: WeekHours, valid_from: &str) -> OpeningRule {
    OpeningRule {
        hours,
        valid_from: Some(date(valid_from)),
        valid_to: None,
        every_nth_week: None,
        weeks_of_month: vec![],
        slot_minutes: 10,
        multiple_slots: true,
        desks: DeskCounts::default(),
        bookable: None,
    }
}

fn fridays() -> WeekHours {
    WeekHours { friday: Some("08:00-12:00".parse().unwrap()), ..WeekHours::default() }
}

fn is_open(rule: &OpeningRule, day: &str) -> bool {
    rule.hours_on(date(day)).is_some()
}

fn opening(rule: &OpeningRule) -> Opening<'_> {
    Opening {
        grid: Grid::default(),
        desks: DeskSet::first(1),
        bookable: Bookable::default(),
        holidays: Some(FederalState::Berlin),
        rules: vec![rule],
        exceptions: vec![],
        closures: vec![],
        closed_times: None,
    }
}

#[test]
fn after_weeks_and_week_of_month() {
    let mut rule = availability(fridays(), "2016-01-01");
    rule.every_nth_week = Some(2);
    assert!(is_open(&rule, "2016-01-15"), "the second week after the first");
    assert!(!is_open(&rule, "2016-01-04"), "a Monday, and only Friday is given");
    assert!(!is_open(&rule, "2016-01-08"), "the week between");
    rule.hours.monday = rule.hours.friday.clone();
    assert!(is_open(&rule, "2016-01-11"), "Monday is given now");
    rule.weeks_of_month = vec![2];
    assert!(is_open(&rule, "2016-01-08"), "the second Friday of the month");
    assert!(!is_open(&rule, "2016-01-22"), "the fourth Friday of the month");
}

#[test]
fn a_fortnight_begins_with_the_week_of_the_start_date() {
    for (start, open) in
        [("2016-04-01", true), ("2016-04-02", true), ("2016-04-03", true), ("2016-04-04", false)]
    {
        let rule = OpeningRule { every_nth_week: Some(2), ..availability(fridays(), start) };
        assert_eq!(is_open(&rule, "2016-04-15"), open, "{start}");
    }
}

#[test]
fn a_fortnight_goes_on_across_the_change_to_summer_time() {
    let wednesdays = WeekHours { wednesday: fridays().friday, ..WeekHours::default() };
    let rule = OpeningRule { every_nth_week: Some(2), ..availability(wednesdays, "2019-01-02") };
    let open =
        ["2019-03-13", "2019-03-20", "2019-03-27", "2019-04-03"].map(|day| is_open(&rule, day));
    assert_eq!(open, [true, false, true, false]);
}

#[test]
fn a_day_off_is_closed() {
    let rule = availability(fridays(), "2015-11-26");
    assert!(opening(&rule).day_plan(date("2016-01-01")).is_closed());
    assert!(!opening(&rule).day_plan(date("2016-01-08")).is_closed());
}

#[test]
fn by_default_from_tomorrow_to_sixty_days_ahead_and_the_last_day_opens_with_its_doors() {
    let rule = availability(fridays(), "2016-01-01");
    let bookable = |day: &str, now: &str| {
        let plan = opening(&rule).day_plan(date(day));
        plan.sessions[0].window.is_open(Channel::Public, now.parse::<Timestamp>().unwrap())
    };
    // Friday 26 February: bookable until the Thursday before.
    assert!(!bookable("2016-02-26", "2016-02-26T00:00:00+01:00"));
    assert!(bookable("2016-02-26", "2016-02-25T23:59:59+01:00"));
    // 60 days before is 28 December.
    assert!(bookable("2016-02-26", "2015-12-28T08:00:00+01:00"));
    assert!(!bookable("2016-02-26", "2015-12-28T07:59:59+01:00"));
}

#[test]
fn what_can_be_booked_on_the_day_itself_only_can_be_booked_before_the_doors_open() {
    let rule = OpeningRule {
        bookable: Some(OwnBookable { from_days: Some(0), to_days: Some(0), opens_at: None }),
        ..availability(fridays(), "2016-01-08")
    };
    let plan = opening(&rule).day_plan(date("2016-01-08"));
    let is_open = |now: &str| {
        plan.sessions[0].window.is_open(Channel::Public, now.parse::<Timestamp>().unwrap())
    };
    assert!(is_open("2016-01-08T00:00:00+01:00") && is_open("2016-01-08T07:00:00+01:00"));
    assert!(!is_open("2016-01-07T23:59:59+01:00") && !is_open("2016-01-09T00:00:00+01:00"));
}

/// ZMS once started a last slot when a single minute was left; since 2026 it fits the end to whole
/// slots, and so do we.
#[test]
fn the_end_is_fitted_to_whole_slots() {
    for (hours, slot_minutes, end) in [
        ("08:00-12:00", 90, 11 * 60),
        ("08:00-17:00", 90, 17 * 60),
        ("08:00-11:00", 60, 11 * 60),
        ("08:00-12:20", 30, 12 * 60),
        ("08:00-12:10", 60, 12 * 60),
    ] {
        let week = WeekHours { friday: Some(hours.parse().unwrap()), ..WeekHours::default() };
        let rule = OpeningRule { slot_minutes, ..availability(week, "2016-01-01") };
        let session = opening(&rule).day_plan(date("2016-01-08")).sessions.remove(0);
        let last = session.starts(1).last().unwrap() + session.slot_units;
        assert_eq!(last * 5, end, "{hours} by {slot_minutes}");
    }
    let short = WeekHours { friday: Some("08:00-09:00".parse().unwrap()), ..WeekHours::default() };
    let rule = OpeningRule { slot_minutes: 90, ..availability(short, "2016-01-01") };
    assert_eq!(opening(&rule).day_plan(date("2016-01-08")).sessions[0].starts(1).count(), 0);
}

#[test]
fn multiple_slots_allowed_decides_how_long_a_visit_is() {
    let mut rule = availability(fridays(), "2016-01-01");
    let starts = |rule: &OpeningRule| {
        opening(rule).day_plan(date("2016-01-08")).sessions[0].starts(3).count()
    };
    assert_eq!(starts(&rule), 24 - 2);
    rule.multiple_slots = false;
    assert_eq!(starts(&rule), 24);
}
