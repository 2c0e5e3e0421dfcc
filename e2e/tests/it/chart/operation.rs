//! Budgets, autoscaling, spread, selectors, names, and what restarts pods.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::{apps::v1::Deployment, core::v1::ConfigMap};
use serde_json::{Value, json};

use super::{
    PRESETS,
    manifests::{Release, named},
};

type Labels = BTreeMap<String, String>;

fn matches(selector: &Labels, labels: &Labels) -> bool {
    selector.iter().all(|(key, value)| labels.get(key) == Some(value))
}

#[test]
fn every_selector_finds_the_pods_of_its_own_service_and_no_others() {
    for preset in PRESETS {
        let Some(release) = Release::with_everything(preset) else { return };
        let selectors = (release.services.iter())
            .map(|it| (named(&it.metadata), it.spec.as_ref().unwrap().selector.clone().unwrap()))
            .chain(release.budgets.iter().map(|it| {
                let selector = it.spec.as_ref().unwrap().selector.clone().unwrap();
                (named(&it.metadata), selector.match_labels.unwrap())
            }))
            .chain(release.policies.iter().map(|it| {
                let selector = it.spec.as_ref().unwrap().pod_selector.clone().unwrap();
                (named(&it.metadata), selector.match_labels.unwrap())
            }))
            .chain(release.deployments.iter().map(|it| {
                let selector = it.spec.selector.clone();
                (named(&it.metadata), selector.match_labels.unwrap())
            }));
        for (name, selector) in selectors {
            let found: Vec<_> = (release.pods().into_iter())
                .filter(|(_, pod)| {
                    let labels = pod.metadata.as_ref().unwrap().labels.clone().unwrap();
                    matches(&selector, &labels)
                })
                .map(|(owner, _)| owner)
                .collect();
            assert_eq!(found, [name], "{selector:?}");
        }
    }
}

#[test]
fn a_scaled_service_has_no_fixed_number_of_pods_and_keeps_some_while_nodes_are_drained() {
    let Some(scaled) = Release::with_everything("platform") else { return };
    let Some(fixed) = Release::render("platform", &json!({})) else { return };
    let Some(single) = Release::render("platform", &json!({"defaults": {"replicas": 1}})) else {
        return;
    };
    let replicas = |release: &Release| -> BTreeSet<Option<i32>> {
        release.deployments.iter().map(|it| it.spec.replicas).collect()
    };
    assert_eq!(replicas(&scaled), [None].into());
    assert_eq!(scaled.scalers.len(), scaled.deployments.len());
    assert_eq!(scaled.budgets.len(), scaled.deployments.len());
    assert_eq!(replicas(&fixed), [Some(2)].into());
    assert!(fixed.scalers.is_empty());
    assert_eq!(fixed.budgets.len(), fixed.deployments.len());
    assert!(single.budgets.is_empty(), "a budget for one pod only blocks the drain of its node");
}

#[test]
fn replicas_spread_over_nodes_and_zones() {
    let Some(release) = Release::render("lea", &json!({})) else { return };
    let pod = release.deployments[0].spec.template.spec.clone().unwrap();
    let spread = pod.topology_spread_constraints.unwrap();
    let keys: Vec<_> = spread.iter().map(|it| it.topology_key.as_str()).collect();
    assert_eq!(keys, ["kubernetes.io/hostname", "topology.kubernetes.io/zone"]);
}

#[test]
fn names_are_unique_short_enough_and_in_the_releases_namespace() {
    for preset in PRESETS {
        let Some(release) = Release::with_everything(preset) else { return };
        let mut seen = BTreeSet::new();
        for (kind, metadata) in &release.all {
            let name = named(metadata);
            assert!(name.len() <= 63, "{name}");
            assert_eq!(metadata.namespace.as_deref(), Some(preset), "{kind} {name}");
            assert!(seen.insert((kind, name)), "{kind} {name} twice");
            let labels = metadata.labels.as_ref().unwrap();
            assert_eq!(labels["app.kubernetes.io/part-of"], "fairtermin", "{kind} {name}");
            assert_eq!(labels["app.kubernetes.io/instance"], preset, "{kind} {name}");
        }
    }
}

#[test]
fn a_changed_catalogue_restarts_nothing_and_changed_settings_do() {
    let template = |values| {
        let release = Release::render("lea", &values)?;
        serde_json::to_value(&release.deployments[0].spec.template).ok()
    };
    let Some(before) = template(json!({})) else { return };
    let catalogue = json!({"catalogue": {"closures": {"ausflug": {"date": "2027-05-07", "reason": "Ausflug"}}}});
    assert_eq!(template(catalogue).unwrap(), before);
    let settings = json!({"platform": {"identityUrl": "https://other.example.org"}});
    assert_ne!(template(settings).unwrap(), before);
}

