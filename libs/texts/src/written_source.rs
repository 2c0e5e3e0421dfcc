//! Where settings have the sentences of a language.

use std::{fmt, fs, path::PathBuf};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};

/// A Fluent source: written in place, or in a file of its own (`{file: /path}`), as Kubernetes mounts a
/// ConfigMap. The file is read at once.
#[derive(Debug, Clone)]
pub(crate) struct WrittenSource(String);

impl WrittenSource {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for WrittenSource {
    /// Without the mark that some editors put in front: with it the first text would have no name.
    fn from(text: String) -> Self {
        match text.strip_prefix('\u{feff}') {
            Some(text) => Self(text.to_owned()),
            None => Self(text),
        }
    }
}

impl<'de> Deserialize<'de> for WrittenSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrFile)
    }
}

/// How it is written, if not in place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InFile {
    file: PathBuf,
}

struct TextOrFile;

impl<'de> Visitor<'de> for TextOrFile {
    type Value = WrittenSource;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sentences in Fluent, or `{file: /path}`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WrittenSource, E> {
        Ok(text.to_owned().into())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenSource, A::Error> {
        let InFile { file } = InFile::deserialize(MapAccessDeserializer::new(map))?;
        let text = fs::read_to_string(&file).map_err(|error| {
            A::Error::custom(format!("the sentences in {} cannot be read: {error}", file.display()))
        })?;
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_stands_in_place_or_in_a_file_of_its_own() {
        let path =
            std::env::temp_dir().join(format!("fairtermin-texts-{}.ftl", std::process::id()));
        fs::write(&path, "\u{feff}greeting = Cześć\n").unwrap();
        let read = |text: &str| serde_norway::from_str::<WrittenSource>(text);
        let file = format!("{{file: {}}}", path.display());
        assert_eq!(read(&file).unwrap().as_str(), "greeting = Cześć\n");
        fs::remove_file(&path).unwrap();
        let refused = read(&file).unwrap_err().to_string();
        assert!(refused.contains(&path.display().to_string()), "{refused}");
        assert_eq!(read("'greeting = Cześć'").unwrap().as_str(), "greeting = Cześć");
        for wrong in ["[a]", "{path: /a}", "{file: /a, text: b}", "7"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
