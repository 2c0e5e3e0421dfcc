//! Ready-made claim names and levels, with what the operator changed.

use std::collections::BTreeMap;

use vocabulary::TrustLevel;

use crate::settings::{ClaimNames, Levels, Profile, ProviderSettings};

/// Which claims to read and what levels mean, resolved.
#[derive(Debug, Clone)]
pub(super) struct ReadProfile {
    pub(super) login_key: String,
    pub(super) given_names: String,
    pub(super) family_name: String,
    pub(super) birth_name: String,
    pub(super) birth_date: String,
    pub(super) place_of_birth: String,
    pub(super) email: String,
    pub(super) vouches_for_email: bool,
    pub(super) level: String,
    pub(super) levels: Levels,
    pub(super) acr_values: BTreeMap<TrustLevel, String>,
}

impl ReadProfile {
    pub(super) fn of(settings: &ProviderSettings) -> Self {
        let ready = Self::ready(settings.profile);
        let ClaimNames {
            login_key,
            given_names,
            family_name,
            birth_name,
            birth_date,
            place_of_birth,
            email,
            level,
        } = settings.claims.clone();
        Self {
            login_key: login_key.unwrap_or(ready.login_key),
            given_names: given_names.unwrap_or(ready.given_names),
            family_name: family_name.unwrap_or(ready.family_name),
            birth_name: birth_name.unwrap_or(ready.birth_name),
            birth_date: birth_date.unwrap_or(ready.birth_date),
            place_of_birth: place_of_birth.unwrap_or(ready.place_of_birth),
            email: email.unwrap_or(ready.email),
            vouches_for_email: settings.vouches_for_email.unwrap_or(ready.vouches_for_email),
            level: level.unwrap_or(ready.level),
            levels: settings.levels.clone().unwrap_or(ready.levels),
            acr_values: settings.acr_values.clone().unwrap_or(ready.acr_values),
        }
    }

    fn ready(profile: Profile) -> Self {
        match profile {
            Profile::Standard => Self::standard(),
            // Claim names of aivot-digital/keycloak-egov-plugins; levels are BundID's own.
            Profile::BundId => Self {
                login_key: "bPK2".into(),
                birth_name: "birth_name".into(),
                birth_date: "date_of_birth".into(),
                place_of_birth: "place_of_birth".into(),
                // An account exists only once its address was confirmed.
                vouches_for_email: true,
                level: "trust_level_authentication".into(),
                levels: levels(&[
                    ("STORK-QAA-Level-1", TrustLevel::Basic),
                    ("STORK-QAA-Level-2", TrustLevel::Basic),
                    ("STORK-QAA-Level-3", TrustLevel::Substantial),
                    ("STORK-QAA-Level-4", TrustLevel::High),
                ]),
                acr_values: acr_values(&[
                    (TrustLevel::Basic, "STORK-QAA-Level-1"),
                    (TrustLevel::Substantial, "STORK-QAA-Level-3"),
                    (TrustLevel::High, "STORK-QAA-Level-4"),
                ]),
                ..Self::standard()
            },
            Profile::EId => Self {
                birth_name: "birth_name".into(),
                place_of_birth: "place_of_birth".into(),
                levels: levels(&[
                    ("http://eidas.europa.eu/LoA/high", TrustLevel::High),
                    ("http://bsi.bund.de/eID/LoA/hoch", TrustLevel::High),
                    ("loa:high", TrustLevel::High),
                ]),
                // Some providers state the level only if it is asked for.
                acr_values: acr_values(&[
                    (TrustLevel::Basic, "http://eidas.europa.eu/LoA/high"),
                    (TrustLevel::Substantial, "http://eidas.europa.eu/LoA/high"),
                    (TrustLevel::High, "http://eidas.europa.eu/LoA/high"),
                ]),
                ..Self::standard()
            },
        }
    }

    fn standard() -> Self {
        Self {
            login_key: "sub".into(),
            given_names: "given_name".into(),
            family_name: "family_name".into(),
            birth_name: "birth_family_name".into(),
            birth_date: "birthdate".into(),
            place_of_birth: "place_of_birth.locality".into(),
            email: "email".into(),
            vouches_for_email: false,
            level: "acr".into(),
            levels: levels(&[
                ("http://eidas.europa.eu/LoA/low", TrustLevel::Basic),
                ("http://eidas.europa.eu/LoA/substantial", TrustLevel::Substantial),
                ("http://eidas.europa.eu/LoA/high", TrustLevel::High),
            ]),
            acr_values: acr_values(&[
                (TrustLevel::Basic, "http://eidas.europa.eu/LoA/low"),
                (TrustLevel::Substantial, "http://eidas.europa.eu/LoA/substantial"),
                (TrustLevel::High, "http://eidas.europa.eu/LoA/high"),
            ]),
        }
    }
}

fn levels(pairs: &[(&str, TrustLevel)]) -> Levels {
    pairs.iter().map(|(value, level)| ((*value).to_owned(), *level)).collect()
}

fn acr_values(pairs: &[(TrustLevel, &str)]) -> BTreeMap<TrustLevel, String> {
    pairs.iter().map(|(level, value)| (*level, (*value).to_owned())).collect()
}