/// A translation in the values is in the pods' settings as it was written, and a better one restarts them.
#[test]
fn a_further_language_reaches_the_pods_letter_by_letter() {
    let polish = "# Powitanie\nsite-name = Terminy\nstep =\n    { $step ->\n       *[other] Krok { $step }\n    }\n";
    let release = |source: &str| {
        let values = json!({"portal": {"settings": {"languages": {"pl": source}}}});
        Release::render("platform", &values)
    };
    let Some(first) = release(polish) else { return };
    let settings = |release: &Release| {
        let is_portals = |map: &&ConfigMap| named(&map.metadata).ends_with("portal-settings");
        let map = release.config_maps.iter().find(is_portals).unwrap();
        let text = &map.data.as_ref().unwrap()["settings.yaml"];
        serde_norway::from_str::<Value>(text).unwrap()
    };
    assert_eq!(settings(&first)["portal"]["languages"]["pl"], polish);
    let template = |release: &Release| {
        let of_portal = |it: &&Deployment| named(&it.metadata).ends_with("portal");
        let deployment = release.deployments.iter().find(of_portal).unwrap();
        serde_json::to_value(&deployment.spec.template).unwrap()
    };
    let second = release(&polish.replace("Terminy", "Wizyty")).unwrap();
    assert_ne!(template(&first), template(&second));
}

/// The services read it where the chart mounts it, and what stands in the values themselves counts first.
#[test]
fn a_further_language_of_a_config_map_is_mounted_where_the_settings_say() {
    let values = json!({
        "languages": {"pl": {"configMap": "fairtermin-pl"}},
        "identity": {"settings": {"languages": {"pl": "page-title = Logowanie"}}},
    });
    let Some(release) = Release::render("platform", &values) else { return };
    for (role, own) in [
        ("portal", json!({"file": "/etc/fairtermin/languages/pl/portal.ftl"})),
        ("notification", json!({"file": "/etc/fairtermin/languages/pl/notification.ftl"})),
        ("identity", json!("page-title = Logowanie")),
    ] {
        let is_its = |map: &&ConfigMap| named(&map.metadata).ends_with(&format!("{role}-settings"));
        let map = release.config_maps.iter().find(is_its).unwrap();
        let text = &map.data.as_ref().unwrap()["settings.yaml"];
        let settings: Value = serde_norway::from_str(text).unwrap();
        assert_eq!(settings[role]["languages"]["pl"], own, "{role}");
        let of_role = |it: &&Deployment| named(&it.metadata).ends_with(role);
        let deployment = release.deployments.iter().find(of_role).unwrap();
        let pod = serde_json::to_value(&deployment.spec.template).unwrap()["spec"].clone();
        let with_name = |list: &Value| {
            let all = list.as_array().unwrap();
            all.iter().find(|it| it["name"] == "language-pl").cloned()
        };
        let mount = with_name(&pod["containers"][0]["volumeMounts"]);
        let volume = with_name(&pod["volumes"]);
        if own.is_string() {
            assert_eq!((mount, volume), (None, None), "{role}");
            continue;
        }
        assert_eq!(mount.unwrap()["mountPath"], "/etc/fairtermin/languages/pl");
        assert_eq!(volume.unwrap()["configMap"]["name"], "fairtermin-pl");
    }
}

/// Kubernetes takes no volume of such a name, and says so when half of the release is changed.
#[test]
fn a_further_language_of_a_config_map_has_a_tag_that_can_name_a_volume() {
    for tag in ["PL", "pl_PL", "../pl"] {
        let values = json!({"languages": {tag: {"configMap": "fairtermin-pl"}}});
        let Some(refusal) = Release::refusal("platform", &values) else { return };
        assert!(refusal.contains(&format!("languages.{tag}: is no tag")), "{refusal}");
    }
}

#[test]
fn every_alert_has_a_page_that_helps() {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../charts/fairtermin/runbooks");
    let Some(release) = Release::with_everything("lea") else { return };
    let rules = release.foreign.iter().find(|it| it["kind"] == "PrometheusRule").unwrap();
    let rules = rules["spec"]["groups"][0]["rules"].as_array().unwrap();
    assert!(rules.len() >= 9);
    for rule in rules {
        let address = rule["annotations"]["runbook_url"].as_str().unwrap();
        let page = format!("{pages}/{}", address.rsplit('/').next().unwrap());
        let text = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{page}: {error}"));
        assert!(text.starts_with(&format!("# {}:", rule["alert"].as_str().unwrap())), "{page}");
        assert!(!rule["expr"].as_str().unwrap().contains("NAME"), "{rule:#}");
    }
}
