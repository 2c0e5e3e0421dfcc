//! Which rule decides a day.

use calendar::{Bookable, Closure, DeskSet, Exception, FederalState, Grid, Opening, OpeningRule};
use jiff::civil::Date;

/// Opening hours of one day as the crate sees them, in minutes after midnight.
fn open(
    rules: &[&OpeningRule],
    exceptions: &[&Exception],
    closures: &[&Closure],
    day: &str,
) -> Vec<(u16, u16)> {
    let opening = Opening {
        grid: Grid::default(),
        desks: DeskSet::first(2),
        bookable: Bookable::default(),
        holidays: Some(FederalState::Berlin),
        rules: rules.to_vec(),
        exceptions: exceptions.to_vec(),
        closures: closures.to_vec(),
        closed_times: None,
    };
    let plan = opening.day_plan(day.parse().unwrap());
    plan.sessions.iter().map(|session| (session.from * 5, session.until * 5)).collect()
}

fn rule() -> OpeningRule {
    let text = r#"{"hours": {"monday": "08:00-12:00, 13:00-15:00"}}"#;
    serde_json::from_str(text).unwrap()
}

fn exception(day: &str, hours: &str) -> Exception {
    serde_json::from_str(&format!(r#"{{"dates": ["{day}"], "hours": "{hours}"}}"#)).unwrap()
}

const MONDAY: &str = "2027-01-04";
const EASTER_MONDAY: &str = "2027-03-29";

#[test]
fn a_weekly_rule_opens_its_spans() {
    assert_eq!(open(&[&rule()], &[], &[], MONDAY), [(480, 720), (780, 900)]);
    assert_eq!(open(&[&rule()], &[], &[], EASTER_MONDAY), []);
}

#[test]
fn exceptions_replace_the_weekly_rules_and_add_up_among_themselves() {
    let (first, second) = (exception(MONDAY, "10:00-11:00"), exception(MONDAY, "14:00-15:00"));
    assert_eq!(open(&[&rule()], &[&second, &first], &[], MONDAY), [(600, 660), (840, 900)]);
    assert_eq!(open(&[&rule()], &[&first], &[], "2027-01-11"), [(480, 720), (780, 900)]);
}

#[test]
fn an_exception_opens_a_holiday_and_a_closure_closes_it_again() {
    let special = exception(EASTER_MONDAY, "10:00-11:00");
    assert_eq!(open(&[&rule()], &[&special], &[], EASTER_MONDAY), [(600, 660)]);
    let day: Date = EASTER_MONDAY.parse().unwrap();
    let closure = Closure { date: Some(day), ..Closure::default() };
    assert_eq!(open(&[&rule()], &[&special], &[&closure], EASTER_MONDAY), []);
}
