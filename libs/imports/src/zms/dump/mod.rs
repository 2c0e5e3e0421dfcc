//! A dump of ZMS's database becomes what its API answers, so that there is one reader.
//!
//! Of the table of people (`buerger`) only time, place, length and state are taken.

mod sql;

use jiff::civil::DateTime;
use serde_json::{Map, Value, json};

use self::sql::Row;

/// The tables that are read.
const TABLES: [&str; 9] = [
    "behoerde",
    "standort",
    "oeffnungszeit",
    "feiertage",
    "closures",
    "provider",
    "request",
    "request_provider",
    "buerger",
];

/// The weekdays by their bits, the lowest first.
const WEEKDAYS: [&str; 7] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// Whether a file is a dump and no JSON.
pub(super) fn is_dump(text: &str) -> bool {
    !text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
        && text.contains("INSERT INTO ")
}

/// Whether mysqldump came to its end. It says so in the last line, unless it was told to write no
/// comments.
pub(super) fn is_completed(text: &str) -> bool {
    let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty());
    last.is_some_and(|line| line.starts_with("-- Dump completed"))
}

/// The dump as answers of the API, in lists that have the names of the tables.
///
/// # Errors
/// It was cut off, or a row is none.
pub(super) fn answers(text: &str) -> Result<Value, String> {
    let tables = sql::rows(text, &TABLES)?;
    let list = |table: &str| tables.get(table).map_or(&[][..], Vec::as_slice);
    let all =
        |table: &str, read: fn(&Row) -> Value| list(table).iter().map(read).collect::<Vec<_>>();
    let scopes: Vec<(String, Value)> = list("standort")
        .iter()
        .map(|row| (text_of(row, "BehoerdenID"), scope(row, list("closures"))))
        .collect();
    let departments = list("behoerde").iter().map(|row| {
        let id = text_of(row, "BehoerdenID");
        let scopes = scopes.iter().filter(|(department, _)| *department == id);
        json!({
            "id": id,
            "name": text_of(row, "Name"),
            "scopes": scopes.map(|(_, scope)| scope.clone()).collect::<Vec<_>>(),
            "dayoff": days_off(list("feiertage"), &id),
        })
    });
    Ok(json!({
        "behoerde": departments.collect::<Vec<_>>(),
        "standort": scopes.iter().map(|(_, scope)| scope.clone()).collect::<Vec<_>>(),
        "oeffnungszeit": all("oeffnungszeit", availability),
        "dayoff": days_off(list("feiertage"), "0"),
        "provider": all("provider", office),
        "request": all("request", office),
        "request_provider": all("request_provider", relation),
        "buerger": list("buerger").iter().filter_map(process).collect::<Vec<_>>(),
    }))
}

/// Empty if there is none.
fn text_of(row: &Row, column: &str) -> String {
    row.get(column).cloned().unwrap_or_default()
}

/// The newer column if the row has it: while both are there, the older one may be stale.
fn newer(row: &Row, english: &str, german: &str) -> String {
    row.get(english).or_else(|| row.get(german)).cloned().unwrap_or_default()
}

fn scope(row: &Row, closures: &[Row]) -> Value {
    let id = text_of(row, "StandortID");
    let own = closures.iter().filter(|closure| text_of(closure, "StandortID") == id);
    let closed = own.map(|row| {
        json!({"year": text_of(row, "year"), "month": text_of(row, "month"), "day": text_of(row, "day")})
    });
    json!({
        "id": id,
        "shortName": text_of(row, "standortkuerzel"),
        "hint": text_of(row, "Hinweis"),
        "provider": {"id": text_of(row, "InfoDienstleisterID"), "source": source(row)},
        "closure": closed.collect::<Vec<_>>(),
        "preferences": {"appointment": {
            "startInDaysDefault": text_of(row, "Termine_ab"),
            "endInDaysDefault": text_of(row, "Termine_bis"),
            "reservationDuration": text_of(row, "reservierungsdauer"),
            "deallocationDuration": text_of(row, "loeschdauer"),
        }},
    })
}

fn source(row: &Row) -> String {
    row.get("source")
        .filter(|source| !source.is_empty())
        .cloned()
        .unwrap_or_else(|| "dldb".to_owned())
}

