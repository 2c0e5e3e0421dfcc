//! Proofs with one member altered, to see whether a verifier notices.
//!
//! Altering any one value should fail a check. Where none fails, [`Alteration::wrong`] is empty and
//! the test vectors say so too, so that verifiers in other languages are held to the same answer.

use serde_json::{Value, json};

use crate::{Proof, canonical, check};

/// A member of a proof and another value for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Alteration {
    /// Which member (RFC 6901).
    pub path: String,
    /// What it becomes.
    pub value: Value,
    /// The checks of a stranger that fail; `document` if it is no proof any more.
    pub wrong: Vec<String>,
}

/// Every single value of a proof altered in turn, at most two members of each list.
#[must_use]
pub fn alterations(honest: &Proof) -> Vec<Alteration> {
    let found = paths(&to_value(honest), "");
    found.into_iter().map(|path| alter(honest, path).0).collect()
}

/// One of [`alterations`], chosen by `pick`, and the altered proof.
///
/// `pick` is taken modulo the number of values, so that any random number will do.
#[must_use]
pub fn alteration(honest: &Proof, pick: usize) -> (Alteration, Vec<u8>) {
    let mut found = paths(&to_value(honest), "");
    let path = found.swap_remove(pick % found.len());
    alter(honest, path)
}

/// The proof as JSON, in which single values can be replaced.
fn to_value(proof: &Proof) -> Value {
    serde_json::to_value(proof).expect("a proof is JSON")
}

/// Replaces the value at a path by another one of its kind, and writes the proof again.
fn alter(honest: &Proof, path: String) -> (Alteration, Vec<u8>) {
    let mut proof = to_value(honest);
    let member = proof.pointer_mut(&path).expect("it was found there");
    *member = other(member);
    let value = member.clone();
    let bytes = serde_json::to_vec(&proof).expect("it still is JSON");
    (Alteration { path, value, wrong: wrong(&bytes) }, bytes)
}

/// The names of the checks that fail for a stranger.
#[must_use]
pub fn wrong(proof: &[u8]) -> Vec<String> {
    match canonical::read(proof) {
        Err(_) => vec!["document".into()],
        Ok(proof) => {
            let findings = check::stranger(&proof).into_iter();
            findings.filter(check::Finding::is_wrong).map(|found| found.check.to_string()).collect()
        }
    }
}

/// Two members of each list are enough: all are of one kind, and the proof has thousands.
fn paths(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let below = members.iter().map(|(name, value)| paths(value, &format!("{path}/{name}")));
            below.flatten().collect()
        }
        Value::Array(members) => {
            let some = members.iter().enumerate().take(2);
            some.flat_map(|(at, value)| paths(value, &format!("{path}/{at}"))).collect()
        }
        _ => vec![path.to_owned()],
    }
}

/// Another value of the same kind, as far as one can tell from the value.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(is) => json!(!is),
        Value::Number(number) => json!(number.as_u64().map(|number| number + 1)),
        Value::String(text) => json!(other_text(text)),
        Value::Null | Value::Array(_) | Value::Object(_) => json!(0),
    }
}

/// The last letter or digit is another one, or the name another of its kind.
fn other_text(text: &str) -> String {
    const NAMES: [(&str, &str); 3] = [("online", "desk"), ("seat", "halfDay"), ("am", "pm")];
    for (a, b) in NAMES {
        if text == a || text == b {
            return if text == a { b } else { a }.into();
        }
    }
    let last = text.char_indices().rfind(|(_, c)| c.is_ascii_alphanumeric());
    last.map_or_else(String::new, |(at, c)| {
        format!("{}{}{}", &text[..at], if c == '1' { '2' } else { '1' }, &text[at + 1..])
    })
}
