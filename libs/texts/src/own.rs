//! Sentences of an operator in the place of ours.
//!
//! Settings have them by language and name.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::{
    Language, TextMistake,
    bundle::{Bundle, overlaid},
    mistake::Ours,
};

/// Most sentences in one language; whoever changes more writes another portal.
const MAX_TEXTS: usize = 500;

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

impl OwnTexts {
    /// Whether every sentence is ours.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(BTreeMap::is_empty)
    }

    /// What is wrong with them, by the measure of `ours`, which are read from `sources`.
    pub(crate) fn mistakes<S: AsRef<[&'static str]>>(
        &self,
        ours: &Ours,
        sources: impl Fn(Language) -> S,
    ) -> Vec<TextMistake> {
        let mut found = Vec::new();
        for (language, texts) in &self.0 {
            let path = format!("texts.{language}");
            if texts.len() > MAX_TEXTS {
                let problem =
                    format!("these are {} texts, and {MAX_TEXTS} is the most", texts.len());
                found.push(TextMistake { path, problem });
                continue;
            }
            let changed = self.bundle(*language, sources(*language).as_ref());
            let texts = texts.iter().map(|(id, text)| (id.as_str(), text.as_str()));
            found.extend(ours.mistakes(*language, &changed, &path, texts));
        }
        found
    }

    /// The texts of one language with these in the place of ours. What cannot be read is left out.
    pub(crate) fn bundle(&self, language: Language, sources: &[&str]) -> Bundle {
        let texts = self.0.get(&language).into_iter().flatten();
        overlaid(language, sources, texts.map(|(id, text)| (id.as_str(), text.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use fluent_bundle::{FluentArgs, FluentValue};

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

    fn mistakes(own: &OwnTexts) -> Vec<TextMistake> {
        crate::mistakes(own, &FurtherTexts::default(), sources)
    }

    fn problem(id: &str, text: &str) -> String {
        let found = mistakes(&own(&[(id, text)]));
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
        assert!(mistakes(&own).is_empty());
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
        for empty in [" ", "{ \"\" }", "{ \"\\u200B\" }"] {
            assert_eq!(
                problem("plain", empty),
                "is empty; write the sentence, or take the name out"
            );
        }
        for hidden in ["a{ \"\\u202E\" }b", "a{ \"\\U00202E\" }b", "a\u{2028}b", "{ \"\\u0007\" }a"]
        {
            assert!(problem("plain", hidden).contains("invisible character U+"), "{hidden}");
        }
        for markup in ["<b>Amt</b>", "<script>alert(1)</script>", "unter { \"\\u003C\" } 5"] {
            assert!(problem("plain", markup).starts_with("has `<`, and this text takes no markup"));
        }
        for entity in ["&nbsp;", "&amp;", "&#160;"] {
            let problem = problem("plain", &format!("Pass{entity}Ausweis"));
            assert!(problem.starts_with(&format!("has `{entity}`, which people")), "{problem}");
        }
        let few = "{ $code }, { $minutes ->\n [one] eine\n [few] wenige\n *[other] viele\n }";
        assert_eq!(
            problem("code", few),
            "has the form [few], which is never chosen; in this language there is [one], [other]"
        );
        assert!(problem("plain", &"a".repeat(2_001)).contains("2000 is the most"));
        assert_eq!(problem("code", "Code { $code }"), "lacks { $minutes }, which ours has");
        let unknown = problem("plain", "Hallo { $name }");
        assert_eq!(unknown, "names { $name }, which is not filled in; there is no value");
        assert!(problem("plain", "Hallo { name").contains("cannot be read"));
        assert!(problem("plain", "Hallo { nowhere }").contains("is not there"));
        // Easy German says no name, so no sentence has to.
        assert!(mistakes(&own(&[("greeting", "Moin")])).is_empty());
    }

    #[test]
    fn settings_name_a_language_that_there_is() {
        let read = |text| serde_norway::from_str::<OwnTexts>(text);
        assert!(!read("{de-easy: {greeting: Hallo}}").unwrap().is_empty());
        assert!(read("{}").unwrap().is_empty());
        assert!(read("{pl: {greeting: Cześć}}").is_err());
    }
}
