//! Days of draws that are compared with the windows in which people book.

use catalogue::{check, line};

use crate::office;

/// `selten` is given out so, with draws of which this is said; nothing of Mitte can be booked more than `days` ahead.
fn findings(allocation: &str, draw: &str, rules: &str, days: u16) -> Vec<String> {
    let text = format!(
        "group: pass, allocation: {allocation}, rules: {{trustLevel: {{atLeast: high}}, \
         entitlement: {{}}{rules}}}, draw: {{opensOn: monday, opensAt: \"10:00\", desks: 1, {draw}}}}}"
    );
    let window = format!("toDays: {days}}}");
    let office = office(&[("group: pass, slots: 2}", &text), ("toDays: 60}", &window)]);
    let lines = check(&office).iter().map(line).collect::<Vec<_>>();
    lines.into_iter().filter(|line| line.contains("nobody could enter")).collect()
}

/// The list closes on Thursday, and the week after next begins eleven days later.
#[test]
fn a_draw_of_earlier_appointments_that_no_appointment_is_later_than_is_found() {
    let earlier = "entrants: with-appointment";
    for allocation in ["assign", "immediate", "draw-then-immediate"] {
        let found = findings(allocation, earlier, "", 11);
        assert_eq!(found.len(), 1, "{allocation}: {found:?}");
        assert!(found[0].starts_with("catalogue.services.selten.draw.weeksAhead: "), "{found:?}");
        assert!(found[0].contains("11 days after the list closes"), "{found:?}");
        assert!(found[0].contains("at most 11 days ahead"), "{found:?}");
        assert_eq!(findings(allocation, earlier, "", 12), [""; 0], "{allocation}");
    }
    assert_eq!(findings("draw", "cohorts: 1", "", 2), [""; 0], "whoever has none can enter");
    let later = findings("immediate", "entrants: with-appointment, weeksAhead: 12", "", 60);
    assert!(later[0].contains("81 days after the list closes"), "{later:?}");
}

#[test]
fn an_appointment_of_another_service_of_the_group_counts_and_a_narrower_window_does_not_widen() {
    // `kurz` and `lang` are of the same group and can be booked 60 days ahead.
    let narrow = ", bookingWindow: {toDays: 11}";
    assert_eq!(findings("immediate", "entrants: with-appointment", narrow, 60), [""; 0]);
}

#[test]
fn a_window_of_the_service_in_which_no_drawn_day_lies_is_found() {
    let path = "catalogue.services.selten.rules.bookingWindow";
    let short = findings("draw", "cohorts: 1", ", bookingWindow: {toDays: 10}", 60);
    assert!(short[0].starts_with(&format!("{path}.toDays: is 10")), "{short:?}");
    assert!(short[0].contains("11 to 20 days ahead of the entry"), "{short:?}");
    let far = findings("draw", "cohorts: 1", ", bookingWindow: {fromDays: 21}", 60);
    assert!(far[0].starts_with(&format!("{path}.fromDays: is 21")), "{far:?}");
    for fits in ["{toDays: 11}", "{fromDays: 20}", "{fromDays: 1, toDays: 30}"] {
        let window = format!(", bookingWindow: {fits}");
        assert_eq!(findings("draw", "cohorts: 1", &window, 60), [""; 0], "{fits}");
    }
}
