//! Alerts, dashboard and doctor read only numbers that services count, by labels that these have.

use std::collections::BTreeSet;

use super::sources::{self, crates};

const READERS: [&str; 3] = [
    "charts/fairtermin/templates/_alerts.tpl",
    "charts/fairtermin/dashboards/fairtermin.json",
    "services/fairtermin/src/doctor/numbers.rs",
];

/// What Prometheus and the chart's `ServiceMonitor` add to each number, and a histogram to its buckets.
const ADDED_LABELS: [&str; 4] = ["namespace", "service", "pod", "le"];

/// The file in which every number with labels is made.
const LABELLED: &str = "libs/telemetry/src/metrics.rs";

#[test]
fn what_alerts_dashboard_and_doctor_read_is_counted() {
    let counted = counted();
    for file in READERS {
        let text = sources::text(file);
        let words = text.split(|letter: char| !is_part(letter));
        let is_number =
            |word: &&str| word.strip_prefix("fairtermin_").is_some_and(|name| !name.is_empty());
        let read: BTreeSet<_> = words.filter(is_number).collect();
        assert!(read.len() >= 8, "{file} reads only {read:?}");
        let unknown: Vec<_> = read.into_iter().filter(|name| !is_counted(name, &counted)).collect();
        assert!(unknown.is_empty(), "{file} reads what nobody counts: {unknown:?}");
    }
}

/// A misspelt label selects nothing, and an alert on nothing is silent.
#[test]
fn what_alerts_and_dashboard_select_by_is_a_label() {
    let metrics = sources::text(LABELLED);
    for file in &READERS[..2] {
        let text = sources::text(file);
        // `fairtermin_part_ready{namespace="lea",part="bus"}`, in JSON with quotes escaped.
        let selectors = text.split("fairtermin_").skip(1).filter_map(|rest| {
            let (name, rest) = rest.split_once('{')?;
            let selector = rest.split_once('}')?.0;
            name.chars().all(is_part).then_some(selector)
        });
        let labels: BTreeSet<_> = selectors.flat_map(labels).collect();
        assert!(labels.contains("namespace") && labels.contains("status"), "{file}: {labels:?}");
        let is_known = |label: &&str| {
            ADDED_LABELS.contains(label) || metrics.contains(&format!("\n    {label}: "))
        };
        let unknown: Vec<_> = labels.into_iter().filter(|label| !is_known(label)).collect();
        assert!(unknown.is_empty(), "{file} selects by {unknown:?}, which no number has");
    }
}

/// The names before `=` of a selector.
fn labels(selector: &str) -> impl Iterator<Item = &str> {
    let before = selector.split('=').map(|part| part.trim_end_matches('!'));
    let names = before.map(|part| part.rsplit(',').next().unwrap_or_default().trim());
    names.filter(|name| !name.is_empty() && name.chars().all(is_part))
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
}

/// Whether the name is one that Prometheus makes of a counted one.
fn is_counted(name: &str, counted: &BTreeSet<String>) -> bool {
    let parts = ["", "_bucket", "_count", "_sum"];
    parts.iter().any(|part| name.strip_suffix(part).is_some_and(|name| counted.contains(name)))
}

/// The names under which services register numbers, as `libs/telemetry` completes them.
fn counted() -> BTreeSet<String> {
    let folders = crates("services", &[]).into_iter().chain(crates("libs", &[]));
    let texts: Vec<String> = folders.flat_map(|folder| sources::texts(&folder)).collect();
    let named = |call: &str, end: &str| -> Vec<String> {
        let calls = texts.iter().flat_map(|text| text.split(call).skip(1));
        let names = calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        names.map(|name| format!("fairtermin_{name}{end}")).collect()
    };
    let gauges = [".gauge(", "metrics.register(", "GAUGE: (&str, &str) = ("];
    let gauges = gauges.into_iter().flat_map(|call| named(call, ""));
    let counted: BTreeSet<_> = gauges.chain(named(".counter(", "_total")).collect();
    assert!(counted.len() >= 25, "{counted:?}");
    counted
}
