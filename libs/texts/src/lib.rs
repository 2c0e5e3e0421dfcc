//! What people read, in every language that we ship (Fluent).
//!
//! A service keeps its sentences in `locales/` and reads them once:
//!
//! ```
//! use std::sync::LazyLock;
//! use texts::{Language, Locales};
//!
//! fn sources(language: Language) -> &'static [&'static str] {
//!     match language {
//!         Language::English => &["greeting = Hello, { $name }"], // include_str!("...")
//!         _ => &["greeting = Guten Tag, { $name }"],
//!     }
//! }
//! static LOCALES: LazyLock<Locales> = LazyLock::new(|| Locales::read(sources));
//!
//! let texts = LOCALES.texts(Language::English);
//! assert_eq!(texts.fill("greeting", "name", "Erika"), "Hello, Erika");
//! assert!(texts::differences(sources).is_empty()); // in a test: no language lacks a text
//! ```
//!
//! A service's tests also assert that its texts are plain ([`hard_to_read`]), call one thing by one name
//! ([`other_names`]) and have all plural forms of their language ([`missing_forms()`]).
//!
//! An operator's settings may hold [`OwnTexts`], which [`Locales::replace`] puts in the place of ours, and
//! [`FurtherTexts`]: languages that we do not ship.
//!
//! To ship a language, add a line to the table in `libs/vocabulary/src/language.rs`; the compiler then asks every
//! service for its sentences, and its test names those that are missing.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | how long a sentence may be, how hard a file | `readability.rs` |
//! | the one name of a thing in each language | `glossary.tsv` |
//! | what an operator's own sentence must keep | `own.rs` |
//! | what a translation of an installation must keep | `further.rs` |
//! | which characters of HTML are named, since no text is HTML | `entity.rs` |
//! | which text a test misses or finds left over | `completeness.rs` |
//! | what stands between the items of a list | `lists.rs` |
//! | which plural forms a language needs | `missing_forms.rs` |

mod all_mistakes;
mod bundle;
mod completeness;
mod content;
mod digits;
mod entity;
mod further;
mod glossary;
mod lists;
mod locales;
mod missing_forms;
mod mistake;
mod own;
mod plural_forms;
mod prose;
mod readability;
mod source;
mod untranslated;
mod written_source;

pub use all_mistakes::mistakes;
pub use completeness::{differences, keys, quoted};
pub use digits::plain_digits;
pub use entity::html_entity;
/// A value of a text: a number chooses a plural form, a text does not.
pub use fluent_bundle::FluentValue as Value;
pub use further::{FurtherTexts, IsShipped};
pub use glossary::other_names;
pub use locales::{Locales, Texts};
pub use missing_forms::missing_forms;
pub use mistake::TextMistake;
pub use own::{NotShipped, OwnTexts};
pub use readability::hard_to_read;
pub use untranslated::untranslated;
pub use vocabulary::Language;