/// A row whose appointments begin and end at midnight has plain hours only.
fn availability(row: &Row) -> Value {
    let from = newer(row, "appointment_start_time", "Terminanfangszeit");
    let until = newer(row, "appointment_end_time", "Terminendzeit");
    let kind = if from == until { "openinghours" } else { "appointment" };
    let desks = number(&text_of(row, "Anzahlterminarbeitsplaetze"));
    let part = |reduction: String| (desks - number(&reduction)).max(0);
    let mut counts = json!({
        "intern": desks,
        "public": part(newer(row, "internet_reduction", "reduktionTermineImInternet")),
    });
    if let Some(reduction) = row.get("reduktionTermineCallcenter") {
        counts["callcenter"] = part(reduction.clone()).into();
    }
    let slot = newer(row, "time_slot", "Timeslot");
    json!({
        "id": text_of(row, "OeffnungszeitID"),
        "type": kind,
        "scope": {"id": newer(row, "scope_id", "StandortID")},
        "startDate": newer(row, "start_date", "Startdatum"),
        "endDate": newer(row, "end_date", "Endedatum"),
        "startTime": from,
        "endTime": until,
        "weekday": weekdays(number(&newer(row, "weekday", "Wochentag"))),
        "repeat": {
            "afterWeeks": newer(row, "every_x_weeks", "allexWochen"),
            "weekOfMonth": newer(row, "every_other_week", "jedexteWoche"),
        },
        "slotTimeInMinutes": super::stub::minute(&slot),
        "multipleSlotsAllowed": text_of(row, "erlaubemehrfachslots"),
        "workstationCount": counts,
        "bookable": window(row),
    })
}

/// 0 and 0 is today only; a first day without a last one is the scope's window.
fn window(row: &Row) -> Value {
    let from = number(&newer(row, "open_from_days", "Offen_ab"));
    let until = number(&newer(row, "open_until_days", "Offen_bis"));
    if from > 0 && until == 0 {
        Value::Null
    } else {
        json!({"startInDays": from, "endInDays": until})
    }
}

fn weekdays(bits: i64) -> Value {
    let on = |(index, name): (usize, &&str)| ((*name).to_owned(), Value::from(bits >> index & 1));
    Value::Object(WEEKDAYS.iter().enumerate().map(on).collect::<Map<_, _>>())
}

fn number(text: &str) -> i64 {
    text.trim().parse().unwrap_or_default()
}

fn days_off(rows: &[Row], department: &str) -> Vec<Value> {
    let own = rows.iter().filter(|row| text_of(row, "BehoerdenID") == department);
    own.map(|row| json!({"date": text_of(row, "Datum"), "name": text_of(row, "Feiertag")}))
        .collect()
}

/// A provider or a request.
fn office(row: &Row) -> Value {
    let contact = row.iter().filter_map(|(column, text)| {
        Some((column.strip_prefix("contact__")?.to_owned(), Value::from(text.clone())))
    });
    json!({
        "id": text_of(row, "id"),
        "source": source(row),
        "name": text_of(row, "name"),
        "displayName": text_of(row, "display_name"),
        "group": text_of(row, "group"),
        "variant_id": text_of(row, "variant_id"),
        "contact": contact.collect::<Map<_, _>>(),
        "data": row.get("data").and_then(|text| sql::json(text)),
    })
}

fn relation(row: &Row) -> Value {
    json!({
        "provider": {"id": text_of(row, "provider__id"), "source": source(row)},
        "request": {"id": text_of(row, "request__id"), "source": source(row)},
        "slots": text_of(row, "slots"),
        "bookable": row.get("bookable"),
        "public": row.get("public_visibility"),
        "maxQuantity": row.get("max_quantity"),
    })
}

/// `None` for further rows of one appointment, and for people who came without one.
fn process(row: &Row) -> Option<Value> {
    if number(&text_of(row, "istFolgeterminvon")) != 0 {
        return None;
    }
    let local = format!("{}T{}", row.get("Datum")?, row.get("Uhrzeit")?);
    let local = local.parse::<DateTime>().ok();
    // One whose time cannot be read is told where appointments are read.
    let at = local.and_then(|local| ambient::berlin().to_timestamp(local).ok());
    Some(json!({
        "id": text_of(row, "BuergerID"),
        "status": row.get("status").filter(|status| !status.is_empty()).map_or("confirmed", String::as_str),
        "appointments": [{
            "date": at.map(|at| at.as_second()),
            "scope": {"id": text_of(row, "StandortID")},
            "slotCount": number(&text_of(row, "hatFolgetermine")).saturating_add(1),
        }],
    }))
}
