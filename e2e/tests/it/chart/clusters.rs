//! What clusters differ in: users, nodes, certificates, names, and how long a start takes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    PRESETS,
    manifests::{Release, named},
};

/// The pods of a service and of its migration.
fn pods(release: &Release) -> Vec<(&str, Value)> {
    let pods = release.pods().into_iter();
    pods.map(|(name, pod)| (name, serde_json::to_value(pod).unwrap())).collect()
}

fn container(pod: &Value) -> &Value {
    &pod["spec"]["containers"][0]
}

fn has(list: &Value, wanted: &Value) -> bool {
    list.as_array().is_some_and(|all| all.contains(wanted))
}

#[test]
fn pods_go_where_the_values_say() {
    let toleration = json!({"key": "office", "operator": "Exists"});
    let terms = json!([{"matchExpressions": [{"key": "zone", "operator": "Exists"}]}]);
    let nodes =
        json!({"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}});
    let affinity = json!({"nodeAffinity": nodes});
    let dns = json!({"nameservers": ["10.0.0.10"], "options": [{"name": "ndots", "value": "2"}]});
    let values = json!({
        "image": {"pullPolicy": "Always", "pullSecrets": [{"name": "registry"}]},
        "defaults": {
            "migrationHook": {"enabled": true}, "podLabels": {"team": "it"},
            "nodeSelector": {"office": "yes"}, "tolerations": [toleration], "affinity": affinity,
            "priorityClassName": "office", "dnsPolicy": "None", "dnsConfig": dns,
        },
    });
    let Some(release) = Release::render("platform", &values) else { return };
    let pods = pods(&release);
    assert_eq!(pods.len(), 5, "three services, two migrations");
    for (name, pod) in pods {
        let spec = &pod["spec"];
        assert_eq!(container(&pod)["imagePullPolicy"], "Always", "{name}");
        assert_eq!(spec["imagePullSecrets"], json!([{"name": "registry"}]), "{name}");
        assert_eq!(pod["metadata"]["labels"]["team"], "it", "{name}");
        assert_eq!(spec["nodeSelector"]["office"], "yes", "{name}");
        assert_eq!(spec["tolerations"], json!([toleration]), "{name}");
        assert_eq!(spec["affinity"], affinity, "{name}");
        assert_eq!(spec["priorityClassName"], "office", "{name}");
        assert_eq!((&spec["dnsPolicy"], &spec["dnsConfig"]), (&json!("None"), &dns), "{name}");
    }
}

#[test]
fn pods_read_what_the_values_add() {
    let from = json!({"secretKeyRef": {"name": "vault", "key": "token"}});
    let source = json!({"secret": {"secretName": "database-ca"}});
    let values = json!({
        "caBundle": {"configMap": "office-ca", "key": "ca.pem"},
        "proxy": {"address": "http://proxy.example.org:3128", "direct": ["example.org", "10.0.0.0/8"]},
        "defaults": {
            "migrationHook": {"enabled": true}, "env": {"WORKERS": 2, "TOKEN": from},
            "envFrom": [{"configMapRef": {"name": "all"}}],
            "extraVolumes": {"database-ca": {"mountPath": "/etc/database-ca", "source": source}},
        },
    });
    let Some(release) = Release::render("lea", &values) else { return };
    for (name, pod) in pods(&release) {
        let (spec, container) = (&pod["spec"], container(&pod));
        let certificates = "/etc/fairtermin/ca-bundle/ca-bundle.crt";
        for entry in [
            json!({"name": "SSL_CERT_FILE", "value": certificates}),
            json!({"name": "FAIRTERMIN_PROXY", "value": "http://proxy.example.org:3128"}),
            json!({"name": "FAIRTERMIN_NO_PROXY", "value": "example.org,10.0.0.0/8"}),
            json!({"name": "WORKERS", "value": "2"}),
            json!({"name": "TOKEN", "valueFrom": from}),
        ] {
            assert!(has(&container["env"], &entry), "{name}: {entry}");
        }
        assert_eq!(container["envFrom"], json!([{"configMapRef": {"name": "all"}}]), "{name}");
        let items = json!([{"key": "ca.pem", "path": "ca-bundle.crt"}]);
        let bundle =
            json!({"name": "ca-bundle", "configMap": {"name": "office-ca", "items": items}});
        let own = json!({"name": "database-ca", "secret": {"secretName": "database-ca"}});
        assert!(has(&spec["volumes"], &bundle) && has(&spec["volumes"], &own), "{name}");
        for (volume, path) in
            [("ca-bundle", "/etc/fairtermin/ca-bundle"), ("database-ca", "/etc/database-ca")]
        {
            let mount = json!({"name": volume, "mountPath": path, "readOnly": true});
            assert!(has(&container["volumeMounts"], &mount), "{name}: {volume}");
        }
    }
}

#[test]
fn on_openshift_pods_leave_user_and_group_to_the_namespace() {
    for preset in PRESETS {
        let hook = json!({"migrationHook": {"enabled": true}});
        let Some(there) = Release::render(preset, &json!({"openshift": true, "defaults": hook}))
        else {
            return;
        };
        for (name, pod) in pods(&there) {
            let security = pod["spec"]["securityContext"].as_object().unwrap();
            let keys: Vec<_> = security.keys().map(String::as_str).collect();
            assert_eq!(keys, ["runAsNonRoot", "seccompProfile"], "{name}");
        }
    }
}

#[test]
fn a_migration_of_minutes_restarts_no_pod() {
    let seconds = |values: &Value| -> Option<(i64, i64)> {
        let release = Release::render("lea", values)?;
        let deployment = serde_json::to_value(&release.deployments[0]).unwrap();
        let probe = &container(&deployment["spec"]["template"])["startupProbe"];
        let waits = probe["periodSeconds"].as_i64()? * probe["failureThreshold"].as_i64()?;
        Some((waits, deployment["spec"]["progressDeadlineSeconds"].as_i64()?))
    };
    let Some((waits, given_up)) = seconds(&json!({})) else { return };
    assert_eq!(waits, 600);
    assert!(given_up > waits, "the rollout is called stuck while a pod still starts");
    let Some((waits, given_up)) = seconds(&json!({"defaults": {"startupSeconds": 3600}})) else {
        return;
    };
    assert!(waits == 3600 && given_up > 3600, "{waits} {given_up}");
}

/// Helm allows 53 characters for a release, a label and a Service 63, CloudNativePG 50 for a cluster.
#[test]
fn the_longest_release_has_names_within_bounds_and_of_its_own() {
    let values = json!({
        "dashboard": {"enabled": true}, "rabbitmq": {"enabled": true},
        "defaults": {
            "migrationHook": {"enabled": true}, "postgres": {"enabled": true, "cluster": "db-2"},
            "monitoring": {"enabled": true}, "autoscaling": {"enabled": true},
        },
    });
    let mut seen = BTreeSet::new();
    let long = "x".repeat(52);
    for release in [format!("{long}a"), format!("{long}b")] {
        for preset in ["platform", "lea"] {
            let Some(release) = Release::named(&release, preset, &values) else { return };
            for (kind, metadata) in &release.all {
                let name = named(metadata);
                let bound = if kind == "Cluster" { 50 } else { 63 };
                assert!(name.len() <= bound, "{kind} {name}: {} characters", name.len());
            }
            for deployment in &release.deployments {
                let name = named(&deployment.metadata).to_owned();
                assert!(seen.insert(name), "two releases share a Deployment");
            }
        }
    }
}

/// `fairtermin init` names Secrets so (`services/fairtermin/src/init/values.rs`).
#[test]
fn a_long_name_is_cut_and_told_apart_by_a_hash() {
    let long = "landesamt-fuer-einwanderung-berlin";
    let Some(release) = Release::named(long, "lea", &json!({})) else { return };
    assert_eq!(named(&release.deployments[0].metadata), "landesamt-fuer-einwanderu-21b37e-slot");
}

#[test]
fn objects_of_ones_own_come_along() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Release.Name }}-text'}\n";
    let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a-map"}});
    let values = json!({"extraObjects": {"text": text, "map": map}});
    let Some(release) = Release::render("lea", &values) else { return };
    let names: Vec<_> = release.config_maps.iter().map(|it| named(&it.metadata)).collect();
    assert!(names.contains(&"lea-text") && names.contains(&"a-map"), "{names:?}");
}

#[test]
fn what_would_take_the_charts_own_away_is_refused() {
    let volume = json!({"mountPath": "/other", "source": {"emptyDir": {}}});
    for (values, said) in [
        (
            json!({"slot": {"podLabels": {"app.kubernetes.io/component": "web"}}}),
            "slot.podLabels.app.kubernetes.io/component: is the chart's own",
        ),
        (
            json!({"slot": {"extraVolumes": {"secrets": volume}}}),
            "slot.extraVolumes.secrets: is the name of a volume",
        ),
        (
            json!({"caBundle": {"configMap": "a", "secretName": "b"}}),
            "caBundle: names both a ConfigMap and a Secret",
        ),
    ] {
        let Some(refusal) = Release::refusal("lea", &values) else { return };
        assert!(refusal.contains(said), "{refusal}");
    }
}
