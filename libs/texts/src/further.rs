//! Sentences of languages that we do not ship.
//!
//! An installation brings them as Fluent sources. What one lacks is said in English, so that a translation can
//! grow while it is in use.
//!
//! Which languages can be added is a fixed list (`vocabulary::FurtherLanguage`), since a language
//! needs a direction of writing and plural rules before it has sentences. A translation is data of
//! an admin: mistakes in it are found by `fairtermin check` and at the start of a service, and
//! never stop a page.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use fluent_bundle::FluentResource;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use vocabulary::FurtherLanguage;

use crate::{
    Language, TextMistake,
    bundle::{Bundle, overlaid},
    completeness::keys,
    mistake::Ours,
    source::{Message, begun, messages, split},
    untranslated::as_in_english,
    written_source::WrittenSource,
};

/// The sentences of further languages: by language, as a Fluent source or as `{file: /path}` of one.
///
/// In settings under `languages`, by our tag. The source has one text after the other, in the form
/// in which our own files have them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "BTreeMap<Language, WrittenSource>")]
pub struct FurtherTexts(BTreeMap<FurtherLanguage, WrittenSource>);

/// A language whose sentences we ship.
///
/// Sentences of such a language are replaced one by one ([`OwnTexts`](crate::OwnTexts)), so that a
/// new version of ours still brings its new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IsShipped(Language);

impl fmt::Display for IsShipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is there already; replace single sentences of it under `texts`", self.0)
    }
}

impl TryFrom<BTreeMap<Language, WrittenSource>> for FurtherTexts {
    type Error = IsShipped;
    fn try_from(sources: BTreeMap<Language, WrittenSource>) -> Result<Self, IsShipped> {
        let further = |(language, source)| match language {
            Language::Further(language) => Ok((language, source)),
            shipped => Err(IsShipped(shipped)),
        };
        sources.into_iter().map(further).collect::<Result<_, _>>().map(Self)
    }
}

/// By hand, since the keys are the languages: one that there is not is refused with its path.
impl JsonSchema for FurtherTexts {
    fn schema_name() -> Cow<'static, str> {
        "FurtherTexts".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let source = json_schema!({ "type": "string", "minLength": 1 });
        let languages: BTreeMap<String, Schema> = FurtherLanguage::ALL
            .iter()
            .map(|language| (language.to_string(), source.clone()))
            .collect();
        json_schema!({
            "type": "object",
            "description": "Languages that are not shipped: by language, all sentences in Fluent, as \
                            `fairtermin texts SERVICE` prints them in English. What one lacks is said in English.",
            "properties": languages,
            "additionalProperties": false,
        })
    }
}

impl FurtherTexts {
    /// Whether there is no further language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which languages these are.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.0.keys().copied().map(Language::Further)
    }

    /// One source by itself, as that of `language`.
    ///
    /// # Errors
    /// The language is shipped.
    pub fn of(language: Language, source: String) -> Result<Self, IsShipped> {
        Self::try_from(BTreeMap::from([(language, source.into())]))
    }

    /// What is wrong with them, by the measure of `ours`, which `english` belongs to.
    pub(crate) fn mistakes(&self, ours: &Ours, english: &[&str]) -> Vec<TextMistake> {
        let mut found = Vec::new();
        for (language, bundle) in self.bundles(english) {
            let Some(source) = self.0.get(&language) else { continue };
            found.extend(mistakes(language, source.as_str(), &bundle, ours));
        }
        found
    }

    /// The names of the sentences that each language lacks, of those in the `english` sources; no line for a
    /// language that has all.
    #[must_use]
    pub fn missing(&self, english: &[&str]) -> Vec<(Language, Vec<String>)> {
        let needed = keys(english);
        let lacks = |(language, source): (&FurtherLanguage, &WrittenSource)| {
            let there = keys(&[source.as_str()]);
            let missing: Vec<String> = needed.difference(&there).cloned().collect();
            (Language::Further(*language), missing)
        };
        self.0.iter().map(lacks).filter(|(_, missing)| !missing.is_empty()).collect()
    }

    /// The names of the sentences that each language has word for word as the `english` sources; no line for
    /// a language that has none.
    #[must_use]
    pub fn as_in_english(&self, english: &[&str]) -> Vec<(Language, Vec<String>)> {
        let same = |(language, source): (&FurtherLanguage, &WrittenSource)| {
            (Language::Further(*language), as_in_english(english, source.as_str()))
        };
        self.0.iter().map(same).filter(|(_, same)| !same.is_empty()).collect()
    }

    /// The sentences of each language, in English where it has none.
    pub(crate) fn bundles(&self, english: &[&str]) -> Vec<(FurtherLanguage, Bundle)> {
        let bundle = |(language, source): (&FurtherLanguage, &WrittenSource)| {
            let read = messages(&[source.as_str()]);
            let texts = parts(&read);
            let texts = texts.iter().map(|(id, text)| (id.as_str(), *text));
            (*language, overlaid(Language::Further(*language), english, texts))
        };
        self.0.iter().map(bundle).collect()
    }
}

