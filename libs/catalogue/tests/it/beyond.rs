//! Times that are longer than anybody can have an appointment ahead.

use catalogue::{check, line};

use crate::office;

/// What is said at `key` of `selten`, which says `text`, if Mitte gives out days by this window.
fn said(text: &str, window: &str, key: &str) -> Vec<String> {
    let text = format!("group: pass, {text}}}");
    let office = office(&[
        ("group: pass, slots: 2}", &text),
        ("bookable: {fromDays: 0, toDays: 60}", &format!("bookable: {{{window}}}")),
    ]);
    let start = format!("catalogue.services.selten.{key}: ");
    let lines = check(&office).iter().map(line).collect::<Vec<_>>();
    lines.into_iter().filter_map(|line| Some(line.strip_prefix(&start)?.to_owned())).collect()
}

/// Draws on Monday at 10 for three days.
fn drawn(allocation: &str, weeks: u8, more: &str) -> String {
    format!(
        "allocation: {allocation}, draw: {{opensOn: monday, opensAt: \"10:00\", desks: 1, weeksAhead: {weeks}}}{more}"
    )
}

#[test]
fn an_offer_cannot_stand_longer_than_a_quarter_of_the_time_that_is_left() {
    let offer = |hours: u8, days: u8| {
        let list = format!("waitingList: {{offerHours: {hours}}}");
        said(&list, &format!("fromDays: 0, toDays: {days}"), "waitingList.offerHours")
    };
    assert_eq!(
        offer(48, 2),
        [
            "people book at most 2 days ahead: an offer stands for a quarter of the time that is left, so for 18 \
          hours at most; write 18 or less, or raise `toDays`"
        ]
    );
    assert_eq!(offer(18, 2), [""; 0]);
    assert_eq!(offer(48, 60), [""; 0]);
    assert_eq!(offer(24, 2), [""; 0], "as usual, so nobody wrote it");
}

#[test]
fn times_of_dates_that_are_phoned_or_given_are_compared_with_the_window() {
    let phoned = |hours: u8| {
        let list = format!("waitingList: {{phonedHours: {hours}}}");
        said(&list, "fromDays: 0, toDays: 2", "waitingList.phonedHours").len()
    };
    assert_eq!((phoned(71), phoned(72)), (0, 1));
    let given = |days: u8, window: &str| {
        let text = format!(
            "allocation: assign, assign: {{answerDays: {days}}}, \
             rules: {{trustLevel: {{atLeast: high}}, entitlement: {{}}}}"
        );
        said(&text, window, "assign.answerDays")
    };
    assert_eq!(given(21, "fromDays: 0, toDays: 21"), [""; 0]);
    let found = given(22, "fromDays: 0, toDays: 21");
    assert!(found[0].starts_with("appointments lie at most 21 days ahead: no date"), "{found:?}");
}

/// The last day that is drawn lies 20 days after the first on which people enter.
#[test]
fn reminders_of_drawn_seats_are_compared_with_the_farthest_of_them() {
    let reminded = |hours: u16, window: &str| {
        let text = drawn("draw", 2, &format!(", remindHoursBefore: [{hours}]"));
        said(&text, window, "remindHoursBefore[0]")
    };
    assert_eq!(reminded(503, "fromDays: 0, toDays: 5"), [""; 0]);
    let found = reminded(504, "fromDays: 0, toDays: 5");
    assert!(found[0].starts_with("appointments lie at most 20 days ahead: nobody"), "{found:?}");
    assert!(found[0].ends_with("raise `toDays` or `draw.weeksAhead`"), "{found:?}");
    assert_eq!(reminded(504, "fromDays: 0, toDays: 60"), [""; 0], "staff book so far ahead");
}

#[test]
fn a_window_of_the_service_that_narrows_nothing_is_found() {
    let own = |own: &str, key: &str| {
        let rules = format!("rules: {{bookingWindow: {{{own}}}}}");
        said(&rules, "fromDays: 2, toDays: 30", &format!("rules.bookingWindow.{key}"))
    };
    assert_eq!(
        own("toDays: 31", "toDays"),
        ["is 31, and nothing is given out more than 30 days ahead; write 30 or less, or raise \
          `bookable.toDays` of the locations"]
    );
    assert_eq!(own("toDays: 30", "toDays"), [""; 0]);
    let early = own("fromDays: 1", "fromDays");
    assert!(early[0].starts_with("is 1, and the public books at least 2 days ahead"), "{early:?}");
    assert_eq!(own("fromDays: 2", "fromDays"), [""; 0]);
    // The draw goes further than the windows do.
    let text = drawn("draw-then-immediate", 6, ", rules: {bookingWindow: {toDays: 48}}");
    assert_eq!(said(&text, "fromDays: 0, toDays: 30", "rules.bookingWindow.toDays"), [""; 0]);
}

/// The list closes on Thursday; ten days later the week after ends.
#[test]
fn a_week_that_is_drawn_too_late_for_what_is_left_over_is_found() {
    let left = |weeks: u8, allocation: &str, from: u8, rules: &str| {
        let window = format!("fromDays: {from}, toDays: 60");
        said(&drawn(allocation, weeks, rules), &window, "draw.weeksAhead")
    };
    let then = "draw-then-immediate";
    assert_eq!(left(1, then, 10, ""), [""; 0]);
    let found = left(1, then, 11, "");
    assert!(found.len() == 1 && found[0].contains("ends within 10 days"), "{found:?}");
    assert!(found[0].contains("at least 11 days ahead") && found[0].contains("raise it to 2,"));
    assert_eq!(left(2, then, 11, ""), [""; 0]);
    assert!(left(1, then, 30, "")[0].contains("raise it to 4,"));
    assert_eq!(left(4, then, 30, ""), [""; 0]);
    let own = ", rules: {bookingWindow: {fromDays: 12}}";
    assert!(left(1, then, 0, own)[0].contains("at least 12 days ahead"));
    let lead = ", rules: {leadTime: {minutes: 17280}}";
    assert!(left(1, then, 0, lead)[0].contains("at least 12 days ahead"));
    assert_eq!(left(1, "draw", 30, ""), [""; 0], "the desk gives it away");
}

#[test]
fn a_lead_time_within_which_every_drawn_day_lies_is_found() {
    let lead = |minutes: u32| {
        let text = drawn("draw", 2, &format!(", rules: {{leadTime: {{minutes: {minutes}}}}}"));
        let found = said(&text, "fromDays: 0, toDays: 60", "rules.leadTime.minutes");
        found.into_iter().filter(|line| line.contains("nobody could enter")).count()
    };
    assert_eq!((lead(30_239), lead(30_240)), (0, 1));
}
