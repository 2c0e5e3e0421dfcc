//! Finds services by what people type. Pure.
//!
//! People type "perso", "Führungszeugniss", "ikamet" or "ich muss mein Auto ummelden", and the
//! authority says "Personalausweis beantragen". Nothing is indexed on disk: a catalogue has at most
//! some thousand words, and comparing each takes microseconds.
//!
//! ```
//! use search::{Document, Field, Index, find};
//! use vocabulary::Language;
//!
//! let mut passport = Document::default();
//! passport.add(Field::Name, Some(Language::German), "Reisepass beantragen");
//! passport.add(Field::Keyword, Some(Language::Turkish), "pasaport uzatma");
//! let index = Index::new([passport]);
//! let found = find(&[&index], "Reisepas", Language::German);
//! assert!(found.is_sure);
//! assert_eq!(found.hits[0].document, 0);
//! ```
//!
//! The way of a query: `fold` makes one spelling of many (umlauts, Turkish i, Arabic alef), `stem`
//! cuts endings, `stop_words` leaves out "ich muss mein", `compound` splits "Reisepassverlängerung",
//! `grade` says how well one word fits another, `find` adds up and ranks.
//!
//! What is not near is not shown: a catalogue of some offices lacks most of what people type. `subject`
//! tells who looks for an appointment that they have.
//!
//! To make another word find a service, write it into the service's `keywords` in the catalogue. What
//! people really type, with the right service, stands in `services/portal/tests/it/queries`.

mod compound;
mod find;
mod fold;
mod grade;
mod index;
mod stem;
mod stop_words;
mod subject;

pub use find::{Found, Hit, find};
pub use index::{Document, Field, Index};
pub use subject::{Subject, subject, without_appointment};
