//! What a citizen reads when a rule refuses.

use vocabulary::Language;

/// One text in every language that we ship. A new language is a new field; the compiler then asks
/// each rule for its sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitizenTexts {
    /// German.
    pub de: CitizenText,
    /// English.
    pub en: CitizenText,
    /// German in Leichte Sprache (DIN SPEC 33429): short sentences, common words.
    pub de_easy: CitizenText,
    /// Turkish.
    pub tr: CitizenText,
    /// Ukrainian.
    pub uk: CitizenText,
    /// Arabic.
    pub ar: CitizenText,
}

/// A refusal in one language, short and friendly. `{ $name }` stands for an
/// [`Argument`](super::Argument) of the problem, as in Fluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitizenText {
    /// The heading of the page.
    pub title: &'static str,
    /// What happened and why.
    pub what: &'static str,
    /// What the person can do now.
    pub advice: &'static str,
}

impl CitizenTexts {
    /// What is said in `language`.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &CitizenText {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
            Language::EasyGerman => &self.de_easy,
            Language::Turkish => &self.tr,
            Language::Ukrainian => &self.uk,
            Language::Arabic => &self.ar,
        }
    }
}

impl CitizenText {
    /// Its three sentences.
    #[must_use]
    pub const fn sentences(&self) -> [&'static str; 3] {
        [self.title, self.what, self.advice]
    }

    /// The names of the arguments that it contains.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.sentences().into_iter().flat_map(|sentence| sentence.split("{ $").skip(1));
        parts.filter_map(|part| part.split(" }").next())
    }
}
