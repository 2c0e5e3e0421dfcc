//! Keys that a file sets to `null`, to take out what lies below it.
//!
//! Helm says nothing of a `null` that hits nothing, so a misspelt one leaves in what an admin thinks
//! is gone.

use catalogue::nearest;
use serde_norway::{Mapping, Value};

use super::{release::ROLES, remark::Remarks};

/// What lies below a file.
pub struct Below<'a> {
    /// The files before it, over the chart's own values.
    pub all: &'a Value,
    /// The chart's own values alone.
    pub chart: &'a Value,
}

/// Remarks on each `null` of a file that takes nothing out, or too much.
pub fn check(below: &Below<'_>, values: &Value, said: &mut Remarks<'_>) {
    let steps = Vec::new();
    walk(below, Some(below.all), values, &steps, said);
}

fn walk(
    below: &Below<'_>,
    here: Option<&Value>,
    values: &Value,
    steps: &[&str],
    said: &mut Remarks<'_>,
) {
    let Some(map) = values.as_mapping() else { return };
    for (key, value) in map {
        let Some(key) = key.as_str() else { continue };
        let steps: Vec<&str> = steps.iter().copied().chain([key]).collect();
        let inside = here.and_then(|here| here.get(key)).filter(|inside| !inside.is_null());
        if !value.is_null() {
            walk(below, inside, value, &steps, said);
        } else if inside.is_some() {
            needed(below.chart, &steps, said);
        } else {
            nothing(below, here.and_then(Value::as_mapping), &steps, said);
        }
    }
}

/// The chart's templates read each of its own values.
fn needed(chart: &Value, steps: &[&str], said: &mut Remarks<'_>) {
    let is_role = steps.len() == 1 && ROLES.contains(&steps[0]);
    let Some(value) = at(chart, steps).filter(|value| !is_empty(value)) else { return };
    let path = steps.join(".");
    if is_role || steps.last() == Some(&"enabled") {
        let problem = "takes out the chart's own value";
        said.warn(&path, problem, format!("to switch it off, write {}", switched_off(steps)));
    } else if value.is_mapping() || steps.len() > 1 {
        let problem = "takes out the chart's own value, which its templates read";
        said.warn(&path, problem, "write the value that you want, or leave the key out");
    }
}

fn switched_off(steps: &[&str]) -> String {
    let mut words: Vec<&str> = steps.to_vec();
    if words.last() != Some(&"enabled") {
        words.push("enabled");
    }
    format!("`{}: false`", words.join("."))
}

/// The key stands nowhere below.
fn nothing(below: &Below<'_>, beside: Option<&Mapping>, steps: &[&str], said: &mut Remarks<'_>) {
    let path = steps.join(".");
    let Some((last, parents)) = steps.split_last() else { return };
    if let Some((role, rest)) = steps.split_first()
        && ROLES.contains(role)
        && below.all.get("defaults").and_then(|defaults| at(defaults, rest)).is_some()
    {
        let problem = "takes nothing out: the value comes from `defaults`";
        let remedy = format!("write another value here, or null at `defaults.{}`", rest.join("."));
        said.warn(&path, problem, remedy);
        return;
    }
    let known: Vec<&str> =
        beside.into_iter().flat_map(Mapping::keys).filter_map(Value::as_str).collect();
    match nearest(last, &known) {
        Some(meant) => {
            let problem = "null takes nothing out: no file below has this key";
            said.warn(&path, problem, format!("did you mean `{meant}`?"));
        }
        None => {
            let problem = "null takes nothing out: no file below has this key";
            let place = parents.join(".");
            let remedy = format!("remove it, or correct it: below `{place}` there are other keys");
            let remedy = if known.is_empty() { "remove it".to_owned() } else { remedy };
            said.note(&path, problem, remedy);
        }
    }
}

fn at<'a>(value: &'a Value, steps: &[&str]) -> Option<&'a Value> {
    let found = steps.iter().try_fold(value, |value, step| value.get(*step));
    found.filter(|value| !value.is_null())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(map) => map.is_empty(),
        Value::Bool(yes) => !yes,
        Value::Null => true,
        Value::Number(_) | Value::Tagged(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::remark::Severity, *};

    fn said(below: &str, file: &str) -> Vec<(Severity, String)> {
        let yaml = |text: &str| serde_norway::from_str::<Value>(text).unwrap();
        let chart = yaml("{image: {tag: ''}, slot: {redis: {urls: [r]}}, defaults: {replicas: 2}}");
        let all = catalogue::overlay(chart.clone(), yaml(below));
        let mut said = Remarks::on("f");
        check(&Below { all: &all, chart: &chart }, &yaml(file), &mut said);
        said.found.iter().map(|one| (one.severity, catalogue::line(&one.finding))).collect()
    }

    #[test]
    fn a_null_that_takes_out_what_is_there_is_right() {
        let below = "{catalogue: {closures: {umzug: {date: 2027-01-04}}}}";
        let file = "{catalogue: {closures: {umzug: null}}, image: {tag: null}}";
        assert!(said(below, file).is_empty());
    }

    #[test]
    fn a_misspelt_null_a_useless_one_and_one_that_takes_too_much_are_told() {
        let below = "{catalogue: {closures: {umzug: {date: 2027-01-04}}}}";
        for (file, severity, part) in [
            ("{catalogue: {closures: {umzgu: null}}}", Severity::Warning, "did you mean `umzug`?"),
            ("{catalogue: {closures: {fest: null}}}", Severity::Note, "takes nothing out"),
            ("{slot: {replicas: null}}", Severity::Warning, "comes from `defaults`"),
            ("{slot: {redis: null}}", Severity::Warning, "which its templates read"),
            ("{slot: null}", Severity::Warning, "write `slot.enabled: false`"),
        ] {
            let said = said(below, file);
            assert!(said.len() == 1 && said[0].0 == severity, "{file}: {said:?}");
            assert!(said[0].1.contains(part), "{file}: {said:?}");
        }
    }
}
