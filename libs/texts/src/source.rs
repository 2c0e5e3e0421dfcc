//! The one reader of Fluent sources as they are written: names, texts and attributes, line by line.
//!
//! A parsed bundle does not list what it holds. Our sources have one form: a name stands at the beginning
//! of a line and before ` =`, an attribute behind blanks and a dot. Own texts, completeness and prose are
//! made of what is read here.

use std::collections::BTreeMap;

/// Within a text, each further line stands below its name.
const INDENT: &str = "\n        ";

/// A text, or an attribute of one, with the lines that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// The name of the text.
    pub(crate) message: &'a str,
    /// The name of the attribute, if it is one.
    pub(crate) attribute: Option<&'a str>,
    /// What stands behind the ` =`; may be empty.
    pub(crate) first: &'a str,
    /// The further lines, without empty ones.
    pub(crate) further: Vec<&'a str>,
}

impl Part<'_> {
    /// The name, as `weekday-1.short`.
    pub(crate) fn key(&self) -> String {
        match self.attribute {
            Some(attribute) => format!("{}.{attribute}", self.message),
            None => self.message.to_owned(),
        }
    }

    /// All lines.
    ///
    /// Trailing blanks are dropped, as Fluent does; the indentation of further lines stays.
    fn text(&self) -> String {
        let lines = std::iter::once(&self.first).chain(&self.further);
        let lines = lines.map(|line| line.trim_end()).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The parts of Fluent sources, in their order. Comments and empty lines are left out.
pub(crate) fn parts<'a>(sources: &[&'a str]) -> Vec<Part<'a>> {
    let mut parts = Vec::<Part<'a>>::new();
    let lines = sources.iter().flat_map(|source| source.lines());
    for line in lines.filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let message = parts.last().map(|part| part.message);
        let attribute = line.trim_start().strip_prefix('.').and_then(begun);
        let begins = match (begun(line), attribute, message) {
            (Some((name, first)), _, _) => Some((name, None, first)),
            (None, Some((name, first)), Some(message)) => Some((message, Some(name), first)),
            (None, _, _) => None,
        };
        if let Some((message, attribute, first)) = begins {
            parts.push(Part { message, attribute, first, further: Vec::new() });
        } else if let Some(part) = parts.last_mut() {
            part.further.push(line);
        }
    }
    parts
}

/// `name` and ` text` of `name = text`.
pub(crate) fn begun(line: &str) -> Option<(&str, &str)> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    line.split_once(" =").filter(|(key, _)| !key.is_empty() && key.chars().all(is_part))
}

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
}

/// The messages of Fluent sources, by name.
pub(crate) fn messages(sources: &[&str]) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::<String, Message>::new();
    for part in parts(sources) {
        let message = messages.entry(part.message.to_owned()).or_default();
        let text = part.text();
        // A message may consist of attributes alone.
        if part.attribute.is_some() || !text.is_empty() {
            message.replace(part.attribute, &text);
        }
    }
    messages
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
    fn each_name_begins_a_part_and_comments_and_empty_lines_belong_to_none() {
        let source = "lost = before\n\n# a = comment\n    .short = S\n\n    further\nempty =\n";
        let read = parts(&["    of no name", source]);
        let keys: Vec<_> = read.iter().map(Part::key).collect();
        assert_eq!(keys, ["lost", "lost.short", "empty"]);
        assert_eq!((read[1].first, read[1].further.as_slice()), (" S", ["    further"].as_slice()));
        assert_eq!((read[2].first, read[2].further.len()), ("", 0));
        assert_eq!(messages(&[source])["empty"].part(None), None);
    }

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
