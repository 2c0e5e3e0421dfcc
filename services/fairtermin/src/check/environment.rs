//! The variables that an admin adds to a container (`env`).
//!
//! The process reads `FAIRTERMIN__SECTION__KEY` as a setting, and does not start with one that it
//! does not know.

use serde_json::Value as Json;

use super::{
    release::{ROLES, Release},
    remark::Remarks,
};

/// What begins so is a setting.
const PREFIX: &str = "FAIRTERMIN__";

/// Read by the client that fetches keys and providers' documents, `auth::BoundedHttp`.
const OF_THE_CLIENT: [&str; 2] = ["FAIRTERMIN_PROXY", "FAIRTERMIN_NO_PROXY"];

/// Shorter texts are numbers and answers, and stand in messages by chance.
pub const MIN_SECRET: usize = 4;

/// The variables of one service, each name and text, in the order of their names; without those that
/// come from elsewhere (`secretKeyRef`), whose text is not here.
pub fn variables(release: &Release, role: &str) -> Vec<(String, String)> {
    let service = release.service(role);
    let all = service["env"].as_object().into_iter().flatten();
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let here = all.filter(|(_, value)| !value.is_object());
    here.map(|(name, value)| (name.clone(), text(value))).collect()
}

/// Names that no service reads, and secrets for everybody to read.
pub fn check(release: &Release, role: &str, said: &mut Remarks<'_>) {
    for (name, text) in variables(release, role) {
        let path = format!("{role}.env.{name}");
        if let Some(key) = name.strip_prefix(PREFIX) {
            section(role, key, &path, said);
        } else if name.starts_with("FAIRTERMIN_") && !OF_THE_CLIENT.contains(&name.as_str()) {
            let problem = "is read by nobody: levels are separated by two underscores";
            said.warn(&path, problem, format!("write {PREFIX}{}__KEY", role.to_uppercase()));
        }
        if is_secret(&name, &text) {
            let problem = "a secret in plain text, which Helm keeps and shows";
            let remedy = "put it into the service's Secret and name it under `settings`: {file: \
                          /run/secrets/fairtermin/KEY}";
            said.error(&path, problem, remedy);
        }
    }
}

/// The process reads its whole configuration: a part of another service's is incomplete.
fn section(role: &str, key: &str, path: &str, said: &mut Remarks<'_>) {
    let section = key.split("__").next().unwrap_or_default().to_lowercase();
    let own = format!("{PREFIX}{}__KEY", role.to_uppercase());
    match section.as_str() {
        section if section == role => {}
        "process" => {
            let problem = "turns the service into a demonstration, in which anybody can log in";
            said.error(path, problem, "take it out; for a demonstration set `demo.enabled`");
        }
        other if ROLES.contains(&other) => {
            let problem =
                format!("{role} finds a part of the settings of {other} and does not start");
            said.error(path, problem, format!("put it under `{other}.env`, or write {own}"));
        }
        other => {
            let problem = format!("there is no section `{other}`, so {role} does not start");
            said.error(path, problem, format!("write {own}"));
        }
    }
}

/// Whether the text is one that nobody else may know. Numbers and paths are none.
pub fn is_secret(name: &str, text: &str) -> bool {
    const WORDS: [&str; 5] = ["PASSWORD", "PASSWORT", "SECRET", "TOKEN", "PRIVATE_KEY"];
    let name = name.to_uppercase();
    let is_named = WORDS.iter().any(|word| name.ends_with(word));
    let refers = text.starts_with('/') || text.trim_start().starts_with('{');
    let is_word = text.len() >= MIN_SECRET && text.parse::<f64>().is_err() && !refers;
    has_password(text) || (is_named && is_word)
}

/// Whether the text is an address with a password: `scheme://user:password@host`.
pub fn has_password(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let user = host.rsplit_once('@').map(|(user, _)| user);
    user.and_then(|user| user.split_once(':')).is_some_and(|(_, password)| !password.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_found_in_addresses_and_by_their_names() {
        for text in ["postgres://u:p@db/slot", "redis://:p@redis:6379", "smtp://x:y@mail"] {
            assert!(has_password(text), "{text}");
        }
        for text in ["https://id.amt.de/a:b@c", "https://u@amt.de", "termine@amt.de", "a:b@c"] {
            assert!(!has_password(text), "{text}");
        }
        assert!(is_secret("PGPASSWORD", "hunter2geheim"));
        for (name, text) in [
            ("X_TOKEN_MINUTES", "long enough"),
            ("FAIRTERMIN__IDENTITY__SESSION__TOKEN", "15"),
            ("SMTP_PASSWORD", "/run/secrets/fairtermin/smtp-password"),
            ("SMTP_PASSWORD", "{file: /run/secrets/fairtermin/smtp-password}"),
        ] {
            assert!(!is_secret(name, text), "{name}");
        }
    }
}
