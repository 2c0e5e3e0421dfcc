//! The catalogue's JSON Schema.

/// The JSON Schema (draft 2020-12) of what stands under `catalogue` in a values file, made from
/// the types that the services read.
#[must_use]
pub fn schema() -> serde_json::Value {
    let schema = schemars::schema_for!(crate::Catalogue);
    schema.to_value()
}
