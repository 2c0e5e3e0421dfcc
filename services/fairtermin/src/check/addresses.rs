//! Addresses that lead to another service than they are meant to.
//!
//! Each is an address, so the schema takes it, and the pod starts; then log-ins fail, or one
//! authority's appointments are shown under another's name.

use std::collections::BTreeMap;

use catalogue::Catalogue;
use serde_json::Value as Json;

use super::{
    chart::host_of,
    environment::has_password,
    release::{ROLES, Release},
    remark::{Remark, Remarks},
};

/// Looks at all releases together.
pub fn check(releases: &[Release]) -> Vec<Remark> {
    let mut found = Vec::new();
    let platform = releases.iter().find(|release| release.runs("identity"));
    for release in releases {
        let mut said = Remarks::on(&release.file);
        without_end(release, &mut said);
        issuers(release, &mut said);
        secrets(release, &mut said);
        if release.runs("slot") {
            internal(release, &mut said);
            portal_url(release, platform, &mut said);
        }
        if release.runs("portal") {
            base_urls(release, &mut said);
        }
        if release.runs("identity") {
            providers(release, releases, &mut said);
            if !releases.iter().any(|one| one.runs("notification")) {
                let problem =
                    "is not true: nobody gets an e-mail, and addresses cannot be confirmed";
                said.warn("notification.enabled", problem, "set it, or check its files, too");
            }
        }
        found.extend(said.found);
    }
    found
}

/// Addresses to which paths are added: behind a query or a fragment nobody would find them.
fn without_end(release: &Release, said: &mut Remarks<'_>) {
    let platform = release.value("platform");
    let shared =
        ["identityUrl", "portalUrl"].map(|key| (format!("platform.{key}"), platform[key].as_str()));
    let own = ROLES.into_iter().filter(|role| release.runs(role)).map(|role| {
        let url = release.settings(role)["http"]["public_url"].as_str();
        (format!("{role}.settings.http.public_url"), url)
    });
    for (path, url) in shared.into_iter().chain(own) {
        let Some(url) = url.filter(|url| url.contains(['?', '#']) && !has_password(url)) else {
            continue;
        };
        let end = url.split(['?', '#']).next().unwrap_or_default();
        let problem = "has a query or a fragment, and paths are added to its end";
        said.error(&path, problem, format!("write {end}"));
    }
}

/// Tokens name the issuer of `platform.identityUrl`.
fn issuers(release: &Release, said: &mut Remarks<'_>) {
    let issuer = release.value("platform")["identityUrl"].as_str().unwrap_or_default();
    for role in ["slot", "portal"].into_iter().filter(|role| release.runs(role)) {
        let own = release.settings(role)["identity"]["issuer"].as_str();
        if let Some(own) = own.filter(|own| host_of(own) != host_of(issuer)) {
            let path = format!("{role}.settings.identity.issuer");
            let problem =
                format!("`{own}` is not platform.identityUrl: its tokens would be refused");
            said.error(&path, problem, "take it out: the chart writes platform.identityUrl");
        } else if let Some(own) = own.filter(|own| role == "slot" && own.ends_with('/')) {
            let path = format!("{role}.settings.identity.issuer");
            let problem = format!("`{own}` ends with a slash, and tokens name the issuer without");
            said.error(&path, problem, format!("write {}", own.trim_end_matches('/')));
        }
    }
}

/// Two services with one Secret could each read what is the other's alone.
fn secrets(release: &Release, said: &mut Remarks<'_>) {
    let mut seen = BTreeMap::<String, &str>::new();
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let service = release.service(role);
        let Some(name) = service["secretName"].as_str().filter(|name| !name.is_empty()) else {
            continue;
        };
        let path = format!("{role}.secretName");
        let others = |other: &&str| name.ends_with(&format!("-{other}"));
        if let Some(other) = seen.insert(name.to_owned(), role) {
            let problem =
                format!("`{name}` is the Secret of {other}, too: each could read all keys");
            said.warn(&path, problem, "give each service a Secret of its own");
        } else if let Some(other) = ROLES.into_iter().filter(|one| *one != role).find(others) {
            let problem = format!("`{name}` is called as a Secret of {other}");
            said.warn(&path, problem, "give each service a Secret of its own");
        }
    }
}

/// The service that a name inside the cluster speaks of, as the chart names them.
fn service_at(url: &str) -> Option<&'static str> {
    let name = host_of(url)?.split('.').next()?;
    ROLES.into_iter().find(|role| name.ends_with(&format!("-{role}")))
}

