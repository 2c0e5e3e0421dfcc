//! Appointments of ZMS in a parallel phase.

use catalogue::Catalogue;
use imports::{Imported, closed_times};
use serde_json::{Value, json};

use crate::{
    date,
    source::{owner, row, source, try_import},
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
