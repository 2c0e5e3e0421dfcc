//! What is wrong with sentences that an operator brings, in the place of ours or in a further language.
//!
//! Ours are the measure: a sentence names the values that ours names in each language. Without the code in
//! the e-mail that brings one, people could not log in any more.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt,
};

use fluent_bundle::{FluentArgs, FluentValue};

use crate::{
    Language,
    bundle::Bundle,
    content::Content,
    entity::html_entity,
    plural_forms::{PLURAL_FORMS, plural_forms},
    source::{Message, messages, split},
};

/// The longest sentence, in characters.
const MAX_LENGTH: usize = 2_000;

/// A sentence that cannot be said.
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

/// Our sentences in every language that we ship.
pub(crate) struct Ours(Vec<BTreeMap<String, Message>>);

impl Ours {
    /// `sources` as for [`Locales::read`](crate::Locales::read).
    pub(crate) fn of<S: AsRef<[&'static str]>>(sources: impl Fn(Language) -> S) -> Self {
        Self(Language::SHIPPED.iter().map(|it| messages(sources(*it).as_ref())).collect())
    }

    /// What is wrong with `texts`, each by its name, which `bundle` says in `language`. `path` is where
    /// settings have them.
    pub(crate) fn mistakes<'t>(
        &self,
        language: Language,
        bundle: &Bundle,
        path: &str,
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Vec<TextMistake> {
        let spoken = Spoken { bundle, forms: plural_forms(language) };
        let wrong = |(id, text): (&str, &str)| {
            let problem = match Measure::of(id, &self.0) {
                Some(measure) => measure.mistake(id, text, &spoken),
                None => Some(self.no_such_text(id)),
            };
            problem.map(|problem| TextMistake { path: format!("{path}.{id}"), problem })
        };
        texts.into_iter().filter_map(wrong).collect()
    }

    /// What to write instead of a name that there is not: the one with the fewest other letters, if that may
    /// be a slip.
    fn no_such_text(&self, id: &str) -> String {
        let known: BTreeSet<String> = self.0.iter().flat_map(names).collect();
        let most = (id.chars().count() / 3).max(1);
        let near = known.iter().map(|name| (strsim::osa_distance(id, name), name));
        match near.filter(|(distance, _)| *distance <= most).min() {
            Some((_, name)) => format!("there is no text of this name; did you mean `{name}`?"),
            None => "there is no text of this name; see locales/ of the service".to_owned(),
        }
    }
}

/// Those of messages and of their attributes.
fn names(messages: &BTreeMap<String, Message>) -> impl Iterator<Item = String> {
    messages.iter().flat_map(|(name, message)| message.names(name))
}

/// A language with the sentences that are looked at.
struct Spoken<'a> {
    bundle: &'a Bundle,
    /// Its plural forms.
    forms: BTreeSet<&'static str>,
}

/// What one text of ours has, over all languages.
struct Measure {
    /// The values that it names in each language.
    needed: BTreeSet<String>,
    /// Those that it names in some language: these are filled in.
    known: BTreeSet<String>,
    /// The forms that a value chooses and that are no plural forms, in some language.
    named: BTreeMap<String, BTreeSet<String>>,
    has_markup: bool,
    may_be_empty: bool,
}

impl Measure {
    /// `None` if there is no text of this name.
    fn of(id: &str, ours: &[BTreeMap<String, Message>]) -> Option<Self> {
        let (name, attribute) = split(id);
        let texts = ours.iter().filter_map(|messages| messages.get(name)?.part(attribute));
        let mut contents = texts.filter_map(|text| Content::read(id, text));
        let first = Self::one(contents.next()?);
        Some(contents.map(Self::one).fold(first, Self::or))
    }

    fn one(content: Content) -> Self {
        let mut named = content.forms;
        for forms in named.values_mut() {
            forms.retain(|form| !PLURAL_FORMS.contains(&form.as_str()));
        }
        Self {
            needed: content.values.clone(),
            known: content.values,
            named,
            has_markup: content.shown.contains('<'),
            may_be_empty: content.is_empty,
        }
    }

    /// Of this text in one more language.
    fn or(mut self, other: Self) -> Self {
        self.needed.retain(|name| other.needed.contains(name));
        self.known.extend(other.known);
        for (value, forms) in other.named {
            self.named.entry(value).or_default().extend(forms);
        }
        self.has_markup |= other.has_markup;
        self.may_be_empty |= other.may_be_empty;
        self
    }

