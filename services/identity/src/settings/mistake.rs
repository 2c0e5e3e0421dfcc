//! What serde cannot see.

use std::collections::BTreeSet;

use super::Settings;

/// Settings that can be read and make no sense together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct SettingsMistake {
    /// Where.
    pub path: String,
    /// What is wrong and what would be right.
    pub reason: &'static str,
}

impl Settings {
    /// Finds the first mistake.
    pub(crate) fn check(&self) -> Result<(), SettingsMistake> {
        let mistake = |path: String, reason| Err(SettingsMistake { path, reason });
        if self.authorities.is_empty() {
            return mistake("authorities".into(), "name at least one authority");
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
        }
        if self.session.minutes == 0 || self.session.token_minutes == 0 {
            return mistake("session".into(), "minutes and token_minutes must be at least 1");
        }
        Ok(())
    }
}
