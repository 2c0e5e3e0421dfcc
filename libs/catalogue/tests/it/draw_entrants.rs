//! Draws among persons who have an appointment: which settings beside them make sense.

use catalogue::{Catalogue, Entrants};

use crate::{office, office_text};

/// `selten` is given out so, and has draws of which this is said.
fn drawn(allocation: &str, more: &str) -> String {
    format!(
        "group: pass, allocation: {allocation}, rules: {{entitlement: {{}}}}, \
         draw: {{opensOn: monday, opensAt: \"10:00\", {more}}}}}"
    )
}

fn refusal(text: &str) -> String {
    let text = office_text(&[("group: pass, slots: 2}", text)]);
    Catalogue::parse("amt.yaml", &text).unwrap_err().to_string()
}

#[test]
fn an_office_that_gives_dates_can_draw_earlier_ones() {
    for allocation in ["assign", "immediate", "draw-then-immediate"] {
        let text = drawn(allocation, "entrants: with-appointment");
        let catalogue = office(&[("group: pass, slots: 2}", &text)]);
        let service = catalogue.service(&"selten".parse().unwrap()).unwrap();
        assert_eq!(service.draw.as_ref().unwrap().entrants, Entrants::WithAppointment);
    }
}

#[test]
fn draws_that_nobody_could_enter_or_that_count_for_nothing_are_refused() {
    for (allocation, more, path) in [
        ("draw", "entrants: with-appointment", "draw.entrants: "),
        ("assign", "entrants: with-appointment, cohorts: 2", "draw.cohorts: "),
        ("assign", "entrants: with-appointment, confirmWithin: 24", "draw.confirmWithin: "),
        ("assign", "entrants: everybody", "draw: the service is not allocated by draws"),
        ("immediate", "desks: 1", "draw: the service is not allocated by draws"),
        ("assign", "entrants: with-appointment, entryHours: 337", "draw.entryHours: "),
        ("assign", "entrants: friends", "draw.entrants: "),
    ] {
        let message = refusal(&drawn(allocation, more));
        assert!(message.contains(&format!("selten.{path}")), "{allocation} {more}\n{message}");
    }
}

#[test]
fn whoever_gives_out_dates_and_draws_is_told_of_the_draws_that_go_beside_them() {
    for allocation in ["assign", "immediate"] {
        let message = refusal(&drawn(allocation, "desks: 1"));
        assert!(message.contains("write `entrants: with-appointment`"), "{message}");
    }
}
