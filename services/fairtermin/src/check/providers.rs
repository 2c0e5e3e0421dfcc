//! Where people log in: levels that no provider gives, providers that are one, scopes that there are not.

use std::collections::{BTreeMap, BTreeSet};

use auth::scope;
use booking::TrustLevel;
use catalogue::Catalogue;
use serde_json::Value as Json;

use super::{
    release::Release,
    remark::{Remark, Remarks},
};

/// From the lowest on, as settings write them.
const LEVELS: [&str; 3] = ["basic", "substantial", "high"];

/// What names of levels at providers end in, and which of [`LEVELS`] that is.
const WORDS: [(&str, usize); 4] = [("low", 0), ("basic", 0), ("substantial", 1), ("high", 2)];

/// Looks at all releases together: an authority's people log in at the platform.
pub fn check(releases: &[Release]) -> Vec<Remark> {
    let mut found = Vec::new();
    for release in releases.iter().filter(|release| release.runs("identity")) {
        let mut said = Remarks::on(&release.file);
        let settings = release.settings("identity");
        let providers = list(&settings["providers"]);
        twins(providers, &mut said);
        for (index, provider) in providers.iter().enumerate() {
            levels(provider, &format!("identity.settings.providers[{index}].levels"), &mut said);
        }
        scopes(list(&settings["clients"]), &mut said);
        found.extend(said.found);
    }
    let platform = releases.iter().find(|release| release.runs("identity"));
    if let Some(highest) = platform.and_then(highest) {
        for release in releases.iter().filter(|release| release.runs("slot")) {
            found.extend(too_high(release, highest));
        }
    }
    found
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[][..], Vec::as_slice)
}

/// One account that logs in by two entries is two accounts.
fn twins(providers: &[Json], said: &mut Remarks<'_>) {
    let mut seen = BTreeMap::new();
    for (index, provider) in providers.iter().enumerate() {
        let text = |key: &str| provider[key].as_str().unwrap_or_default();
        let account = (
            text("issuer").trim_end_matches('/'),
            text("client_id"),
            provider["staff"].is_object(),
        );
        if let Some(first) = seen.insert(account, text("id")) {
            let path = format!("identity.settings.providers[{index}]");
            let problem =
                format!("has issuer and client of `{first}`, too: people choose one of two equals");
            said.warn(&path, problem, "remove one of the two");
        }
    }
}

/// A higher number, or a name of a level, means another one.
fn levels(provider: &Json, path: &str, said: &mut Remarks<'_>) {
    let stated = provider["levels"].as_object().into_iter().flatten();
    let mut numbered = BTreeMap::new();
    for (value, level) in stated {
        let Some(rank) = rank(level) else { continue };
        let lower = value.to_lowercase();
        let name = WORDS.into_iter().find(|(word, _)| lower.ends_with(word));
        if let Some((word, _)) = name.filter(|(_, meant)| *meant != rank) {
            let problem = format!("`{value}` means `{}` here, and says `{word}`", LEVELS[rank]);
            said.warn(path, problem, "correct the level");
        }
        let digits = value.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        if let Ok(number) = digits.parse::<u32>() {
            numbered.insert(number, rank);
        }
    }
    let falls = numbered.values().zip(numbered.values().skip(1)).any(|(one, next)| next < one);
    if falls {
        let problem = "a higher number is a lower level: whoever proves less is taken for more";
        said.warn(path, problem, "exchange the levels, unless the provider counts down");
    }
}

fn rank(level: &Json) -> Option<usize> {
    let level = level.as_str()?;
    LEVELS.into_iter().position(|known| known == level)
}

/// Registered and never granted: the program is refused at its first question.
fn scopes(clients: &[Json], said: &mut Remarks<'_>) {
    let known = |scope: &str| scope::ALL.contains(&scope) || scope == scope::DRAWS_ANNOUNCE;
    for client in clients {
        let id = client["id"].as_str().unwrap_or_default();
        let stated = list(&client["scopes"]).iter().filter_map(Json::as_str);
        for unknown in stated.filter(|scope| !known(scope)) {
            let path = format!("identity.settings.clients.{id}.scopes");
            let problem = format!("there is no scope `{unknown}`");
            let remedy = format!("write one of {}", scope::ALL.join(", "));
            said.error(&path, problem, remedy);
        }
    }
}

/// The highest level that a citizen can prove at some provider; `None` if there is none.
fn highest(platform: &Release) -> Option<usize> {
    let providers = list(&platform.settings("identity")["providers"]);
    let citizens = providers.iter().filter(|provider| !provider["staff"].is_object());
    let of_provider = |provider: &Json| match provider["levels"].as_object() {
        // Without levels of its own those of the profile hold, and each has the highest one.
        None => Some(LEVELS.len() - 1),
        Some(stated) => stated.values().filter_map(rank).max(),
    };
    citizens.filter_map(of_provider).max()
}

fn too_high(release: &Release, highest: usize) -> Vec<Remark> {
    let mut said = Remarks::on(&release.file);
    let Ok(catalogue) = Catalogue::from_values(&release.written) else { return Vec::new() };
    // Staff book for whoever stands before them.
    let of_public: BTreeSet<_> =
        catalogue.locations().flat_map(|(_, place)| place.public_services()).collect();
    for (id, service) in catalogue.services().filter(|(id, _)| of_public.contains(id)) {
        let needed = match service.trust_level() {
            TrustLevel::Basic => 0,
            TrustLevel::Substantial => 1,
            TrustLevel::High => 2,
        };
        if needed > highest {
            let path = format!("catalogue.services.{id}.rules.trustLevel.atLeast");
            let problem = format!(
                "`{}` is more than any provider for citizens gives (`{}`): nobody can book it",
                LEVELS[needed], LEVELS[highest]
            );
            said.warn(&path, problem, "lower it, or add a provider that gives it");
        }
    }
    said.found
}
