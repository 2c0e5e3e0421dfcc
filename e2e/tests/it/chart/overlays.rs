//! `fairtermin check` lays values files over each other as Helm does it, `null` included.

use std::{fs, path::Path, process::Command};

use ambient::SeededEntropy;
use catalogue::{json, overlay, without_null};
use serde_json::{Map, Value, json};

/// Pairs and triples of files that are tried, on each version of Helm.
const CASES: usize = 120;

/// What lies below all files.
fn chart() -> Value {
    json!({"a": {"a": 1, "b": {"c": 2, "d": [1, 2]}}, "b": {}, "c": "text", "d": [1]})
}

/// Small choices, the same in each run.
struct Dice(SeededEntropy);

impl Dice {
    fn roll(&mut self, sides: u8) -> u8 {
        use ambient::Entropy as _;
        let mut byte = [0];
        self.0.fill(&mut byte);
        byte[0] % sides
    }

    /// Few keys, so that files meet often.
    fn map(&mut self, depth: u8) -> Value {
        let mut map = Map::new();
        for key in ["a", "b", "c", "d"] {
            if self.roll(2) == 0 {
                map.insert(key.to_owned(), self.value(depth));
            }
        }
        Value::Object(map)
    }

    fn value(&mut self, depth: u8) -> Value {
        match self.roll(6) {
            0 | 1 => Value::Null,
            2 => json!(self.roll(100)),
            3 => json!(["x", self.roll(9)]),
            _ if depth > 0 => self.map(depth - 1),
            _ => json!("y"),
        }
    }
}

fn ours(files: &[Value]) -> Value {
    let yaml = |value: &Value| serde_norway::to_value(value).unwrap();
    let empty = serde_norway::Value::Mapping(serde_norway::Mapping::new());
    let merged = files.iter().map(yaml).fold(empty, overlay);
    json(&without_null(overlay(yaml(&chart()), merged)))
}

#[test]
fn random_files_become_what_helm_makes_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e is in the workspace");
    let python = root.join("target/chart/env/bin/python");
    if !python.exists() {
        testkit::not_proven("Helm", "e2e/chart/test.sh");
        return;
    }
    let mut dice = Dice(SeededEntropy::new(21));
    let cases: Vec<Vec<Value>> =
        (0..CASES).map(|case| (0..2 + case % 2).map(|_| dice.map(3)).collect()).collect();
    let input = root.join("target/chart/overlays.json");
    fs::write(&input, json!({"chart": chart(), "cases": cases}).to_string()).unwrap();
    let output = Command::new(python)
        .arg("-B")
        .arg(root.join("e2e/tests/it/chart/overlays.py"))
        .arg(&input)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let by_version: Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(by_version.len(), 2);
    for (version, results) in by_version {
        for (case, helm) in cases.iter().zip(results.as_array().unwrap()) {
            assert_eq!(&ours(case), helm, "Helm {version}: {case:?}");
        }
    }
}
