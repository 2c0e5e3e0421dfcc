//! `proto/asyncapi.json`: the contracts for readers (AsyncAPI 3.0), made from the `.proto` files.

use std::fs;

use prost_types::{
    DescriptorProto, FieldDescriptorProto, FileDescriptorProto, field_descriptor_proto::Type,
};
use serde_json::{Map, Value, json};

use crate::descriptors::{folder, read};

#[test]
fn the_document_for_readers_is_up_to_date() {
    let document = document();
    let file = folder().join("asyncapi.json");
    if std::env::var_os("PROTO_RELEASE").is_some() {
        fs::write(&file, serde_json::to_string_pretty(&document).unwrap() + "\n").unwrap();
    }
    let written: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert!(written == document, "proto/asyncapi.json is stale: run make proto-release");
}

fn document() -> Value {
    let set = read(proto::DESCRIPTORS);
    let (mut channels, mut operations) = (Map::new(), Map::new());
    let (mut messages, mut schemas) = (Map::new(), Map::new());
    for file in &set.file {
        for (place, message) in file.message_type.iter().enumerate() {
            let schema = schema(file, place, message);
            let full_name = format!("{}.{}", file.package(), message.name());
            schemas.insert(full_name.clone(), schema);
            if !proto::EVENTS.contains(&full_name.as_str()) {
                continue;
            }
            let name = message.name().to_owned();
            let summary = comment(file, &[4, place as i32]);
            channels.insert(name.clone(), json!({
                "address": format!("{{authority}}.{}", route(file.package(), message.name())),
                "parameters": { "authority": { "description": "The authority's id, for example lea." } },
                "messages": { name.clone(): { "$ref": format!("#/components/messages/{name}") } },
                "bindings": { "amqp": { "is": "routingKey", "exchange": { "name": "fairtermin", "type": "topic", "durable": true } } },
            }));
            operations.insert(
                format!("publish{name}"),
                json!({
                    "action": "send",
                    "summary": summary,
                    "channel": { "$ref": format!("#/channels/{name}") },
                }),
            );
            messages.insert(
                name,
                json!({
                    "title": full_name,
                    "summary": summary,
                    "contentType": "application/protobuf",
                    "headers": { "$ref": "#/components/schemas/CloudEvent" },
                    "payload": { "$ref": format!("#/components/schemas/{full_name}") },
                }),
            );
        }
    }
    schemas.insert("CloudEvent".to_owned(), cloud_event());
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Fairtermin events",
            "version": "1.0.0",
            "description": "Made from proto/. Payloads are Protocol Buffers; the schemas show their fields.",
            "license": { "name": "EUPL-1.2" },
        },
        "defaultContentType": "application/protobuf",
        "channels": channels,
        "operations": operations,
        "components": { "messages": messages, "schemas": schemas },
    })
}

/// The attributes in the AMQP headers (CloudEvents AMQP binding).
fn cloud_event() -> Value {
    let texts = ["specversion", "id", "source", "type", "subject", "time", "dataschema"];
    let mut properties: Map<String, Value> = texts
        .iter()
        .map(|name| (format!("cloudEvents_{name}"), json!({ "type": "string" })))
        .collect();
    let required: Vec<_> = properties.keys().cloned().collect();
    properties.insert("cloudEvents_traceparent".to_owned(), json!({ "type": "string" }));
    json!({ "type": "object", "properties": properties, "required": required })
}

pub(crate) fn route(package: &str, name: &str) -> String {
    let mut kebab = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    format!("{kebab}.{}", package.rsplit('.').next().unwrap_or_default())
}

fn schema(file: &FileDescriptorProto, place: usize, message: &DescriptorProto) -> Value {
    let mut properties = Map::new();
    for (field_place, field) in message.field.iter().enumerate() {
        let mut property = field_schema(message, field);
        let text = comment(file, &[4, place as i32, 2, field_place as i32]);
        property["description"] = text.into();
        properties.insert(field.name().to_owned(), property);
    }
    json!({
        "type": "object",
        "description": comment(file, &[4, place as i32]),
        "properties": properties,
    })
}

fn field_schema(message: &DescriptorProto, field: &FieldDescriptorProto) -> Value {
    let is_map = message.nested_type.iter().any(|nested| {
        nested.options.as_ref().is_some_and(prost_types::MessageOptions::map_entry)
            && field.type_name().ends_with(&format!(".{}", nested.name()))
    });
    if is_map {
        return json!({ "type": "object", "additionalProperties": { "type": "string" } });
    }
    let one = match field.r#type() {
        Type::String => json!({ "type": "string" }),
        Type::Bytes => json!({ "type": "string", "format": "binary" }),
        Type::Int64 => json!({ "type": "integer", "format": "int64" }),
        Type::Uint32 => json!({ "type": "integer", "format": "uint32" }),
        Type::Bool => json!({ "type": "boolean" }),
        Type::Enum => json!({ "type": "string" }),
        Type::Message => {
            let name = field.type_name().trim_start_matches('.');
            json!({ "allOf": [{ "$ref": format!("#/components/schemas/{name}") }] })
        }
        other => panic!("say in asyncapi.rs how a field of type {other:?} is shown"),
    };
    match field.label() {
        prost_types::field_descriptor_proto::Label::Repeated => {
            json!({ "type": "array", "items": one })
        }
        _ => one,
    }
}

fn comment(file: &FileDescriptorProto, path: &[i32]) -> String {
    let info = file.source_code_info.as_ref().expect("compiled with comments");
    let location = info.location.iter().find(|location| location.path == path);
    let text = location.map(|location| location.leading_comments()).unwrap_or_default();
    // Which messages are events is shown by the channels.
    text.split_whitespace().filter(|word| !word.starts_with('@')).collect::<Vec<_>>().join(" ")
}
