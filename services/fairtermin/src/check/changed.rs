//! Which values outside of the catalogue differ from what is live, and what follows.
//!
//! The catalogue's own are `catalogue::edits`. Secrets stand in no values file; what could be one at
//! a wrong place is not shown, and neither is the value of a key that the schema does not know.

use std::fmt;

use catalogue::Place;
use serde_json::{Map, Value as Json, json};

use super::{
    environment::has_password,
    release::{ROLES, Release},
    settings::MOUNTED,
};
use crate::hidden::without_users;

/// One value that differs. Prints as one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Where, for example `identity.settings.session.minutes`.
    pub path: String,
    /// `null` if it was not there.
    before: Json,
    /// `null` if it is gone.
    after: Json,
    /// Whether the schema knows both and marks neither as a secret.
    is_known: bool,
}

/// Everything that differs between two states of a release, in the order of the keys. `schema` is
/// that of the chart's values.
pub fn changed(before: &Release, after: &Release, schema: &Json) -> Vec<Changed> {
    let mut found = Vec::new();
    compare("", &Place::whole(schema), (before.beside(), after.beside()), &mut found);
    found
}

fn compare(
    path: &str,
    place: &Place<'_>,
    (before, after): (&Json, &Json),
    found: &mut Vec<Changed>,
) {
    if before == after {
        return;
    }
    // What is new is listed value by value.
    let empty = Json::Object(Map::new());
    let is_new = before.is_null() && after.as_object().is_some_and(|map| !map.is_empty());
    let before = if is_new { &empty } else { before };
    if let (Json::Object(old), Json::Object(new)) = (before, after) {
        each(path, |key| place.key(key), (old, new), found);
    } else if let (Some(old), Some(new)) = (by_name(before), by_name(after)) {
        each(path, |_| place.entry(), (&old, &new), found);
    } else {
        let is_known = place.discloses(before) && place.discloses(after);
        let (before, after) = (before.clone(), after.clone());
        found.push(Changed { path: path.to_owned(), before, after, is_known });
    }
}

/// Key by key.
fn each<'s>(
    path: &str,
    place: impl Fn(&str) -> Place<'s>,
    (old, new): (&Map<String, Json>, &Map<String, Json>),
    found: &mut Vec<Changed>,
) {
    let added = new.keys().filter(|key| !old.contains_key(*key));
    for key in old.keys().chain(added) {
        let side = |map: &Map<String, Json>| map.get(key).cloned().unwrap_or_default();
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        compare(&path, &place(key), (&side(old), &side(new)), found);
    }
}

/// A list of entries that each have an id or a name, as a map; `None` if it is no such list.
fn by_name(value: &Json) -> Option<Map<String, Json>> {
    let entries = value.as_array()?.iter().map(|entry| {
        let name = entry["id"].as_str().or_else(|| entry["name"].as_str());
        // An entry may be an id alone.
        Some((name.or_else(|| entry.as_str())?.to_owned(), entry.clone()))
    });
    let entries: Map<String, Json> = entries.collect::<Option<_>>()?;
    let is_list_of_entries = !entries.is_empty() && entries.values().any(Json::is_object);
    let is_whole = entries.len() == value.as_array().map_or(0, Vec::len);
    (is_list_of_entries && is_whole).then_some(entries)
}

impl Changed {
    /// For programs. What may be a secret is left out.
    pub fn json(&self) -> Json {
        let shown = |value: &Json| match value {
            value if self.may_be_secret(value) => Json::Null,
            Json::String(text) => without_users(text).into(),
            value => value.clone(),
        };
        json!({
            "path": self.path,
            "before": shown(&self.before),
            "after": shown(&self.after),
            "follows": self.follows(),
        })
    }

    fn may_be_secret(&self, value: &Json) -> bool {
        const WORDS: [&str; 6] = ["passwor", "secret", "token", "key", "credential", "seed"];
        const NAMES: [&str; 3] = ["secretName", "tlsSecretName", "externalSecret"];
        if !self.is_known {
            return true;
        }
        let parts: Vec<&str> = self.path.split('.').collect();
        let is_named = parts.iter().any(|part| {
            let lower = part.to_lowercase();
            !NAMES.contains(part) && WORDS.iter().any(|word| lower.contains(word))
        });
        let is_place = value.as_str().is_some_and(|text| text.starts_with(MOUNTED));
        let is_plain = value.is_null() || value.is_boolean() || value.is_number();
        let is_variable = parts.get(1) == Some(&"env");
        (!is_plain && !is_place && (is_named || is_variable)) || holds_password(value)
    }

