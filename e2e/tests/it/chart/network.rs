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

/// The key of a witness of a public log: the example of `libs/tlog`.
const WITNESS: &str = "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";

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

/// Whether a pod that is none of ours, such as a gateway's, may connect from `namespace`.
fn lets_in(party: &Party, namespace: &str) -> bool {
    let labels = [("app".to_owned(), "gateway".to_owned())].into();
    let outsider = Party { namespace: namespace.to_owned(), labels, policy: Default::default() };
    party.policy.ingress.iter().flatten().any(|rule| {
        let is_named = |peers: &Vec<_>| peers.iter().any(|peer| is_peer(peer, &outsider));
        has_port(&rule.ports, 8080) && rule.from.as_ref().is_none_or(is_named)
    })
}

/// The ports that a service may connect to, wherever they are.
fn ports_out(party: &Party) -> BTreeSet<i32> {
    let rules = party.policy.egress.iter().flatten();
    let ports = rules.flat_map(|rule| rule.ports.iter().flatten());
    ports
        .filter_map(|port| serde_json::to_value(&port.port).unwrap().as_i64())
        .map(|port| i32::try_from(port).unwrap())
        .collect()
}

/// Names of the services to which an Ingress or an HTTPRoute leads.
fn routed(release: &Release) -> BTreeSet<String> {
    let ingresses = release.ingresses.iter().map(|it| named(&it.metadata).to_owned());
    let routes = release.foreign.iter().filter(|it| it["kind"] == "HTTPRoute");
    ingresses
        .chain(routes.map(|it| it["metadata"]["name"].as_str().unwrap().to_owned()))
        .map(|name| name.rsplit('-').next().unwrap().to_owned())
        .collect()
}

#[test]
fn whatever_has_a_route_lets_its_gateway_in_and_no_other_namespace() {
    let host = "here.example.org";
    let ways = [
        ("ingress", json!({"enabled": true, "host": host})),
        ("gateway", json!({"enabled": true, "host": host, "parentRefs": [{"name": "public"}]})),
    ];
    for preset in super::PRESETS {
        for (way, route) in &ways {
            let policy = json!({"allowFromNamespaces": ["gateways"]});
            let mut values = json!({"defaults": {*way: route, "networkPolicy": policy}});
            if *way == "ingress" {
                // In the place of the platform's gateway.
                let off = json!({"gateway": {"enabled": false}});
                values["identity"] = off.clone();
                values["portal"] = off;
            }
            let Some(release) = Release::render(preset, &values) else { return };
            let routed = routed(&release);
            for (role, party) in parties(&release, preset) {
                assert!(routed.contains(&role), "{preset}: no {way} to {role}");
                assert!(lets_in(&party, "gateways"), "{preset}: {role} behind its {way}");
                assert!(!lets_in(&party, "elsewhere"), "{preset}: {role} is open to strangers");
            }
        }
    }
}

#[test]
fn the_presets_own_routes_lead_somewhere() {
    let Some(platform) = Release::render("platform", &json!({})) else { return };
    let routed = routed(&platform);
    assert_eq!(routed, ["identity".to_owned(), "portal".to_owned()].into());
    assert!(platform.ingresses.is_empty(), "the Gateway API comes first");
    let parties = parties(&platform, "platform");
    for role in &routed {
        assert!(lets_in(&parties[role], "gateways"), "{role}");
    }
}

/// What the presets' comments tell those who have an ingress controller.
#[test]
fn an_ingress_takes_the_place_of_the_presets_gateway() {
    let ingress = |host: &str| {
        json!({
            "gateway": {"enabled": false},
            "ingress": {"enabled": true, "host": host, "tlsSecretName": "tls"},
        })
    };
    let values = json!({
        "identity": ingress("id.example.org"), "portal": ingress("termin.example.org"),
    });
    let Some(platform) = Release::render("platform", &values) else { return };
    assert_eq!(routed(&platform), ["identity".to_owned(), "portal".to_owned()].into());
    assert_eq!(platform.ingresses.len(), 2);
    assert!(!platform.foreign.iter().any(|it| it["kind"] == "HTTPRoute"));

    let both = json!({"portal": {"ingress": {"enabled": true, "host": "termin.example.org"}}});
    let Some(refusal) = Release::refusal("platform", &both) else { return };
    assert!(refusal.contains("portal.ingress: ingress and gateway are both on"), "{refusal}");
}

