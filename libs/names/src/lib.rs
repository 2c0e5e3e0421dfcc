//! When two spellings are the same name. Pure.
//!
//! [`Name`] folds what a document, a register or a log-in says by the search form of DIN 91379: equal
//! words are the same name. Identity tells people apart by it, the slot service knows by it whether
//! somebody is the person of an entitlement; so both read a name alike. [`is_in_no_name`] says
//! what no name has. [`as_written`] shows a name to people.
//!
//! ```
//! use names::{Field, Name, as_written};
//!
//! let read = |text| Name::parse(text, Field::Family);
//! assert_eq!(read("Müller-Lüdenscheidt"), read("MUELLER LUEDENSCHEIDT"));
//! assert_ne!(read("Müller"), read("Muller"));
//! assert_eq!(read("keine Angabe"), None);
//! assert_eq!(as_written(Some("ERIKA"), "MUSTERMANN"), "Erika Mustermann");
//! ```
//!
//! Names are personal data: [`Name`] shows nothing of itself in `Debug`, so that none gets into a
//! log by a slip. The tables here (titles, placeholders, particles) are the only rules; a change of
//! them changes who counts as known, so identity keeps the version of the rules with each hash.

mod characters;
mod name;
mod search_form;
mod written;

pub use characters::is_in_no_name;
pub use name::{Field, Name};
pub use search_form::search_form;
pub use written::as_written;
