//! The compiled contracts, flattened.

use std::{collections::BTreeMap, path::PathBuf};

use prost::Message as _;
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto,
    FileDescriptorSet,
};

pub fn read(bytes: &[u8]) -> FileDescriptorSet {
    FileDescriptorSet::decode(bytes).unwrap()
}

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../proto")
}

/// Messages by full name, nested ones (maps) included.
pub fn messages(set: &FileDescriptorSet) -> BTreeMap<String, DescriptorProto> {
    fn add(prefix: &str, message: &DescriptorProto, all: &mut BTreeMap<String, DescriptorProto>) {
        let name = format!("{prefix}.{}", message.name());
        message.nested_type.iter().for_each(|nested| add(&name, nested, all));
        all.insert(name, message.clone());
    }
    let mut all = BTreeMap::new();
    for file in &set.file {
        file.message_type.iter().for_each(|message| add(file.package(), message, &mut all));
    }
    all
}

/// Enumerations by full name.
pub fn enums(set: &FileDescriptorSet) -> BTreeMap<String, EnumDescriptorProto> {
    let of = |file: &FileDescriptorProto| {
        let package = file.package().to_owned();
        let named = move |e: &EnumDescriptorProto| (format!("{package}.{}", e.name()), e.clone());
        file.enum_type.iter().map(named).collect::<Vec<_>>()
    };
    set.file.iter().flat_map(of).collect()
}

/// What a field is on the wire: its type, whether it repeats, and what it refers to.
pub fn wire(field: &FieldDescriptorProto) -> (i32, i32, String) {
    (field.r#type() as i32, field.label() as i32, field.type_name().to_owned())
}
