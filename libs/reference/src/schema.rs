//! One source for both kinds of schema.

use schemars::{JsonSchema, generate::SchemaSettings};
use utoipa::openapi::{RefOr, schema::Schema};

/// The OpenAPI schema of a type that has a JSON Schema: names, levels and texts of the catalogue
/// say once what they accept, for `schema_with` in a derived `ToSchema`.
///
/// # Panics
/// The type's JSON Schema cannot be said in OpenAPI: a mistake that the first test finds.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> RefOr<Schema> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.remove("title");
    serde_json::from_value(schema.to_value()).expect("a JSON Schema that OpenAPI 3.1 knows")
}
