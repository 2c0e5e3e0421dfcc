//! Sentences of an operator in the place of ours.
//!
//! Settings have them by language and name. A sentence must name the values that ours names: without
//! the code in the e-mail that brings one, people could not log in any more.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt,
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::{
    Language,
    bundle::{Bundle, overlaid},
    source::{Message, messages, split},
};

/// The longest sentence, in characters.
const MAX_LENGTH: usize = 2_000;

/// Most sentences in one language; whoever changes more writes another portal.
const MAX_TEXTS: usize = 500;

/// Embeddings and overrides of the direction of writing: what people see is then not what is written.
/// Isolates (U+2066 to U+2069) do no harm, and Arabic sentences need them.
const DIRECTIONS: std::ops::RangeInclusive<char> = '\u{202A}'..='\u{202E}';

/// Sentences in the place of ours: by language, by name (`message` or `message.attribute`).
///
/// In Fluent, without the name: `Guten Tag, { $name }`.
///
/// In settings under `texts`. An operator changes the tone of a sentence, or adds what is true of
/// one city, without building a program.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "BTreeMap<Language, BTreeMap<String, String>>")]
pub struct OwnTexts(BTreeMap<Language, BTreeMap<String, String>>);

/// A language has no sentences of ours that others could take the place of.
///
/// Settings that name such a language under `texts` are refused with this sentence, which says
/// where its texts belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotShipped(Language);

impl fmt::Display for NotShipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = self.0;
        write!(f, "`{language}` has no sentences of ours; write all of them under `languages`")
    }
}

impl TryFrom<BTreeMap<Language, BTreeMap<String, String>>> for OwnTexts {
    type Error = NotShipped;
    fn try_from(texts: BTreeMap<Language, BTreeMap<String, String>>) -> Result<Self, NotShipped> {
        let further = texts.keys().copied().find(|language| !Language::SHIPPED.contains(language));
        match further {
            Some(language) => Err(NotShipped(language)),
            None => Ok(Self(texts)),
        }
    }
}

/// By hand, since the keys are the languages: one that there is not is refused with its path.
impl JsonSchema for OwnTexts {
    fn schema_name() -> Cow<'static, str> {
        "OwnTexts".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let texts = generator.subschema_for::<BTreeMap<String, String>>();
        let languages: BTreeMap<String, Schema> = Language::SHIPPED
            .iter()
            .map(|language| (language.to_string(), texts.clone()))
            .collect();
        json_schema!({
            "type": "object",
            "description": "Sentences in the place of ours: by language, by name (`message` or \
                            `message.attribute`). In Fluent, without the name: `Guten Tag, { $name }`.",
            "properties": languages,
            "additionalProperties": false,
        })
    }
}

/// A sentence that cannot take the place of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMistake {
    /// Which, as settings name it: `texts.de.greeting`, `languages.pl.greeting`.
    pub path: String,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

impl fmt::Display for TextMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.problem)
    }
}

impl Error for TextMistake {}

impl OwnTexts {
    /// Whether every sentence is ours.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(BTreeMap::is_empty)
    }

    /// Everything that is wrong with them; `sources` are ours, as for [`Locales::read`](crate::Locales::read).
    ///
    /// One for each sentence that cannot be used: no such name, empty, too long, an invisible
    /// character, a value that ours has and this one lacks, a value that is not filled in, or no
    /// Fluent.
    #[must_use]
    pub fn mistakes<S: AsRef<[&'static str]>>(
        &self,
        sources: impl Fn(Language) -> S,
    ) -> Vec<TextMistake> {
        let ours = Language::SHIPPED.iter().map(|language| messages(sources(*language).as_ref()));
        let ours: Vec<_> = ours.collect();
        let mut found = Vec::new();
        for (language, texts) in &self.0 {
            let mut say = |id: &str, problem: String| {
                found.push(TextMistake { path: format!("texts.{language}.{id}"), problem });
            };
            if texts.len() > MAX_TEXTS {
                let problem =
                    format!("these are {} texts, and {MAX_TEXTS} is the most", texts.len());
                say("", problem);
                continue;
            }
            let changed = self.bundle(*language, sources(*language).as_ref());
            for (id, text) in texts {
                let mistake = match Values::of(id, &ours) {
                    Some(values) => values.mistake(id, text, &changed),
                    None => Some(no_such_text(id, &ours)),
                };
                if let Some(problem) = mistake {
                    say(id, problem);
                }
            }
        }
        found
    }

    /// The texts of one language with these in the place of ours. What cannot be read is left out.
    pub(crate) fn bundle(&self, language: Language, sources: &[&str]) -> Bundle {
        let texts = self.0.get(&language).into_iter().flatten();
        overlaid(language, sources, texts.map(|(id, text)| (id.as_str(), text.as_str())))
    }
}

