//! Several values files as one, as Helm does it with `-f a -f b`.
//!
//! Helm itself merges before the services see anything; this is for `fairtermin check`, which
//! reads the same files on an admin's machine and must come to the same result.

use serde_norway::Value;

/// `over` laid over `base`: maps merge key by key, everything else replaces, `null` removes.
///
/// `null` removes also what the file below it adds, and within a map that is new. Lists are
/// replaced as a whole and never joined.
pub(crate) fn overlay(base: Value, over: Value) -> Value {
    match (base, over) {
        (Value::Mapping(mut base), Value::Mapping(over)) => {
            for (key, value) in over {
                if value.is_null() {
                    base.remove(&key);
                    continue;
                }
                let merged = match base.remove(&key) {
                    Some(below) => overlay(below, value),
                    None => overlay(Value::Mapping(Default::default()), value),
                };
                base.insert(key, merged);
            }
            Value::Mapping(base)
        }
        (_, over) => over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, over: &str) -> Value {
        overlay(serde_norway::from_str(base).unwrap(), serde_norway::from_str(over).unwrap())
    }

    #[test]
    fn maps_merge_lists_are_replaced_and_null_removes() {
        let base = "{a: {x: 1, y: 2}, list: [1, 2], gone: {z: 1}}";
        let over = "{a: {y: 3, new: {w: null}}, list: [3], gone: null}";
        let expected: Value =
            serde_norway::from_str("{a: {x: 1, y: 3, new: {}}, list: [3]}").unwrap();
        assert_eq!(merged(base, over), expected);
    }

    #[test]
    fn a_text_replaces_a_map_and_a_map_replaces_a_text() {
        assert_eq!(merged("{a: {x: 1}}", "{a: b}")["a"], "b");
        assert_eq!(merged("{a: b}", "{a: {x: 1}}")["a"]["x"], 1);
    }
}
