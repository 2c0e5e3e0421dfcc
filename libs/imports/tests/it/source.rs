//! A ZMS with one scope, whose parts tests replace.

use calendar::FederalState;
use imports::{Bookings, ImportError, Imported, Whole, read_zms};
use serde_json::{Value, json};

use crate::today;

/// Berlin's midnights, in Unix seconds.
pub const JANUARY_4: i64 = 1_799_017_200;
pub const NEVER: i64 = 2_208_898_800;

/// The answer of `GET /source/dldb/?resolveReferences=2`.
pub fn source() -> Value {
    json!({"$schema": "https://localhost/", "meta": {"error": false}, "data": {
        "source": "dldb",
        "providers": [
            {"id": "900001", "source": "dldb", "name": "Amt Nord", "contact":
                {"street": "Am Hafen", "streetNumber": "3", "postalCode": 1067, "city": "Neustadt"}},
        ],
        "requests": [
            {"id": "900101", "source": "dldb", "name": "Wohnung anmelden", "group": "Melden"},
            {"id": "900102", "source": "dldb", "name": "Beglaubigung", "group": "Sonstiges"},
        ],
        "requestrelation": [
            relation("900101", "2"),
            relation("900102", "1"),
        ],
    }})
}

pub fn relation(request: &str, slots: &str) -> Value {
    json!({
        "provider": {"$ref": "/provider/dldb/900001/"},
        "request": {"id": request, "source": "dldb"},
        "slots": slots,
    })
}

/// The answer of `GET /owner/?resolveReferences=4`.
pub fn owner() -> Value {
    json!({"meta": {"error": false}, "data": [{"id": 1, "name": "Land", "organisations": [{"id": 2, "name": "Bezirk",
        "departments": [{"id": "72", "name": "Amt für Bürgerdienste", "email": "amt@neustadt.de",
            "scopes": [scope()]}]}]}]})
}

pub fn scope() -> Value {
    json!({
        "id": "141", "shortName": "Nord", "hint": "Eingang B",
        "contact": {"street": "Am Hafen 3, 01067 Neustadt", "city": "Neustadt"},
        "provider": {"$ref": "/provider/dldb/900001/"},
        "preferences": {
            "appointment": {"startInDaysDefault": "0", "endInDaysDefault": "28", "reservationDuration": "20"},
            "survey": {"enabled": "0"},
        },
    })
}

/// Wednesdays from eight to ten to one with three desks, two of them public.
pub fn row() -> Value {
    json!({
        "id": "700", "type": "appointment", "scope": {"id": "141"},
        "weekday": {"monday": "0", "wednesday": "8"}, "repeat": {"afterWeeks": "1", "weekOfMonth": "0"},
        "bookable": {"startInDays": null, "endInDays": null},
        "workstationCount": {"public": "2", "intern": "3"}, "multipleSlotsAllowed": "1",
        "slotTimeInMinutes": "10", "startDate": JANUARY_4, "endDate": NEVER,
        "startTime": "08:00:00", "endTime": "12:50:00",
    })
}

/// The row with other values.
pub fn row_with(changes: Value) -> Value {
    with(row(), changes)
}

pub fn with(mut value: Value, changes: Value) -> Value {
    if let (Some(value), Value::Object(changes)) = (value.as_object_mut(), changes) {
        value.extend(changes);
    }
    value
}

/// Imports these answers.
pub fn try_import(answers: &[Value]) -> Result<Imported, ImportError> {
    try_import_beside(answers, &Bookings::new())
}

/// Imports these answers while there are bookings here.
pub fn try_import_beside(answers: &[Value], bookings: &Bookings) -> Result<Imported, ImportError> {
    try_import_in(FederalState::Berlin, answers, bookings)
}

/// The same of an office in this state.
pub fn try_import_in(
    state: FederalState,
    answers: &[Value],
    bookings: &Bookings,
) -> Result<Imported, ImportError> {
    let texts: Vec<(String, String)> = answers
        .iter()
        .enumerate()
        .map(|(index, answer)| (format!("{index}.json"), answer.to_string()))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    read_zms(&files, None, today(), state, bookings, Whole::Stated)
}

/// Imports the office with these rows of hours.
pub fn import_rows(rows: Vec<Value>) -> Imported {
    try_import(&[source(), owner(), json!({"data": rows})]).unwrap()
}