/// The values of a text, over all languages.
pub(crate) struct Values {
    /// Named in each language.
    needed: BTreeSet<String>,
    /// Named in some language: these are filled in.
    known: BTreeSet<String>,
}

impl Values {
    /// `None` if there is no text of this name.
    pub(crate) fn of(id: &str, ours: &[BTreeMap<String, Message>]) -> Option<Self> {
        let (name, attribute) = split(id);
        let texts = ours.iter().filter_map(|messages| messages.get(name)?.part(attribute));
        let mut named = texts.map(variables);
        let first = named.next()?;
        let both = Self { needed: first.clone(), known: first };
        Some(named.fold(both, |both, these| Self {
            needed: both.needed.intersection(&these).cloned().collect(),
            known: both.known.union(&these).cloned().collect(),
        }))
    }

    /// What is wrong with a text that is to have these values.
    pub(crate) fn mistake(&self, id: &str, text: &str, changed: &Bundle) -> Option<String> {
        let named = variables(text);
        let length = text.chars().count();
        if text.trim().is_empty() {
            Some("is empty".to_owned())
        } else if length > MAX_LENGTH {
            Some(format!("has {length} characters, and {MAX_LENGTH} is the most"))
        } else if let Some(hidden) = text.chars().find(|character| is_hidden(*character)) {
            Some(format!("has the invisible character U+{:04X}; take it out", u32::from(hidden)))
        } else if let Some(missing) = self.needed.difference(&named).next() {
            Some(format!("lacks {{ ${missing} }}, which ours has"))
        } else if let Some(unknown) = named.difference(&self.known).next() {
            let known: Vec<String> =
                self.known.iter().map(|name| format!("{{ ${name} }}")).collect();
            let known = if known.is_empty() { "no value".to_owned() } else { known.join(", ") };
            Some(format!("names {{ ${unknown} }}, which is not filled in; there is {known}"))
        } else {
            self.unreadable(id, text, changed)
        }
    }

    /// Whether Fluent can read it, and whether all that it refers to is there.
    fn unreadable(&self, id: &str, text: &str, changed: &Bundle) -> Option<String> {
        let (name, attribute) = split(id);
        let alone = Message::of(attribute, text).written(name);
        if FluentResource::try_new(alone).is_err() {
            let problem = "cannot be read: is each brace closed, and does no line begin with `.`, `*` or `[`?";
            return Some(problem.to_owned());
        }
        let mut args = FluentArgs::new();
        for name in &self.known {
            args.set(name.as_str(), FluentValue::from("x"));
        }
        let message = changed.get_message(name)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        changed.format_pattern(pattern, Some(&args), &mut errors);
        let problem = "refers to a text or a function that is not there";
        (!errors.is_empty()).then(|| problem.to_owned())
    }
}

/// Control characters, but for line breaks and tabs.
fn is_hidden(character: char) -> bool {
    (character.is_control() && !"\n\t".contains(character)) || DIRECTIONS.contains(&character)
}

/// What to write instead of a name that there is not: the one with the fewest other letters, if that may
/// be a slip.
pub(crate) fn no_such_text(id: &str, ours: &[BTreeMap<String, Message>]) -> String {
    let known: BTreeSet<String> = ours.iter().flat_map(names).collect();
    let most = (id.chars().count() / 3).max(1);
    let near = known.iter().map(|name| (strsim::osa_distance(id, name), name));
    match near.filter(|(distance, _)| *distance <= most).min() {
        Some((_, name)) => format!("there is no text of this name; did you mean `{name}`?"),
        None => "there is no text of this name; see locales/ of the service".to_owned(),
    }
}

/// Those of messages and of their attributes.
fn names(messages: &BTreeMap<String, Message>) -> impl Iterator<Item = String> {
    messages.iter().flat_map(|(name, message)| message.names(name))
}