    /// What is wrong with a text that is said in the place of ours.
    fn mistake(&self, id: &str, text: &str, spoken: &Spoken<'_>) -> Option<String> {
        const EMPTY: &str = "is empty; write the sentence, or take the name out";
        let length = text.chars().count();
        if text.trim().is_empty() {
            return Some(EMPTY.to_owned());
        }
        if length > MAX_LENGTH {
            return Some(format!("has {length} characters, and {MAX_LENGTH} is the most"));
        }
        if let Some(hidden) = text.chars().find(is_hidden) {
            return Some(invisible(hidden));
        }
        let Some(content) = Content::read(id, text) else {
            let problem = "cannot be read: is each brace closed, and does no line begin with `.`, `*` or `[`?";
            return Some(problem.to_owned());
        };
        if content.is_empty && !self.may_be_empty {
            return Some(EMPTY.to_owned());
        }
        if let Some(hidden) = content.shown.chars().find(is_hidden) {
            return Some(invisible(hidden));
        }
        let wrong = self.wrong_values(&content).or_else(|| self.wrong_form(&content, spoken));
        wrong.or_else(|| self.markup(&content)).or_else(|| self.unresolved(id, spoken.bundle))
    }

    fn wrong_values(&self, content: &Content) -> Option<String> {
        if let Some(missing) = self.needed.difference(&content.values).next() {
            return Some(format!("lacks {{ ${missing} }}, which ours has"));
        }
        let unknown = content.values.difference(&self.known).next()?;
        let known: Vec<String> = self.known.iter().map(|name| format!("{{ ${name} }}")).collect();
        let known = if known.is_empty() { "no value".to_owned() } else { known.join(", ") };
        Some(format!("names {{ ${unknown} }}, which is not filled in; there is {known}"))
    }

    /// A form that is never chosen: no plural form of the language, and none that ours has.
    fn wrong_form(&self, content: &Content, spoken: &Spoken<'_>) -> Option<String> {
        let (wrong, named) = content.forms.iter().find_map(|(value, forms)| {
            let named = self.named.get(value);
            let is_named = |form: &str| named.is_some_and(|named| named.contains(form));
            let mut forms = forms.iter().map(String::as_str);
            let wrong = forms.find(|&form| !spoken.forms.contains(form) && !is_named(form))?;
            Some((wrong, named))
        })?;
        let mut right: Vec<String> = spoken.forms.iter().map(|form| format!("[{form}]")).collect();
        right.extend(named.into_iter().flatten().map(|form| format!("[{form}]")));
        let right = right.join(", ");
        Some(format!(
            "has the form [{wrong}], which is never chosen; in this language there is {right}"
        ))
    }

    /// Pages and e-mails show it letter by letter.
    fn markup(&self, content: &Content) -> Option<String> {
        if self.has_markup {
            return None;
        }
        if content.shown.contains('<') {
            let problem = "has `<`, and this text takes no markup: people would read it as it stands; write the words alone";
            return Some(problem.to_owned());
        }
        let entity = html_entity(&content.shown)?;
        Some(format!(
            "has `{entity}`, which people would read as it stands; write the character itself"
        ))
    }

    /// Whether all that it refers to is there.
    fn unresolved(&self, id: &str, bundle: &Bundle) -> Option<String> {
        let (name, attribute) = split(id);
        let mut args = FluentArgs::new();
        for name in &self.known {
            args.set(name.as_str(), FluentValue::from("x"));
        }
        let message = bundle.get_message(name)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&args), &mut errors);
        let problem = "refers to a text or a function that is not there";
        (!errors.is_empty()).then(|| problem.to_owned())
    }
}

/// What people see is then not what is written: control characters but for line breaks and tabs, the
/// separators of lines and paragraphs, embeddings and overrides of the direction of writing. Isolates
/// (U+2066 to U+2069) do no harm, and Arabic sentences need them.
fn is_hidden(character: &char) -> bool {
    let is_control = character.is_control() && !"\n\t".contains(*character);
    is_control || ('\u{2028}'..='\u{202e}').contains(character)
}

fn invisible(hidden: char) -> String {
    format!("has the invisible character U+{:04X}; take it out", u32::from(hidden))
}
