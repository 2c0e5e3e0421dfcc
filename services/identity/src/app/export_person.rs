//! A person asks what is kept about them here, and who looked at it.

use ::store::{
    StoreError,
    personal::{Row, Value},
};
use auth::AccessClaims;
use draw::Channel;
use ids::PersonId;
use jiff::Timestamp;
use problem::{Problem, types};
use serde_json::{Map, Value as Json, json};

use super::{
    Context,
    draws::held_by,
    set_contact::{caller, internal},
};
use crate::{store::personal::TABLES, ticket_draw::DrawKey};

/// For how many days evidence is kept after the person was here last (`jobs/delete_expired.rs`).
const EVIDENCE_DAYS: u16 = 400;

/// What one table keeps.
pub(crate) struct Section {
    /// The name of the table.
    pub(crate) kind: &'static str,
    /// For how many days it is kept after it ended; none if nothing is deleted by itself.
    pub(crate) kept_days: Option<u16>,
    /// What is kept.
    pub(crate) entries: Vec<Map<String, Json>>,
}

/// All that is kept about the person of a token. Only one for this service itself reads it: an authority has
/// tokens of its own people, and must not learn at which others they are known.
pub(crate) async fn export_person(
    context: &Context,
    claims: AccessClaims,
) -> Result<(Timestamp, Vec<Section>), Problem> {
    if claims.aud != context.issuer {
        let only = "Ask with a token for this service, without a `resource`.";
        return Err(Problem::new(&types::FORBIDDEN).detail(only));
    }
    let person = caller(context, &claims).await?.person;
    let sections = read(context, person).await.map_err(internal)?;
    let unit = context.begin().await.map_err(internal)?;
    let asked = context.record(unit.transaction(), "person", "person.exported", person, json!({}));
    asked.await.map_err(internal)?;
    unit.commit().await.map_err(internal)?;
    Ok((context.now(), sections))
}

async fn read(context: &Context, person: PersonId) -> Result<Vec<Section>, StoreError> {
    let mut sections = Vec::new();
    for table in TABLES {
        let rows = table.read(context.database.connection(), &person.to_string()).await?;
        sections.push(Section {
            kind: table.kind,
            kept_days: kept_days(table.name),
            entries: rows.iter().map(|row| entry(context, table.name, person, row)).collect(),
        });
    }
    sections.push(tickets(context, person).await?);
    Ok(sections)
}

/// The draws for which the person has a ticket. No row names them: they are found by making the hash
/// anew, and only until the window is over.
async fn tickets(context: &Context, person: PersonId) -> Result<Section, StoreError> {
    let held = held_by(context, context.database.connection(), person).await?;
    let entry = |(key, channel): (DrawKey, Channel)| {
        Map::from_iter([
            ("authority".to_owned(), json!(key.authority)),
            ("draw".to_owned(), json!(key.draw)),
            ("channel".to_owned(), json!(channel)),
        ])
    };
    let entries = held.into_iter().map(entry).collect();
    Ok(Section { kind: "draw_tickets", kept_days: Some(0), entries })
}

fn kept_days(table: &str) -> Option<u16> {
    match table {
        "evidence" => Some(EVIDENCE_DAYS),
        "email_claims" => Some(2),
        "sessions" => Some(0),
        _ => None,
    }
}

fn entry(context: &Context, table: &str, person: PersonId, row: &Row) -> Map<String, Json> {
    let text = |name: &str| match row.get(name) {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    };
    // What each is bound to, so that rows cannot be exchanged.
    let sealed_for = match table {
        "evidence" => format!("evidence/{person}/{}", text("level")),
        "cases" => text("code").to_owned(),
        _ => person.to_string(),
    };
    let told = |name: &str, value: &Value| match value {
        Value::Nothing => Json::Null,
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Instant(at) => json!(at.to_string()),
        Value::Text(actor) if (table, name) == ("audit", "actor") => json!(told_actor(actor)),
        Value::Text(text) => json!(text),
        Value::Bytes(sealed) => opened(context, sealed, &sealed_for),
    };
    let mut entry: Map<String, Json> =
        row.iter().map(|(name, value)| ((*name).to_owned(), told(name, value))).collect();
    if table == "audit" {
        entry.remove("details");
        if let Some(authority) = acting_authority(text("details")) {
            entry.insert("authority".to_owned(), authority);
        }
    }
    entry
}

/// Whose staff did it, if the details of an audit entry say so. What else they say may name other people.
fn acting_authority(details: &str) -> Option<Json> {
    serde_json::from_str::<Map<String, Json>>(details).ok()?.remove("authority")
}

/// An address is a text of its own, everything else a document.
fn opened(context: &Context, sealed: &[u8], sealed_for: &str) -> Json {
    let Ok(plain) = context.secrets.data.open(sealed, sealed_for) else { return Json::Null };
    let text = String::from_utf8(plain).unwrap_or_default();
    serde_json::from_str::<Map<String, Json>>(&text).map_or_else(|_| json!(text), Json::Object)
}

/// Names the actor of an entry: to the person, each member of staff is "the office".
fn told_actor(actor: &str) -> &str {
    match actor.split_once(':') {
        Some(("staff", _)) => "office",
        _ => actor,
    }
}
