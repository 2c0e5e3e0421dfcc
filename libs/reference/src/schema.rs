//! One source for both kinds of schema.
//!
//! The catalogue's types have a JSON Schema (schemars) for editors and Helm; the API's have an
//! OpenAPI schema (utoipa). A type that appears in both (a status, a language, a text) keeps
//! its doc comments in one place, and the second schema is made from the first. OpenAPI 3.1
//! schemas are JSON Schemas of draft 2020-12, so nothing is translated but the form of enums.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;
use utoipa::openapi::{
    ArrayBuilder, ObjectBuilder, RefOr,
    schema::{AdditionalProperties, Schema, Type},
};

/// The OpenAPI schema of a type that has a JSON Schema: names, levels and texts of the catalogue
/// say once what they accept, for `schema_with` in a derived `ToSchema`.
///
/// # Panics
/// The type's JSON Schema cannot be said in OpenAPI: a mistake that the first test finds.
///
/// Definitions are put in where they are used, since `$defs` mean nothing within an OpenAPI
/// document.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> RefOr<Schema> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.remove("title");
    let mut schema = schema.to_value();
    variants_as_enum(&mut schema);
    serde_json::from_value(schema).expect("a JSON Schema that OpenAPI 3.1 knows")
}

/// The variants of a Rust enum come as `oneOf` constants, each with its description; generators of
/// clients want an `enum`.
///
/// The descriptions become lines of one description, so that a reader loses none. Whatever else
/// `oneOf` holds is left alone.
fn variants_as_enum(schema: &mut Value) {
    let Some(variants) = schema.get("oneOf").and_then(Value::as_array) else { return };
    let values: Option<Vec<_>> = variants.iter().map(|it| it.get("const").cloned()).collect();
    let Some(values) = values else { return };
    let meanings = variants.iter().map(|it| {
        let value = it["const"].as_str().unwrap_or_default();
        format!("`{value}`: {}", it["description"].as_str().unwrap_or_default())
    });
    let description = schema["description"].as_str().map(str::to_owned).into_iter();
    let lines: Vec<_> = description.chain(meanings).collect();
    *schema = serde_json::json!({
        "type": "string",
        "description": lines.join("\n"),
        "enum": values,
    });
}

/// A list of rows with any columns: what is kept about a person, as it is stored.
#[must_use]
pub fn any_rows() -> RefOr<Schema> {
    let row = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(true)));
    ArrayBuilder::new().items(row).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variants_of_an_enum_become_its_values() {
        let mut schema = serde_json::json!({
            "description": "A size.",
            "oneOf": [
                { "const": "small", "description": "Not large.", "type": "string" },
                { "const": "large", "description": "Not small.", "type": "string" },
            ]
        });
        variants_as_enum(&mut schema);
        assert_eq!(schema["enum"], serde_json::json!(["small", "large"]));
        assert_eq!(schema["description"], "A size.\n`small`: Not large.\n`large`: Not small.");
    }
}
