//! Which nodes pods want, and which other pods beside them: what the API server refuses anywhere in an affinity.

use serde_json::Value as Json;

use super::{
    Remarks, Service, entries, items,
    labels::{self, is_key, is_name},
    names::is_namespace,
    text,
};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
/// Operators on the labels of nodes.
const OF_NODES: [&str; 6] = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];
/// Operators on the labels of pods and namespaces.
const OF_PODS: [&str; 4] = ["In", "NotIn", "Exists", "DoesNotExist"];
/// Operators on the fields of nodes.
const OF_FIELDS: [&str; 2] = ["In", "NotIn"];
/// The only field of a node that can be asked for.
const NODE_NAME: &str = "metadata.name";

/// All three kinds of it.
pub(super) fn check(service: &Service<'_>, said: &mut Remarks<'_>) {
    let (path, affinity) = (service.path("affinity"), &service.values["affinity"]);
    nodes(&format!("{path}.nodeAffinity"), &affinity["nodeAffinity"], said);
    for kind in ["podAffinity", "podAntiAffinity"] {
        pods(&format!("{path}.{kind}"), &affinity[kind], said);
    }
}

fn nodes(path: &str, affinity: &Json, said: &mut Remarks<'_>) {
    let Some(affinity) = object(path, affinity, &[REQUIRED, PREFERRED], said) else { return };
    let required = format!("{path}.{REQUIRED}");
    if let Some(terms) = object(&required, &affinity[REQUIRED], &["nodeSelectorTerms"], said) {
        let path = format!("{required}.nodeSelectorTerms");
        let terms = list(&path, &terms["nodeSelectorTerms"], said);
        if terms.as_ref().is_some_and(Vec::is_empty) {
            let remedy = "write one, for example `[{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]}]`";
            said.error(&path, "has no term, and so no node would do", remedy);
        }
        terms.into_iter().flatten().for_each(|(path, term)| node_term(&path, term, said));
    }
    let preferred = format!("{path}.{PREFERRED}");
    for (path, wish) in list(&preferred, &affinity[PREFERRED], said).into_iter().flatten() {
        let Some(wish) = object(&path, wish, &["weight", "preference"], said) else { continue };
        weight(&format!("{path}.weight"), &wish["weight"], said);
        let path = format!("{path}.preference");
        if is_there(&path, &wish["preference"], said) {
            node_term(&path, &wish["preference"], said);
        }
    }
}

fn node_term(path: &str, term: &Json, said: &mut Remarks<'_>) {
    let known = ["matchExpressions", "matchFields"];
    let Some(term) = object(path, term, &known, said) else { return };
    let expressions = format!("{path}.matchExpressions");
    for (path, it) in list(&expressions, &term["matchExpressions"], said).into_iter().flatten() {
        expression(&path, it, &OF_NODES, said);
    }
    let fields = format!("{path}.matchFields");
    for (path, it) in list(&fields, &term["matchFields"], said).into_iter().flatten() {
        field(&path, it, said);
    }
}

fn pods(path: &str, affinity: &Json, said: &mut Remarks<'_>) {
    let Some(affinity) = object(path, affinity, &[REQUIRED, PREFERRED], said) else { return };
    let required = format!("{path}.{REQUIRED}");
    for (path, term) in list(&required, &affinity[REQUIRED], said).into_iter().flatten() {
        pod_term(&path, term, said);
    }
    let preferred = format!("{path}.{PREFERRED}");
    for (path, wish) in list(&preferred, &affinity[PREFERRED], said).into_iter().flatten() {
        let Some(wish) = object(&path, wish, &["weight", "podAffinityTerm"], said) else {
            continue;
        };
        weight(&format!("{path}.weight"), &wish["weight"], said);
        let path = format!("{path}.podAffinityTerm");
        if is_there(&path, &wish["podAffinityTerm"], said) {
            pod_term(&path, &wish["podAffinityTerm"], said);
        }
    }
}

