//! Which files are one release, and what they say together.
//!
//! An admin checks all files of an installation at once: those of the platform and those of each
//! authority. Files of one release stand together, the site's file behind its preset.

use catalogue::{json, overlay, read, without_null};
use serde_json::Value as Json;
use serde_norway::{Mapping, Value};

use super::{
    brought::Brought,
    chart::WAYS,
    manifests,
    nulls::{self, Below},
    remark::{Remark, Remarks, Severity},
    yaml_1_1,
};

/// The chart's own values, which lie below every file.
const CHART: &str = include_str!("../../../../charts/fairtermin/values.yaml");

/// The services of the chart.
pub const ROLES: [&str; 4] = ["slot", "identity", "notification", "portal"];

/// The auditor of draws: in a release of its own, without settings.
pub const AUDITOR: &str = "auditor";

/// Files that Helm installs together.
#[derive(Debug)]
pub struct Release {
    /// Their names, joined by ` + `.
    pub file: String,
    /// What they say, laid over each other.
    pub written: Value,
    /// The same with each `null`, as Helm's schema sees it.
    pub with_null: Value,
    /// The same with the chart's own values below, without the catalogue.
    effective: Json,
}

impl Release {
    /// Whether it runs this service.
    pub fn runs(&self, role: &str) -> bool {
        self.effective[role]["enabled"] == true
    }

    /// A value of the release, with the chart's own where the files say nothing.
    pub fn value(&self, key: &str) -> &Json {
        &self.effective[key]
    }

    /// What one service has: its own values over `defaults`.
    pub fn service(&self, role: &str) -> Json {
        over(self.effective["defaults"].clone(), &self.effective[role])
    }

    /// The settings that an admin wrote for one service.
    pub fn settings(&self, role: &str) -> &Json {
        &self.effective[role]["settings"]
    }

    /// Puts the sentences that it takes from ConfigMaps where its services read them.
    pub fn bring(&mut self, brought: &Brought) {
        let languages = self.effective["languages"].as_object().cloned().unwrap_or_default();
        for (tag, _) in languages.iter().filter(|(_, language)| !language.is_null()) {
            for role in ROLES {
                let Some(source) = brought.source(tag, role).filter(|_| self.runs(role)) else {
                    continue;
                };
                let settings = &mut self.effective[role]["settings"];
                // What is no map is named elsewhere.
                let is_map = |value: &Json| value.is_object() || value.is_null();
                if is_map(settings)
                    && is_map(&settings["languages"])
                    && settings["languages"][tag.as_str()].is_null()
                {
                    settings["languages"][tag.as_str()] = source.into();
                }
            }
        }
    }

    /// Everything but the catalogue, with the chart's own values below.
    pub fn beside(&self) -> &Json {
        &self.effective
    }

    /// The authority whose appointments it gives out.
    pub fn authority(&self) -> Option<&str> {
        self.written.get("catalogue")?.get("authority")?.get("id")?.as_str()
    }
}

/// The releases of `files`, each `(name, text)`, and what is wrong with files that cannot be read.
///
/// A file belongs to the one before it, unless it is the first of another authority, or the one is
/// of an authority and the other of the platform. Files for Kubernetes are passed over.
pub fn releases(files: &[(&str, &str)]) -> (Vec<Release>, Vec<Remark>) {
    let (mut releases, mut remarks) = (Vec::new(), Vec::new());
    let (mut names, mut written, mut current) = (Vec::new(), empty(), None);
    let chart = read(CHART).unwrap_or_else(|_| empty());
    for (name, text) in files {
        let mut said = Remarks::on(name);
        if let Some(kind) = manifests::kind(text) {
            passed_over(&kind, &mut said);
            remarks.extend(said.found);
            continue;
        }
        yaml_1_1::check(text, &mut said);
        match read(text) {
            Ok(values) => {
                let kind = kind(&values);
                let begins = begins_anew(&values, kind.as_ref(), current.as_ref());
                if begins {
                    releases.push(release(&names, std::mem::replace(&mut written, empty())));
                    names.clear();
                }
                // An auditor over another release does not make it one.
                if begins || kind != Some(Kind::Auditor) || current.is_none() {
                    current = kind.or(current);
                }
                let below = overlay(chart.clone(), written.clone());
                nulls::check(
                    &Below { all: &below, chart: &chart, services: &ROLES },
                    &values,
                    &mut said,
                );
                written = overlay(written, values);
                names.push(*name);
            }
            Err(finding) => said.all(Severity::Error, [finding]),
        }
        remarks.extend(said.found);
    }
    if !names.is_empty() {
        releases.push(release(&names, written));
    }
    if releases.is_empty() && remarks.iter().all(|remark| remark.severity == Severity::Note) {
        let all: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let all = all.join(" + ");
        let mut said = Remarks::on(&all);
        said.error("", "no values file was given", "name those that `helm -f` takes");
        remarks.extend(said.found);
    }
    (releases, remarks)
}

