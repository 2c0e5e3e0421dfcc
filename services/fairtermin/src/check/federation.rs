//! Whether the releases of one installation know each other.
//!
//! Each file may be right by itself: an authority that identity has never heard of starts, and
//! nobody can log in for it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{
    chart::{host_of, way_in},
    release::{AUDITOR, ROLES, Release},
    remark::{Remark, Remarks},
};

/// Looks at all releases together.
pub fn check(releases: &[Release]) -> Vec<Remark> {
    let mut found = Vec::new();
    let platform = Platform::of(releases);
    for release in releases {
        let mut said = Remarks::on(&release.file);
        if release.runs("identity") {
            identity(release, &mut said);
        }
        if release.runs("portal") {
            portal(release, &platform, releases, &mut said);
        }
        if release.runs("notification") {
            let listed = &release.settings("notification")["webhooks"]["authorities"];
            let path = "notification.settings.webhooks.authorities";
            known(texts(listed), path, &platform, &mut said);
        }
        if release.runs("slot") {
            authority(release, &platform, &mut said);
        }
        if release.runs(AUDITOR) {
            auditor(release, releases, &mut said);
        }
        found.extend(said.found);
    }
    found.extend(names_of_the_bus(releases));
    found.extend(hosts(releases));
    found
}

/// What the files say of the platform; a part of it may be in another installation's files.
struct Platform<'a> {
    /// The authorities that identity knows; `None` if no file runs it.
    authorities: Option<BTreeSet<&'a str>>,
    /// The clients that identity knows; `None` if no file runs it.
    clients: Option<BTreeSet<&'a str>>,
    /// The issuer in its tokens.
    issuer: Option<&'a str>,
}

impl<'a> Platform<'a> {
    fn of(releases: &'a [Release]) -> Self {
        let runs = releases.iter().find(|release| release.runs("identity"));
        Self {
            authorities: runs
                .map(|release| authorities(&release.settings("identity")["authorities"]).collect()),
            clients: runs
                .map(|release| authorities(&release.settings("identity")["clients"]).collect()),
            issuer: runs.and_then(|release| release.value("platform")["identityUrl"].as_str()),
        }
    }
}

/// Each entry's id, written alone or with a name.
fn authorities(list: &Json) -> impl Iterator<Item = &str> {
    let entries = list.as_array().into_iter().flatten();
    entries.filter_map(|entry| entry.as_str().or_else(|| entry["id"].as_str()))
}

fn texts(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// Refuses authorities that identity does not know.
fn known<'a>(
    ids: impl Iterator<Item = &'a str>,
    path: &str,
    platform: &Platform<'_>,
    said: &mut Remarks<'_>,
) {
    let Some(authorities) = &platform.authorities else { return };
    for id in ids.filter(|id| !authorities.contains(id)) {
        let problem = format!("identity does not know the authority `{id}`");
        let remedy = "add it to identity.settings.authorities, or correct the id";
        said.error(path, problem, remedy);
    }
}

/// Refuses what stands there twice.
fn once<'a>(ids: impl Iterator<Item = &'a str>, path: &str, said: &mut Remarks<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids.filter(|id| !seen.insert(*id)) {
        said.error(path, format!("`{id}` stands there twice"), "remove one of the two");
    }
}

fn identity(release: &Release, said: &mut Remarks<'_>) {
    let settings = release.settings("identity");
    once(authorities(&settings["authorities"]), "identity.settings.authorities", said);
    let providers = settings["providers"].as_array().map_or(&[][..], Vec::as_slice);
    if !providers.is_empty() && providers.iter().all(|provider| provider["staff"].is_object()) {
        let remedy = "add one without `staff`, for example BundID";
        said.error("identity.settings.providers", "citizens can log in nowhere", remedy);
    }
    let listed: BTreeSet<&str> = authorities(&settings["authorities"]).collect();
    for (index, provider) in providers.iter().enumerate() {
        let path = format!("identity.settings.providers[{index}]");
        let (secret, key) = (&provider["client_secret"], &provider["private_key"]);
        if secret.is_null() == key.is_null() {
            let remedy = "say how we prove to it that it is us, in one way";
            said.error(&path, "give exactly one of client_secret and private_key", remedy);
        }
        grants(provider, &path, &listed, said);
    }
    let has_staff = providers.iter().any(|provider| provider["staff"].is_object());
    clients(release, has_staff, said);
    reach(settings, &listed, said);
}

