//! Why a catalogue cannot be read: every place, not only the one at which serde stopped.
//!
//! Two readers look. The schema finds every value of a wrong type, every unknown or missing key.
//! serde knows more about single texts (`09:00-08:00` ends before it begins), and is asked again
//! and again without the values that it refused.

use booking::rules::Finding;
use serde_norway::Value;
use serde_path_to_error::{Error, Segment};

use crate::{
    Catalogue,
    conform::{Misfit, misfits},
    json::json,
    schema::schema,
};

/// How often serde is asked again: each time finds one more broken text. The first ones are enough to correct.
const MOST_ROUNDS: usize = 32;

/// Every place where `written`, which stands at `path`, is no catalogue. At least one: `first` is
/// what serde said of it.
pub(crate) fn misread(
    path: &str,
    written: &Value,
    first: Error<serde_norway::Error>,
) -> Vec<Finding> {
    let schema = schema();
    let misfits = misfits(path, &json(written), &schema);
    let mut found: Vec<Finding> = Vec::new();
    for said in by_serde(path, written, first) {
        // Deeper or equal, the schema knows the cause, such as a key that is missing.
        // Of a key that it refuses, serde says where it is not.
        let place = said.path.trim_end_matches(".?");
        let is_cause = |misfit: &Misfit| !misfit.vague && lies_below(&misfit.finding.path, place);
        let derived = said.problem.starts_with("missing field") && !misfits.is_empty();
        if !derived && !misfits.iter().any(is_cause) {
            found.push(said);
        }
    }
    for misfit in misfits {
        if !found.iter().any(|said| said.path == misfit.finding.path) {
            found.push(misfit.finding);
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Whether a path is another one or begins with it.
fn lies_below(path: &str, above: &str) -> bool {
    let rest = path.strip_prefix(above);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What serde says, each time without the values that it refused before.
fn by_serde(path: &str, written: &Value, first: Error<serde_norway::Error>) -> Vec<Finding> {
    let (mut rest, mut error) = (written.clone(), first);
    let (mut found, mut removed) = (Vec::new(), Vec::<Vec<String>>::new());
    for _ in 0..MOST_ROUNDS {
        let steps = steps(&error);
        // A key is missing because it was taken out here.
        let derived = removed.iter().any(|taken| taken.starts_with(&steps));
        if !derived {
            let inner = error.path().to_string();
            let path = if inner == "." { path.to_owned() } else { format!("{path}.{inner}") };
            found.push(Finding::new(path, plain(error.inner().to_string()), ""));
        }
        if !take_out(&mut rest, &steps) {
            break;
        }
        removed.push(steps);
        match serde_path_to_error::deserialize::<_, Catalogue>(rest.clone()) {
            Ok(_) => break,
            Err(next) => error = next,
        }
    }
    found
}

/// The keys that lead to the value, up to the first list: its elements have no names.
fn steps(error: &Error<serde_norway::Error>) -> Vec<String> {
    let named = error.path().iter().map_while(|segment| match segment {
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Seq { .. } | Segment::Unknown => None,
    });
    named.collect()
}

/// Removes what `steps` lead to. `false` if nothing is there, or they lead to the whole.
fn take_out(value: &mut Value, steps: &[String]) -> bool {
    let Some((last, parents)) = steps.split_last() else { return false };
    let mut place = value;
    for step in parents {
        match place.get_mut(step.as_str()) {
            Some(inner) => place = inner,
            None => return false,
        }
    }
    place.as_mapping_mut().is_some_and(|map| map.remove(last.as_str()).is_some())
}

/// The reader's words for numbers and days mean nothing to an admin.
///
/// What it does not know stays as it is.
fn plain(reason: String) -> String {
    const DAYS: [&str; 4] =
        ["failed to parse", "parsed date is not valid", "parsed value", "parsing failed"];
    if DAYS.iter().any(|start| reason.starts_with(start)) {
        return "is no day that there is; write it like 2027-01-04".to_owned();
    }
    let words = [
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected u16", "expected a whole number from 0 to 65535"),
        ("expected u32", "expected a whole number from 0"),
    ];
    let reason = reason.replace(" as u128", "").replace(" as i128", "");
    match words.iter().find_map(|(rust, word)| Some((reason.strip_suffix(rust)?, word))) {
        Some((start, word)) => format!("{start}{word}"),
        None => reason,
    }
}
