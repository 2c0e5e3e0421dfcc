//! The two providers that are played, as far as they differ.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use vocabulary::TrustLevel;

use super::{Citizen, Means};
use crate::settings::Profile;

/// Which provider is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BundID through an OpenID bridge: accounts with several ways to log in.
    BundId,
    /// A service for the online ID card alone.
    EId,
    /// The authorities' own accounts, for staff.
    Staff,
}

impl Kind {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::BundId => "bundid",
            Self::EId => "eid",
            Self::Staff => "staff",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::BundId => "BundID",
            Self::EId => "Online-Ausweis",
            Self::Staff => "Dienstkonto",
        }
    }

    pub(super) fn profile(self) -> Profile {
        match self {
            Self::BundId => Profile::BundId,
            Self::EId => Profile::EId,
            Self::Staff => Profile::Standard,
        }
    }

    pub(super) fn names(self) -> BTreeMap<String, String> {
        match self {
            Self::BundId => texts("BundID", "BundID"),
            Self::EId => texts("Online-Ausweis", "Online ID card"),
            Self::Staff => texts("Dienstkonto", "Staff account"),
        }
    }

    pub(super) fn hints(self) -> BTreeMap<String, String> {
        match self {
            Self::BundId => texts(
                "Mit Online-Ausweis, ELSTER oder Benutzername (Simulation)",
                "With online ID card, ELSTER or user name (simulation)",
            ),
            Self::EId => texts(
                "Direkt mit der Karte, ohne Konto (Simulation)",
                "Directly with the card, without an account (simulation)",
            ),
            Self::Staff => texts("Für Beschäftigte (Simulation)", "For staff (simulation)"),
        }
    }

    /// The ways of this citizen that this provider offers and that reach `level`.
    pub(super) fn offers(
        self,
        citizen: &Citizen,
        level: TrustLevel,
    ) -> impl Iterator<Item = Means> {
        let offered = move |means: &Means| match self {
            // An account holds one card; the new one replaces it there.
            Self::BundId => *means != Means::NewOnlineId,
            Self::EId => means.level() == TrustLevel::High,
            Self::Staff => false,
        };
        citizen.means.iter().copied().filter(offered).filter(move |means| means.level() >= level)
    }

    /// The level that `acr_values` asks for.
    pub(super) fn wanted(self, acr_values: &str) -> TrustLevel {
        match acr_values.split_whitespace().next() {
            Some("STORK-QAA-Level-3") => TrustLevel::Substantial,
            Some("STORK-QAA-Level-4") => TrustLevel::High,
            _ => TrustLevel::Basic,
        }
    }

    /// What the ID token says besides the standard claims.
    pub(super) fn claims(self, citizen: &Citizen, means: Means) -> Map<String, Value> {
        // A chip holds capitals: `MÜLLER-LÜDENSCHEIDT`, and `ß` as its capital.
        let spelt = |text: &str| match means {
            Means::OnlineId | Means::NewOnlineId => text.replace('ß', "ẞ").to_uppercase(),
            Means::Elster | Means::Password => text.to_owned(),
        };
        let mut claims = match self {
            Self::BundId => json!({
                "sub": stable("bundid account", citizen.id),
                "bPK2": stable("bPK2", citizen.id),
                "acr": stork(means),
                "trust_level_authentication": stork(means),
                "date_of_birth": citizen.birth_date,
                "email": citizen.email,
            }),
            Self::EId => json!({
                "sub": stable(means.id(), citizen.id),
                "acr": "http://eidas.europa.eu/LoA/high",
                "birthdate": citizen.birth_date,
            }),
            Self::Staff => json!({}),
        };
        claims["family_name"] = spelt(citizen.family_name).into();
        if let Some(given_names) = citizen.given_names {
            claims["given_name"] = spelt(given_names).into();
        }
        // A tax certificate says nothing about birth but the date.
        if means != Means::Elster {
            claims["place_of_birth"] = spelt(citizen.place_of_birth).into();
            if let Some(birth_name) = citizen.birth_name {
                claims["birth_name"] = spelt(birth_name).into();
            }
        }
        match claims {
            Value::Object(claims) => claims,
            _ => Map::new(),
        }
    }
}

fn stork(means: Means) -> &'static str {
    match means {
        Means::OnlineId | Means::NewOnlineId => "STORK-QAA-Level-4",
        Means::Elster => "STORK-QAA-Level-3",
        Means::Password => "STORK-QAA-Level-1",
    }
}

/// Looks random, is the same each time.
fn stable(purpose: &str, citizen: &str) -> String {
    let text = format!("{purpose}/{citizen}");
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}

fn texts(german: &str, english: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("de".to_owned(), german.to_owned()), ("en".to_owned(), english.to_owned())])
}
