//! What an operator sets.

use client::Names;
use ids::AuthorityId;
use schemars::JsonSchema;
use serde::Deserialize;
use service::{PublicHttpSettings, travels_in_the_clear};
use settings::Secret;
use texts::{FurtherTexts, OwnTexts, TextMistake};
use url::Url;

use crate::text;

/// The settings of the portal.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the portal listens.
    pub http: PublicHttpSettings,
    /// Where people log in.
    pub identity: IdentitySettings,
    /// The authorities whose appointments are offered, in the order in which they are shown.
    pub authorities: Vec<AuthoritySettings>,
    /// Encrypts the session cookie: 32 bytes in base64. All instances of a portal share it.
    pub session_key: Secret,
    /// Says on each page that this is a demonstration and no authority's site.
    #[serde(default)]
    pub demonstration: bool,
    /// The mailbox of a demonstration, where its e-mails can be read.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    pub mailbox_url: Option<Url>,
    /// The pages that German law asks a public site for.
    #[serde(default)]
    pub legal: LegalLinks,
    /// Sentences of the pages in the place of ours.
    #[serde(default)]
    pub texts: OwnTexts,
    /// Languages of the pages that are not shipped: by language, all sentences in Fluent.
    #[serde(default)]
    pub languages: FurtherTexts,
}

impl Settings {
    /// What is wrong with the sentences in `texts` and `languages`.
    #[must_use]
    pub fn text_mistakes(&self) -> Vec<TextMistake> {
        text::mistakes(&self.texts, &self.languages)
    }

    /// The first setting by which browsers would send log-ins and sessions in the clear.
    #[must_use]
    pub fn in_the_clear(&self) -> Option<&'static str> {
        let is_clear = self.http.public_url.as_ref().is_some_and(travels_in_the_clear);
        if is_clear {
            return Some("http.public_url");
        }
        travels_in_the_clear(&self.identity.issuer).then_some("identity.issuer")
    }

    /// The statements that a public site must have and that are not set. A demonstration is no
    /// authority's site.
    #[must_use]
    pub fn missing_statements(&self) -> Vec<&'static str> {
        if self.demonstration {
            return Vec::new();
        }
        let LegalLinks { imprint, privacy, accessibility } = &self.legal;
        let statements = [
            ("legal.imprint", imprint),
            ("legal.privacy", privacy),
            ("legal.accessibility", accessibility),
        ];
        let missing = statements.into_iter().filter(|(_, link)| link.is_none());
        missing.map(|(setting, _)| setting).collect()
    }
}

/// Where people log in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentitySettings {
    /// The issuer of its tokens; the discovery document is below it.
    #[schemars(schema_with = "settings::schema::url")]
    pub issuer: Url,
    /// The portal's client id there.
    #[serde(default = "default_client_id")]
    pub client_id: String,
    /// The portal's client secret there.
    pub client_secret: Secret,
}

fn default_client_id() -> String {
    "portal".to_owned()
}

/// One authority.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthoritySettings {
    /// Its id.
    pub id: AuthorityId,
    /// Where its slot service is.
    #[schemars(schema_with = "settings::schema::url")]
    pub base_url: Url,
    /// What to call it before its slot service was ever reached. Default: its id.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    pub name: Names,
}

/// The pages that German law asks a public site for. Shown in the footer; each is required but in a
/// demonstration.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalLinks {
    /// The imprint: the responsible body (DDG section 5).
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    pub imprint: Option<Url>,
    /// What happens to personal data (GDPR article 13).
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    pub privacy: Option<Url>,
    /// How accessible the site is (BITV 2.0 section 7).
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    pub accessibility: Option<Url>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn parsed(public_url: &str, issuer: &str, legal: &Value, demonstration: bool) -> Settings {
        let key = json!({ "value": "k" });
        let settings: Value = json!({
            "http": { "listen": "127.0.0.1:0", "public_url": public_url },
            "identity": { "issuer": issuer, "client_secret": key.clone() },
            "authorities": [],
            "session_key": key,
            "demonstration": demonstration,
            "legal": legal,
        });
        settings::parse_yaml("s.yaml", &settings.to_string()).unwrap()
    }

    fn in_the_clear(public_url: &str, issuer: &str) -> Option<&'static str> {
        parsed(public_url, issuer, &json!({}), true).in_the_clear()
    }

    #[test]
    fn only_a_demonstration_goes_without_its_statements() {
        let url = "https://termin.example.org/";
        let missing = |legal: Value, demonstration| {
            parsed(url, url, &legal, demonstration).missing_statements()
        };
        let all_three = ["legal.imprint", "legal.privacy", "legal.accessibility"];
        assert_eq!(missing(json!({}), false), all_three);
        let all = json!({ "imprint": url, "privacy": url, "accessibility": url });
        assert_eq!(missing(all, false), [""; 0]);
        let two = json!({ "imprint": url, "privacy": url });
        assert_eq!(missing(two.clone(), false), ["legal.accessibility"]);
        assert_eq!(missing(two, true), [""; 0]);
    }

    #[test]
    fn addresses_that_browsers_use_are_not_in_the_clear() {
        let (https, http) = ("https://termin.example.org/", "http://termin.example.org/");
        assert_eq!(in_the_clear(https, https), None);
        assert_eq!(in_the_clear("http://127.0.0.1:8000/", "http://127.0.0.1:1/"), None);
        assert_eq!(in_the_clear(http, https), Some("http.public_url"));
        assert_eq!(in_the_clear(https, http), Some("identity.issuer"));
    }
}