/// The names behind `$` within braces, without those in literals (`{"{"}`).
fn variables(text: &str) -> BTreeSet<String> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    let (mut depth, mut is_literal) = (0_usize, false);
    let mut names = BTreeSet::new();
    for (at, character) in text.char_indices() {
        match character {
            '"' if depth > 0 => is_literal = !is_literal,
            _ if is_literal => {}
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '$' if depth > 0 => {
                let name: String =
                    text[at + 1..].chars().take_while(|next| is_part(*next)).collect();
                names.insert(name);
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FurtherTexts, Locales};

    const GERMAN: &str = "
greeting = Guten Tag, { $name }
code =
    Ihr Code ist { $code }.
    Er gilt { $minutes ->
        [one] eine Minute
       *[other] { $minutes } Minuten
    }.
    .subject = Ihr Code
plain = Ohne Wert
";
    const EASY: &str = "
greeting = Guten Tag!
code = Code: { $code } ({ $minutes })
    .subject = Code
plain = Nichts
";

    fn sources(language: Language) -> &'static [&'static str] {
        match language {
            Language::EasyGerman => &[EASY],
            _ => &[GERMAN],
        }
    }

    fn own(texts: &[(&str, &str)]) -> OwnTexts {
        let texts = texts.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned()));
        OwnTexts(BTreeMap::from([(Language::German, texts.collect())]))
    }

    fn problem(id: &str, text: &str) -> String {
        let found = own(&[(id, text)]).mistakes(sources);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, format!("texts.de.{id}"));
        found[0].problem.clone()
    }

    #[test]
    fn an_own_sentence_is_said_and_the_others_stay() {
        static LOCALES: std::sync::LazyLock<Locales> =
            std::sync::LazyLock::new(|| Locales::read(sources));
        let own = own(&[
            ("greeting", "Moin, { $name }"),
            ("code", "Code: { $code }\nGilt { $minutes } min"),
        ]);
        LOCALES.replace(&own, &FurtherTexts::default(), sources).unwrap();
        let german = LOCALES.texts(Language::German);
        assert_eq!(german.fill("greeting", "name", "Erika"), "Moin, Erika");
        assert_eq!(
            german.fill_all("code", &[("code", "4711"), ("minutes", "10")]),
            "Code: 4711\nGilt 10 min"
        );
        assert_eq!(german.text("code.subject"), "Ihr Code");
        assert_eq!(german.text("plain"), "Ohne Wert");
        assert_eq!(LOCALES.texts(Language::EasyGerman).text("greeting"), "Guten Tag!");
    }

    #[test]
    fn a_subject_alone_can_be_replaced() {
        let own = own(&[("code.subject", "Code vom Amt")]);
        assert!(own.mistakes(sources).is_empty());
        let bundle = own.bundle(Language::German, sources(Language::German));
        let message = bundle.get_message("code").unwrap();
        let text = |pattern| {
            let mut args = FluentArgs::new();
            args.set("code", FluentValue::from("4711"));
            args.set("minutes", FluentValue::from(10));
            bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
        };
        assert_eq!(text(message.get_attribute("subject").unwrap().value()), "Code vom Amt");
        let value = text(message.value().unwrap());
        assert_eq!(value, "Ihr Code ist 4711.\nEr gilt 10 Minuten.");
    }

    #[test]
    fn each_mistake_is_named() {
        assert!(problem("greting", "Hallo").contains("did you mean `greeting`?"));
        assert!(problem("code.subjct", "Hallo").contains("did you mean `code.subject`?"));
        assert!(problem("unsinn", "Hallo").contains("no text of this name; see locales/"));
        assert!(problem("plain", "a\u{0}b").contains("invisible character U+0000"));
        assert!(problem("plain", "a\u{202E}b").contains("invisible character U+202E"));
        assert!(problem("code.sender", "Amt").contains("no text of this name"));
        assert_eq!(problem("plain", " "), "is empty");
        assert!(problem("plain", &"a".repeat(2_001)).contains("2000 is the most"));
        assert_eq!(problem("code", "Code { $code }"), "lacks { $minutes }, which ours has");
        let unknown = problem("plain", "Hallo { $name }");
        assert_eq!(unknown, "names { $name }, which is not filled in; there is no value");
        assert!(problem("plain", "Hallo { name").contains("cannot be read"));
        assert!(problem("plain", "Hallo { nowhere }").contains("is not there"));
        // Easy German says no name, so no sentence has to.
        assert!(own(&[("greeting", "Moin")]).mistakes(sources).is_empty());
    }

    #[test]
    fn settings_name_a_language_that_there_is() {
        let read = |text| serde_norway::from_str::<OwnTexts>(text);
        assert!(!read("{de-easy: {greeting: Hallo}}").unwrap().is_empty());
        assert!(read("{}").unwrap().is_empty());
        assert!(read("{pl: {greeting: Cześć}}").is_err());
    }
}
