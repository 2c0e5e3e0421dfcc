//! No change breaks a reader or writer of the last release.

use std::fs;

use prost::Message as _;
use prost_types::{DescriptorProto, FileDescriptorSet};

use crate::descriptors::{enums, folder, messages, read, wire};

/// What would break, in words that say which rule it is.
fn breaking_changes(released: &FileDescriptorSet, now: &FileDescriptorSet) -> Vec<String> {
    let mut broken = Vec::new();
    let new_messages = messages(now);
    for (name, old) in messages(released) {
        match new_messages.get(&name) {
            Some(new) => compare(&name, &old, new, &mut broken),
            None => broken.push(format!("message {name} was removed or renamed")),
        }
    }
    let new_enums = enums(now);
    for (name, old) in enums(released) {
        let Some(new) = new_enums.get(&name) else {
            broken.push(format!("enum {name} was removed or renamed"));
            continue;
        };
        for value in &old.value {
            let same = |other: &&prost_types::EnumValueDescriptorProto| {
                other.name() == value.name() && other.number() == value.number()
            };
            if new.value.iter().find(same).is_none() {
                broken.push(format!("enum {name}: {} = {} changed", value.name(), value.number()));
            }
        }
    }
    broken
}

fn compare(name: &str, old: &DescriptorProto, new: &DescriptorProto, broken: &mut Vec<String>) {
    for field in &old.field {
        let (label, number) = (field.name(), field.number());
        match new.field.iter().find(|other| other.number() == number) {
            None => broken.push(format!("{name}: field {label} = {number} was removed")),
            Some(other) if other.name() != label => {
                broken.push(format!("{name}: field {label} = {number} became {}", other.name()));
            }
            Some(other) if wire(other) != wire(field) => {
                broken.push(format!("{name}: field {label} = {number} has another type"));
            }
            Some(_) => {}
        }
    }
}

#[test]
fn the_contracts_can_be_read_by_who_knows_the_released_ones() {
    let file = folder().join("released.bin");
    if std::env::var_os("PROTO_RELEASE").is_some() {
        let mut set = read(proto::DESCRIPTORS);
        // Comments are not part of the contract.
        set.file.iter_mut().for_each(|file| file.source_code_info = None);
        fs::write(&file, set.encode_to_vec()).unwrap();
    }
    let released = read(&fs::read(&file).unwrap());
    let broken = breaking_changes(&released, &read(proto::DESCRIPTORS));
    assert!(
        broken.is_empty(),
        "breaking changes: {broken:#?}\nadd fields instead, or make a new package v2 (see proto/README.md)"
    );
}

#[test]
fn breaking_changes_are_noticed() {
    let released = read(proto::DESCRIPTORS);
    type Change = fn(&mut FileDescriptorSet);
    let changes: [(&str, Change); 6] = [
        ("message fairtermin.booking.v1.BookingConfirmed was removed", |set| {
            set.file.iter_mut().for_each(|file| {
                file.message_type.retain(|message| message.name() != "BookingConfirmed");
            });
        }),
        ("field code = 2 was removed", |set| {
            appointment(set).field.retain(|field| field.number() != 2);
        }),
        ("field code = 2 became kode", |set| {
            appointment(set).field[1].name = Some("kode".to_owned());
        }),
        ("field code = 2 has another type", |set| {
            appointment(set).field[1].set_type(prost_types::field_descriptor_proto::Type::Bytes);
        }),
        ("enum fairtermin.booking.v1.CancelledBy: CANCELLED_BY_OFFICE = 2 changed", |set| {
            let booking = set.file.iter_mut().find(|f| f.package() == "fairtermin.booking.v1");
            booking.unwrap().enum_type[0].value[2].number = Some(7);
        }),
        ("enum fairtermin.booking.v1.CancelledBy was removed", |set| {
            set.file.iter_mut().for_each(|file| file.enum_type.clear());
        }),
    ];
    for (expected, change) in changes {
        let mut changed = released.clone();
        change(&mut changed);
        let broken = breaking_changes(&released, &changed);
        assert!(broken.iter().any(|text| text.contains(expected)), "{expected}: {broken:?}");
    }
    let mut longer = released.clone();
    let mut field = appointment(&mut longer).field[1].clone();
    (field.name, field.number) = (Some("hint".to_owned()), Some(99));
    appointment(&mut longer).field.push(field);
    assert_eq!(breaking_changes(&released, &longer), Vec::<String>::new());
}

fn appointment(set: &mut FileDescriptorSet) -> &mut DescriptorProto {
    let messages = set.file.iter_mut().flat_map(|file| &mut file.message_type);
    messages.into_iter().find(|message| message.name() == "Appointment").unwrap()
}
