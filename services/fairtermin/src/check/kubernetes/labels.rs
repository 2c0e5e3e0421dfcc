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
        for (name, _) in entries(map).filter(|(name, _)| !is_key(name)) {
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
    use super::*;

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
