//! Proofs with one member altered, to see whether a verifier notices.

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
///
/// # Panics
/// Never: a proof is JSON.
#[must_use]
pub fn alterations(honest: &Proof) -> Vec<Alteration> {
    let proof = serde_json::to_value(honest).expect("a proof is JSON");
    let mut found = Vec::new();
    paths(&proof, "", &mut found);
    let altered = found.into_iter().map(|path| {
        let mut copy = proof.clone();
        let member = copy.pointer_mut(&path).expect("it was found there");
        *member = other(member);
        let value = member.clone();
        let bytes = serde_json::to_vec(&copy).expect("it still is JSON");
        Alteration { path, value, wrong: wrong(&bytes) }
    });
    altered.collect()
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

fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| paths(value, &format!("{path}/{name}"), found));
        }
        Value::Array(members) => {
            let some = members.iter().enumerate().take(2);
            some.for_each(|(at, value)| paths(value, &format!("{path}/{at}"), found));
        }
        _ => found.push(path.to_owned()),
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
