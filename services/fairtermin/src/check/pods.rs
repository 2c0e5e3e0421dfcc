//! What the chart keeps for itself in pods: labels by which they are found, volumes, certificates.

use serde_json::Value as Json;

use super::{
    release::{AUDITOR, ROLES, Release},
    remark::Remarks,
};

/// Labels by which Services and network policies find the pods (`templates/_names.tpl`).
const LABELS: [&str; 4] = ["name", "instance", "component", "part-of"];

/// Volumes of the chart's own (`templates/_pod.tpl`, `templates/_auditor.tpl`).
const VOLUMES: [&str; 6] = ["settings", "secrets", "catalogue", "deposits", "tmp", "ca-bundle"];

/// Looks at each service that the release runs, at an auditor, and at what they share.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().chain([AUDITOR]).filter(|role| release.runs(role)) {
        let service = release.service(role);
        if service["replicas"] == 0 && service["autoscaling"]["enabled"] != true {
            let problem = "is 0: no pod runs, and the service answers nobody";
            let remedy = "write 2 or more, or `enabled: false` if it is to end";
            said.warn(&format!("{role}.replicas"), problem, remedy);
        }
        for label in LABELS.map(|label| format!("app.kubernetes.io/{label}")) {
            if !service["podLabels"][&label].is_null() {
                let problem = "is the chart's own: Services and network policies find pods by it";
                said.error(&format!("{role}.podLabels.{label}"), problem, "take it out");
            }
        }
        let languages = release.value("languages").as_object().into_iter().flatten();
        let of_languages = languages.map(|(tag, _)| format!("language-{tag}"));
        let own = VOLUMES.into_iter().map(str::to_owned).chain(of_languages);
        for volume in own.filter(|name| !service["extraVolumes"][name.as_str()].is_null()) {
            let problem = "is the name of a volume of the chart's own";
            said.error(&format!("{role}.extraVolumes.{volume}"), problem, "choose another");
        }
    }
    let bundle = release.value("caBundle");
    if is_named(&bundle["configMap"]) && is_named(&bundle["secretName"]) {
        let problem = "names both a ConfigMap and a Secret";
        said.error("caBundle", problem, "name the one that holds the certificates");
    }
}

fn is_named(value: &Json) -> bool {
    value.as_str().is_some_and(|name| !name.is_empty())
}
