//! `fairtermin schema`: the JSON Schema of the chart's values.

use schemars::schema_for;
use serde_json::Value;

use crate::{command_error::CommandError, files};

/// The chart's `values.schema.json`: what authorities offer, and the settings of every service.
pub fn values() -> Value {
    catalogue::values_schema([
        ("slot", schema_for!(slot::Settings).to_value()),
        ("identity", schema_for!(identity::Settings).to_value()),
        ("notification", schema_for!(notification::Settings).to_value()),
        ("portal", schema_for!(portal::Settings).to_value()),
    ])
}

/// Prints it.
pub fn print() -> Result<(), CommandError> {
    files::print(&format!("{:#}\n", values()))
}