/// Programs get tokens for authorities that there are.
fn reach(settings: &Json, listed: &BTreeSet<&str>, said: &mut Remarks<'_>) {
    for client in settings["clients"].as_array().into_iter().flatten() {
        let path = client["id"].as_str().unwrap_or_default();
        let path = format!("identity.settings.clients.{path}.authorities");
        exist(texts(&client["authorities"]), &path, listed, said);
    }
}

/// Refuses authorities that are not `listed` beside them.
fn exist<'a>(
    ids: impl Iterator<Item = &'a str>,
    path: &str,
    listed: &BTreeSet<&str>,
    said: &mut Remarks<'_>,
) {
    for id in ids.filter(|id| !listed.contains(id)) {
        let problem = format!("there is no authority `{id}`");
        said.error(path, problem, "add it to identity.settings.authorities");
    }
}

/// Staff get roles at authorities that there are.
fn grants(provider: &Json, path: &str, listed: &BTreeSet<&str>, said: &mut Remarks<'_>) {
    let groups = provider["staff"]["grants"].as_object();
    for (group, grants) in groups.into_iter().flatten() {
        let granted = grants.as_array().into_iter().flatten();
        let ids = granted.filter_map(|grant| grant["authority"].as_str());
        exist(ids, &format!("{path}.staff.grants.{group}"), listed, said);
    }
}

/// The portal is a client, comes back to its own address, and asks for what it needs.
fn clients(release: &Release, has_staff: bool, said: &mut Remarks<'_>) {
    let path = "identity.settings.clients";
    let name = release.settings("portal")["identity"]["client_id"].as_str().unwrap_or("portal");
    let clients = release.settings("identity")["clients"].as_array();
    let mut clients = clients.into_iter().flatten();
    let Some(client) = clients.find(|client| client["id"] == name) else {
        let problem = format!("there is no client `{name}`, so nobody can log in to the portal");
        said.error(path, problem, "add it, see values-platform.yaml");
        return;
    };
    let portal = release.value("platform")["portalUrl"].as_str().unwrap_or_default();
    let callback = format!("{}/login/callback", portal.trim_end_matches('/'));
    if !texts(&client["redirect_uris"]).any(|uri| uri == callback) {
        let remedy = format!("add {callback}");
        let path = format!("{path}.{name}.redirect_uris");
        said.error(&path, "log-in does not lead back to platform.portalUrl", remedy);
    }
    let may = |scope: &str| texts(&client["scopes"]).any(|own| own == scope);
    if !may("bookings") {
        let path = format!("{path}.{name}.scopes");
        said.error(&path, "lacks `bookings`: nobody could book", "add it");
    }
    if has_staff && !may("desk") {
        let path = format!("{path}.{name}.scopes");
        let remedy = "add it; the staff provider is there";
        said.warn(&path, "lacks `desk`: staff cannot use the portal", remedy);
    }
}

fn portal(
    release: &Release,
    platform: &Platform<'_>,
    releases: &[Release],
    said: &mut Remarks<'_>,
) {
    let path = "portal.settings.authorities";
    let listed: Vec<&str> = authorities(&release.settings("portal")["authorities"]).collect();
    if listed.is_empty() {
        said.error(path, "is empty: people find nothing", "name at least one authority");
    }
    once(listed.iter().copied(), path, said);
    known(listed.iter().copied(), path, platform, said);
    let given: BTreeSet<&str> = releases.iter().filter_map(Release::authority).collect();
    if given.is_empty() {
        return;
    }
    for id in listed.iter().filter(|id| !given.contains(*id)) {
        let problem = format!("no file that was given is of the authority `{id}`");
        said.note(path, problem, "check its files, too, or take it out");
    }
    for id in given.iter().filter(|id| !listed.contains(id)) {
        let problem = format!("lacks the authority `{id}`: people do not find it");
        said.note(path, problem, "add it, unless it has pages of its own");
    }
}