/// Every text and every attribute by its name; one without anything is empty.
fn parts(messages: &BTreeMap<String, Message>) -> Vec<(String, &str)> {
    let mut parts = Vec::new();
    for (name, message) in messages {
        let names = message.names(name);
        if names.is_empty() {
            parts.push((name.clone(), ""));
        }
        for id in names {
            let text = message.part(split(&id).1).unwrap_or_default();
            parts.push((id, text));
        }
    }
    parts
}

/// What is wrong with the source of a language.
fn mistakes(
    language: FurtherLanguage,
    source: &str,
    bundle: &Bundle,
    ours: &Ours,
) -> Vec<TextMistake> {
    let path = format!("languages.{language}");
    let whole = |problem| vec![TextMistake { path: path.clone(), problem }];
    if let Some(problem) = unnamed(source) {
        return whole(problem);
    }
    let read = messages(&[source]);
    let texts = parts(&read);
    let texts = texts.iter().map(|(id, text)| (id.as_str(), *text));
    let of =
        |texts: Vec<(&str, &str)>| ours.mistakes(Language::Further(language), bundle, &path, texts);
    // Fluent reads no empty text, and of the whole it would say less.
    let empty: Vec<_> = texts.clone().filter(|(_, text)| text.trim().is_empty()).collect();
    if !empty.is_empty() {
        return of(empty);
    }
    unreadable(source).map_or_else(|| of(texts.collect()), whole)
}

/// Why the texts of a source cannot be told apart.
fn unnamed(source: &str) -> Option<String> {
    let mut names = BTreeSet::new();
    for (index, line) in source.lines().enumerate() {
        let number = index + 1;
        if !line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        match begun(line) {
            None => {
                return Some(format!(
                    "line {number}: write `name = text`; further lines of a text begin with blanks"
                ));
            }
            Some((name, _)) if !names.insert(name) => {
                return Some(format!("line {number}: `{name}` is there twice; take one out"));
            }
            Some(_) => {}
        }
    }
    let problem = "has no text; write `name = text`, one below the other";
    names.is_empty().then(|| problem.to_owned())
}

