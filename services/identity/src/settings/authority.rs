//! The authorities of the federation.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use auth::ListedAuthority;
use ids::AuthorityId;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, value::MapAccessDeserializer},
};
use url::Url;

/// One authority: its id alone, or with what programs are told about it in the signed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthoritySettings {
    /// Its id.
    pub id: AuthorityId,
    /// What it is called, by language.
    pub name: BTreeMap<String, String>,
    /// Where agencies' programs reach its API.
    pub url: Option<Url>,
}

impl From<AuthorityId> for AuthoritySettings {
    fn from(id: AuthorityId) -> Self {
        Self { id, name: BTreeMap::new(), url: None }
    }
}

impl From<AuthoritySettings> for ListedAuthority {
    fn from(AuthoritySettings { id, name, url }: AuthoritySettings) -> Self {
        Self { name, url, ..Self::new(id) }
    }
}

/// Written by hand for its messages: an untagged enum would only say that no variant fits.
impl<'de> Deserialize<'de> for AuthoritySettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Entry)
    }
}

struct Entry;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DescribedAuthority")]
struct Described {
    /// Its id.
    id: AuthorityId,
    /// What it is called, by language.
    #[serde(default)]
    name: BTreeMap<String, String>,
    /// Where agencies' programs reach its API.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    url: Option<Url>,
}

impl JsonSchema for AuthoritySettings {
    fn schema_name() -> Cow<'static, str> {
        "AuthoritySettings".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let id = generator.subschema_for::<AuthorityId>();
        let described = generator.subschema_for::<Described>();
        json_schema!({
            "description": "An authority: its id, or id, name and url.",
            "oneOf": [id, described],
        })
    }
}

impl<'de> de::Visitor<'de> for Entry {
    type Value = AuthoritySettings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of an authority, or an object with id, name and url")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AuthoritySettings, E> {
        text.parse::<AuthorityId>().map(AuthoritySettings::from).map_err(E::custom)
    }

    fn visit_map<M: de::MapAccess<'de>>(self, map: M) -> Result<AuthoritySettings, M::Error> {
        let Described { id, name, url } = Described::deserialize(MapAccessDeserializer::new(map))?;
        Ok(AuthoritySettings { id, name, url })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Result<AuthoritySettings, String> {
        settings::parse_yaml("test", yaml).map_err(|error| error.to_string())
    }

    #[test]
    fn an_id_alone_is_enough() {
        assert_eq!(
            read("lea").unwrap(),
            AuthoritySettings::from("lea".parse::<AuthorityId>().unwrap())
        );
        assert_eq!(read("{id: lea}"), read("lea"));
    }

    #[test]
    fn an_object_says_more() {
        let lea =
            read("{id: lea, name: {de: Einwanderung}, url: 'https://lea.example/api/'}").unwrap();
        assert_eq!(lea.name["de"], "Einwanderung");
        assert_eq!(lea.url.unwrap().as_str(), "https://lea.example/api/");
    }

    #[test]
    fn a_mistake_is_named() {
        for (wrong, why) in [
            ("LEA", "lower-case"),
            ("{id: lea, base_url: 'https://lea.example'}", "base_url"),
            ("{name: {de: Einwanderung}}", "id"),
            ("{id: lea, url: nowhere}", "URL"),
            ("7", "the id of an authority, or an object"),
        ] {
            let reason = read(wrong).unwrap_err();
            assert!(reason.contains(why), "{wrong}: {reason}");
        }
    }
}
