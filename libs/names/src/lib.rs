//! When two spellings are the same name. Pure.
//!
//! [`Name`] folds what a document, a register or a log-in says by the search form of DIN 91379: equal
//! words are the same name. Identity tells people apart by it, the slot service knows by it whether
//! somebody is the person of an entitlement; so both read a name alike. [`is_in_no_name`] says
//! what no name has. [`as_written`] shows a name to people.

mod characters;
mod name;
mod search_form;
mod written;

pub use characters::is_in_no_name;
pub use name::{Field, Name};
pub use search_form::search_form;
pub use written::as_written;