    /// What follows, as far as the path tells.
    fn follows(&self) -> Option<&'static str> {
        let parts: Vec<&str> = self.path.split('.').collect();
        let role = parts.first().is_some_and(|first| ROLES.contains(first));
        let text = match parts.as_slice() {
            ["platform", "identityUrl"] => {
                "the issuer in all tokens: everybody logs in again, and the files of each authority \
                 have to say the same"
            }
            ["platform", "portalUrl"] => "links in e-mails that were sent lead to the old address",
            ["rabbitmq", "enabled"] => {
                "another broker: what waits in the old one is not carried over"
            }
            [_, "postgres", "enabled"] => {
                "another database: nothing is carried over from the old one"
            }
            [_, "settings", "bus", "namespace"] => {
                "other queues: every service has to say the same, and what waits in the old ones is \
                 not read"
            }
            ["slot", "redis", "urls"] => {
                "another store: open holds are lost, and people choose again"
            }
            ["identity", "settings", "authorities", _] if self.after.is_null() => {
                "nobody can log in for it any more"
            }
            [_, "replicas"] if role && self.after == 0 => "no pod runs any more",
            [_, "enabled"] if role && self.after == true => "the service starts",
            [_, "enabled"] if role => "the service ends",
            [_, "secretName"] if role => "pods wait until that Secret has all keys",
            [_, "ingress" | "gateway", "host"] => "the old name does not answer any more",
            ["image", ..] => "all pods are replaced, one after the other",
            ["defaults", ..] => "holds for each service that says nothing else",
            [_, "settings" | "env" | "resources" | "logLevel" | "restartedFor", ..] if role => {
                "its pods are replaced, one after the other"
            }
            _ => return None,
        };
        Some(text)
    }
}

fn holds_password(value: &Json) -> bool {
    match value {
        Json::String(text) => has_password(text),
        Json::Array(items) => items.iter().any(holds_password),
        Json::Object(map) => {
            let is_secret =
                |key: &str| key == "value" || key.contains("passwor") || key.contains("secret");
            let is_named = map.iter().any(|(key, inner)| is_secret(key) && inner.is_string());
            is_named || map.values().any(holds_password)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, before, after, .. } = self;
        let shown = |value: &Json| without_users(&value.to_string()).into_owned();
        write!(f, "changed: {path}")?;
        let hidden = self.may_be_secret(before) || self.may_be_secret(after);
        match (before, after) {
            (Json::Null, after) if hidden || after.is_object() => write!(f, " is new")?,
            (Json::Null, after) => write!(f, " is new: {}", shown(after))?,
            (_, Json::Null) => write!(f, " is gone")?,
            _ if hidden => write!(f, " is another value, which is not shown")?,
            (before, after) => write!(f, ": {} becomes {}", shown(before), shown(after))?,
        }
        match self.follows() {
            Some(follows) => write!(f, "; {follows}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::release::releases, *};

    fn lines(before: &str, after: &str) -> Vec<String> {
        let release = |text: &str| releases(&[("f", text)]).0.remove(0);
        let found = changed(&release(before), &release(after), &crate::schema::values());
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn values_are_listed_with_what_follows_and_secrets_are_not_shown() {
        let before = "identity: {enabled: true, env: {A: b}, settings: {session: {minutes: 30}, \
                      providers: [{id: a, client_secret: hunter2}, {id: b}]}}";
        let after = "identity: {enabled: true, env: {A: hunter2}, settings: {session: {minutes: 45}, \
                     providers: [{id: a, client_secret: hunter3}]}, replicas: 3}";
        assert_eq!(
            lines(before, after),
            [
                "changed: identity.env.A is another value, which is not shown; its pods are \
                 replaced, one after the other",
                "changed: identity.settings.providers.a.client_secret is another value, which is \
                 not shown; its pods are replaced, one after the other",
                "changed: identity.settings.providers.b is gone; its pods are replaced, one after \
                 the other",
                "changed: identity.settings.session.minutes: 30 becomes 45; its pods are replaced, \
                 one after the other",
                "changed: identity.replicas is new: 3",
            ]
        );
        assert_eq!(lines(before, before), [""; 0]);
    }

    #[test]
    fn nothing_under_an_unknown_key_or_below_a_secrets_is_shown() {
        for after in [
            "smtp: {pasword: Geheim}",
            "smtp: {password: {valu: Geheim}}",
            "smtp: {password: {value: [Geheim]}}",
            "smtp: {host: 'smtp://u:Geheim@h'}",
            "smpt: [{host: Geheim}]",
        ] {
            let after = format!("notification: {{settings: {{mail: {{{after}}}}}}}");
            let said = lines("notification: {}", &after);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(!said[0].contains("Geheim"), "{said:?}");
        }
        let proxy = lines("proxy: {direct: []}", "proxy: {address: 'http://Geheim@p:3128'}");
        assert_eq!(proxy, ["changed: proxy.address: \"\" becomes \"http://…@p:3128\""]);
    }
}
