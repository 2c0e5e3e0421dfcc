//! Schema pieces for settings whose types are of other crates.
//!
//! Each is for `#[schemars(schema_with = "...")]` at a field. Patterns stand beside `format`, since
//! Helm's validator does not look at formats.

use schemars::{Schema, SchemaGenerator, json_schema};

/// An address on the web.
pub fn url(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "uri", "pattern": URL, "examples": [EXAMPLE] })
}

/// Several of them.
pub fn urls(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "items": { "type": "string", "format": "uri", "pattern": URL, "examples": [EXAMPLE] },
        "examples": [[EXAMPLE]],
    })
}

/// An address and a port to listen on.
pub fn socket(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^.+:[0-9]{1,5}$", "examples": ["0.0.0.0:8080"] })
}

/// JSON that another specification describes.
pub fn object(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "object", "additionalProperties": true })
}

/// `http` is let in, since a developer's machine has it; services refuse it in production where
/// secrets would travel.
const URL: &str = "^https?://[^ ]+$";
/// A host of RFC 2606: it is nobody's.
const EXAMPLE: &str = "https://termin.example.org";
