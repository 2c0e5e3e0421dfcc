//! An auditor's own installation: one pod that is told nothing but its secret.

use k8s_openapi::api::core::v1::Probe;
use serde_json::{Value, json};

use super::manifests::{Release, named};

const NAME: &str = "auditor-fairtermin-auditor";

#[test]
fn an_auditor_is_one_pod_with_its_service_its_policy_and_its_way_in() {
    let Some(release) = Release::with_everything("auditor") else { return };
    let made: Vec<_> =
        (release.all.iter()).map(|(kind, metadata)| (kind.as_str(), named(metadata))).collect();
    for kind in ["Service", "Deployment", "NetworkPolicy", "HTTPRoute"] {
        assert!(made.contains(&(kind, NAME)), "{kind} is not in {made:?}");
    }
    assert_eq!(made.len(), 4, "{made:?}");
    assert_eq!(release.deployments[0].spec.replicas, Some(1));
}

#[test]
fn its_pod_is_restricted_says_when_it_lives_and_reads_its_secret_from_a_file() {
    let Some(release) = Release::render("auditor", &json!({})) else { return };
    let pod = release.deployments[0].spec.template.spec.clone().unwrap();
    assert_eq!(pod.automount_service_account_token, Some(false));
    assert_eq!(pod.security_context.as_ref().unwrap().run_as_non_root, Some(true));
    let container = &pod.containers[0];
    let security = container.security_context.as_ref().unwrap();
    assert_eq!(security.read_only_root_filesystem, Some(true));
    assert_eq!(security.allow_privilege_escalation, Some(false));
    let path = |probe: &Option<Probe>| {
        probe.as_ref().unwrap().http_get.as_ref().unwrap().path.clone().unwrap()
    };
    assert_eq!(path(&container.liveness_probe), "/livez");
    assert_eq!(path(&container.readiness_probe), "/readyz");
    let arguments = container.args.clone().unwrap();
    assert_eq!(arguments[..2], ["auditor", "serve"]);
    let mount = &container.volume_mounts.as_ref().unwrap()[0];
    assert_eq!(arguments[2], format!("{}/auditor-secret", mount.mount_path));
    assert_eq!(mount.read_only, Some(true), "no secret is made where it would be lost");
    let volume = &pod.volumes.as_ref().unwrap()[0];
    assert_eq!(volume.name, mount.name);
    assert_eq!(volume.secret.as_ref().unwrap().secret_name.as_deref(), Some(NAME));
}

#[test]
fn it_lets_its_gateway_in_and_connects_to_nothing_but_names() {
    let Some(release) = Release::with_everything("auditor") else { return };
    let policy = release.policies[0].spec.clone().unwrap();
    let rules = policy.ingress.unwrap();
    assert_eq!(rules.len(), 1, "there are no numbers for Prometheus");
    let ports = serde_json::to_value(&rules[0].ports).unwrap();
    assert_eq!(ports, json!([{"port": 8080, "protocol": "TCP"}]));
    let out = policy.egress.unwrap();
    let ports: Vec<_> = out.iter().flat_map(|rule| rule.ports.iter().flatten()).collect();
    assert!(ports.iter().all(|port| serde_json::to_value(&port.port).unwrap() == json!(53)));
}

#[test]
fn an_auditor_with_deposits_has_a_disk_that_stays_a_key_and_a_way_to_each_authority() {
    let authorities = ["https://lea.example.org", "https://kfz.example.org:8443"];
    let values = json!({"auditor": {"authorities": authorities}});
    let Some(release) = Release::render("auditor", &values) else { return };
    let is_claim = |it: &&Value| it["kind"] == "PersistentVolumeClaim";
    let claim = release.foreign.iter().find(is_claim).unwrap();
    assert_eq!(claim["metadata"]["annotations"]["helm.sh/resource-policy"], "keep");
    let pod = release.deployments[0].spec.template.spec.clone().unwrap();
    let volumes = pod.volumes.unwrap();
    let disk = volumes.iter().find_map(|volume| volume.persistent_volume_claim.as_ref()).unwrap();
    assert_eq!(claim["metadata"]["name"], disk.claim_name);
    let arguments = pod.containers[0].args.clone().unwrap();
    for authority in authorities {
        assert!(arguments.contains(&format!("--authority={authority}")), "{arguments:?}");
    }
    let folder = arguments.iter().find_map(|it| it.strip_prefix("--deposits=")).unwrap();
    let mounts = pod.containers[0].volume_mounts.clone().unwrap();
    assert!(mounts.iter().any(|mount| mount.mount_path == folder), "{mounts:?}");
    assert!(arguments.iter().any(|it| it == "--key=/run/secrets/fairtermin/auditor-key"));
    let out = release.policies[0].spec.clone().unwrap().egress.unwrap();
    let ports = out.iter().flat_map(|rule| rule.ports.iter().flatten());
    let ports: Vec<_> =
        ports.map(|port| serde_json::to_value(&port.port).unwrap().as_i64().unwrap()).collect();
    assert_eq!(ports, [53, 53, 443, 8443]);
}

#[test]
fn what_concerns_databases_and_brokers_leaves_it_alone() {
    let values = json!({"rabbitmq": {"enabled": true}, "defaults": {
        "postgres": {"enabled": true}, "migrationHook": {"enabled": true},
    }});
    let Some(release) = Release::render("auditor", &values) else { return };
    assert!(release.jobs.is_empty() && release.accounts.is_empty());
    let pod = release.deployments[0].spec.template.spec.clone().unwrap();
    assert!(pod.volumes.unwrap()[0].secret.is_some(), "its own Secret and no other");
}

#[test]
fn an_auditor_beside_services_is_refused() {
    let values = json!({"auditor": {"enabled": true}});
    let Some(refusal) = Release::refusal("lea", &values) else { return };
    assert!(refusal.contains("auditor.enabled: is for a release of its own"), "{refusal}");
}
