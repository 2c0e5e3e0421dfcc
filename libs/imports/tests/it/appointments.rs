//! Appointments of ZMS in a parallel phase.

use catalogue::Catalogue;
use imports::{Bookings, Imported, closed_times};
use serde_json::{Value, json};

use crate::{
    date,
    source::{owner, row, source, try_import, try_import_beside},
    text, told,
};

/// 2027-01-06, a Wednesday, at midnight.
const JANUARY_6: i64 = 1_799_190_000;

/// An appointment at so many minutes after midnight, with a person.
fn process(id: u32, status: &str, minute: i64, slots: u32) -> Value {
    json!({
        "id": id, "status": status,
        "clients": [{"familyName": "Geheimnis", "email": "geheimnis@neustadt.de", "telephone": "030 1"}],
        "amendment": "Geheimnis",
        "requests": [{"id": "900199", "source": "dldb", "name": "Geheimnis", "group": "Melden"}],
        "appointments": [{"date": (JANUARY_6 + minute * 60).to_string(), "slotCount": slots.to_string(),
            "scope": {"$ref": "/scope/141/"}, "availability": {"id": "700", "slotTimeInMinutes": 10}}],
    })
}

fn import(processes: Vec<Value>) -> Imported {
    try_import(&[source(), owner(), json!({"data": [row()]}), json!({"data": processes})]).unwrap()
}

/// What is left of the Wednesday with the closed time laid over the catalogue.
fn open(imported: &Imported) -> Vec<String> {
    let closed = closed_times(&imported.offer).unwrap();
    let files = [("values.yaml", &*text(imported)), ("closed.yaml", &*closed)];
    let catalogue =
        Catalogue::parse_overlaid(&files).unwrap_or_else(|error| panic!("{error}\n{closed}"));
    assert!(catalogue::check(&catalogue).is_empty());
    let (id, place) = catalogue.locations().next().unwrap();
    let plan = catalogue.day_plan(id, date("2027-01-06")).unwrap();
    let time = |unit: u16| {
        let minute = unit * place.grid.minutes();
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    let one = |session: &calendar::Session| {
        format!("{}-{} {:b}", time(session.from), time(session.until), session.staff.bits())
    };
    plan.sessions.iter().map(one).collect()
}

#[test]
fn appointments_close_the_lowest_free_desks_until_they_are_over() {
    let imported = import(vec![
        process(1, "confirmed", 480, 2),
        process(2, "preconfirmed", 480, 1),
        process(3, "reserved", 500, 1),
    ]);
    assert_eq!(open(&imported), ["08:00-12:50 100", "08:10-12:50 10", "08:30-12:50 1"]);
    let closed = closed_times(&imported.offer).unwrap();
    assert!(closed.contains("2027-01-06") && closed.contains("08:00-08:30"), "{closed}");
}

/// As `fairtermin bookings export` writes them.
fn bookings(location: &str, list: &Value) -> Bookings {
    let list = catalogue::preview::parse_bookings("bookings.json", &list.to_string()).unwrap();
    Bookings::from([(location.parse().unwrap(), list)])
}

fn import_beside(processes: Vec<Value>, bookings: &Bookings) -> Imported {
    let answers = [source(), owner(), json!({"data": [row()]}), json!({"data": processes})];
    try_import_beside(&answers, bookings).unwrap()
}

/// Half past ten on the Wednesday.
fn half_past_ten(desk: u8) -> Value {
    json!({"start": "2027-01-06T10:30:00+01:00", "minutes": 10, "desk": desk, "services": []})
}

#[test]
fn appointments_spare_the_desks_of_bookings_here() {
    let ours = bookings("amt-nord", &json!([half_past_ten(1)]));
    let imported = import_beside(vec![process(1, "confirmed", 630, 1)], &ours);
    // Desk 1 has the booking, desk 2 the appointment, desk 3 is free: no desk is given twice.
    assert_eq!(open(&imported), ["08:00-10:30 10", "08:00-12:50 101", "10:40-12:50 10"]);
    let all = bookings("amt-nord", &json!([half_past_ten(1), half_past_ten(2), half_past_ten(3)]));
    let imported = import_beside(vec![process(1, "confirmed", 630, 1)], &all);
    assert_eq!((closed_times(&imported.offer), imported.appointments), (None, 1));
    assert!(told(&imported, "bookings here have all that are left", "data[0]"));
    let elsewhere = bookings("sued", &json!([half_past_ten(1)]));
    let imported = import_beside(vec![process(1, "confirmed", 630, 1)], &elsewhere);
    assert!(told(&imported, "bookings of a location that the import does not write", "sued"));
}

#[test]
fn a_short_appointment_leaves_the_long_room_to_a_long_one() {
    let soon = json!({"start": "2027-01-06T10:40:00+01:00", "minutes": 20, "desk": 3});
    let ours = bookings("amt-nord", &json!([half_past_ten(1), soon]));
    let both = vec![process(1, "confirmed", 630, 1), process(2, "confirmed", 630, 3)];
    let imported = import_beside(both, &ours);
    assert!(!told(&imported, "without a desk", ""), "{}", imported.report.text());
    let closed = closed_times(&imported.offer).unwrap();
    assert!(closed.contains("10:30-10:40") && closed.contains("10:30-11:00"), "{closed}");
}

#[test]
fn what_cannot_be_placed_is_told_and_an_unknown_state_takes_its_time() {
    let mut two = process(1, "confirmed", 480, 1);
    let mut second = two["appointments"][0].clone();
    second["date"] = json!((JANUARY_6 + 600 * 60).to_string());
    two["appointments"].as_array_mut().unwrap().push(second);
    let mut elsewhere = process(2, "confirmed", 480, 1);
    elsewhere["appointments"][0]["scope"] = json!({"id": "999"});
    let imported = import(vec![two, elsewhere, process(3, "neu", 540, 1)]);
    let closed = closed_times(&imported.offer).unwrap();
    assert!(closed.contains("08:00-08:10") && closed.contains("10:00-10:10"), "{closed}");
    assert!(closed.contains("09:00-09:10"), "{closed}");
    assert!(told(&imported, "a scope that is not imported", "data[1]"));
    assert!(told(&imported, "an unknown state", "data[2].status"));
}

#[test]
fn what_takes_no_time_closes_none() {
    let imported = import(vec![
        process(1, "deleted", 480, 1),
        process(2, "finished", 480, 1),
        process(3, "queued", 0, 1),
        process(4, "confirmed", -7 * 24 * 60 + 480, 1),
    ]);
    assert_eq!(closed_times(&imported.offer), None);
}

#[test]
fn nothing_about_people_is_carried_over_or_told() {
    let mut processes: Vec<Value> = (0..5).map(|id| process(id, "confirmed", 480, 1)).collect();
    processes.push(process(9, "confirmed", 1200, 1));
    let imported = import(processes);
    let closed = closed_times(&imported.offer).unwrap();
    for text in [text(&imported), closed, imported.report.text(), imported.report.json()] {
        assert!(!text.to_lowercase().contains("geheimnis"), "{text}");
    }
    assert!(told(&imported, "booked above capacity", "data[3]"));
    assert!(told(&imported, "outside of all hours", "data[5]"));
}
