//! What serde cannot see.

use std::collections::BTreeSet;

use auth::scope;
use serde_json::Value;
use url::Url;

use super::{ClientSettings, Settings};

/// Settings that can be read and make no sense together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct SettingsMistake {
    /// The path of the setting.
    pub path: String,
    /// What is wrong and what would be right.
    pub reason: &'static str,
}

impl Settings {
    /// Finds the first mistake.
    ///
    /// # Errors
    /// That mistake.
    pub fn check(&self) -> Result<(), SettingsMistake> {
        let mistake = |path: String, reason| Err(SettingsMistake { path, reason });
        if self.authorities.is_empty() {
            return mistake("authorities".into(), "name at least one authority");
        }
        let mut seen = BTreeSet::new();
        for authority in &self.authorities {
            let path = format!("authorities.{}", authority.id);
            if !seen.insert(&authority.id) {
                return mistake(path, "two authorities have this id");
            }
            if authority.url.as_ref().is_some_and(Url::cannot_be_a_base) {
                return mistake(path, "url must be where its API begins, such as https://...");
            }
        }
        if self.providers.is_empty() {
            return mistake("providers".into(), "name at least one provider");
        }
        let mut seen = BTreeSet::new();
        for provider in &self.providers {
            if !seen.insert(&provider.id) {
                return mistake(format!("providers.{}", provider.id), "two providers have this id");
            }
        }
        let mut seen = BTreeSet::new();
        for client in &self.clients {
            let path = format!("clients.{}", client.id);
            if !seen.insert(&client.id) {
                return mistake(path, "two clients have this id");
            }
            if client.secret.is_some() == client.jwks.is_some() {
                return mistake(path, "give exactly one of secret and jwks");
            }
            if client.jwks.as_ref().is_some_and(has_twins) {
                return mistake(path, "each key in jwks needs a kid of its own");
            }
            if client.acts_for_people()
                && let Err(reason) = may_act_for_people(client)
            {
                return mistake(path, reason);
            }
        }
        if self.session.minutes == 0 || self.session.token_minutes == 0 {
            return mistake("session".into(), "minutes and token_minutes must be at least 1");
        }
        Ok(())
    }
}

/// Whether two keys have one `kid`, or none (FAPI 2.0 Security Profile, 5.4.2).
fn has_twins(jwks: &Value) -> bool {
    let keys = jwks["keys"].as_array().map_or(&[][..], Vec::as_slice);
    let names: BTreeSet<_> = keys.iter().filter_map(|key| key["kid"].as_str()).collect();
    names.len() != keys.len()
}

/// People must see who acts for them, before and afterwards.
fn may_act_for_people(client: &ClientSettings) -> Result<(), &'static str> {
    if client.name.as_ref().is_none_or(|name| name.trim().is_empty()) {
        Err("who acts for people needs a name that they know it by")
    } else if client.jwks.is_none() {
        Err("who acts for people needs jwks: a secret does not prove who acts")
    } else if client.redirect_uris.is_empty() {
        Err("who acts for people needs redirect_uris: they allow it at log-in")
    } else if client.has_scope(scope::BOOKINGS) {
        Err("give bookings or bookings:write:onbehalf: with the former nobody would see who acted")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn two_keys_never_have_one_name() {
        for (keys, twins) in [
            (json!([{"kid": "a"}, {"kid": "b"}]), false),
            (json!([]), false),
            (json!([{"kid": "a"}, {"kid": "a"}]), true),
            (json!([{"kid": "a"}, {"kty": "EC"}]), true),
        ] {
            assert_eq!(has_twins(&json!({ "keys": keys })), twins, "{keys}");
        }
    }

    #[test]
    fn nobody_acts_for_people_unseen() {
        let right = json!({
            "id": "zab", "name": "Ausländerakte", "jwks": {"keys": []},
            "redirect_uris": ["https://zab.example/callback"], "scopes": ["bookings:write:onbehalf"],
        });
        let client = |changed: Value| -> ClientSettings {
            let mut client = right.clone();
            for (name, value) in changed.as_object().unwrap() {
                client[name.as_str()] = value.clone();
            }
            serde_json::from_value(client).unwrap()
        };
        assert_eq!(may_act_for_people(&client(json!({}))), Ok(()));
        for (changed, what) in [
            (json!({"name": null}), "name"),
            (json!({"name": " "}), "name"),
            (json!({"jwks": null}), "jwks"),
            (json!({"redirect_uris": []}), "redirect_uris"),
            (json!({"scopes": ["bookings:write:onbehalf", "bookings"]}), "not"),
        ] {
            let reason = may_act_for_people(&client(changed.clone())).expect_err("a mistake");
            assert!(what == "not" || reason.contains(what), "{changed}: {reason}");
        }
    }
}
