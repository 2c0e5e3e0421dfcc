//! Languages that an installation brings along: what each lacks, and which service lacks one.

use std::collections::BTreeSet;

use catalogue::json;
use serde_json::Value as Json;
use texts::{FurtherTexts, Language, keys};

use super::{
    brought::{self, Brought},
    release::Release,
    remark::{Remark, Remarks},
};

/// All sentences of a service in English, as Fluent sources.
type EnglishTexts = fn() -> Vec<&'static str>;

/// The services with sentences for people.
const SPEAKING: [(&str, EnglishTexts); 3] = [
    ("portal", portal::english_texts),
    ("identity", identity::english_texts),
    ("notification", notification::english_texts),
];

/// So many names are shown of those that are missing.
const SHOWN: usize = 12;

/// Looks at every service that runs in the release.
pub fn check(release: &Release, brought: &Brought, said: &mut Remarks<'_>) {
    if SPEAKING.iter().any(|(role, _)| release.runs(role)) {
        config_maps(release, brought, said);
    } else {
        without_effect(release, said);
    }
    let running = SPEAKING.into_iter().filter(|(role, _)| release.runs(role));
    let read = running.filter_map(|(role, english)| {
        Some((role, english(), further(&release.settings(role)["languages"])?))
    });
    let read: Vec<_> = read.collect();
    let all: BTreeSet<_> = read.iter().flat_map(|(_, _, texts)| texts.languages()).collect();
    for (role, english, texts) in &read {
        untranslated(role, english, texts, said);
        still_english(role, english, texts, said);
        let spoken: BTreeSet<_> = texts.languages().collect();
        for language in all.difference(&spoken) {
            if !release.value("languages")[language.tag()].is_null() {
                continue;
            }
            let path = format!("{role}.settings.languages.{language}");
            let problem = "is missing, and another service has it: people read English here";
            let remedy = format!("add it; `fairtermin texts {role}` prints what to translate");
            said.warn(&path, problem, remedy);
        }
    }
}

/// Languages whose sentences are in a ConfigMap.
fn config_maps(release: &Release, brought: &Brought, said: &mut Remarks<'_>) {
    let languages = release.value("languages").as_object().into_iter().flatten();
    for (tag, language) in languages.filter(|(_, language)| !language.is_null()) {
        let path = format!("languages.{tag}");
        if !matches!(tag.parse::<Language>(), Ok(Language::Further(_))) {
            let problem = format!("`{tag}` is no language that is known and not shipped");
            let remedy = "write a tag such as `pl`; single sentences of a shipped one are replaced under `texts`";
            said.error(&path, problem, remedy);
            continue;
        }
        let name = language["configMap"].as_str().unwrap_or_default();
        if !brought.has(tag) {
            let problem = format!("the sentences in the ConfigMap `{name}` were not looked at");
            said.note(&path, problem, format!("name them: --language {tag}=FOLDER"));
            continue;
        }
        let running = SPEAKING.iter().map(|(role, _)| *role).filter(|role| release.runs(role));
        for role in
            running.filter(|role| release.settings(role)["languages"][tag.as_str()].is_null())
        {
            let key = brought::key(role).unwrap_or_default();
            let problem = format!(
                "the ConfigMap `{name}` lacks `{key}`, without which the service does not start"
            );
            said.error(&path, problem, "add it");
        }
    }
}

/// None of the services that run in the release has sentences for people.
fn without_effect(release: &Release, said: &mut Remarks<'_>) {
    let languages = release.value("languages").as_object().into_iter().flatten();
    for (tag, _) in languages.filter(|(_, language)| !language.is_null()) {
        let problem =
            "has no effect: neither portal nor identity nor notification runs in this release";
        let remedy = "state it in the platform's file; an authority lists its languages at \
                      `catalogue.authority.languages`";
        said.warn(&format!("languages.{tag}"), problem, remedy);
    }
}

