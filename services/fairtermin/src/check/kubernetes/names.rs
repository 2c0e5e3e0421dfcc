//! Names of other objects, which Kubernetes would take for no object at all.

use serde_json::Value as Json;

use super::{Release, Remarks, Service, entries, items, text};

/// Of Secrets, classes, Gateways and namespaces that a service names.
pub(super) fn of_service(service: &Service<'_>, said: &mut Remarks<'_>) {
    let values = &service.values;
    let of = |key: &str, rest: &str| format!("{}{rest}", service.path(key));
    object(&of("secretName", ""), "Secret", &values["secretName"], said);
    let ingress = &values["ingress"];
    object(&of("ingress", ".tlsSecretName"), "Secret", &ingress["tlsSecretName"], said);
    object(&of("ingress", ".className"), "IngressClass", &ingress["className"], said);
    let backup = &values["postgres"]["backup"]["secretName"];
    object(&of("postgres", ".backup.secretName"), "Secret", backup, said);
    let store = &values["externalSecret"]["store"]["name"];
    object(&of("externalSecret", ".store.name"), "store", store, said);
    object(&of("priorityClassName", ""), "PriorityClass", &values["priorityClassName"], said);
    object(&of("storageClassName", ""), "StorageClass", &values["storageClassName"], said);
    for (index, gateway) in items(&values["gateway"]["parentRefs"]) {
        let path = of("gateway", &format!(".parentRefs[{index}]"));
        object(&format!("{path}.name"), "Gateway", &gateway["name"], said);
        namespace(&format!("{path}.namespace"), &gateway["namespace"], said);
        object(&format!("{path}.sectionName"), "listener", &gateway["sectionName"], said);
    }
    namespace(&of("monitoring", ".namespace"), &values["monitoring"]["namespace"], said);
}

/// Of what all services of a release share, and of objects that come along.
pub(super) fn of_release(release: &Release, said: &mut Remarks<'_>) {
    let bundle = release.value("caBundle");
    object("caBundle.configMap", "ConfigMap", &bundle["configMap"], said);
    object("caBundle.secretName", "Secret", &bundle["secretName"], said);
    for (index, secret) in items(&release.value("image")["pullSecrets"]) {
        object(&format!("image.pullSecrets[{index}].name"), "Secret", &secret["name"], said);
    }
    for (tag, language) in entries(release.value("languages")) {
        object(&format!("languages.{tag}.configMap"), "ConfigMap", &language["configMap"], said);
    }
    for (name, manifest) in entries(release.value("extraObjects")) {
        own_object(&format!("extraObjects.{name}"), manifest, said);
    }
}

/// A manifest says what it is and what it is called. A text is a template, which only Helm can read.
fn own_object(path: &str, manifest: &Json, said: &mut Remarks<'_>) {
    if !manifest.is_object() {
        return;
    }
    // A list of objects has no name of its own.
    let is_list = manifest["kind"] == "List";
    for (key, value, example) in [
        ("apiVersion", &manifest["apiVersion"], "v1"),
        ("kind", &manifest["kind"], "ConfigMap"),
        ("metadata.name", &manifest["metadata"]["name"], "my-object"),
    ] {
        if text(value).is_none() && !(is_list && key == "metadata.name") {
            let remedy = format!("write it, for example `{example}`");
            said.error(
                &format!("{path}.{key}"),
                "is missing: Kubernetes takes no object without",
                remedy,
            );
        }
    }
}

/// They are called as hosts are (RFC 1123). An empty name stands for the chart's own, or for none.
fn object(path: &str, kind: &str, value: &Json, said: &mut Remarks<'_>) {
    let Some(name) = text(value) else { return };
    if !is_host(name) {
        let problem = format!("no {kind} can be called so");
        let remedy =
            "write lower-case letters, digits, hyphens and dots, a letter or digit at both ends";
        said.error(path, problem, remedy);
    }
}

/// One part of a host.
fn namespace(path: &str, value: &Json, said: &mut Remarks<'_>) {
    if text(value).is_some_and(|name| !is_namespace(name)) {
        let remedy = "write at most 63 lower-case letters, digits and hyphens, a letter or digit at both ends";
        said.error(path, "no namespace can be called so", remedy);
    }
}

/// Parts with dots between them (RFC 1123). Kubernetes limits the whole, not each part.
pub(super) fn is_host(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_label)
}

/// One such part, of a limited length.
pub(super) fn is_namespace(name: &str) -> bool {
    name.len() <= 63 && is_label(name)
}

fn is_label(label: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !label.is_empty()
        && label.bytes().all(is_inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn own_objects_have_names_and_a_list_of_them_has_none() {
        let told = |manifest: Json| {
            let mut said = Remarks::on("f");
            own_object("extraObjects.own", &manifest, &mut said);
            said.found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let named = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "own"}});
        assert_eq!(told(named), [""; 0]);
        assert_eq!(told(json!({"apiVersion": "v1", "kind": "List", "items": []})), [""; 0]);
        assert_eq!(told(json!("kind: {{ .Values.kind }}")), [""; 0]);
        let nameless = told(json!({"apiVersion": "v1", "kind": "ConfigMap"}));
        assert!(nameless.len() == 1 && nameless[0].contains("own.metadata.name: is missing"));
    }
}
