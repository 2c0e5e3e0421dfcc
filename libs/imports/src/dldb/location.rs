//! A place of the service database.
//!
//! Opening hours of this source are those in which people may come. Appointments have their own,
//! which only ZMS knows; so a place from here has services and no opening rules.

use std::collections::BTreeMap;

use super::number;
use crate::{
    json::Node,
    model::{Address, Place, Relation},
    report::Report,
    words::{german, paragraph},
};

/// Reads a record. `None` without an address, which a visitor needs; it is reported.
pub(crate) fn place(
    record: &Node<'_>,
    report: &mut Report,
    take_id: impl FnOnce(&str) -> String,
) -> Option<Place> {
    let name = paragraph(&record.text("name")?)?;
    let Some(address) = record.get("address").and_then(|node| address(&node)) else {
        let remedy = "if it has desks, write it by hand";
        report.left_out(record.path(), "a place without an address", remedy);
        return None;
    };
    for (key, what) in [
        ("opening_times", "hours in which one may come: they are not those of appointments"),
        ("contact", "telephone and e-mail of a place: a catalogue has those of the authority"),
        ("transit", "stops of buses and trains"),
    ] {
        if record.has(key) {
            report.left_out(&record.below(key), what, "");
        }
    }
    for key in ["access", "elevator", "parking", "wc"] {
        let marks = record.get("accessibility");
        if let Some(accessibility) = marks.filter(|all| all.flag(key) == Some(true)) {
            let what = "a mark of accessibility: write in `access` what it says";
            report.left_out(&accessibility.below(key), what, "");
        }
    }
    let prose = |key: &str| record.text(key).and_then(|text| paragraph(&text));
    let hint =
        [prose("note"), prose("payment")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let access = record.get("accessibility").and_then(|access| paragraph(&access.text("note")?));
    let key = record.text("id").unwrap_or_default();
    Some(Place {
        id: take_id(&name),
        number: number(record),
        name: german(name),
        address: Some(address),
        hint: (!hint.is_empty()).then(|| german(hint)),
        access: access.map(german),
        position: record.get("geo").and_then(|geo| position(&geo)),
        services: services(record, report),
        notes: vec![format!("Service database: {key}")],
        ..Place::default()
    })
}

/// Street, number, postal code and city in fields of their own.
///
/// `None` if street or postal code is missing or no code. The city may be missing: the database is
/// Berlin's.
fn address(node: &Node<'_>) -> Option<Address> {
    let street = node.text("street")?;
    let number = node.text("house_number").or_else(|| node.text("streetNumber"));
    let street = number.map_or(street.clone(), |number| format!("{street} {number}"));
    let code = node.text("postal_code").or_else(|| node.text("postalCode"))?;
    let city = node.text("city").unwrap_or_else(|| "Berlin".to_owned());
    Some(Address { street, postal_code: postal_code(&code)?, city })
}

/// Five digits; a number has lost its first zeros.
pub(crate) fn postal_code(code: &str) -> Option<String> {
    let is_code = (1..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    let padded = format!("{code:0>5}");
    (is_code && padded != "00000").then_some(padded)
}

/// Degrees on the map. 0, 0 comes from a form that was not filled in.
pub(crate) fn position(node: &Node<'_>) -> Option<(f64, f64)> {
    let (lat, lon) = (node.number("lat")?, node.number("lon")?);
    let is_there = lat.abs() <= 90.0 && lon.abs() <= 180.0 && (lat != 0.0 || lon != 0.0);
    is_there.then_some((lat, lon))
}

/// What can be booked there.
fn services(record: &Node<'_>, report: &mut Report) -> BTreeMap<String, Relation> {
    let mut found = BTreeMap::new();
    for entry in record.items("services") {
        let (Some(key), Some(appointment)) = (entry.text("service"), entry.get("appointment"))
        else {
            continue;
        };
        if appointment.flag("allowed") != Some(true) {
            continue;
        }
        if appointment.flag("external") == Some(true) {
            report.left_out(appointment.path(), "appointments that another system gives", "");
            continue;
        }
        match appointment.number("slots") {
            Some(slots) if slots >= 0.5 => {
                // Within 1 to 48.
                let slots = slots.round().clamp(1.0, 48.0) as u16;
                found.insert(key, Relation { slots, ..Relation::default() });
            }
            _ => {
                let what = "appointments are allowed and take 0 slots, so there are none";
                report.left_out(appointment.path(), what, "");
            }
        }
    }
    found
}
