//! `helm test` asks every service of a release, and reaches it.

use serde_json::{Value, json};

use super::{
    PRESETS,
    manifests::{Release, named},
};

fn object<'a>(release: &'a Release, kind: &str) -> Option<&'a Value> {
    release.tests.iter().find(|it| it["kind"] == kind)
}

#[test]
fn every_service_of_a_release_is_asked_where_it_answers() {
    for preset in PRESETS {
        let Some(release) = Release::render(preset, &json!({})) else { return };
        let job = object(&release, "Job").unwrap_or_else(|| panic!("{preset}: no test"));
        let container = &job["spec"]["template"]["spec"]["containers"][0];
        let arguments = container["args"].as_array().unwrap();
        assert_eq!(arguments[0], "ready", "{preset}");
        for service in &release.services {
            let address = format!("http://{}:8080", named(&service.metadata));
            assert!(arguments.contains(&json!(address)), "{preset}: {arguments:?}");
        }
        assert_eq!(arguments.len(), 2 + release.services.len(), "{preset}");
        assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
    }
}

#[test]
fn the_test_and_nothing_else_in_the_namespace_reaches_the_services() {
    let Some(release) = Release::render("platform", &json!({})) else { return };
    let policy = &object(&release, "NetworkPolicy").unwrap()["spec"];
    let labels = &object(&release, "Job").unwrap()["spec"]["template"]["metadata"]["labels"];
    let from = policy["ingress"][0]["from"].as_array().unwrap();
    assert_eq!(from.len(), 1);
    for (key, value) in from[0]["podSelector"]["matchLabels"].as_object().unwrap() {
        assert_eq!(&labels[key], value);
    }
    assert_eq!(policy["ingress"][0]["ports"][0]["port"], 8080);
    let chosen = &policy["podSelector"]["matchExpressions"][0]["values"];
    assert_eq!(chosen, &json!(["identity", "notification", "portal"]));
    // A policy of its own would close a service that the values leave open.
    let open = json!({"defaults": {"networkPolicy": {"enabled": false}}});
    let Some(open) = Release::render("platform", &open) else { return };
    assert!(object(&open, "NetworkPolicy").is_none() && object(&open, "Job").is_some());
}
