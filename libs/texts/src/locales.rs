//! Sentences by language.
//!
//! Texts are compiled in and read once, so a source with a mistake stops the first test and not
//! a request. What a request can still ask for wrongly (an unknown name, a missing value) is
//! logged as an error and shown as a visible gap: a page with a gap helps more than none.

use std::{borrow::Cow, collections::BTreeMap, sync::OnceLock};

use fluent_bundle::{FluentArgs, FluentValue};

use crate::{
    FurtherTexts, Language, OwnTexts, TextMistake,
    all_mistakes::mistakes,
    bundle::{Bundle, bundle},
};

/// First strong isolate and its end, which Fluent writes around values (Unicode Standard Annex 9).
const ISOLATION_MARKS: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The sentences of one service, in all languages.
///
/// Kept in a `static` by the service: pages borrow from it for the whole life of the process.
pub struct Locales {
    ours: Spoken,
    /// With those of the operator in the place of ours or beside them, if there are any.
    own: OnceLock<Spoken>,
}

/// The languages that a process speaks.
struct Spoken {
    bundles: BTreeMap<Language, Bundle>,
    /// In the order of a language switch.
    offered: Vec<Language>,
}

/// The sentences of one language. Cheap to copy.
///
/// A view takes it by value and asks for sentences by name.
#[derive(Clone, Copy)]
pub struct Texts {
    language: Language,
    bundle: &'static Bundle,
}

impl Locales {
    /// Reads the Fluent sources of every language.
    ///
    /// # Panics
    /// A source is not Fluent, or says the same thing twice. Sources are part of the program.
    #[must_use]
    pub fn read<S: AsRef<[&'static str]>>(sources: impl Fn(Language) -> S) -> Self {
        let bundle =
            |language: &Language| (*language, bundle(*language, sources(*language).as_ref()));
        let bundles = Language::SHIPPED.iter().map(bundle).collect();
        let ours = Spoken { bundles, offered: Language::SWITCH.to_vec() };
        Self { ours, own: OnceLock::new() }
    }

    /// Puts an operator's sentences in the place of ours and further languages beside them, for the whole
    /// process: once, before the first request. A second set is not taken. `sources` are those that were
    /// [`read`](Self::read).
    ///
    /// # Errors
    /// The first sentence that cannot take the place of ours.
    pub fn replace<S: AsRef<[&'static str]>>(
        &self,
        own: &OwnTexts,
        further: &FurtherTexts,
        sources: impl Fn(Language) -> S,
    ) -> Result<(), TextMistake> {
        if own.is_empty() && further.is_empty() {
            return Ok(());
        }
        if let Some(mistake) = mistakes(own, further, &sources).into_iter().next() {
            return Err(mistake);
        }
        self.own.get_or_init(|| {
            let changed = |language: &Language| {
                (*language, own.bundle(*language, sources(*language).as_ref()))
            };
            let added = further.bundles(sources(Language::English).as_ref()).into_iter();
            let added = added.map(|(language, bundle)| (Language::Further(language), bundle));
            let bundles = Language::SHIPPED.iter().map(changed).chain(added).collect();
            let offered = Language::SWITCH.into_iter().chain(further.languages()).collect();
            Spoken { bundles, offered }
        });
        Ok(())
    }

    /// The languages that have sentences, in the order of a language switch.
    #[must_use]
    pub fn offered(&'static self) -> &'static [Language] {
        &self.spoken().offered
    }

    /// What is said in `language`: in English, if this is a further language without sentences.
    ///
    /// `'static` since a service keeps its locales in a `LazyLock`; so [`Texts`] can be copied
    /// into views.
    #[must_use]
    pub fn texts(&'static self, language: Language) -> Texts {
        let bundles = &self.spoken().bundles;
        let language = if bundles.contains_key(&language) { language } else { Language::English };
        Texts { language, bundle: &bundles[&language] }
    }

    /// The operator's, if there are any.
    fn spoken(&self) -> &Spoken {
        self.own.get().unwrap_or(&self.ours)
    }
}

impl Texts {
    /// Which language it is.
    #[must_use]
    pub fn language(self) -> Language {
        self.language
    }

    /// The text called `id`, or its attribute: `message.attribute`.
    ///
    /// If there is none, the answer is `[id]` and the log has an error with the id and the
    /// language.
    #[must_use]
    pub fn text(self, id: &str) -> Cow<'static, str> {
        self.format(id, None)
    }

    /// The text called `id` with one value put in.
    ///
    /// A number as value selects the plural form by the language's rules (Unicode CLDR); a text
    /// does not.
    pub fn fill<'v>(
        self,
        id: &str,
        name: &str,
        value: impl Into<FluentValue<'v>>,
    ) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        args.set(name, value.into());
        self.format(id, Some(&args))
    }

    /// The text called `id` with several values put in that are all texts.
    ///
    /// A text chooses no plural form, so counts go through [`fill_values`](Self::fill_values).
    #[must_use]
    pub fn fill_all(self, id: &str, values: &[(&str, &str)]) -> Cow<'static, str> {
        let args = values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.format(id, Some(&args))
    }

    /// The text called `id` with several values put in, texts and numbers.
    ///
    /// Counts are given as numbers, so that each chooses its plural form as in [`fill`](Self::fill).
    #[must_use]
    pub fn fill_values(self, id: &str, values: &[(&str, FluentValue<'_>)]) -> Cow<'static, str> {
        let args = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.format(id, Some(&args))
    }

    /// The text called `id` with parts put in that are of its own language: a date, a time.
    ///
    /// Without the isolation marks of [`fill_all`](Self::fill_all). A part that isolates each of its own
    /// parts has no letter outside of them, so a reader of an isolate around it would take it for
    /// left-to-right (Unicode Standard Annex 9, rule P2) and show an Arabic date in the wrong order.
    #[must_use]
    pub fn compose(self, id: &str, parts: &[(&str, &str)]) -> Cow<'static, str> {
        let text = self.fill_all(id, parts);
        if text.contains(ISOLATION_MARKS) {
            return Cow::Owned(text.replace(ISOLATION_MARKS, ""));
        }
        text
    }

    /// Whether there is a text called `id`.
    ///
    /// Attributes are not looked for: give the name of the message alone.
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    fn format(self, id: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let (message, attribute) = match id.split_once('.') {
            Some((message, attribute)) => (message, Some(attribute)),
            None => (id, None),
        };
        let pattern = self.bundle.get_message(message).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            tracing::error!(id, language = %self.language, "a text is missing");
            return Cow::Owned(format!("[{id}]"));
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(id, language = %self.language, ?errors, "a text lacks a value");
        }
        Cow::Owned(text.into_owned())
    }
}

impl std::fmt::Debug for Locales {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Locales").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.language)
    }
}