/// A note, since nothing in the file is looked at.
fn passed_over(kind: &str, said: &mut Remarks<'_>) {
    let problem = format!("is for Kubernetes (`kind: {kind}`) and no values file: passed over");
    said.note("", problem, "give it to `kubectl apply -f`, not to helm");
}

/// What a file is for, if it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Authority(String),
    Platform,
    Auditor,
}

fn kind(values: &Value) -> Option<Kind> {
    let id = values.get("catalogue").and_then(|catalogue| catalogue.get("authority")?.get("id"));
    if let Some(id) = id.and_then(Value::as_str) {
        return Some(Kind::Authority(id.to_owned()));
    }
    let has = |key: &str| values.get(key).is_some_and(Value::is_mapping);
    if ROLES[1..].iter().any(|role| has(role)) {
        Some(Kind::Platform)
    } else {
        // Beside a service it lies over that service's release, where it is refused.
        (has(AUDITOR) && !has(ROLES[0])).then_some(Kind::Auditor)
    }
}

/// An overlay may give its preset another id: it is no second authority, which would run `slot` or
/// have a whole catalogue.
fn begins_anew(values: &Value, kind: Option<&Kind>, current: Option<&Kind>) -> bool {
    match (kind, current) {
        (Some(Kind::Authority(new)), Some(Kind::Authority(id))) => {
            let part = |key: &str| values.get("catalogue").and_then(|all| all.get(key)).is_some();
            let runs = values.get("slot").and_then(|slot| slot.get("enabled")?.as_bool());
            new != id
                && (runs == Some(true) || ["groups", "services", "locations"].into_iter().all(part))
        }
        // Without a way in an auditor is no release of its own: the file belongs to the one before it.
        (Some(Kind::Auditor), Some(current)) => *current != Kind::Auditor && has_way_in(values),
        (Some(kind), Some(current)) => kind != current,
        (None, _) | (_, None) => false,
    }
}

/// Whether the file lets the auditor be reached from outside the cluster.
fn has_way_in(values: &Value) -> bool {
    let is_there = |way: &str| {
        let parts = [AUDITOR, "defaults"].into_iter().filter_map(|part| values.get(part));
        parts.filter_map(|part| part.get(way)).any(Value::is_mapping)
    };
    WAYS.into_iter().any(is_there) || values.get("extraObjects").is_some_and(Value::is_mapping)
}

/// `merged` still has each `null`: it removes values of the chart, too.
fn release(names: &[&str], merged: Value) -> Release {
    let mut beside = merged.clone();
    if let Some(map) = beside.as_mapping_mut() {
        map.remove("catalogue");
    }
    let chart = read(CHART).unwrap_or_else(|_| empty());
    let effective = json(&without_null(overlay(chart, beside)));
    let with_null = merged.clone();
    Release { file: names.join(" + "), written: without_null(merged), with_null, effective }
}

fn empty() -> Value {
    Value::Mapping(Mapping::new())
}

