//! A Fluent source as it is written: names, texts and attributes, line by line.
//!
//! As our sources are formatted: a name stands at the beginning of a line and before ` =`, an
//! attribute behind blanks and a dot.

use std::collections::BTreeMap;

/// Within a text, each further line stands below its name.
const INDENT: &str = "\n        ";

/// A text and its attributes, as they stand behind their ` =`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Message {
    value: Option<String>,
    attributes: BTreeMap<String, String>,
}

impl Message {
    /// A message of nothing but one part.
    pub(crate) fn of(attribute: Option<&str>, text: &str) -> Self {
        let mut message = Self::default();
        message.replace(attribute, text);
        message
    }

    /// The text, or an attribute of it.
    pub(crate) fn part(&self, attribute: Option<&str>) -> Option<&str> {
        match attribute {
            Some(attribute) => self.attributes.get(attribute).map(String::as_str),
            None => self.value.as_deref(),
        }
    }

    /// Another text in the place of this part.
    pub(crate) fn replace(&mut self, attribute: Option<&str>, text: &str) {
        match attribute {
            Some(attribute) => {
                self.attributes.insert(attribute.to_owned(), text.to_owned());
            }
            None => self.value = Some(text.to_owned()),
        }
    }

    /// What its parts are called, if it is called `name`.
    pub(crate) fn names(&self, name: &str) -> Vec<String> {
        let own = self.value.is_some().then(|| name.to_owned());
        let attributes = self.attributes.keys().map(|attribute| format!("{name}.{attribute}"));
        own.into_iter().chain(attributes).collect()
    }

    /// As a source.
    pub(crate) fn written(&self, name: &str) -> String {
        // How far a line was indented does not count: here all stand below their name alike.
        let indented =
            |text: &str| text.trim().lines().map(str::trim).collect::<Vec<_>>().join(INDENT);
        let mut source = format!("{name} =");
        // On the line of the name a text may be a full stop, which below it would begin an attribute.
        if let Some(value) = &self.value {
            source.push(' ');
            source.push_str(&indented(value));
        }
        for (key, value) in &self.attributes {
            let value = indented(value);
            for part in ["\n    .", key.as_str(), " = ", value.as_str()] {
                source.push_str(part);
            }
        }
        source.push('\n');
        source
    }

    fn append(&mut self, attribute: Option<&str>, line: &str) {
        let part = match attribute {
            Some(attribute) => self.attributes.entry(attribute.to_owned()).or_default(),
            None => self.value.get_or_insert_default(),
        };
        if !part.is_empty() {
            part.push('\n');
        }
        part.push_str(line);
    }
}

/// The messages of Fluent sources, by name.
pub(crate) fn messages(sources: &[&str]) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::<String, Message>::new();
    let (mut name, mut attribute) = (None, None);
    for line in sources.iter().flat_map(|source| source.lines()) {
        let first = if line.starts_with(' ') { None } else { begun(line) };
        let rest = if line.starts_with('#') {
            continue;
        } else if let Some((key, rest)) = first {
            (name, attribute) = (Some(key), None);
            rest
        } else if let Some((key, rest)) = line.trim_start().strip_prefix('.').and_then(begun) {
            attribute = Some(key);
            rest
        } else {
            line
        };
        let Some(name) = name else { continue };
        let message = messages.entry(name.to_owned()).or_default();
        // A message may consist of attributes alone.
        if attribute.is_some() || !rest.trim().is_empty() {
            message.append(attribute, rest.trim_end());
        }
    }
    messages
}

/// `name` and ` text` of `name = text`.
pub(crate) fn begun(line: &str) -> Option<(&str, &str)> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    line.split_once(" =").filter(|(key, _)| !key.is_empty() && key.chars().all(is_part))
}

/// `message` and `attribute` of `message.attribute`.
pub(crate) fn split(id: &str) -> (&str, Option<&str>) {
    match id.split_once('.') {
        Some((name, attribute)) => (name, Some(attribute)),
        None => (id, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_attributes_and_further_lines_are_read_and_written() {
        let source = "# a = comment\none = Eins\ntwo =\n    Zwei\n    { $n ->\n       *[other] a = b\n    }\n    .short = 2\nthree =\n    .short = 3\n";
        let read = messages(&[source]);
        assert_eq!(read["one"].part(None).map(str::trim), Some("Eins"));
        assert_eq!(read["two"].part(Some("short")).map(str::trim), Some("2"));
        assert!(read["two"].part(None).unwrap().contains("*[other] a = b"));
        assert_eq!(read["three"].part(None), None);
        let written = read["two"].written("two");
        assert!(written.starts_with("two = Zwei\n        { $n ->\n"), "{written}");
        assert!(written.ends_with("\n    .short = 2\n"), "{written}");
    }
}