/// Where Fluent cannot read a source.
fn unreadable(source: &str) -> Option<String> {
    let (_, errors) = FluentResource::try_new(source.to_owned()).err()?;
    let before = errors.first().map_or(0, |error| error.pos.start).min(source.len());
    let line = source.as_bytes()[..before].split(|byte| *byte == b'\n').count();
    Some(format!("line {line}: cannot be read; is each brace closed?"))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::{Locales, OwnTexts};

    const ENGLISH: &str = "
greeting = Hello, { $name }
code = Your code is { $code }.
    .subject = Your code
free =
    { $count ->
        [one] one appointment
       *[other] { $count } appointments
    }
";
    const POLISH: &str = "
# Powitanie
greeting = Dzień dobry, { $name }
code = Twój kod to { $code }.
free =
    { $count ->
        [one] jeden termin
        [few] { $count } terminy
        [many] { $count } terminów
       *[other] { $count } terminu
    }
";

    fn sources(_: Language) -> &'static [&'static str] {
        &[ENGLISH]
    }

    fn further(tag: &str, source: &str) -> FurtherTexts {
        FurtherTexts::of(tag.parse().unwrap(), source.to_owned()).unwrap()
    }

    fn wrong(further: &FurtherTexts) -> Vec<TextMistake> {
        crate::mistakes(&OwnTexts::default(), further, sources)
    }

    fn problem(source: &str) -> String {
        let found = wrong(&further("pl", source));
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].to_string()
    }

    #[test]
    fn a_further_language_is_spoken_with_its_own_plurals_and_english_fills_its_gaps() {
        static LOCALES: LazyLock<Locales> = LazyLock::new(|| Locales::read(sources));
        let polish: Language = "pl".parse().unwrap();
        LOCALES.replace(&OwnTexts::default(), &further("pl", POLISH), sources).unwrap();
        let texts = LOCALES.texts(polish);
        assert_eq!(texts.language(), polish);
        assert_eq!(texts.fill("greeting", "name", "Ola"), "Dzień dobry, Ola");
        let free = [1, 3, 5].map(|count| texts.fill("free", "count", count));
        assert_eq!(free, ["jeden termin", "3 terminy", "5 terminów"]);
        assert_eq!(texts.fill("code", "code", "4711"), "Twój kod to 4711.");
        assert_eq!(texts.text("code.subject"), "Your code");
        assert_eq!(LOCALES.offered().last(), Some(&polish));
        assert_eq!(LOCALES.texts(Language::Turkish).text("code.subject"), "Your code");
    }

    #[test]
    fn a_language_without_sentences_is_english_and_not_offered() {
        static LOCALES: LazyLock<Locales> = LazyLock::new(|| Locales::read(sources));
        let texts = LOCALES.texts("vi".parse().unwrap());
        assert_eq!(
            (texts.language(), &*texts.text("code.subject")),
            (Language::English, "Your code")
        );
        assert_eq!(LOCALES.offered(), Language::SWITCH);
    }

    #[test]
    fn names_are_isolated_in_a_language_that_is_written_from_right_to_left() {
        let bundles = further("fa", "greeting = سلام { $name }").bundles(&[ENGLISH]);
        let (_, bundle) = &bundles[0];
        let mut args = fluent_bundle::FluentArgs::new();
        args.set("name", "Erika");
        let pattern = bundle.get_message("greeting").unwrap().value().unwrap();
        let said = bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
        assert_eq!(said, "سلام \u{2068}Erika\u{2069}");
    }

    /// Vietnamese separates thousands by a full stop, Polish by a space.
    #[test]
    fn a_sentence_may_be_a_sign() {
        const SIGN: &str = "sign = ,\n";
        let signs = |_: Language| -> &'static [&'static str] { &[SIGN] };
        for (source, sign) in [("sign = .", "."), ("sign = {\"\\u00A0\"}", "\u{a0}")] {
            let texts = further("vi", source);
            assert!(crate::mistakes(&OwnTexts::default(), &texts, signs).is_empty(), "{source}");
            let bundles = texts.bundles(&[SIGN]);
            let (_, bundle) = &bundles[0];
            let pattern = bundle.get_message("sign").unwrap().value().unwrap();
            assert_eq!(bundle.format_pattern(pattern, None, &mut Vec::new()), sign);
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let polish: Language = "pl".parse().unwrap();
        let missing = further("pl", POLISH).missing(&[ENGLISH]);
        assert_eq!(missing, [(polish, vec!["code.subject".to_owned()])]);
        assert!(further("pl", ENGLISH).missing(&[ENGLISH]).is_empty());
        assert!(wrong(&further("pl", POLISH)).is_empty());
    }

    #[test]
    fn each_mistake_is_named_with_its_place() {
        let twice = "greeting = Cześć, { $name }\ngreeting = Hej, { $name }";
        assert_eq!(problem(twice), "languages.pl: line 2: `greeting` is there twice; take one out");
        let open = "greeting = Cześć, { $name";
        assert_eq!(problem(open), "languages.pl: line 1: cannot be read; is each brace closed?");
        assert!(problem("greeting=Cześć").starts_with("languages.pl: line 1: write `name = text`"));
        assert!(problem("# nic").starts_with("languages.pl: has no text"));
        let without = "languages.pl.greeting: lacks { $name }, which ours has";
        assert_eq!(problem("greeting = Cześć"), without);
        assert!(problem("greting = Cześć").contains("did you mean `greeting`?"));
    }

    #[test]
    fn characters_and_forms_that_nobody_sees_and_markup_are_named_with_their_text() {
        for (source, said) in [
            ("greeting =\ncode = { $code }", "greeting: is empty; write the sentence"),
            ("code = { $code }\n    .subject =\n", "code.subject: is empty"),
            ("code = { $code }\n    .subject = { \"\" }", "code.subject: is empty"),
            ("greeting = { $name }{ \"\\u202E\" }", "greeting: has the invisible character U+202E"),
            (
                "greeting = { $name }{ \"\\U00001B\" }",
                "greeting: has the invisible character U+001B",
            ),
            ("greeting = { $name }\u{202e}", "greeting: has the invisible character U+202E"),
            ("greeting = <script>{ $name }</script>", "greeting: has `<`, and this text takes no"),
            (
                "free = { $count ->\n        [two] dwa\n       *[other] { $count }\n    }",
                "free: has the form [two], which is never chosen; in this language there is [few], \
                 [many], [one], [other]",
            ),
            (
                "free = { $count ->\n        [singular] jeden\n       *[other] { $count }\n    }",
                "free: has the form [singular], which is never chosen",
            ),
        ] {
            let told = problem(source);
            assert!(told.starts_with(&format!("languages.pl.{said}")), "{told}");
        }
        let zero = "free = { $count ->\n        [0] zaden\n       *[other] { $count }\n    }";
        assert!(wrong(&further("pl", zero)).is_empty());
    }

    #[test]
    fn settings_name_a_language_that_is_known_and_not_shipped() {
        let read = |text| serde_norway::from_str::<FurtherTexts>(text);
        let two = read("{vi: 'greeting = Chào', pl: 'greeting = Cześć'}").unwrap();
        let tags: Vec<_> = two.languages().map(Language::tag).collect();
        assert_eq!(tags, ["pl", "vi"]);
        let shipped = read("{tr: 'greeting = Merhaba'}").unwrap_err().to_string();
        assert!(shipped.contains("`tr` is there already"), "{shipped}");
        assert!(read("{tlh: 'greeting = nuqneH'}").is_err());
        assert!(read("{}").unwrap().is_empty());
    }
}