/// `above` over `below`, key by key.
pub fn over(below: Json, above: &Json) -> Json {
    match (below, above) {
        (Json::Object(mut below), Json::Object(above)) => {
            for (key, value) in above {
                let merged = over(below.remove(key).unwrap_or_default(), value);
                below.insert(key.clone(), merged);
            }
            Json::Object(below)
        }
        (_, above) => above.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEA: &str = "catalogue: {authority: {id: lea}}\nslot: {enabled: true}";
    const PLATFORM: &str = "identity: {enabled: true}\nplatform: {identityUrl: 'https://a'}";

    fn names(files: &[(&str, &str)]) -> Vec<String> {
        releases(files).0.into_iter().map(|release| release.file).collect()
    }

    #[test]
    fn a_site_lies_over_its_preset_and_another_release_begins_anew() {
        let site = "platform: {identityUrl: 'https://b'}\nslot: {replicas: 3}";
        let kfz = LEA.replace("lea", "kfz");
        let files = [("lea", LEA), ("site", site), ("platform", PLATFORM), ("kfz", &*kfz)];
        assert_eq!(names(&files), ["lea + site", "platform", "kfz"]);
        let (releases, remarks) = releases(&files);
        assert!(remarks.is_empty(), "{remarks:?}");
        let lea = &releases[0];
        assert!(lea.runs("slot") && !lea.runs("identity"));
        assert_eq!(lea.authority(), Some("lea"));
        assert_eq!(lea.value("platform")["identityUrl"], "https://b");
        assert_eq!(lea.service("slot")["replicas"], 3);
        assert_eq!(lea.service("slot")["logLevel"], "info");
        assert_eq!(releases[1].service("identity")["replicas"], 2);
    }

    #[test]
    fn an_auditor_is_a_release_of_its_own_with_its_site_over_it() {
        let auditor = "auditor: {enabled: true, ingress: {enabled: true, host: audit.berlin.de}}";
        let site = "auditor: {secretName: ours}";
        let files = [("lea", LEA), ("auditor", auditor), ("site", site), ("platform", PLATFORM)];
        assert_eq!(names(&files), ["lea", "auditor + site", "platform"]);
    }

    #[test]
    fn an_auditor_without_a_way_in_was_meant_for_the_release_before_it() {
        let auditor = "auditor: {enabled: true}";
        let files = [("platform", PLATFORM), ("auditor", auditor), ("site", "portal: {}")];
        assert_eq!(names(&files), ["platform + auditor + site"]);
        let beside = "slot: {replicas: 3}\nauditor: {enabled: true, ingress: {enabled: true}}";
        assert_eq!(names(&[("lea", LEA), ("site", beside)]), ["lea + site"]);
    }

    #[test]
    fn a_file_for_kubernetes_is_passed_over_and_no_release() {
        let secret = "apiVersion: v1\nkind: Secret\n---\napiVersion: v1\nkind: Secret";
        let files = [("lea", LEA), ("secrets", secret), ("site", "slot: {replicas: 3}")];
        assert_eq!(names(&files), ["lea + site"]);
        let (_, remarks) = releases(&files);
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        assert!(remarks[0].severity == Severity::Note && remarks[0].file == "secrets");
        let (alone, remarks) = releases(&[("secrets", secret)]);
        assert!(alone.is_empty() && remarks[1].severity == Severity::Error, "{remarks:?}");
    }

    #[test]
    fn an_overlay_that_gives_its_preset_another_id_is_no_second_authority() {
        let other = "catalogue: {authority: {id: neustadt, name: {de: Amt}}}";
        let files = [("lea", LEA), ("site", other)];
        assert_eq!(names(&files), ["lea + site"]);
        let (releases, _) = releases(&files);
        assert_eq!(releases[0].authority(), Some("neustadt"));
        let whole =
            "catalogue: {authority: {id: neustadt}, groups: {}, services: {}, locations: {}}";
        assert_eq!(names(&[("lea", LEA), ("neustadt", whole)]), ["lea", "neustadt"]);
    }

    #[test]
    fn a_file_that_is_no_values_file_is_named_and_the_others_are_read() {
        let (releases, remarks) = releases(&[("a", "a: ["), ("b", "- b"), ("lea", LEA)]);
        assert_eq!(releases.len(), 1);
        let files: Vec<&str> = remarks.iter().map(|remark| &*remark.file).collect();
        assert_eq!(files, ["a", "b"]);
    }
}
