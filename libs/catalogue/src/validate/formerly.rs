//! What locations, services and groups were called before.
//!
//! `formerly` moves bookings, so it must be clear where to: each former name leads to one
//! present one. A former name that is still in use would be two things at once.

use std::{collections::BTreeMap, fmt::Display};

use booking::rules::Finding;

use super::Found;
use crate::Catalogue;

/// Names of things that never were do no harm: a catalogue does not know the ones before it.
pub(super) fn validate(catalogue: &Catalogue, found: &mut Found) {
    let groups = catalogue.groups.iter().map(|(id, group)| (id, &*group.formerly));
    names("groups", &groups.collect(), found);
    let services = catalogue.services.iter().map(|(id, service)| (id, &*service.formerly));
    names("services", &services.collect(), found);
    let locations = catalogue.locations.iter().map(|(id, location)| (id, &*location.formerly));
    names("locations", &locations.collect(), found);
    for (id, service) in &catalogue.services {
        if service.former_group.as_ref() == Some(&service.group) {
            let path = format!("catalogue.services.{id}.formerGroup");
            let problem = format!("`{}` is the group that it belongs to now", service.group);
            found.push(Finding::new(path, problem, "name the one before, or leave it out"));
        }
    }
}

/// A former name leads to one present name, and never further.
///
/// For locations, services and groups alike, each among its own kind.
fn names<Id: Ord + Display>(kind: &str, formerly: &BTreeMap<&Id, &[Id]>, found: &mut Found) {
    let mut stated = BTreeMap::new();
    for (present, former_names) in formerly {
        for (index, former) in former_names.iter().enumerate() {
            let path = format!("catalogue.{kind}.{present}.formerly[{index}]");
            if formerly.contains_key(former) {
                let problem = format!("`{former}` is there, too");
                let remedy = "take one of the two out: bookings go with a name that is gone";
                found.push(Finding::new(path, problem, remedy));
            } else if let Some(other) = stated.insert(former, present) {
                let problem = format!("`{former}` is stated by `{other}`, too");
                found.push(Finding::new(path, problem, "its bookings can go to one only"));
            }
        }
    }
}
