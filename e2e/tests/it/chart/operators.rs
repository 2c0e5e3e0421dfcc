//! What operators make for a release arrives where the service reads it.

use serde_json::{Value, json};

use super::manifests::Release;

fn with_operators() -> Option<Release> {
    let values = json!({
        "rabbitmq": {"enabled": true},
        "defaults": {"postgres": {"enabled": true}, "migrationHook": {"enabled": true}},
    });
    Release::render("platform", &values)
}

fn object<'a>(release: &'a Release, kind: &str, name: &str) -> &'a Value {
    let found =
        release.foreign.iter().find(|it| it["kind"] == kind && it["metadata"]["name"] == name);
    found.unwrap_or_else(|| panic!("no {kind} {name}"))
}

#[test]
fn the_secrets_of_database_and_broker_lie_beside_the_services_own() {
    let Some(release) = with_operators() else { return };
    for (owner, pod) in release.pods() {
        let name = owner.trim_end_matches("-migrate");
        let spec = serde_json::to_value(pod.spec.as_ref().unwrap()).unwrap();
        let volumes = spec["volumes"].as_array().unwrap();
        let secrets = volumes.iter().find(|it| it["name"] == "secrets").unwrap();
        if name.ends_with("portal") {
            assert_eq!(secrets["secret"]["secretName"], name, "it has no database");
            continue;
        }
        let sources = json!([
            {"secret": {"name": name}},
            {"secret": {"name": format!("{name}-db-app"), "items": [{"key": "uri", "path": "database-url"}]}},
            {"secret": {"name": "platform-fairtermin-bus-default-user",
                        "items": [{"key": "connection_string", "path": "bus-url"}]}},
        ]);
        assert_eq!(secrets["projected"]["sources"], sources, "{owner}");
        object(&release, "Cluster", &format!("{name}-db"));
    }
    object(&release, "RabbitmqCluster", "platform-fairtermin-bus");
}

#[test]
fn databases_outlive_the_release_and_a_confirmed_booking_the_primary() {
    let Some(release) = with_operators() else { return };
    let cluster = object(&release, "Cluster", "platform-fairtermin-identity-db");
    assert_eq!(cluster["metadata"]["annotations"]["helm.sh/resource-policy"], "keep");
    assert_eq!(cluster["spec"]["postgresql"]["synchronous"], json!({"method": "any", "number": 1}));
    let single = json!({"defaults": {"postgres": {"enabled": true, "instances": 1}}});
    let Some(single) = Release::render("platform", &single) else { return };
    let cluster = object(&single, "Cluster", "platform-fairtermin-identity-db");
    assert_eq!(cluster["spec"]["postgresql"], Value::Null, "it would wait for nobody");
}

/// Helm runs a pre-install hook before it makes anything: it would wait for ever.
#[test]
fn no_hook_waits_for_a_database_that_comes_with_the_release() {
    let hooks = |release: &Release| -> Vec<String> {
        let annotations = release.jobs.iter().map(|job| job.metadata.annotations.clone().unwrap());
        annotations.map(|all| all["helm.sh/hook"].clone()).collect()
    };
    let outside = json!({"defaults": {"migrationHook": {"enabled": true}}});
    let Some(outside) = Release::render("platform", &outside) else { return };
    assert_eq!(hooks(&outside), ["pre-install,pre-upgrade"; 2]);
    let Some(release) = with_operators() else { return };
    assert_eq!(hooks(&release), ["pre-upgrade"; 2]);
}
