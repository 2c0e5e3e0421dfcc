//! Keys of labels and annotations. Their values are the schema's matter.

use super::{Remarks, Service, entries, names::is_host};

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
