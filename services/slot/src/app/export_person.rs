//! A person asks what this authority keeps about them, and which staff looked at it.

use ::store::personal::{Row, Table, Value};
use booking::{TrustLevel, rules};
use catalogue::{Catalogue, default_keep_days};
use ids::{HoldId, Pseudonym, StaffId};
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use super::{AppError, Engine};
use crate::{domain::Actor, store::personal::TABLES};

/// All that is kept about one person.
#[derive(Debug)]
pub struct Export {
    /// The person, as this authority knows them.
    pub person: Pseudonym,
    /// When it was read.
    pub at: Timestamp,
    /// Table by table; those that hold nothing about the person, too.
    pub sections: Vec<Section>,
}

/// What one table keeps.
#[derive(Debug)]
pub struct Section {
    /// The name of the table.
    pub kind: &'static str,
    /// For how many days it is kept after it ended; `None` if nothing is deleted by itself.
    pub kept_days: Option<u16>,
    /// What is kept.
    pub entries: Vec<Map<String, Json>>,
}

/// Reads it. That the person asked is in the audit log, so that they see it if it was not they.
///
/// # Errors
/// The log-in is less sure than the surest by which something of it was done; the database does not
/// answer.
pub async fn export_person(
    engine: &Engine,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<Export, AppError> {
    let mut read = Vec::new();
    for table in TABLES {
        read.push((table, rows(engine, table, person).await?));
    }
    let surest = read.iter().flat_map(|(_, rows)| rows).filter_map(level_of).max();
    if let Some(required) = surest.filter(|required| *required > level) {
        return Err(rules::level_too_low(required).into());
    }
    let mut unit = engine.begin().await?;
    engine.record(&mut unit, &Actor::Citizen(person), "person.exported", person, json!({})).await?;
    unit.commit().await?;
    let sections = read.into_iter().map(|(table, rows)| Section {
        kind: table.kind,
        kept_days: kept_days(&engine.catalogue(), table.name),
        entries: rows.iter().map(|row| entry(engine, table.name, row)).collect(),
    });
    Ok(Export { person, at: engine.now(), sections: sections.collect() })
}

async fn rows(engine: &Engine, table: &Table, person: Pseudonym) -> Result<Vec<Row>, AppError> {
    let rows = table.read(engine.database.connection(), &person.to_string()).await;
    rows.map_err(|error| AppError::Internal(error.into()))
}

/// How surely the person who did it was logged in.
fn level_of(row: &Row) -> Option<TrustLevel> {
    match row.get("level")? {
        Value::Text(level) => level.parse().ok(),
        _ => None,
    }
}

/// As `jobs/delete_expired.rs` has it.
fn kept_days(catalogue: &Catalogue, table: &str) -> Option<u16> {
    match table {
        "draw_entries" => {
            let schedules = catalogue.services().filter_map(|(_, service)| service.draw.as_ref());
            let longest = schedules.map(|schedule| schedule.keep_days).max();
            Some(longest.unwrap_or(default_keep_days()))
        }
        "draw_misses" | "history" | "merge_moves" => Some(366),
        "assigned_dates" | "merge_ended" | "waiting_declines" | "waiting_entries"
        | "waiting_offers" => Some(30),
        "claim_tries" | "desk_cases" | "idempotency" | "reservations" => Some(1),
        _ => None,
    }
}

fn entry(engine: &Engine, table: &str, row: &Row) -> Map<String, Json> {
    let text = |name: &str| match row.get(name) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let (id, hold) = (text("id"), text("hold_id").parse::<HoldId>().ok());
    let told = |name: &str, value: &Value| match value {
        Value::Nothing => Json::Null,
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Instant(at) => json!(local(engine, *at)),
        Value::Text(actor) if (table, name) == ("audit", "actor") => json!(told_actor(actor)),
        Value::Text(text) if (table, name) == ("audit", "details") => {
            told_details(engine, serde_json::from_str(text).unwrap_or(Json::Null))
        }
        Value::Text(text) => json!(text),
        // What is empty was removed when the place ended.
        Value::Bytes(sealed) if sealed.is_empty() => Json::Null,
        Value::Bytes(sealed) if name == "attendee" => {
            let visitor = hold.and_then(|hold| engine.person_data.open(sealed, hold).ok());
            json!(visitor)
        }
        Value::Bytes(sealed) => engine.draws.keys.open(sealed, &id).unwrap_or(Json::Null),
    };
    row.iter().map(|(name, value)| ((*name).to_owned(), told(name, value))).collect()
}

/// Names the actor of an entry: to the person, each member of staff is "the office".
fn told_actor(actor: &str) -> &str {
    match actor.split_once(':') {
        Some(("staff", _)) => "office",
        Some(("citizen", _)) => "person",
        _ => actor,
    }
}

/// What else belongs to an entry of the audit log, without who of the staff it was.
fn told_details(engine: &Engine, value: Json) -> Json {
    match value {
        Json::String(text) if text.starts_with("staff:") || text.parse::<StaffId>().is_ok() => {
            json!("office")
        }
        Json::String(text) => match text.parse() {
            Ok(at) => json!(local(engine, at)),
            Err(_) => json!(text),
        },
        Json::Array(values) => {
            values.into_iter().map(|value| told_details(engine, value)).collect()
        }
        Json::Object(fields) => {
            let told = fields.into_iter().map(|(name, value)| (name, told_details(engine, value)));
            Json::Object(told.collect())
        }
        other => other,
    }
}

/// With Berlin's offset, as in every answer.
fn local(engine: &Engine, at: Timestamp) -> String {
    at.display_with_offset(engine.berlin.to_offset(at)).to_string()
}
