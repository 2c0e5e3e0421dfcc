use serde_json::json;

use super::*;

fn told(affinity: &Json) -> Vec<String> {
    let values = json!({ "affinity": affinity });
    let mut said = Remarks::on("f");
    check(&Service { role: "slot", own: &values, values: values.clone() }, &mut said);
    said.found.iter().map(ToString::to_string).collect()
}

/// With this expression in a required term of nodes.
fn by_node(expression: &Json) -> Json {
    json!({"nodeAffinity": {REQUIRED: {"nodeSelectorTerms": [{"matchExpressions": [expression]}]}}})
}

/// With this required term of pods.
fn by_pod(term: &Json) -> Json {
    json!({"podAntiAffinity": {REQUIRED: [term]}})
}

#[test]
fn what_kubernetes_takes_has_no_finding() {
    let affinity = json!({
        "nodeAffinity": {
            REQUIRED: {"nodeSelectorTerms": [
                {"matchExpressions": [
                    {"key": "kubernetes.io/os", "operator": "In", "values": ["linux", ""]},
                    {"key": "example.org/cores", "operator": "Gt", "values": ["8"]},
                    {"key": "gpu", "operator": "DoesNotExist"},
                ]},
                {"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["node-1"]}]},
            ]},
            PREFERRED: [{"weight": 1, "preference": {"matchExpressions": [
                {"key": "disk", "operator": "Exists", "values": []},
            ]}}],
        },
        "podAffinity": {PREFERRED: [{"weight": 100, "podAffinityTerm": {
            "topologyKey": "topology.kubernetes.io/zone",
            "labelSelector": {"matchExpressions": [
                {"key": "app", "operator": "NotIn", "values": ["batch"]},
            ]},
            "namespaces": ["office"], "namespaceSelector": {}, "matchLabelKeys": ["pod-template-hash"],
        }}]},
        "podAntiAffinity": {REQUIRED: [{
            "topologyKey": "kubernetes.io/hostname",
            "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "slot"}},
        }]},
    });
    assert_eq!(told(&affinity), [""; 0]);
    assert_eq!(told(&json!({})), [""; 0]);
}

/// One finding each.
fn assert_each(cases: &[(Json, &str)]) {
    for (affinity, says) in cases {
        let told = told(affinity);
        assert!(told.len() == 1 && told[0].contains(says), "{affinity}: {told:?}");
    }
}

#[test]
fn terms_of_nodes_are_looked_at() {
    let required = |terms: Json| json!({"nodeAffinity": {REQUIRED: terms}});
    let terms = |terms: Json| required(json!({ "nodeSelectorTerms": terms }));
    let field = |key: &str, operator: &str, values: Json| {
        terms(json!([{"matchFields": [{"key": key, "operator": operator, "values": values}]}]))
    };
    let preferred = |wish: Json| json!({"nodeAffinity": {PREFERRED: [wish]}});
    assert_each(&[
        (terms(json!([])), "nodeSelectorTerms: has no term"),
        (required(json!({})), "nodeSelectorTerms: has no term"),
        (required(json!([])), "a list is no object"),
        (terms(json!({})), "nodeSelectorTerms: an object is no list"),
        (
            terms(json!([{"matchLabels": {}}])),
            "nodeSelectorTerms[0].matchLabels: there is no such key",
        ),
        (field("spec.name", "In", json!(["a"])), "matchFields[0].key: `spec.name` is no field"),
        (field("metadata.name", "Exists", json!(["a"])), "matchFields[0].operator: `Exists` is no"),
        (field("metadata.name", "In", json!(["a", "b"])), "matchFields[0].values: names not one"),
        (preferred(json!({"weight": 101, "preference": {}})), "[0].weight: `101` is no weight"),
        (
            preferred(json!({"preference": {}})),
            "[0].weight: is missing; write a whole number from 1",
        ),
        (preferred(json!({"weight": 1})), "[0].preference: is missing"),
    ]);
}

#[test]
fn expressions_are_looked_at() {
    let expression = |operator: &str, values: Json| {
        by_node(&json!({"key": "a", "operator": operator, "values": values}))
    };
    assert_each(&[
        (
            expression("Is", json!(["a"])),
            "[0].operator: `Is` is no operator here; write one of In, ",
        ),
        (expression("In", json!([])), "[0].values: has no value"),
        (expression("NotIn", Json::Null), "[0].values: has no value"),
        (expression("Exists", json!(["a"])), "[0].values: are given"),
        (expression("Gt", json!(["a"])), "[0].values: [\"a\"] is no bound"),
        (expression("Lt", json!(["1", "2"])), "[0].values: [\"1\",\"2\"] is no bound"),
        (expression("Gt", json!([8])), "[0].values: [8] is no bound"),
        (expression("In", json!([true])), "[0].values[0]: `true` is no text; write it in quotes"),
        (
            expression("In", json!(["a b"])),
            "[0].values[0]: `a b` is no value that a label can have",
        ),
        (by_node(&json!({"operator": "Exists"})), "[0].key: is missing"),
        (by_node(&json!("gpu")), "matchExpressions[0]: `gpu` is no object"),
    ]);
}

#[test]
fn terms_of_pods_are_looked_at() {
    let term = |key: &str, value: Json| {
        let mut term = json!({"topologyKey": "zone"});
        term[key] = value;
        by_pod(&term)
    };
    let by_labels = |selector: Json| term("labelSelector", selector);
    let gt = json!({"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["1"]}]});
    let preferred = |wish: Json| json!({"podAffinity": {PREFERRED: [wish]}});
    assert_each(&[
        (by_pod(&json!({})), "[0].topologyKey: is missing; write the label"),
        (term("topologyKey", json!("")), "[0].topologyKey: `` is no key of a label"),
        (by_labels(gt), "[0].operator: `Gt` is no operator here"),
        (by_labels(json!({"matchLabels": {"a": 1}})), "matchLabels.a: `1` is no text"),
        (by_labels(json!({"matchLabels": {"a/b/c": "d"}})), "matchLabels.a/b/c: is no key"),
        (by_labels(json!({"matchLabels": ["a"]})), "matchLabels: a list is no object"),
        (term("namespaces", json!(["Amt"])), "namespaces[0]: `Amt` is no name of a namespace"),
        (term("matchLabelKeys", json!(["a b"])), "matchLabelKeys[0]: `a b` is no key"),
        (json!({"podAffinity": {"required": []}}), "podAffinity.required: there is no such key"),
        (preferred(json!({"weight": 1})), "[0].podAffinityTerm: is missing"),
        (preferred(json!({"podAffinityTerm": {"topologyKey": "zone"}})), "[0].weight: is missing"),
    ]);
}