/// Languages that an authority lists and the portal beside it does not speak: nobody reads those texts. And those
/// that only the portal speaks: the authority's messages to these people are in English.
pub fn across(releases: &[Release]) -> Vec<Remark> {
    let Some(portal) = releases.iter().find(|release| release.runs("portal")) else {
        return Vec::new();
    };
    let spoken = spoken(portal);
    let mut found = Vec::new();
    for release in releases {
        let mut said = Remarks::on(&release.file);
        let values = json(&release.written);
        let authority = &values["catalogue"]["authority"];
        let listed = authority["languages"].as_array();
        let listed: Vec<_> = listed.into_iter().flatten().filter_map(Json::as_str).collect();
        for (index, tag) in listed.iter().enumerate() {
            let is_further = matches!(tag.parse::<Language>(), Ok(Language::Further(_)));
            if is_further && !spoken.contains(*tag) {
                let path = format!("catalogue.authority.languages[{index}]");
                let problem = format!("the portal does not speak `{tag}`");
                let remedy = format!("add `portal.settings.languages.{tag}`, or take it out");
                said.warn(&path, problem, remedy);
            }
        }
        let lacks = spoken.iter().filter(|tag| !listed.contains(&tag.as_str()));
        for tag in lacks.filter(|_| authority.is_object()) {
            let problem = format!(
                "lacks `{tag}`, which the portal speaks: messages to people who read it are in English"
            );
            said.note("catalogue.authority.languages", problem, "add it");
        }
        found.extend(said.found);
    }
    found
}

/// Languages that were given to be looked at and that no release takes from a ConfigMap: nothing was looked at.
pub fn not_taken(releases: &[Release], brought: &Brought) -> Vec<Remark> {
    let Some(first) = releases.first() else { return Vec::new() };
    let release = releases.iter().find(|release| release.runs("portal")).unwrap_or(first);
    let mut said = Remarks::on(&release.file);
    let is_taken = |tag: &str| releases.iter().any(|it| !it.value("languages")[tag].is_null());
    for tag in brought.tags().filter(|tag| !is_taken(tag)) {
        let problem = "is missing: what --language names was not looked at";
        let remedy = format!("write `languages: {{{tag}: {{configMap: NAME}}}}`");
        said.warn(&format!("languages.{tag}"), problem, remedy);
    }
    said.found
}

/// The tags of the further languages of a portal: in its settings, or in a ConfigMap.
fn spoken(portal: &Release) -> BTreeSet<String> {
    let places = [&portal.settings("portal")["languages"], portal.value("languages")];
    let all = places.into_iter().filter_map(Json::as_object).flatten();
    all.filter(|(_, language)| !language.is_null()).map(|(tag, _)| tag.clone()).collect()
}

/// `None` if they cannot be read; what reads the settings says why.
fn further(written: &Json) -> Option<FurtherTexts> {
    match written {
        Json::Null => Some(FurtherTexts::default()),
        written => serde_json::from_value(written.clone()).ok(),
    }
}

/// The first names, and how many there are besides.
fn shown(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// What `fairtermin texts` printed and nobody translated.
fn still_english(role: &str, english: &[&str], texts: &FurtherTexts, said: &mut Remarks<'_>) {
    let all = keys(english).len();
    for (language, same) in texts.as_in_english(english) {
        let problem =
            format!("{} of {all} texts are still the English ones: {}", same.len(), shown(&same));
        let remedy = "translate them, or take them out until then";
        said.warn(&format!("{role}.settings.languages.{language}"), problem, remedy);
    }
}

fn untranslated(role: &str, english: &[&str], texts: &FurtherTexts, said: &mut Remarks<'_>) {
    let all = keys(english).len();
    for (language, missing) in texts.missing(english) {
        let problem = format!(
            "{} of {all} texts are missing and are read in English: {}",
            missing.len(),
            shown(&missing)
        );
        let remedy = format!("`fairtermin texts {role} --translated FILE` prints all of them");
        said.warn(&format!("{role}.settings.languages.{language}"), problem, remedy);
    }
}
