//! What a citizen reads when a rule refuses.
//!
//! The texts stand in the rule's own file and not in a folder of translations, so that a new
//! rule is one file and the compiler asks for each language. They belong to the rule and not to
//! a page: the portal shows them wherever a hold or a confirm is refused. Rules of style: one
//! idea a sentence, what to do comes last, no blame, no paragraphs of law. Tests in
//! `rules/mod.rs` compare the arguments of the languages.

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
///
/// No line breaks, no markup. The reader may see it alone, so each of the three stands by
/// itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CitizenText {
    /// The heading of the page.
    ///
    /// Says what is the case, not that an error occurred.
    pub title: &'static str,
    /// What happened and why.
    pub what: &'static str,
    /// What the person can do now.
    ///
    /// Always something that can be done, if only to ask the authority.
    pub advice: &'static str,
}

impl CitizenTexts {
    /// What is said in `language`.
    ///
    /// Each language that we ship is there; in a further one it is English.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &CitizenText {
        match language {
            Language::German => &self.de,
            Language::English => &self.en,
            Language::EasyGerman => &self.de_easy,
            Language::Turkish => &self.tr,
            Language::Ukrainian => &self.uk,
            Language::Arabic => &self.ar,
            Language::Further(_) => &self.en,
        }
    }
}

impl CitizenText {
    /// Its three sentences.
    ///
    /// In the order in which they are shown.
    #[must_use]
    pub const fn sentences(&self) -> [&'static str; 3] {
        [self.title, self.what, self.advice]
    }

    /// The names of the arguments that it contains.
    ///
    /// A name may come twice. For the tests, and for Fluent's arguments.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.sentences().into_iter().flat_map(|sentence| sentence.split("{ $").skip(1));
        parts.filter_map(|part| part.split(" }").next())
    }
}