fn pod_term(path: &str, term: &Json, said: &mut Remarks<'_>) {
    let known = [
        "topologyKey",
        "labelSelector",
        "namespaces",
        "namespaceSelector",
        "matchLabelKeys",
        "mismatchLabelKeys",
    ];
    let Some(term) = object(path, term, &known, said) else { return };
    let topology = &term["topologyKey"];
    if !text(topology).is_some_and(is_key) {
        let remedy =
            "write the label by which nodes are one place, for example `kubernetes.io/hostname`";
        said.error(&format!("{path}.topologyKey"), is_no(topology, "key of a label"), remedy);
    }
    for key in ["labelSelector", "namespaceSelector"] {
        selector(&format!("{path}.{key}"), &term[key], said);
    }
    let namespaces = format!("{path}.namespaces");
    for (path, name) in list(&namespaces, &term["namespaces"], said).into_iter().flatten() {
        if !text(name).is_some_and(is_namespace) {
            let remedy = "write at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends";
            said.error(&path, is_no(name, "name of a namespace"), remedy);
        }
    }
    for key in ["matchLabelKeys", "mismatchLabelKeys"] {
        for (path, it) in list(&format!("{path}.{key}"), &term[key], said).into_iter().flatten() {
            label_key(&path, it, said);
        }
    }
}

/// Of pods or namespaces, by their labels.
fn selector(path: &str, selector: &Json, said: &mut Remarks<'_>) {
    let known = ["matchLabels", "matchExpressions"];
    let Some(selector) = object(path, selector, &known, said) else { return };
    let labels = &selector["matchLabels"];
    let path_of_labels = format!("{path}.matchLabels");
    if !labels.is_null() && !labels.is_object() {
        let remedy = "write keys with their values, for example `{app: slot}`";
        said.error(&path_of_labels, is_no(labels, "object"), remedy);
    }
    for (key, value) in entries(labels) {
        let path = format!("{path_of_labels}.{key}");
        if !is_key(key) {
            said.error(&path, "is no key that Kubernetes takes", labels::REMEDY);
        }
        label_value(&path, value, said);
    }
    let expressions = format!("{path}.matchExpressions");
    for (path, it) in list(&expressions, &selector["matchExpressions"], said).into_iter().flatten()
    {
        expression(&path, it, &OF_PODS, said);
    }
}

/// What a label must be.
fn expression(path: &str, expression: &Json, operators: &[&str], said: &mut Remarks<'_>) {
    let known = ["key", "operator", "values"];
    let Some(expression) = object(path, expression, &known, said) else { return };
    label_key(&format!("{path}.key"), &expression["key"], said);
    let operator = operator(&format!("{path}.operator"), &expression["operator"], operators, said);
    let path = format!("{path}.values");
    let Some(values) = list(&path, &expression["values"], said) else { return };
    match operator {
        Some("Exists" | "DoesNotExist") if !values.is_empty() => {
            let problem = "are given, but `Exists` and `DoesNotExist` look at the key alone";
            said.error(&path, problem, "take them out, or write `operator: In`");
        }
        Some("Gt" | "Lt") => {
            let is_number = |(_, value): &(String, &Json)| {
                value.as_str().is_some_and(|text| text.parse::<i64>().is_ok())
            };
            if values.len() != 1 || !values.iter().all(is_number) {
                let problem = format!("{} is no bound", expression["values"]);
                said.error(
                    &path,
                    problem,
                    "write one whole number in quotes, for example `[\"8\"]`",
                );
            }
        }
        Some("In" | "NotIn") => {
            if values.is_empty() {
                let remedy = "write one, for example `[linux]`, or `operator: Exists`";
                said.error(&path, "has no value, and `In` and `NotIn` need one", remedy);
            }
            values.iter().for_each(|(path, value)| label_value(path, value, said));
        }
        Some(_) | None => {}
    }
}

