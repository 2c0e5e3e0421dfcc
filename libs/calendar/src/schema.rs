//! Schema pieces for types of other crates.
//!
//! jiff's dates have no JSON Schema of their own. The pattern is repeated beside `format`,
//! since Helm's validator does not look at formats.

use schemars::{Schema, SchemaGenerator, json_schema};

/// A calendar day, for `#[schemars(schema_with = ...)]` at a field with a date.
pub fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date", "pattern": PATTERN, "examples": ["2027-01-04"] })
}

/// Calendar days, at least one.
pub(crate) fn dates(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "minItems": 1,
        "items": { "type": "string", "format": "date", "pattern": PATTERN },
        "examples": [["2027-01-04"]],
    })
}

/// Whether the day exists (30 February) is left to the reader of the values.
const PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