fn authority(release: &Release, platform: &Platform<'_>, said: &mut Remarks<'_>) {
    let path = "catalogue.authority.id";
    known(release.authority().into_iter(), path, platform, said);
    let own = release.value("platform")["identityUrl"].as_str();
    let says = release.written.get("platform").and_then(|platform| platform.get("identityUrl"));
    if says.is_none() {
        let problem = "is not set: the example of the chart is nobody's address";
        said.note("platform.identityUrl", problem, "name the identity service of your platform");
    }
    if let (Some(own), Some(issuer)) = (own, platform.issuer)
        && own.trim_end_matches('/') != issuer.trim_end_matches('/')
    {
        let problem = format!("`{own}` is not where identity is: its tokens would be refused");
        said.error("platform.identityUrl", problem, format!("write {issuer}"));
    }
    tickets(release, platform, said);
}

/// Tickets of draws come from the platform's identity, which must know this slot service.
fn tickets(release: &Release, platform: &Platform<'_>, said: &mut Remarks<'_>) {
    let identity = &release.settings("slot")["tickets"]["identity"];
    let path = "slot.settings.tickets.identity";
    if let (Some(url), Some(issuer)) = (identity["url"].as_str(), platform.issuer)
        && host_of(url) != host_of(issuer)
    {
        let problem = format!("`{url}` is not where identity is: it would give no tickets");
        said.error(&format!("{path}.url"), problem, format!("write {issuer}"));
    }
    if let (Some(client), Some(clients)) = (identity["client"].as_str(), &platform.clients)
        && !clients.contains(client)
    {
        let problem = format!("identity does not know the client `{client}`");
        let remedy = "add it to identity.settings.clients, or correct the id";
        said.error(&format!("{path}.client"), problem, remedy);
    }
}

/// An auditor looks at each authority once, and is independent of them. Files of both are two releases here:
/// together Helm refuses them.
fn auditor(release: &Release, releases: &[Release], said: &mut Remarks<'_>) {
    let listed = texts(&release.value(AUDITOR)["authorities"]);
    once(listed.map(|url| url.trim_end_matches('/')), "auditor.authorities", said);
    let serves = |other: &&Release| ROLES.into_iter().any(|role| other.runs(role));
    if let Some(other) = releases.iter().filter(|other| other.file != release.file).find(serves) {
        let problem = format!("is looked at as a release of its own, apart from {}", other.file);
        let remedy = "install it in another cluster, by a body that does not run the services";
        said.note("auditor.enabled", problem, remedy);
    }
}

/// Services that call their queues by different names do not hear each other.
fn names_of_the_bus(releases: &[Release]) -> Vec<Remark> {
    let mut first: Option<(&str, String)> = None;
    let mut found = Vec::new();
    for release in releases {
        let mut said = Remarks::on(&release.file);
        for role in ROLES.into_iter().filter(|role| *role != "portal" && release.runs(role)) {
            let name = &release.settings(role)["bus"]["namespace"];
            let name = name.as_str().unwrap_or("fairtermin");
            let place = format!("{role} in {}", release.file);
            let (other, whose) = first.get_or_insert((name, place));
            if *other != name {
                let problem = format!("`{name}` is not `{other}`, as {whose} has it");
                let remedy = "services hear each other under one name only: write the same";
                said.error(&format!("{role}.settings.bus.namespace"), problem, remedy);
            }
        }
        found.extend(said.found);
    }
    found
}

/// Two releases cannot answer under one name.
fn hosts(releases: &[Release]) -> Vec<Remark> {
    let mut seen = BTreeMap::<String, &str>::new();
    let mut found = Vec::new();
    for release in releases {
        let mut said = Remarks::on(&release.file);
        for role in ROLES.into_iter().filter(|role| release.runs(role)) {
            let Some((way, host)) = way_in(release, role) else { continue };
            if let Some(other) = seen.get(&host).filter(|other| **other != release.file) {
                let problem = format!("`{host}` is a host of {other}, too");
                said.error(&format!("{role}.{way}.host"), problem, "give each its own host");
            }
            seen.insert(host, &release.file);
        }
        // The authority's API is found where identity lists it.
        for entry in release.settings("identity")["authorities"].as_array().into_iter().flatten() {
            let url = entry["url"].as_str().unwrap_or_default();
            if entry["url"].is_string() && host_of(url).is_none_or(str::is_empty) {
                said.error("identity.settings.authorities", "a url without host", "correct it");
            }
        }
        found.extend(said.found);
    }
    found
}
