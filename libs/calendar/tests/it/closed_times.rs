//! Time at single desks that is taken elsewhere.

use calendar::{Bookable, ClosedTimes, DeskSet, FederalState, Grid, Opening, OpeningRule};
use jiff::civil::Date;
use proptest::prelude::*;

/// Three desks, two of them for the public, in slots of ten minutes.
fn rule() -> OpeningRule {
    let text = r#"{"hours": {"monday": "08:00-09:00"}, "desks": {"public": 2}}"#;
    serde_json::from_str(text).unwrap()
}

fn opening<'a>(rule: &'a OpeningRule, closed: Option<&'a ClosedTimes>) -> Opening<'a> {
    Opening {
        grid: Grid::default(),
        desks: DeskSet::first(3),
        bookable: Bookable::default(),
        holidays: Some(FederalState::Berlin),
        rules: vec![rule],
        exceptions: vec![],
        closures: vec![],
        closed_times: closed,
    }
}

fn monday() -> Date {
    "2027-01-04".parse().unwrap()
}

/// `from-until desks/public`, in minutes after eight and bits.
fn parts(closed: &str) -> Vec<String> {
    let closed: ClosedTimes = serde_json::from_str(closed).unwrap();
    let rule = rule();
    let plan = opening(&rule, Some(&closed)).day_plan(monday());
    let minute = |unit: u16| i32::from(unit) * 5 - 480;
    let part = |session: &calendar::Session| {
        let (from, until) = (minute(session.from), minute(session.until));
        format!("{from}-{until} {:b}/{:b}", session.staff.bits(), session.public.bits())
    };
    plan.sessions.iter().map(part).collect()
}

#[test]
fn only_the_named_desks_lose_time_and_go_on_with_a_whole_slot() {
    assert_eq!(
        parts(r#"{"2027-01-04": [{"desks": [1], "hours": "08:10-08:25"}]}"#),
        ["0-10 1/1", "0-60 110/10", "30-60 1/1"]
    );
    assert_eq!(
        parts(r#"{"2027-01-04": [{"desks": ["1-3"], "hours": "07:00-10:00"}]}"#),
        Vec::<String>::new()
    );
    assert_eq!(
        parts(r#"{"2027-01-05": [{"desks": [1], "hours": "08:10-08:25"}]}"#),
        ["0-60 111/11"],
        "another day"
    );
    assert_eq!(
        parts(r#"{"2027-01-04": [{"hours": "08:00-08:30"}]}"#),
        ["30-60 1/1", "30-60 10/10", "30-60 100/0"],
        "without `desks` all lose it"
    );
}

proptest! {
    #[test]
    fn no_session_opens_closed_time_and_no_other_slot_is_lost(
        desk in 1..=3u8,
        slot in 0..6u16,
        slots in 1..=3u16,
    ) {
        let time = |slot: u16| format!("{:02}:{:02}", 8 + slot / 6, slot % 6 * 10);
        let (from, until) = (time(slot), time(slot + slots));
        let text =
            format!(r#"{{"2027-01-04": [{{"desks": [{desk}], "hours": "{from}-{until}"}}]}}"#);
        let closed: ClosedTimes = serde_json::from_str(&text).unwrap();
        let rule = rule();
        let units = |plan: &calendar::DayPlan| -> Vec<(u8, u16)> {
            let each = plan.sessions.iter().flat_map(|session| {
                session.staff.iter().flat_map(move |desk| {
                    (session.from..session.until).map(move |unit| (desk.number(), unit))
                })
            });
            let mut all: Vec<_> = each.collect();
            all.sort_unstable();
            all
        };
        let mut expected = units(&opening(&rule, None).day_plan(monday()));
        let first = 96 + slot * 2;
        expected.retain(|(number, unit)| {
            *number != desk || !(first..first + slots * 2).contains(unit)
        });
        prop_assert_eq!(units(&opening(&rule, Some(&closed)).day_plan(monday())), expected);
    }
}
