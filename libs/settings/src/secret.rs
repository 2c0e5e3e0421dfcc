//! Values that must not be seen.
//!
//! A secret in a file of its own can be mounted by Kubernetes with tight rights and does not
//! show in the process's environment or in the rendered chart; `value` is for tests and demos.

use std::{borrow::Cow, path::PathBuf};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de::Error as _};

/// A secret from settings: written in place (`value: ...`) or in a file of its own
/// (`file: /run/secrets/...`), as Kubernetes mounts it. Never printed, wiped on drop.
///
/// It has no `Serialize`, no `Display` and no comparison, so it cannot get into a response or a
/// log by accident. Compare secrets in constant time, with the functions of the cryptography
/// library.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The shortest secret from which a key may follow, in bytes.
    pub const SHORTEST_KEY: usize = 32;

    /// A secret made by the program itself.
    ///
    /// For keys that are derived or drawn, so that they are treated like those from settings.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The secret itself. Every call is a place to look at in a review.
    ///
    /// Do not keep the text: pass it to the one function that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

/// How a secret stands in settings. Both at once, or neither, is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
enum Written {
    Value(String),
    File(PathBuf),
}

/// Reads the file at once, relative to the working directory. Line breaks at its end are
/// dropped, since editors and `echo` add them; other blanks belong to the secret. No error
/// repeats a value; that of a file that cannot be read names the file.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The whole value first: the reader's own words, and the path that it has come to, would
        // repeat what was found, and that may be the secret itself.
        let found = serde_norway::Value::deserialize(deserializer);
        // `singleton_map` reads `{value: x}`, the form people write in YAML.
        let written =
            found.ok().and_then(|value| serde_norway::with::singleton_map::deserialize(value).ok());
        let written = written.ok_or_else(|| {
            D::Error::custom("a secret is written `{file: /path}` or, in place, `{value: text}`")
        })?;
        match written {
            Written::Value(text) => Ok(Self::new(text)),
            Written::File(path) => std::fs::read_to_string(&path)
                .map(|text| Self::new(text.trim_end_matches(['\r', '\n']).to_owned()))
                .map_err(|error| {
                    D::Error::custom(format!(
                        "secret file {} cannot be read: {error}",
                        path.display()
                    ))
                }),
        }
    }
}

/// `writeOnly` in a schema says that a value is not to be repeated.
impl JsonSchema for Secret {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "A secret: the name of the file in which it stands.",
            "properties": {
                "file": {
                    "type": "string",
                    "description": "A key of the service's Secret, which is mounted as a file.",
                    "minLength": 1,
                    "examples": ["/run/secrets/fairtermin/KEY"],
                },
                "value": { "type": "string", "description": "The secret itself: for tests only." },
            },
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1,
            "writeOnly": true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Holder {
        key: Secret,
    }

    #[test]
    fn a_secret_is_read_from_value_or_file_and_never_printed() {
        let file = std::env::temp_dir().join(format!("fairtermin-secret-{}", std::process::id()));
        std::fs::write(&file, "hush\n").unwrap();
        let texts = ["key: {value: hush}".to_owned(), format!("key: {{file: {}}}", file.display())];
        for text in texts {
            let holder: Holder = crate::parse_yaml("s.yaml", &text).unwrap();
            assert_eq!(holder.key.expose(), "hush");
            assert_eq!(format!("{holder:?}"), "Holder { key: [secret] }");
        }
        std::fs::remove_file(&file).unwrap();
        for text in ["hush", "{hush: 1}", "{value: [hush]}", "[hush]", "{value: hush, file: hush}"]
        {
            let error = crate::parse_yaml::<Holder>("s.yaml", &format!("key: {text}")).unwrap_err();
            let error = format!("{error} {error:?}");
            assert!(error.contains("{file: /path}") && !error.contains("hush"), "{error}");
        }
        let missing = crate::parse_yaml::<Holder>("s.yaml", "key: {file: /nowhere}").unwrap_err();
        assert!(missing.to_string().contains("s.yaml: key: secret file /nowhere"), "{missing}");
    }
}