#[test]
fn a_route_without_a_namespace_that_may_use_it_is_refused() {
    let values = json!({"slot": {"ingress": {"enabled": true, "host": "lea.example.org"}}});
    let Some(refusal) = Release::refusal("lea", &values) else { return };
    assert!(refusal.contains("slot.networkPolicy.allowFromNamespaces: is missing"), "{refusal}");
    assert!(refusal.contains("lea.example.org"), "{refusal}");
    // A gateway on the nodes' own network has no namespace: its addresses do as well.
    let peer = json!({"allowFrom": [{"ipBlock": {"cidr": "10.0.0.0/16"}}]});
    let values = json!({"slot": {
        "ingress": {"enabled": true, "host": "lea.example.org"}, "networkPolicy": peer,
    }});
    let Some(release) = Release::render("lea", &values) else { return };
    let ingress = release.policies[0].spec.as_ref().unwrap().ingress.clone().unwrap();
    let blocks = ingress.iter().flat_map(|rule| rule.from.iter().flatten());
    assert!(blocks.filter_map(|peer| peer.ip_block.as_ref()).any(|it| it.cidr == "10.0.0.0/16"));
}

#[test]
fn ports_that_the_settings_name_are_open() {
    let provider = json!({
        "id": "bundid", "name": {"de": "BundID"}, "client_id": "fairtermin", "profile": "bund-id",
        "issuer": "https://bundid.example.org:8443/realms/bundid",
        "client_secret": {"file": "/run/secrets/fairtermin/bundid-client-secret"},
    });
    let values = json!({
        "identity": {"settings": {"providers": [provider]}},
        "notification": {"settings": {"mail": {"smtp": {"port": 2525}}}},
    });
    let Some(platform) = Release::render("platform", &values) else { return };
    let all = parties(&platform, "platform");
    assert!(ports_out(&all["identity"]).contains(&8443), "the provider");
    assert!(ports_out(&all["notification"]).contains(&2525), "the mail server");
    let proxy = json!({"address": "http://proxy.office.svc:3128"});
    let values = json!({"proxy": proxy, "slot": {
        "redis": {"urls": ["rediss://redis.example.org:6380"]},
        "settings": {
            "beacon": {"drand": {"relays": ["https://beacon.example.org:8444"]}},
            "log": {"witnesses": [{"key": WITNESS, "url": "https://witness.example.org:8446"}]},
            "tickets": {"identity": {
                "url": "https://id.example.org:8445", "client": "slot-lea",
                "secret": {"file": "/run/secrets/fairtermin/slot-lea"},
            }},
        },
    }});
    let Some(lea) = Release::render("lea", &values) else { return };
    let slot = ports_out(&parties(&lea, "lea")["slot"]);
    assert!([6380, 8444, 8445, 8446, 3128].iter().all(|port| slot.contains(port)), "{slot:?}");
}

/// Where agencies subscribe, notification asks identity for its keys, usually within the cluster.
#[test]
fn notification_reaches_identity_once_agencies_may_subscribe() {
    let identity = json!({
        "issuer": "https://id.example.org",
        "jwks_url": "http://platform-fairtermin-identity.platform.svc:8080/jwks",
    });
    let webhooks = json!({"identity": identity, "authorities": ["lea"]});
    let values = json!({"notification": {"settings": {"webhooks": webhooks}}});
    let Some(platform) = Release::render("platform", &values) else { return };
    let all = parties(&platform, "platform");
    assert!(allowed(&all["notification"], &all["identity"]));
}

#[test]
fn names_are_looked_up_where_the_values_say() {
    let to = json!([{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "openshift-dns"}}}]);
    let values = json!({"defaults": {"networkPolicy": {"dns": {"ports": [5353], "to": to}}}});
    let Some(lea) = Release::render("lea", &values) else { return };
    let rules = parties(&lea, "lea")["slot"].policy.egress.clone().unwrap();
    let dns = rules.iter().find(|rule| has_port(&rule.ports, 5353)).unwrap();
    let protocols: Vec<_> =
        dns.ports.iter().flatten().filter_map(|port| port.protocol.as_deref()).collect();
    assert_eq!(protocols, ["UDP", "TCP"]);
    assert_eq!(serde_json::to_value(&dns.to).unwrap(), to);
    assert!(!rules.iter().any(|rule| has_port(&rule.ports, 53)));
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
