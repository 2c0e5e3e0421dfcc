//! What an entry says, in words. The names of columns are for programs: those that say nothing to a person
//! are left out, and stand in the file.

use std::borrow::Cow;

use ids::ServiceId;
use serde_json::{Map, Value};

use crate::{
    directory::Offer,
    http::{
        visit::{LocationSummary, Name, service_names},
        visitor::Visitor,
    },
    text::{Language, Texts},
};

/// A line of an entry.
pub(super) struct Field {
    pub(super) label: Cow<'static, str>,
    pub(super) value: String,
}

/// How a value is shown.
enum Shape {
    /// As it is.
    Text,
    /// A moment.
    Moment,
    /// Name and date of birth.
    Person,
    /// The name of an authority.
    Authority,
    /// The names of services.
    Services,
    /// The name of a place.
    Place,
    /// The name of a language.
    Language,
}

/// The lines of an entry that a person can read; none if it has only what programs need.
pub(super) fn shown(
    visitor: &Visitor,
    offer: Option<&Offer>,
    entry: &Map<String, Value>,
) -> Vec<Field> {
    let told = entry.iter().filter(|(_, value)| !value.is_null());
    let lines = told.filter_map(|(name, value)| {
        if name == "kind" {
            return deed(visitor.texts, value.as_str()?);
        }
        let (key, shape) = label(name)?;
        let value = in_words(visitor, offer, &shape, value)?;
        Some(Field { label: visitor.texts.text(key), value })
    });
    lines.collect()
}

fn label(name: &str) -> Option<(&'static str, Shape)> {
    Some(match name {
        "code" => ("summary-code", Shape::Text),
        "attendee" | "sealed_attributes" => ("summary-person", Shape::Person),
        "starts_at" => ("data-field-starts", Shape::Moment),
        "ends_at" => ("data-field-ends", Shape::Moment),
        "at" | "auth_time" | "created_at" | "joined_at" | "opened_at" | "proven_at" => {
            ("data-field-at", Shape::Moment)
        }
        "last_used_at" | "seen_at" => ("data-field-last", Shape::Moment),
        "expires_at" => ("data-field-expires", Shape::Moment),
        "people" => ("visit-how-many", Shape::Text),
        "sealed_email" => ("data-address", Shape::Text),
        "authority" => ("data-field-authority", Shape::Authority),
        "pseudonym" => ("data-field-pseudonym", Shape::Text),
        "service" | "services" => ("summary-service", Shape::Services),
        "location" => ("summary-where", Shape::Place),
        "phone" => ("desk-phone", Shape::Text),
        "language" => ("data-field-language", Shape::Language),
        _ => return None,
    })
}

/// What the person did, of the history.
fn deed(texts: Texts, kind: &str) -> Option<Field> {
    let key = match kind {
        "cancelled" => "data-did-cancelled",
        "moved" => "data-did-moved",
        "missed" => "data-did-missed",
        "hold_abandoned" => "data-did-hold-abandoned",
        "seat_declined" => "data-did-seat-declined",
        _ => return None,
    };
    Some(Field { label: texts.text("data-did"), value: texts.text(key).into_owned() })
}

fn in_words(
    visitor: &Visitor,
    offer: Option<&Offer>,
    shape: &Shape,
    value: &Value,
) -> Option<String> {
    match shape {
        Shape::Text => match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        },
        Shape::Moment => Some(visitor.texts.moment(value.as_str()?.parse().ok()?).into_owned()),
        Shape::Person => {
            let part = |name: &str| value.get(name).and_then(Value::as_str);
            let parts = ["given_name", "family_name", "birthdate"].into_iter().filter_map(part);
            let person = parts.collect::<Vec<_>>().join(" ");
            (!person.is_empty()).then_some(person)
        }
        Shape::Authority => {
            let id = value.as_str()?.parse().ok()?;
            let name = visitor.portal.directory.get(&id)?.name();
            Some(Name::of(&name, visitor.texts).text)
        }
        Shape::Services => {
            let names = service_names(visitor.texts, offer?, &services(value.as_str()?)?);
            Some(visitor.texts.list(&names))
        }
        Shape::Place => {
            let id = value.as_str()?.parse().ok()?;
            Some(LocationSummary::find(offer?, &id, visitor.texts).name.text)
        }
        Shape::Language => Some(value.as_str()?.parse::<Language>().ok()?.own_name().to_owned()),
    }
}

/// One service, or a list of them as the database has it.
fn services(text: &str) -> Option<Vec<ServiceId>> {
    let listed = serde_json::from_str::<Vec<ServiceId>>(text).ok();
    listed.or_else(|| Some(vec![text.parse().ok()?]))
}
