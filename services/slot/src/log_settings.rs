//! What an operator sets for the public log.

use std::{borrow::Cow, collections::HashSet};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use settings::Secret;
use tlog::{Checkpoint, EMPTY, KeyKind, VerifierKey};
use url::Url;

/// A draw announces its witnesses, at most this many.
const MAX_WITNESSES: usize = 16;
/// A draw is listed for this long after it closed.
const MIN_KEEP_DAYS: u16 = 90;
/// For how long past draws are kept, unless the settings say otherwise.
const DAYS: u16 = 366;

/// The authority's public log, in which draws stand.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "WrittenLog")]
pub struct LogSettings {
    /// The secret from which the log's signing key follows; that of `person_data` if absent.
    pub key: Option<Secret>,
    /// The name under which the log signs; `<authority>/log` if absent.
    pub origin: Option<String>,
    /// The witnesses that cosign it.
    pub witnesses: Vec<WitnessSettings>,
    /// For how many days after its week a draw is kept: documents, entries, and what opens them in
    /// the log.
    pub keep_days: u16,
}

/// A witness: another body that runs `fairtermin witness` or another program of C2SP `tlog-witness`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessSettings {
    /// The key under which it cosigns.
    pub key: VerifierKey,
    /// Where `add-checkpoint` is.
    pub url: Url,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { key: None, origin: None, witnesses: Vec::new(), keep_days: DAYS }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenLog {
    /// The log's own secret, from which its signing key follows: at least 32 random characters, for example of
    /// `openssl rand -base64 48`. With another one the log cannot go on: it needs another `origin`. Absent: it follows
    /// from `person_data.key`, so that both can only be replaced together.
    key: Option<Secret>,
    /// The name under which the log signs: an address without `https://`, for example
    /// `termine.example.org/log`. It must be unique in the world and must never change. Absent:
    /// `<authority>/log`.
    #[schemars(length(min = 1, max = 200))]
    origin: Option<String>,
    /// Bodies that cosign the log, such as other authorities. A log that shows two histories is found out
    /// by them. Each draw announces the witnesses at the time of its announcement.
    #[serde(default)]
    #[schemars(length(max = 16))]
    witnesses: Vec<WrittenWitness>,
    /// For how many days after its week a draw is kept: documents, entries, and what opens them in
    /// the log. The log itself stays, and stays provable.
    #[serde(default = "days")]
    #[schemars(range(min = 90, max = 3660))]
    keep_days: u16,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenWitness {
    /// The key under which it cosigns, as `fairtermin witness` prints it: `name+id+key`.
    key: String,
    /// Its address, without `/add-checkpoint`.
    #[schemars(schema_with = "settings::schema::url")]
    url: Url,
}

const fn days() -> u16 {
    DAYS
}

impl JsonSchema for LogSettings {
    fn schema_name() -> Cow<'static, str> {
        "LogSettings".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        WrittenLog::json_schema(generator)
    }
}

impl TryFrom<WrittenLog> for LogSettings {
    type Error = String;

    fn try_from(written: WrittenLog) -> Result<Self, String> {
        let WrittenLog { key, origin, witnesses, keep_days } = written;
        if key.as_ref().is_some_and(|key| key.expose().len() < Secret::SHORTEST_KEY) {
            return Err(format!(
                "`key`: it must have at least {} characters",
                Secret::SHORTEST_KEY
            ));
        }
        if let Some(origin) = &origin {
            Checkpoint::new(origin, 0, EMPTY).map_err(|error| format!("`origin`: {error}"))?;
        }
        if witnesses.len() > MAX_WITNESSES {
            return Err(format!("`witnesses`: at most {MAX_WITNESSES}"));
        }
        if keep_days < MIN_KEEP_DAYS {
            return Err(format!(
                "`keep_days`: at least {MIN_KEEP_DAYS}, as long as draws are listed"
            ));
        }
        let witnesses = witnesses.into_iter().map(WitnessSettings::try_from);
        let witnesses = witnesses.collect::<Result<Vec<_>, _>>()?;
        let mut names = HashSet::new();
        match witnesses.iter().find(|witness| !names.insert(witness.key.name())) {
            Some(twice) => Err(format!("`witnesses`: {} is named twice", twice.key.name())),
            None => Ok(Self { key, origin, witnesses, keep_days }),
        }
    }
}

impl TryFrom<WrittenWitness> for WitnessSettings {
    type Error = String;

    fn try_from(WrittenWitness { key, url }: WrittenWitness) -> Result<Self, String> {
        let key: VerifierKey =
            key.parse().map_err(|error| format!("`witnesses`: the key of {url}: {error}"))?;
        match key.kind() {
            _ if url.cannot_be_a_base() => Err(format!("`witnesses`: {url} is no web address")),
            KeyKind::Cosignature => Ok(Self { key, url }),
            KeyKind::Note => Err(format!(
                "`witnesses`: the key of {url} is not a witness's; take what `fairtermin witness` prints"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tlog::SigningKey;

    use super::*;

    fn key(name: &str, kind: KeyKind) -> String {
        SigningKey::from_seed(name, kind, &[2; 32]).unwrap().verifier().to_string()
    }

    fn read(settings: Value) -> Result<LogSettings, String> {
        serde_json::from_value(settings).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let nothing = read(json!({})).unwrap();
        assert!(nothing.key.is_none() && nothing.origin.is_none() && nothing.witnesses.is_empty());
        assert_eq!(nothing.keep_days, DAYS);
        let witness =
            json!({ "key": key("w.example", KeyKind::Cosignature), "url": "https://w.example" });
        let settings =
            read(json!({ "witnesses": [witness], "origin": "amt.example/log" })).unwrap();
        assert_eq!(settings.witnesses[0].key.name(), "w.example");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_the_field() {
        let url = "https://w.example";
        let good = json!({ "key": key("w.example", KeyKind::Cosignature), "url": url });
        for (settings, word) in [
            (json!({ "origin": "with space" }), "origin"),
            (json!({ "key": { "value": "too short" } }), "`key`"),
            (json!({ "origin": "" }), "origin"),
            (json!({ "keep_days": 30 }), "keep_days"),
            (json!({ "witnesses": [good, good] }), "twice"),
            (json!({ "witnesses": [{ "key": "w.example+1+x", "url": url }] }), "witnesses"),
            (json!({ "witnesses": [{ "key": key("w", KeyKind::Note), "url": url }] }), "witness's"),
            (json!({ "watchers": [] }), "watchers"),
        ] {
            let refused = read(settings).unwrap_err();
            assert!(refused.contains(word), "{word}: {refused}");
        }
    }
}
