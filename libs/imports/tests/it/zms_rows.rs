//! Hours of ZMS: when they hold, at which desks, and when they do not.

use calendar::FederalState;
use imports::{Bookings, Imported};
use serde_json::{Value, json};

use crate::{
    catalogue, date,
    source::{import_rows, owner, row, row_with, source, try_import, try_import_in},
    text, told,
};

const JUNE_16: i64 = 1_813_096_800;

/// `HH:MM-HH:MM staff/public` of each session of a day, in the order of their beginnings.
fn sessions(imported: &Imported, day: &str) -> Vec<String> {
    let catalogue = catalogue(imported);
    let (id, place) = catalogue.locations().next().unwrap();
    let plan = catalogue.day_plan(id, date(day)).unwrap();
    let time = |unit: u16| {
        let minute = unit * place.grid.minutes();
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    let one = |session: &calendar::Session| {
        let (from, until) = (time(session.from), time(session.until));
        format!("{from}-{until} {:b}/{:b}", session.staff.bits(), session.public.bits())
    };
    plan.sessions.iter().map(one).collect()
}

#[test]
fn numbers_and_switches_that_are_text_are_read() {
    let imported = import_rows(vec![row()]);
    assert_eq!(sessions(&imported, "2027-01-06"), ["08:00-12:50 111/11"]);
    assert_eq!(sessions(&imported, "2027-01-04"), Vec::<String>::new(), "monday is \"0\"");
    let single = import_rows(vec![row_with(json!({"multipleSlotsAllowed": "0"}))]);
    let catalogue = catalogue(&single);
    assert!(!catalogue.locations().next().unwrap().1.opening["zms-700"].multiple_slots);
}

#[test]
fn an_end_that_nobody_meant_is_none_and_what_is_over_is_left_out() {
    let imported = import_rows(vec![row()]);
    let catalogue = catalogue(&imported);
    let rule = &catalogue.locations().next().unwrap().1.opening["zms-700"];
    assert_eq!((rule.valid_from, rule.valid_to), (Some(date("2027-01-04")), None));
    let over = row_with(json!({"id": 9, "startDate": 1_600_000_000, "endDate": 1_700_000_000}));
    let imported = import_rows(vec![row(), over]);
    assert!(told(&imported, "ended before today", "2.json: data[1]"));
}

#[test]
fn every_second_week_or_the_last_of_the_month() {
    let imported =
        import_rows(vec![row_with(json!({"repeat": {"afterWeeks": 2, "weekOfMonth": 5}}))]);
    let open = |day| !sessions(&imported, day).is_empty();
    assert!(open("2027-01-06") && !open("2027-01-13") && open("2027-01-20"));
    assert!(open("2027-01-27"), "the last Wednesday of January");
    let each = import_rows(vec![row_with(json!({"repeat": {"afterWeeks": 1, "weekOfMonth": 3}}))]);
    assert!(!sessions(&each, "2027-01-13").is_empty());
    assert!(told(&each, "weekOfMonth", "data[0].repeat"));
}

#[test]
fn the_twin_of_plain_hours_is_left_out() {
    let twin = row_with(json!({"id": "__spontan__700", "endTime": "13:00:00"}));
    let plain = row_with(json!({"id": "700", "type": "openinghours"}));
    let imported = import_rows(vec![row(), twin, plain]);
    assert_eq!(sessions(&imported, "2027-01-06"), ["08:00-12:50 111/11"]);
    assert!(told(&imported, "plain hours", "data[1]") && told(&imported, "plain hours", "data[2]"));
}

#[test]
fn rows_at_one_time_have_desks_of_their_own_and_the_grid_fits_all() {
    let other = row_with(json!({
        "id": 701, "slotTimeInMinutes": 12, "startTime": "10:00", "endTime": "12:00",
        "workstationCount": {"public": 2, "intern": 2},
    }));
    let imported = import_rows(vec![row(), other]);
    let catalogue = catalogue(&imported);
    let place = catalogue.locations().next().unwrap().1;
    assert_eq!((place.desks, place.grid.minutes()), (5, 2));
    assert_eq!(
        sessions(&imported, "2027-01-06"),
        ["08:00-12:50 111/11", "10:00-12:00 11000/11000"]
    );
}

#[test]
fn rows_of_different_weeks_share_their_desks() {
    let even = row_with(json!({"repeat": {"afterWeeks": 2}}));
    let odd = row_with(json!({"id": 701, "repeat": {"afterWeeks": 2}, "startDate": 1_799_622_000}));
    let catalogue = catalogue(&import_rows(vec![even, odd]));
    assert_eq!(catalogue.locations().next().unwrap().1.desks, 3);
}

#[test]
fn more_than_64_desks_at_once_are_told() {
    let rows = (0..3)
        .map(|id| row_with(json!({"id": id, "workstationCount": {"public": 1, "intern": 30}})));
    let imported = import_rows(rows.collect());
    assert_eq!(catalogue(&imported).locations().next().unwrap().1.desks, 60);
    assert!(told(&imported, "more than 64 desks at once", "data[2]"));
}

#[test]
fn a_day_without_desks_is_closed() {
    let until = row_with(json!({"endDate": JUNE_16 - 7 * 86_400}));
    let from = row_with(json!({"id": 702, "startDate": JUNE_16 + 86_400}));
    let closed = json!({"id": 703, "type": "appointment", "scope": {"id": 141}, "weekday": {"wednesday": 8},
        "workstationCount": {"public": 0, "intern": 0}, "startDate": JUNE_16, "endDate": JUNE_16});
    let imported = import_rows(vec![until, from, closed]);
    let catalogue = catalogue(&imported);
    let closures = &catalogue.locations().next().unwrap().1.closures;
    assert_eq!(closures["closed-2027-06-16"].date, Some(date("2027-06-16")));
    assert!(
        sessions(&imported, "2027-06-16").is_empty()
            && !sessions(&imported, "2027-06-23").is_empty()
    );
}

#[test]
fn a_row_of_one_day_opens_on_a_holiday_and_a_longer_one_does_not() {
    let mondays = row_with(json!({"weekday": {"monday": 2}}));
    let womens_day = json!({"id": 705, "type": "appointment", "scope": {"id": 141}, "weekday": {"monday": 2},
        "workstationCount": {"public": 1, "intern": 1}, "startDate": 1_804_460_400, "endDate": 1_804_460_400,
        "startTime": "9:00", "endTime": "11:00"});
    let imported = import_rows(vec![mondays, womens_day]);
    assert_eq!(sessions(&imported, "2027-03-01"), ["08:00-12:50 111/11"]);
    // Public holidays are closed for the longer row.
    assert_eq!(sessions(&imported, "2027-03-08"), ["09:00-11:00 1000/1000"]);
}

#[test]
fn a_row_of_one_day_adds_to_the_weekly_ones() {
    let more = row_with(json!({"id": 706, "startDate": JUNE_16, "endDate": JUNE_16,
        "workstationCount": {"public": 1, "intern": 1}}));
    let imported = import_rows(vec![row(), more]);
    assert_eq!(sessions(&imported, "2027-06-16"), ["08:00-12:50 111/11", "08:00-12:50 1000/1000"]);
    assert_eq!(sessions(&imported, "2027-06-23"), ["08:00-12:50 111/11"]);
}

#[test]
fn days_off_are_local_days_and_holidays_are_known() {
    let dayoff = |seconds: i64, name: &str| json!({"date": seconds.to_string(), "name": name});
    // Easter Sunday, Easter Monday, and a meeting of the staff.
    let days = json!({"data": [dayoff(1_806_188_400, "Ostersonntag"), dayoff(1_806_271_200, "Ostermontag"),
        dayoff(JUNE_16, "Personalversammlung")]});
    let imported = try_import(&[source(), owner(), json!({"data": [row()]}), days]).unwrap();
    let closures: Vec<String> = imported.offer.closures.keys().map(ToString::to_string).collect();
    assert_eq!(closures, ["2027-06-16"]);
    assert!(sessions(&imported, "2027-06-16").is_empty());
    assert!(told(&imported, "a public holiday that is no day off in ZMS", "2027-05-01"));
}

#[test]
fn holidays_are_those_of_the_state() {
    let dayoff = |seconds: i64| json!({"date": seconds.to_string(), "name": "Zu"});
    // 8 March is a holiday in Berlin, 1 November in Bavaria. Both are Mondays.
    let (march, november) = (1_804_460_400_i64, 1_825_023_600_i64);
    let on_november = row_with(json!({"id": 705, "weekday": {"monday": 2},
        "startDate": november, "endDate": november, "endTime": "10:00"}));
    let rows = json!({"data": [row_with(json!({"weekday": {"monday": 2}})), on_november]});
    let answers = [source(), owner(), rows, json!({"data": [dayoff(march), dayoff(november)]})];
    let import = |state| try_import_in(state, &answers, &Bookings::new()).unwrap();

    let (bavaria, berlin) = (import(FederalState::Bavaria), import(FederalState::Berlin));
    let closed = |imported: &Imported| {
        imported.offer.closures.keys().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(closed(&bavaria), ["2027-03-08"]);
    assert_eq!(closed(&berlin), ["2027-11-01"]);
    assert!(text(&bavaria).contains("\n  holidays: DE-BY\n"), "{}", text(&bavaria));
    assert!(!text(&berlin).contains("holidays:"), "the default: {}", text(&berlin));
    // Hours of one day open on a holiday, which only an exception does.
    let is_exception =
        |imported: &Imported| imported.offer.places["141"].exceptions.contains_key("zms-705");
    assert!(is_exception(&bavaria) && !is_exception(&berlin));
    assert_eq!(sessions(&bavaria, "2027-11-01"), ["08:00-10:00 111000/11000"]);
    let corpus_christi = "2027-05-27";
    assert!(told(&bavaria, "a public holiday that is no day off in ZMS", corpus_christi));
    assert!(!told(&berlin, "a public holiday that is no day off in ZMS", corpus_christi));
}

#[test]
fn hours_that_make_no_sense_are_told_and_the_others_are_imported() {
    let wrong: [(&str, Value); 6] = [
        ("weekday", json!({"weekday": {"monday": "0"}})),
        ("last time is before", json!({"startTime": "12:00", "endTime": "8:00"})),
        ("is no time", json!({"startTime": "25:00"})),
        ("1 to 480", json!({"slotTimeInMinutes": 0})),
        ("more than 64 desks", json!({"workstationCount": {"intern": 300}})),
        ("end before they begin", json!({"endDate": JUNE_16, "startDate": JUNE_16 + 86_400})),
    ];
    for (problem, change) in wrong {
        let change = crate::source::with(change, json!({"id": 1}));
        let imported = import_rows(vec![row(), row_with(change)]);
        assert!(
            told(&imported, problem, "2.json: data[1]"),
            "{problem}: {}",
            imported.report.text()
        );
        assert_eq!(sessions(&imported, "2027-01-06"), ["08:00-12:50 111/11"]);
    }
}

#[test]
fn time_after_the_last_whole_slot_is_cut_off_and_told() {
    let imported = import_rows(vec![row_with(json!({"endTime": "12:55:00"}))]);
    assert_eq!(sessions(&imported, "2027-01-06"), ["08:00-12:50 111/11"]);
    assert!(told(&imported, "after the last whole slot", "data[0].endTime"));
}