/// What a field of a node must be: its name, and nothing else.
fn field(path: &str, field: &Json, said: &mut Remarks<'_>) {
    let known = ["key", "operator", "values"];
    let Some(field) = object(path, field, &known, said) else { return };
    if field["key"] != NODE_NAME {
        let remedy = format!("write `{NODE_NAME}`; labels belong into `matchExpressions`");
        said.error(&format!("{path}.key"), is_no(&field["key"], "field to choose by"), remedy);
    }
    operator(&format!("{path}.operator"), &field["operator"], &OF_FIELDS, said);
    let path = format!("{path}.values");
    let Some(values) = list(&path, &field["values"], said) else { return };
    if values.len() != 1 || !values.iter().all(|(_, value)| text(value).is_some()) {
        let problem = "names not one node, and several are several terms";
        said.error(&path, problem, "write one name, for example `[node-1]`");
    }
}

/// The operator, if it is one of these.
fn operator<'a>(
    path: &str,
    value: &'a Json,
    known: &[&str],
    said: &mut Remarks<'_>,
) -> Option<&'a str> {
    let operator = value.as_str().filter(|operator| known.contains(operator));
    if operator.is_none() {
        let remedy = format!("write one of {}", known.join(", "));
        said.error(path, is_no(value, "operator here"), remedy);
    }
    operator
}

fn label_key(path: &str, key: &Json, said: &mut Remarks<'_>) {
    if !text(key).is_some_and(is_key) {
        said.error(path, is_no(key, "key that Kubernetes takes"), labels::REMEDY);
    }
}

fn label_value(path: &str, value: &Json, said: &mut Remarks<'_>) {
    match value {
        Json::String(text) if text.is_empty() || is_name(text) => {}
        Json::Number(_) | Json::Bool(_) => {
            said.error(path, is_no(value, "text"), format!("write it in quotes: `\"{value}\"`"));
        }
        _ => {
            let remedy = "write at most 63 letters, digits, `-`, `_` and `.`, a letter or digit at both ends";
            said.error(path, is_no(value, "value that a label can have"), remedy);
        }
    }
}

fn weight(path: &str, weight: &Json, said: &mut Remarks<'_>) {
    if !weight.as_i64().is_some_and(|weight| (1..=100).contains(&weight)) {
        said.error(path, is_no(weight, "weight"), "write a whole number from 1 to 100");
    }
}

fn is_there(path: &str, value: &Json, said: &mut Remarks<'_>) -> bool {
    if value.is_null() {
        said.error(path, "is missing", "write what is preferred, beside `weight`");
    }
    !value.is_null()
}

/// The object, if it is one. Says which of its keys there are not; what is left out is nothing.
fn object<'a>(
    path: &str,
    value: &'a Json,
    known: &[&str],
    said: &mut Remarks<'_>,
) -> Option<&'a Json> {
    if value.is_null() {
        return None;
    }
    let remedy = format!("there are: {}", known.join(", "));
    if !value.is_object() {
        said.error(path, is_no(value, "object"), format!("write one, in which {remedy}"));
        return None;
    }
    for (key, _) in entries(value).filter(|(key, _)| !known.contains(&key.as_str())) {
        said.error(&format!("{path}.{key}"), "there is no such key", remedy.as_str());
    }
    Some(value)
}

/// The items of a list with their paths; of what is left out there are none.
fn list<'a>(
    path: &str,
    value: &'a Json,
    said: &mut Remarks<'_>,
) -> Option<Vec<(String, &'a Json)>> {
    if !value.is_null() && !value.is_array() {
        said.error(path, is_no(value, "list"), "write it with `-` before each item, or in `[]`");
        return None;
    }
    Some(items(value).map(|(index, item)| (format!("{path}[{index}]"), item)).collect())
}

fn is_no(value: &Json, what: &str) -> String {
    match value {
        Json::Null => "is missing".to_owned(),
        Json::Array(_) => format!("a list is no {what}"),
        Json::Object(_) => format!("an object is no {what}"),
        Json::String(text) => format!("`{text}` is no {what}"),
        Json::Bool(_) | Json::Number(_) => format!("`{value}` is no {what}"),
    }
}

#[cfg(test)]
mod tests;
