//! Keys of labels and annotations, and values of labels where the schema takes any text.

use serde_json::Value as Json;

use super::{Release, Remarks, Service, entries, names::is_host};

/// Wherever a service has a map of them.
pub(super) fn check(service: &Service<'_>, said: &mut Remarks<'_>) {
    let values = &service.values;
    for (key, rest, map) in [
        ("podLabels", "", &values["podLabels"]),
        ("podAnnotations", "", &values["podAnnotations"]),
        ("nodeSelector", "", &values["nodeSelector"]),
        ("ingress", ".annotations", &values["ingress"]["annotations"]),
        ("monitoring", ".labels", &values["monitoring"]["labels"]),
    ] {
        // Of annotations Kubernetes looks at the keys in small letters.
        let is_small = key == "podAnnotations" || rest == ".annotations";
        let fits = |name: &str| is_key(name) || (is_small && is_key(&name.to_lowercase()));
        for (name, _) in entries(map).filter(|(name, _)| !fits(name)) {
            let path = format!("{}{rest}.{name}", service.path(key));
            said.error(&path, "is no key that Kubernetes takes", REMEDY);
        }
    }
}

/// Labels that are no pod's: by which Prometheus and Grafana find what is theirs.
pub(super) fn of_monitoring(service: &Service<'_>, said: &mut Remarks<'_>) {
    let path = format!("{}.labels", service.path("monitoring"));
    values(&path, &service.values["monitoring"]["labels"], said);
}

/// The same of the dashboard that a release has.
pub(super) fn of_release(release: &Release, said: &mut Remarks<'_>) {
    let labels = &release.value("dashboard")["labels"];
    for (name, _) in entries(labels).filter(|(name, _)| !is_key(name)) {
        let path = format!("dashboard.labels.{name}");
        said.error(&path, "is no key that Kubernetes takes", REMEDY);
    }
    values("dashboard.labels", labels, said);
}

fn values(path: &str, labels: &Json, said: &mut Remarks<'_>) {
    for (name, value) in entries(labels) {
        let Some(value) = value.as_str().filter(|value| !value.is_empty() && !is_name(value))
        else {
            continue;
        };
        let remedy =
            "write at most 63 letters, digits, `-`, `_` and `.`, a letter or digit at both ends";
        let problem = format!("`{value}` is no value that a label can have");
        said.error(&format!("{path}.{name}"), problem, remedy);
    }
}

/// How such a key is written.
pub(super) const REMEDY: &str = "write at most 63 letters, digits, `-`, `_` and `.`, perhaps behind a domain: `example.org/floor`";

/// A name, perhaps behind a domain and a slash (`IsQualifiedName` of Kubernetes).
pub(super) fn is_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((domain, name)) => is_host(domain) && is_name(name),
        None => is_name(key),
    }
}

/// Also what the value of a label is, which may be empty.
pub(super) fn is_name(name: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    name.len() <= 63
        && name.bytes().all(is_inner)
        && is_end(name.bytes().next())
        && is_end(name.bytes().next_back())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn labels_of_monitoring_have_values_that_kubernetes_takes() {
        let values =
            json!({ "monitoring": { "labels": { "release": "a b", "team": "", "at": "x-1" } } });
        let mut said = Remarks::on("f");
        of_monitoring(&Service { role: "slot", own: &values, values: values.clone() }, &mut said);
        let told: Vec<_> = said.found.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains("slot.monitoring.labels.release: `a b` is no"));
    }

    #[test]
    fn keys_of_annotations_may_have_capitals_in_their_domain() {
        let values = json!({
            "podAnnotations": {"Example.org/a": "b"}, "podLabels": {"Example.org/a": "b"},
        });
        let mut said = Remarks::on("f");
        check(&Service { role: "slot", own: &values, values: values.clone() }, &mut said);
        let paths: Vec<_> = said.found.iter().map(|remark| remark.finding.path.as_str()).collect();
        assert_eq!(paths, ["slot.podLabels.Example.org/a"]);
    }

    #[test]
    fn keys_are_those_that_kubernetes_takes() {
        for key in ["a", "kubernetes.io/os", "topology.kubernetes.io/zone", "Floor_2.west"] {
            assert!(is_key(key), "{key}");
        }
        let long = "a".repeat(64);
        for key in ["", "a b", "-a", "a/", "/a", "A.B/c", "a/b/c", "größe", long.as_str()] {
            assert!(!is_key(key), "{key}");
        }
    }
}
