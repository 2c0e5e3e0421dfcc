//! When two spellings are the same name. Pure.
//!
//! [`Name`] folds what a document, a register or a log-in says by the search form of DIN 91379: equal
//! words are the same name. Identity tells people apart by it, the slot service knows by it whether
//! somebody is the person of an entitlement; so both read a name alike.

mod name;
mod search_form;

pub use name::{Field, Name};
pub use search_form::search_form;
