//! The words that services, contracts and settings share, each once.
//!
//! A word is an enum with its texts beside it: the one of JSON, of the database and of addresses.
//! Consumers match without a catch-all, so that a new variant breaks their build until each of them
//! handles it.
//!
//! To add a variant, add it to the enum and its text, and follow the compiler.

mod language;
mod trust_level;

pub use language::{Language, UnknownLanguage};
pub use trust_level::{TrustLevel, UnknownTrustLevel};
