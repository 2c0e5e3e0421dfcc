//! Several values files as one, as Helm does it with `-f a -f b`.
//!
//! Helm itself merges before the services see anything; this is for `fairtermin check`, which
//! reads the same files on an admin's machine and must come to the same result: first the files are
//! laid over each other, then all of them over the chart's own values. A `null` removes what lies
//! below it. Helm leaves some of these `null` in the values, and which ones differs between its
//! versions; the chart takes them out (`templates/_null.tpl`), and so does [`without_null`].

use serde_norway::{Mapping, Value};

/// `over` laid over `base`: maps merge key by key, everything else replaces, also `null`.
///
/// Lists are replaced as a whole and never joined.
#[must_use]
pub fn overlay(base: Value, over: Value) -> Value {
    match (base, over) {
        (Value::Mapping(mut base), Value::Mapping(over)) => {
            for (key, value) in over {
                let merged = match base.remove(&key) {
                    Some(below) => overlay(below, value),
                    None => value,
                };
                base.insert(key, merged);
            }
            Value::Mapping(base)
        }
        (_, over) => over,
    }
}

/// The values without each key that is `null`. In a list, `null` is an element and stays.
#[must_use]
pub fn without_null(value: Value) -> Value {
    match value {
        Value::Mapping(map) => {
            let kept = map.into_iter().filter(|(_, value)| !value.is_null());
            let kept: Mapping = kept.map(|(key, value)| (key, without_null(value))).collect();
            Value::Mapping(kept)
        }
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Value {
        serde_norway::from_str(text).unwrap()
    }

    fn merged(files: &[&str]) -> Value {
        without_null(files.iter().map(|file| yaml(file)).fold(yaml("{}"), overlay))
    }

    #[test]
    fn maps_merge_lists_are_replaced_and_null_removes() {
        let base = "{a: {x: 1, y: 2}, list: [1, 2], gone: {z: 1}}";
        let over = "{a: {y: 3, new: {w: null}}, list: [3, null], gone: null}";
        let expected = yaml("{a: {x: 1, y: 3, new: {}}, list: [3, null]}");
        assert_eq!(merged(&[base, over]), expected);
    }

    #[test]
    fn a_text_replaces_a_map_and_a_map_replaces_a_text() {
        assert_eq!(merged(&["{a: {x: 1}}", "{a: b}"]), yaml("{a: b}"));
        assert_eq!(merged(&["{a: b}", "{a: {x: 1, y: null}}"]), yaml("{a: {x: 1}}"));
    }

    #[test]
    fn what_one_file_removes_another_brings_back_anew() {
        assert_eq!(merged(&["{a: {x: 1}}", "{a: null}", "{a: {y: 2}}"]), yaml("{a: {y: 2}}"));
    }
}
