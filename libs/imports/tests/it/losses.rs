//! What an import cannot carry over is in its report, or the file is refused.

use serde_json::{Value, json};

use crate::{
    source::{JANUARY_4, import_rows, owner, row, row_with, scope, source, try_import, with},
    told,
};

#[test]
fn hours_that_are_left_out_are_told() {
    let elsewhere = row_with(json!({"id": 9, "scope": {"id": "999"}}));
    let other_hours = row_with(json!({"endTime": "10:00:00"}));
    let noted = row_with(json!({"id": 10, "description": "nur Pässe"}));
    let rows = vec![row(), elsewhere, other_hours, row(), noted, json!("x")];
    let imported = import_rows(rows);
    for (problem, path) in [
        ("hours of a scope that is not imported", "data[1]"),
        ("other hours with the id", "data[2]"),
        ("the note on hours", "data[4].description"),
        ("an entry that is no object", "data[5]"),
    ] {
        assert!(told(&imported, problem, path), "{problem}: {}", imported.report.text());
    }
    assert!(!told(&imported, "other hours with the id", "data[3]"), "the same answer twice");
}

#[test]
fn numbers_that_become_others_are_told() {
    let changes: [(Value, &str, &str); 5] = [
        (json!({"slotTimeInMinutes": null}), "how long a slot is", "slotTimeInMinutes"),
        (json!({"slotTimeInMinutes": -5}), "not 1 to 480", "data[0]"),
        (json!({"slotTimeInMinutes": 1e30}), "not 1 to 480", "data[0]"),
        (json!({"workstationCount": {"public": 5, "intern": 3}}), "more than all desks", "public"),
        (json!({"bookable": {"startInDays": -3, "endInDays": 99_999}}), "730 days", "endInDays"),
    ];
    for (change, problem, path) in changes {
        let imported = import_rows(vec![row_with(change)]);
        assert!(told(&imported, problem, path), "{problem}: {}", imported.report.text());
    }
    let window = row_with(json!({"bookable": {"startInDays": -3}}));
    assert!(told(&import_rows(vec![window]), "that are no days", "startInDays"));
    let preferences =
        json!({"appointment": {"startInDaysDefault": "-3", "endInDaysDefault": "9999"}});
    let odd = with(scope(), json!({"preferences": preferences}));
    let imported =
        try_import(&[source(), json!({"data": [odd]}), json!({"data": [row()]})]).unwrap();
    assert!(told(&imported, "that are no days", "startInDaysDefault"));
    assert!(told(&imported, "more than 730 days", "endInDaysDefault"));
}

#[test]
fn a_scope_whose_id_cannot_be_read_is_told() {
    let odd = with(scope(), json!({"id": "14\n2", "shortName": "Nord 2"}));
    let imported =
        try_import(&[source(), owner(), json!({"data": [odd]}), json!({"data": [row()]})]).unwrap();
    assert!(told(&imported, "whose id cannot be read", "2.json: data[0]"));
}

/// Offices that plan each day by itself have rows by the ten thousand. As quick as it is long: comparing each
/// with each would take a minute.
#[test]
fn rows_of_single_days_are_taken_however_many_they_are() {
    const DAYS: i64 = 2_500;
    const DAY: i64 = 86_400;
    let every = json!({"monday": 1, "tuesday": 1, "wednesday": 1, "thursday": 1, "friday": 1, "saturday": 1, "sunday": 1});
    let of_day = |number: i64| {
        // The middle of the day, so that the hour of summer changes no date.
        let day = JANUARY_4 + (number / 4) * DAY + DAY / 2;
        row_with(json!({"id": number + 1, "startDate": day, "endDate": day, "weekday": every}))
    };
    let rows: Vec<Value> = (0..DAYS * 4).map(of_day).collect();
    let imported = import_rows(rows);
    let place = &imported.offer.places["141"];
    let counts = place.opening.values().map(|rule| &rule.desks);
    let counts: Vec<_> = counts.chain(place.exceptions.values().map(|one| &one.desks)).collect();
    assert_eq!(counts.len(), 10_000);
    // Four rows of three desks a day: the first has the lowest, each other three of its own.
    assert_eq!(counts.iter().filter(|desks| desks.only.is_none()).count(), 2_500);
    assert_eq!(place.desks, Some(12));
}
