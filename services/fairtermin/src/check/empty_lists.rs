//! Lists of a catalogue that are written and empty: they are read as if they were not there, which is the
//! opposite of what an empty list says.

use serde_json::Value as Json;

use super::remark::Remarks;

/// `catalogue` as it is written.
pub fn check(catalogue: &Json, said: &mut Remarks<'_>) {
    for (id, place) in catalogue["locations"].as_object().into_iter().flatten() {
        for (name, rule) in place["opening"].as_object().into_iter().flatten() {
            if rule["weeksOfMonth"].as_array().is_some_and(Vec::is_empty) {
                let path = format!("catalogue.locations.{id}.opening.{name}.weeksOfMonth");
                let problem = "is empty, so the rule holds in every week";
                said.warn(&path, problem, "name the weeks, or take it out");
            }
        }
    }
}
