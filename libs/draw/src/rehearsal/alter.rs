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
    /// Those whose evidence is missing although it was announced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
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

/// The proof without what shows when announcement and list stood in the log: for each of the two without the
/// signatures of the witnesses, and without any proof of inclusion.
#[must_use]
pub fn unwitnessed(honest: &Proof) -> Vec<Alteration> {
    let log = &honest.log;
    let mut found = Vec::new();
    for (name, shown) in [("announcement", &log.announcement), ("freeze", &log.freeze)] {
        let Some(shown) = shown else { continue };
        let alone = json!(without_witnesses(honest, &shown.proof));
        found.push(replaced(honest, format!("/log/{name}/proof"), |_| alone).0);
        found.push(replaced(honest, format!("/log/{name}"), |_| Value::Null).0);
    }
    found
}

/// A proof of inclusion that the log alone signed.
fn without_witnesses(honest: &Proof, proof: &str) -> String {
    let names = honest.announcement.log.witnesses.iter().filter_map(|key| key.split('+').next());
    let signed: Vec<_> = names.map(|name| format!("— {name} ")).collect();
    let is_witness = |line: &&str| signed.iter().any(|start| line.starts_with(start.as_str()));
    proof.split_inclusive('\n').filter(|line| !is_witness(line)).collect()
}

/// The proof as JSON, in which single values can be replaced.
fn to_value(proof: &Proof) -> Value {
    serde_json::to_value(proof).expect("a proof is JSON")
}

/// Replaces the value at a path by another one of its kind, and writes the proof again.
fn alter(honest: &Proof, path: String) -> (Alteration, Vec<u8>) {
    replaced(honest, path, other)
}

fn replaced(
    honest: &Proof,
    path: String,
    by: impl FnOnce(&Value) -> Value,
) -> (Alteration, Vec<u8>) {
    let mut proof = to_value(honest);
    let member = proof.pointer_mut(&path).expect("it was found there");
    *member = by(member);
    let value = member.clone();
    let bytes = serde_json::to_vec(&proof).expect("it still is JSON");
    let missing = named(&bytes, check::Finding::is_missing).unwrap_or_default();
    (Alteration { path, value, wrong: wrong(&bytes), missing }, bytes)
}

/// The names of the checks that fail for a stranger.
#[must_use]
pub fn wrong(proof: &[u8]) -> Vec<String> {
    named(proof, check::Finding::is_wrong).unwrap_or_else(|| vec!["document".into()])
}

/// The names of a stranger's checks with this outcome; `None` if it is no proof.
fn named(proof: &[u8], has: fn(&check::Finding) -> bool) -> Option<Vec<String>> {
    let proof = canonical::read(proof).ok()?;
    let findings = check::stranger(&proof).into_iter();
    Some(findings.filter(has).map(|found| found.check.to_string()).collect())
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
