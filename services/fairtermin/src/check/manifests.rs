//! Files for Kubernetes that stand beside values files, as `init` writes one: `check FOLDER/*.yaml` names all.

use serde::Deserialize as _;
use serde_norway::Value;

/// The kind of the first object, if each document of the file is an object of Kubernetes.
///
/// No values file is one: the chart has neither `apiVersion` nor `kind`.
pub fn kind(text: &str) -> Option<String> {
    let mut first = None;
    for document in serde_norway::Deserializer::from_str(text) {
        let document = Value::deserialize(document).ok()?;
        if document.is_null() {
            continue;
        }
        let part = |key: &str| document.get(key).and_then(Value::as_str);
        part("apiVersion")?;
        let kind = part("kind")?;
        first.get_or_insert_with(|| kind.to_owned());
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_kubernetes_are_known_and_values_and_broken_files_are_none() {
        let secret = "apiVersion: v1\nkind: Secret\nstringData: {a: b}\n";
        assert_eq!(kind(secret).as_deref(), Some("Secret"));
        let two = format!("# Two.\n---\n{secret}---\napiVersion: v1\nkind: ConfigMap\n");
        assert_eq!(kind(&two).as_deref(), Some("Secret"));
        for other in ["", "slot: {enabled: true}", "kind: Secret", "a: [", "- b"] {
            assert_eq!(kind(other), None, "{other}");
        }
        assert_eq!(kind(&format!("{secret}---\nslot: {{}}\n")), None);
    }
}
