//! Sentences that a release takes from ConfigMaps, read from the files of which those are made.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use texts::Language;

use crate::{
    command_error::CommandError,
    files::{self, UNREADABLE},
};

/// The services with sentences for people, and the keys of a ConfigMap.
const KEYS: [(&str, &str); 3] =
    [("portal", "portal.ftl"), ("identity", "identity.ftl"), ("notification", "notification.ftl")];

/// By the tag of the language, then by key.
#[derive(Debug, Default)]
pub struct Brought(BTreeMap<&'static str, BTreeMap<String, String>>);

/// As much of a ConfigMap as is read.
#[derive(Deserialize)]
struct ConfigMap {
    data: BTreeMap<String, String>,
}

impl Brought {
    /// Reads each language from a folder with the files, or from the manifest of a ConfigMap.
    pub fn read(languages: &[(Language, PathBuf)]) -> Result<Self, CommandError> {
        let mut brought = BTreeMap::new();
        for (language, path) in languages {
            let sources = if path.is_dir() { in_folder(path)? } else { in_manifest(path)? };
            brought.insert(language.tag(), sources);
        }
        Ok(Self(brought))
    }

    /// The languages that were given.
    pub fn tags(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// Whether this language was given.
    pub fn has(&self, tag: &str) -> bool {
        self.0.contains_key(tag)
    }

    /// The sentences of a service in a language.
    pub fn source(&self, tag: &str, role: &str) -> Option<&str> {
        self.0.get(tag)?.get(key(role)?).map(String::as_str)
    }
}

/// Of which `kubectl create configmap --from-file` makes one.
fn in_folder(folder: &Path) -> Result<BTreeMap<String, String>, CommandError> {
    let mut sources = BTreeMap::new();
    for (_, key) in KEYS {
        let file = folder.join(key);
        if file.exists() {
            sources.insert(key.to_owned(), files::read(&file)?);
        }
    }
    Ok(sources)
}

fn in_manifest(file: &Path) -> Result<BTreeMap<String, String>, CommandError> {
    let map = serde_norway::from_str::<ConfigMap>(&files::read(file)?);
    let unread = |_| {
        let problem = format!("cannot read {} as a ConfigMap with `data`", file.display());
        let advice =
            "Name its manifest, or a folder with portal.ftl, identity.ftl and notification.ftl.";
        CommandError::new(problem).advice(advice).exit(UNREADABLE)
    };
    Ok(map.map_err(unread)?.data)
}

/// The key of a service in a ConfigMap. `None` if it says nothing to people.
pub fn key(role: &str) -> Option<&'static str> {
    KEYS.iter().find(|(known, _)| *known == role).map(|(_, key)| *key)
}
