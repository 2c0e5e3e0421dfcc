//! Whatever the rules are, a day plan keeps what the crate promises.

use calendar::{
    Bookable, Closure, DayPlan, DeskCounts, DeskSet, FederalState, Grid, Hours, Opening,
    OpeningRule, WeekHours,
};
use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

/// Wall times in minutes, on a grid of 5.
type Spans = Vec<(u16, u16)>;

fn any_spans() -> impl Strategy<Value = Spans> {
    proptest::collection::btree_set(0..=288u16, 2..=6).prop_map(|marks| {
        let marks: Vec<u16> = marks.into_iter().map(|mark| mark * 5).collect();
        marks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

/// Days from 2020 to 2032, every second one the day of a clock change.
fn any_day() -> impl Strategy<Value = Date> {
    let start: Date = "2020-01-01".parse().unwrap();
    let change = (2020..=2032i16, prop_oneof![Just(3i8), Just(10)])
        .prop_map(|(year, month)| last_sunday(year, month));
    prop_oneof![(0..4748i64).prop_map(move |days| start.checked_add(days.days()).unwrap()), change]
}

fn last_sunday(year: i16, month: i8) -> Date {
    Date::new(year, month, 31)
        .unwrap()
        .nth_weekday_of_month(-1, jiff::civil::Weekday::Sunday)
        .unwrap()
}

fn any_rule() -> impl Strategy<Value = (OpeningRule, Spans)> {
    let desks = (
        proptest::option::of(0..=8u8),
        proptest::option::of(0..=8u8),
        proptest::option::of(0..=8u8),
    );
    (any_spans(), 1..=12u16, any::<bool>(), desks).prop_map(
        |(spans, slot, multiple_slots, desks)| {
            let (public, phone, staff) = desks;
            let rule = OpeningRule {
                hours: every_day(&spans),
                valid_from: None,
                valid_to: None,
                every_nth_week: None,
                weeks_of_month: vec![],
                slot_minutes: slot * 5,
                multiple_slots,
                desks: DeskCounts { public, phone, staff, only: None },
                bookable: None,
            };
            (rule, spans)
        },
    )
}

fn every_day(spans: &[(u16, u16)]) -> WeekHours {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let texts: Vec<String> =
        spans.iter().map(|(from, until)| format!("{}-{}", time(*from), time(*until))).collect();
    let hours: Option<Hours> = Some(texts.join(", ").parse().unwrap());
    WeekHours {
        monday: hours.clone(),
        tuesday: hours.clone(),
        wednesday: hours.clone(),
        thursday: hours.clone(),
        friday: hours.clone(),
        saturday: hours.clone(),
        sunday: hours,
    }
}

fn opening(rule: &OpeningRule) -> Opening<'_> {
    Opening {
        grid: Grid::default(),
        desks: DeskSet::first(8),
        bookable: Bookable::default(),
        holidays: None,
        rules: vec![rule],
        exceptions: vec![],
        closures: vec![],
        closed_times: None,
    }
}

/// Minutes that have passed since midnight when the clock on the wall shows `minute`, worked out
/// by hand: Berlin changes at 02:00 and 03:00 on the last Sundays of March and October.
fn elapsed(date: Date, minute: u16) -> u16 {
    if date == last_sunday(date.year(), 3) {
        if minute >= 180 { minute - 60 } else { minute.min(120) }
    } else if date == last_sunday(date.year(), 10) && minute >= 180 {
        minute + 60
    } else {
        minute
    }
}

fn open_units(plan: &DayPlan) -> u16 {
    plan.sessions.iter().map(|session| session.until - session.from).sum()
}

proptest! {
    #[test]
    fn a_day_has_23_24_or_25_hours_of_units(date in any_day(), (rule, _) in any_rule()) {
        let plan = opening(&rule).day_plan(date);
        prop_assert_eq!(plan.units * 5, elapsed(date, 24 * 60));
        prop_assert_eq!(plan.time_of(plan.units), opening(&rule).day_plan(date.tomorrow().unwrap()).starts_at);
    }

    #[test]
    fn sessions_are_open_exactly_during_the_hours(date in any_day(), (rule, spans) in any_rule()) {
        let plan = opening(&rule).day_plan(date);
        let expected: u16 = spans.iter().map(|(from, until)| elapsed(date, *until) - elapsed(date, *from)).sum();
        prop_assert_eq!(open_units(&plan) * 5, if rule.desks.staff == Some(0) { 0 } else { expected });
        for session in &plan.sessions {
            let within = spans.iter().any(|(from, until)| {
                elapsed(date, *from) <= session.from * 5 && session.until * 5 <= elapsed(date, *until)
            });
            prop_assert!(within && session.until <= plan.units);
        }
    }

    #[test]
    fn visits_of_one_length_never_overlap_at_a_desk(date in any_day(), (rule, _) in any_rule(), slots in 1..6u16) {
        let plan = opening(&rule).day_plan(date);
        for session in &plan.sessions {
            for start in session.starts(slots) {
                let end = start + session.visit_units(slots);
                prop_assert!(session.from <= start && end <= session.until);
            }
            let single: Vec<u16> = session.starts(1).collect();
            prop_assert!(single.windows(2).all(|pair| pair[0] + session.slot_units == pair[1]));
            // What is left at the end is shorter than a slot.
            let last_end = single.last().map_or(session.from, |start| start + session.slot_units);
            prop_assert!(session.until - last_end < session.slot_units);
        }
        prop_assert!(plan.sessions.windows(2).all(|pair| pair[0].until <= pair[1].from));
    }

    #[test]
    fn each_channel_sees_the_desks_of_the_one_before(date in any_day(), (rule, _) in any_rule()) {
        for session in opening(&rule).day_plan(date).sessions {
            prop_assert!(session.public.is_subset_of(session.phone) && session.phone.is_subset_of(session.staff));
            prop_assert!(session.staff.is_subset_of(DeskSet::first(8)));
        }
    }

    #[test]
    fn nothing_is_open_on_closed_days_and_holidays(date in any_day(), (rule, _) in any_rule()) {
        let closure = Closure { date: Some(date), ..Closure::default() };
        let closed = Opening { closures: vec![&closure], ..opening(&rule) };
        prop_assert!(closed.day_plan(date).is_closed());
        let state = FederalState::Saxony;
        let holidays = Opening { holidays: Some(state), ..opening(&rule) };
        prop_assert_eq!(holidays.day_plan(date).is_closed(), state.is_holiday(date) || opening(&rule).day_plan(date).is_closed());
    }
}
