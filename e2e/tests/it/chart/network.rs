//! The network policies together allow exactly the arrows of the house.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::{
    core::v1::PodTemplateSpec,
    networking::v1::{NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec},
};
use serde_json::json;

use super::manifests::{Release, named};

/// What every pod opens: for callers, and for Prometheus.
const PORTS: [(&str, i32); 2] = [("http", 8080), ("metrics", 9464)];

/// One service's pods and the policy for them, in the namespace of its release.
struct Party {
    namespace: String,
    labels: BTreeMap<String, String>,
    policy: NetworkPolicySpec,
}

fn party(namespace: &str, pod: &PodTemplateSpec, policy: &NetworkPolicy) -> Party {
    let labels = pod.metadata.as_ref().unwrap().labels.clone().unwrap();
    Party { namespace: namespace.to_owned(), labels, policy: policy.spec.clone().unwrap() }
}

fn parties(release: &Release, namespace: &str) -> BTreeMap<String, Party> {
    let pods = release.deployments.iter().map(|it| &it.spec.template);
    (pods.zip(&release.deployments))
        .map(|(pod, deployment)| {
            let name = named(&deployment.metadata);
            let policy = release.policies.iter().find(|it| named(&it.metadata) == name).unwrap();
            let role = name.rsplit('-').next().unwrap().to_owned();
            (role, party(namespace, pod, policy))
        })
        .collect()
}

fn is_peer(peer: &NetworkPolicyPeer, other: &Party) -> bool {
    let chosen = |selector: &Option<_>, labels: &BTreeMap<String, String>| {
        let Some(selector) = selector else { return true };
        let selector: &k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector = selector;
        let wanted = selector.match_labels.iter().flatten();
        wanted.into_iter().all(|(key, value)| labels.get(key) == Some(value))
    };
    let namespace = [("kubernetes.io/metadata.name".to_owned(), other.namespace.clone())].into();
    chosen(&peer.namespace_selector, &namespace) && chosen(&peer.pod_selector, &other.labels)
}

fn has_port(ports: &Option<Vec<NetworkPolicyPort>>, port: i32) -> bool {
    ports.iter().flatten().any(|it| serde_json::to_value(&it.port).unwrap() == json!(port))
}

/// Whether both policies let `from` connect to `to` on the services' port.
fn allowed(from: &Party, to: &Party) -> bool {
    let out = from.policy.egress.iter().flatten().any(|rule| {
        has_port(&rule.ports, 8080)
            && rule.to.as_ref().is_none_or(|peers| peers.iter().any(|peer| is_peer(peer, to)))
    });
    let into = to.policy.ingress.iter().flatten().any(|rule| {
        has_port(&rule.ports, 8080)
            && rule.from.as_ref().is_none_or(|peers| peers.iter().any(|peer| is_peer(peer, from)))
    });
    out && into
}

#[test]
fn services_reach_each_other_along_the_arrows_and_nowhere_else() {
    let Some(platform) = Release::render("platform", &json!({})) else { return };
    let Some(lea) = Release::render("lea", &json!({})) else { return };
    let mut all = parties(&platform, "platform");
    all.extend(parties(&lea, "lea"));
    let arrows: BTreeSet<_> = (all.iter())
        .flat_map(|from| all.iter().map(move |to| (from, to)))
        .filter(|((_, from), (_, to))| allowed(from, to))
        .map(|((from, _), (to, _))| format!("{from} -> {to}"))
        .collect();
    let arrows: Vec<_> = arrows.iter().map(String::as_str).collect();
    assert_eq!(arrows, ["portal -> identity", "portal -> slot", "slot -> identity"]);
}

#[test]
fn a_stranger_in_the_namespace_reaches_nobody() {
    let Some(lea) = Release::with_everything("lea") else { return };
    let mut stranger = parties(&lea, "lea").remove("slot").unwrap();
    stranger.labels = [("app".to_owned(), "stranger".to_owned())].into();
    stranger.policy =
        NetworkPolicySpec { egress: Some(vec![Default::default()]), ..Default::default() };
    for rule in stranger.policy.egress.iter_mut().flatten() {
        rule.ports = Some(vec![NetworkPolicyPort {
            port: Some(k8s_openapi::apimachinery::pkg::util::intstr::IntOrString::Int(8080)),
            ..Default::default()
        }]);
    }
    assert!(!allowed(&stranger, &parties(&lea, "lea")["slot"]));
}

#[test]
fn each_service_may_reach_its_engines_and_no_other() {
    let Some(platform) = Release::render("platform", &json!({})) else { return };
    let Some(lea) = Release::render("lea", &json!({})) else { return };
    let mut all = parties(&platform, "platform");
    all.extend(parties(&lea, "lea"));
    let engines =
        [("database", 5432), ("redis", 6379), ("bus", 5672), ("smtp", 587), ("kubernetes", 6443)];
    let reach: Vec<String> = (all.iter())
        .map(|(role, party)| {
            let found: Vec<_> = (engines.iter())
                .filter(|(_, port)| {
                    party.policy.egress.iter().flatten().any(|rule| has_port(&rule.ports, *port))
                })
                .map(|(name, _)| *name)
                .collect();
            format!("{role}: {}", found.join(" "))
        })
        .collect();
    assert_eq!(
        reach,
        [
            "identity: database bus",
            "notification: database bus smtp",
            "portal: ",
            "slot: database redis bus kubernetes",
        ]
    );
}

#[test]
fn every_port_that_a_policy_or_a_service_names_is_one_that_the_pods_open() {
    for preset in super::PRESETS {
        let Some(release) = Release::with_everything(preset) else { return };
        for service in &release.services {
            for port in service.spec.as_ref().unwrap().ports.iter().flatten() {
                let name = port.name.as_deref().unwrap();
                assert_eq!(serde_json::to_value(&port.target_port).unwrap(), json!(name));
                assert!(PORTS.contains(&(name, port.port)), "{name} {}", port.port);
            }
        }
        for deployment in &release.deployments {
            let pod = deployment.spec.template.spec.as_ref().unwrap();
            let ports = pod.containers[0].ports.as_ref().unwrap();
            let open =
                ports.iter().map(|port| (port.name.as_deref().unwrap(), port.container_port));
            assert_eq!(open.collect::<Vec<_>>(), PORTS);
        }
        for policy in &release.policies {
            for rule in policy.spec.as_ref().unwrap().ingress.iter().flatten() {
                assert_eq!(rule.ports.as_ref().unwrap().len(), 1);
                // A rule opens the port for callers or the one for Prometheus, never both.
                assert!(PORTS.iter().any(|(_, port)| has_port(&rule.ports, *port)));
            }
        }
    }
}
