//! What the schema takes and Kubernetes refuses in fields of its own, or never acts on.
//!
//! Values of a form alone, such as `256MB`, are refused by the schema, and so by Helm as well. Here is what needs
//! two fields, or a form that no pattern says well: which request fits which limit, who may be called how, what may
//! stand beside what.

mod affinity;
mod image;
mod labels;
mod names;
mod network;
mod placing;
mod resources;
mod sources;

use serde_json::Value as Json;

use super::{
    release::{AUDITOR, ROLES, Release},
    remark::Remarks,
};

/// Looks at each service that the release runs, at an auditor, at the demo, and at what they share.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    let mut found = Remarks::on(&release.file);
    for role in ROLES.into_iter().chain([AUDITOR]).filter(|role| release.runs(role)) {
        let service = Service { role, own: release.value(role), values: release.service(role) };
        resources::check(&service.path("resources"), &service.values["resources"], &mut found);
        names::of_service(&service, &mut found);
        labels::check(&service, &mut found);
        labels::of_monitoring(&service, &mut found);
        placing::check(&service, &mut found);
        affinity::check(&service, &mut found);
        sources::check(&service, &mut found);
        network::check(&service, &mut found);
    }
    if release.value("demo")["enabled"] == true {
        resources::check("demo.resources", &release.value("demo")["resources"], &mut found);
    }
    names::of_release(release, &mut found);
    labels::of_release(release, &mut found);
    image::check(release.value("image"), &mut found);
    for remark in found.found {
        // What all services share is wrong once.
        if !said.found.contains(&remark) {
            said.found.push(remark);
        }
    }
}

/// A service with all that it has.
struct Service<'a> {
    role: &'a str,
    /// What it has itself.
    own: &'a Json,
    /// The same over what all services start from.
    values: Json,
}

impl Service<'_> {
    /// Where a key of it is written: at the service, or where all services find it.
    fn path(&self, key: &str) -> String {
        let place = if self.own[key].is_null() { "defaults" } else { self.role };
        format!("{place}.{key}")
    }
}

/// The keys and values of a map; none of anything else.
fn entries(map: &Json) -> impl Iterator<Item = (&String, &Json)> {
    map.as_object().into_iter().flatten()
}

/// The items of a list with their numbers; none of anything else.
fn items(list: &Json) -> impl Iterator<Item = (usize, &Json)> {
    list.as_array().into_iter().flatten().enumerate()
}

/// A text that says something.
fn text(value: &Json) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}
