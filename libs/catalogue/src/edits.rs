//! What an admin changed, line by line, and who learns of it.
//!
//! Two catalogues are compared as they would be written, so that nothing is left out: windows,
//! releases, limits, texts. What that means for slots and bookings is for
//! [`changes()`](crate::changes()) and [`conflicts`](crate::conflicts).

use std::fmt;

use serde_json::Value;

use crate::Catalogue;

/// What decides how much can be booked: [`start_changes`](crate::start_changes) counts it.
const COUNTED: [&str; 14] = [
    "bookable",
    "bookingWindow",
    "leadTime",
    "slots",
    "slotMinutes",
    "multipleSlots",
    "allocation",
    "draw",
    "desks",
    "hours",
    "grid",
    "exceptions",
    "opening",
    "holidays",
];

/// One value that differs. Prints as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where, for example `catalogue.services.reisepass.release.maxMinutes`.
    pub path: String,
    /// What became of it.
    pub kind: EditKind,
}

/// What became of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditKind {
    /// It was not there.
    New,
    /// It is gone.
    Gone,
    /// It was the first and is the second.
    Changed(Value, Value),
}

/// Everything that differs between two catalogues, in the order of the keys.
///
/// An entry that is new or gone is one edit, whatever is in it; a list is one value.
///
/// # Panics
/// Never: a catalogue can always be written.
#[must_use]
pub fn edits(before: &Catalogue, after: &Catalogue) -> Vec<Edit> {
    let written = |catalogue: &Catalogue| {
        serde_json::to_value(catalogue).expect("a catalogue can be written as JSON")
    };
    let mut found = Vec::new();
    compare("catalogue", &written(before), &written(after), &mut found);
    found
}

/// Goes down into maps on both sides; lists and single values are compared whole.
fn compare(path: &str, before: &Value, after: &Value, found: &mut Vec<Edit>) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        if before != after {
            let kind = EditKind::Changed(before.clone(), after.clone());
            found.push(Edit { path: path.to_owned(), kind });
        }
        return;
    };
    for (key, before) in old {
        let path = format!("{path}.{key}");
        match new.get(key) {
            Some(after) => compare(&path, before, after, found),
            None => found.push(Edit { path, kind: EditKind::Gone }),
        }
    }
    for key in new.keys().filter(|key| !old.contains_key(*key)) {
        found.push(Edit { path: format!("{path}.{key}"), kind: EditKind::New });
    }
}

impl Edit {
    /// Whether a service as a whole came or went, at the authority or at a location.
    fn is_service(&self) -> bool {
        let parts: Vec<&str> = self.path.split('.').collect();
        matches!(parts[..], [_, "services", _] | [_, "locations", _, "services", _])
    }

    /// What it means for people; `None` if that does not follow from the path.
    #[must_use]
    pub fn consequence(&self) -> Option<&'static str> {
        let has = |part: &str| self.path.split('.').any(|own| own == part);
        let is_text = ["name", "description", "hint", "documents", "address"].into_iter().any(has);
        if is_text && !matches!(self.kind, EditKind::New) {
            Some(
                "pages show it at once; no e-mail goes out, and those that were sent keep what they say",
            )
        } else if has("release") {
            Some("holds for what is cancelled from now on")
        } else if COUNTED.into_iter().any(has) || self.is_service() {
            Some("what can be booked now is counted below")
        } else if has("keepsBookings") || has("keepsBookingsUntil") {
            Some("no e-mail goes out; staff find the bookings at the front desk")
        } else if has("closures") && matches!(self.kind, EditKind::New) {
            Some("no e-mail goes out until staff cancel the day at the front desk")
        } else {
            None
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "changed: {}", self.path)?;
        match &self.kind {
            EditKind::New => write!(f, " is new")?,
            EditKind::Gone => write!(f, " is gone")?,
            EditKind::Changed(before, after) => write!(f, ": {before} becomes {after}")?,
        }
        match self.consequence() {
            Some(consequence) => write!(f, "; {consequence}"),
            None => Ok(()),
        }
    }
}
