//! Winners who must confirm: the time that they have ends before their seats are of no more use.

use catalogue::{Catalogue, DrawSchedule, check, line};

use crate::{office, office_text};

/// `selten` is drawn from Monday at 10 on, for 72 hours, and says this besides.
fn drawn(more: &str) -> String {
    format!(
        "group: pass, allocation: draw, \
         draw: {{opensOn: monday, opensAt: \"10:00\", {more}}}}}"
    )
}

fn schedule(more: &str) -> DrawSchedule {
    let catalogue = office(&[("group: pass, slots: 2}", &drawn(more))]);
    catalogue.service(&"selten".parse().unwrap()).unwrap().draw.clone().unwrap()
}

fn refusal(text: &str) -> String {
    let text = office_text(&[("group: pass, slots: 2}", text)]);
    Catalogue::parse("amt.yaml", &text).unwrap_err().to_string()
}

#[test]
fn winners_answer_before_the_first_seats_are_of_no_more_use() {
    // It closes on Thursday at 10, 86 hours before the next Monday. An hour is for the minutes of
    // `opensAt`, one for the result, and one for others to come.
    assert_eq!(schedule("weeksAhead: 1, confirmWithin: 83").confirm_within, Some(83));
    for more in [
        "weeksAhead: 1, confirmWithin: 84",
        "confirmWithin: 0",
        "confirmWithin: 337, weeksAhead: 4",
        "confirmWithin: two",
    ] {
        let message = refusal(&drawn(more));
        assert!(message.contains("selten.draw.confirmWithin: "), "{more}\n{message}");
    }
}

#[test]
fn a_lead_time_leaves_less_time_to_answer() {
    let early = |minutes: u32| {
        let lead_time = format!("allocation: draw, rules: {{leadTime: {{minutes: {minutes}}}}}");
        drawn("weeksAhead: 1, confirmWithin: 81").replace("allocation: draw", &lead_time)
    };
    office(&[("group: pass, slots: 2}", &early(120))]);
    assert!(refusal(&early(121)).contains("selten.draw.confirmWithin: "));
}

#[test]
fn without_it_winners_are_booked_at_once() {
    assert_eq!(schedule("weeksAhead: 2").confirm_within, None);
}

#[test]
fn draws_of_one_group_that_count_left_seats_by_other_numbers_are_a_finding() {
    let found = |rule: &str| {
        let other = format!(
            "slots: 2, rules: {{{rule}}}, allocation: draw, \
                             draw: {{opensOn: monday, opensAt: \"10:00\", confirmWithin: 48}}}}"
        );
        let all = office(&[
            ("group: pass, slots: 2}", &drawn("confirmWithin: 48")),
            ("slots: 2, combinable: true}", &other),
        ]);
        let found = check(&all).iter().map(line).collect::<Vec<_>>();
        found.into_iter().filter(|found| found.contains(".rules.declinedSeats: ")).count()
    };
    assert_eq!(found(""), 0);
    assert_eq!(found("declinedSeats: {max: 1, days: 90}"), 0);
    assert_eq!(found("declinedSeats: {max: 2, days: 90}"), 1);
}

#[test]
fn a_limit_that_never_applies_to_entitled_persons_is_a_finding() {
    let found = |allocation: &str| {
        let rules = "rules: {entitlement: {}, declinedSeats: {max: 2, days: 90}}, allocation: ";
        let text =
            drawn("confirmWithin: 48").replace("allocation: draw", &format!("{rules}{allocation}"));
        let catalogue = office(&[("group: pass, slots: 2}", &text)]);
        let found = check(&catalogue).iter().map(line).collect::<Vec<_>>();
        found.into_iter().filter(|found| found.contains(".rules.declinedSeats: ")).count()
    };
    assert_eq!(found("draw"), 1);
    assert_eq!(found("draw-then-immediate"), 0);
}