fn internal(release: &Release, said: &mut Remarks<'_>) {
    let url = release.value("platform")["identityInternalUrl"].as_str().unwrap_or_default();
    let path = "platform.identityInternalUrl";
    if let Some(other) = service_at(url).filter(|role| *role != "identity") {
        let problem = format!("`{url}` leads to {other}: keys of tokens are not there");
        said.error(path, problem, "name the service of identity");
    }
    let is_inside =
        host_of(url).is_some_and(|host| host.ends_with(".svc") || host.contains(".svc."));
    if is_inside && url.starts_with("https://") {
        let problem = "the chart's services speak plain http inside the cluster";
        said.warn(path, problem, "write http://, unless something in between speaks TLS");
    }
}

/// Links in e-mails lead to the page with a person's appointments.
fn portal_url(release: &Release, platform: Option<&Release>, said: &mut Remarks<'_>) {
    let stated = release.written.get("platform").and_then(|all| all.get("portalUrl")?.as_str());
    let real = platform.and_then(|platform| platform.value("platform")["portalUrl"].as_str());
    if let (Some(own), Some(real)) = (stated, real)
        && host_of(own) != host_of(real)
    {
        let problem = format!("`{own}` is not where the portal is: links would lead elsewhere");
        said.error("platform.portalUrl", problem, format!("write {real}"));
    }
}

/// Where the portal asks for each authority's appointments.
fn base_urls(release: &Release, said: &mut Remarks<'_>) {
    let mut seen = BTreeMap::new();
    let identity = release.value("platform")["identityUrl"].as_str().unwrap_or_default();
    for entry in release.settings("portal")["authorities"].as_array().into_iter().flatten() {
        let (Some(id), Some(url)) = (entry["id"].as_str(), entry["base_url"].as_str()) else {
            continue;
        };
        if has_password(url) {
            // `plain_secrets` says so without repeating it.
            continue;
        }
        let path = format!("portal.settings.authorities.{id}.base_url");
        let other = service_at(url).filter(|role| *role != "slot");
        if let Some(other) = other.or((host_of(url) == host_of(identity)).then_some("identity")) {
            let problem = format!("`{url}` leads to {other}");
            said.error(&path, problem, "name the slot service of this authority");
        }
        if let Some(first) = seen.insert(url.trim_end_matches('/'), id) {
            let problem =
                format!("`{url}` is that of `{first}`, too: one would show for the other");
            said.error(&path, problem, "give each authority its own");
        }
        let behind = url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        if behind.is_some_and(|(_, path)| !path.is_empty()) {
            let problem = format!("`{url}` has a path, and the API begins at the root");
            said.warn(&path, problem, "end it behind the host and its port");
        }
    }
}

/// Where people log in, and what staff get.
fn providers(release: &Release, releases: &[Release], said: &mut Remarks<'_>) {
    let own = release.value("platform")["identityUrl"].as_str().unwrap_or_default();
    let providers = release.settings("identity")["providers"].as_array();
    for (index, provider) in providers.into_iter().flatten().enumerate() {
        let path = format!("identity.settings.providers[{index}]");
        let issuer = provider["issuer"].as_str().unwrap_or_default();
        if issuer.contains("/.well-known/") {
            let problem = "is the address of a document: the issuer is what stands before it";
            said.error(&format!("{path}.issuer"), problem, "end it before /.well-known");
        } else if !own.is_empty() && issuer.trim_end_matches('/') == own.trim_end_matches('/') {
            let problem = "is identity itself, which would ask itself who somebody is";
            said.error(&format!("{path}.issuer"), problem, "name the provider");
        }
        grants(provider, &path, releases, said);
    }
}

/// Locations that there are.
fn grants(provider: &Json, path: &str, releases: &[Release], said: &mut Remarks<'_>) {
    for (group, grants) in provider["staff"]["grants"].as_object().into_iter().flatten() {
        let path = format!("{path}.staff.grants.{group}");
        for grant in grants.as_array().into_iter().flatten() {
            let Some(locations) = grant["locations"].as_array() else { continue };
            if locations.is_empty() {
                let problem = "names no location, so it grants nothing";
                said.warn(&path, problem, "write [\"*\"] for all, or name them");
            }
            let authority = grant["authority"].as_str();
            let known =
                releases.iter().find(|one| authority.is_some() && one.authority() == authority);
            let Some(catalogue) = known.and_then(|one| Catalogue::from_values(&one.written).ok())
            else {
                continue;
            };
            for id in locations.iter().filter_map(Json::as_str).filter(|id| *id != "*") {
                if !catalogue.locations().any(|(known, _)| known.as_str() == id) {
                    let authority = authority.unwrap_or_default();
                    let problem = format!("`{authority}` has no location `{id}`");
                    said.warn(&path, problem, "correct it, or take it out");
                }
            }
        }
    }
}
