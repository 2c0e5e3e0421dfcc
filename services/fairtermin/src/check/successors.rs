//! Whether what a catalogue says that things were called before is what they were called.
//!
//! Bookings go with a name that is gone. A misspelt one carries nothing over, and the bookings stand
//! in the way or are left behind.

use catalogue::Catalogue;

use super::remark::Remarks;

/// A former name may be older than what is live. So one that was never heard of is a finding if
/// what has it is new, else a note.
pub fn check(before: &Catalogue, after: &Catalogue, said: &mut Remarks<'_>) {
    for (id, service) in after.services() {
        let path = format!("catalogue.services.{id}");
        let live = before.service(id);
        for old in service.formerly.iter().filter(|old| before.service(old).is_none()) {
            never(&format!("{path}.formerly"), "service", old.as_str(), live.is_none(), said);
        }
        let group = service.former_group.as_ref().filter(|old| before.group(old).is_none());
        let moves = live.is_some_and(|live| live.group != service.group);
        if let Some(old) = group {
            never(&format!("{path}.formerGroup"), "group", old.as_str(), moves, said);
        }
    }
    for (id, location) in after.locations() {
        let is_new = before.location(id).is_none();
        for old in location.formerly.iter().filter(|old| before.location(old).is_none()) {
            let path = format!("catalogue.locations.{id}.formerly");
            never(&path, "location", old.as_str(), is_new, said);
        }
    }
    for (id, group) in after.groups() {
        let is_new = before.group(id).is_none();
        for old in group.formerly.iter().filter(|old| before.group(old).is_none()) {
            let path = format!("catalogue.groups.{id}.formerly");
            never(&path, "group", old.as_str(), is_new, said);
        }
    }
}

fn never(path: &str, kind: &str, old: &str, is_finding: bool, said: &mut Remarks<'_>) {
    let problem = format!("no {kind} `{old}` is live, so no booking goes with it");
    if is_finding {
        said.warn(path, problem, "write the id that is live now");
    } else {
        said.note(path, problem, "it can go, if that was long ago");
    }
}
