//! What pages say, in each language.
//!
//! Texts live in `locales/<language>/*.ftl` (Fluent). To change a sentence, change it there; a
//! test says which key a language lacks and which keys no page uses. What a booking rule says lives
//! in the rule.

mod arguments;
mod dates;
mod locales;
mod numbers;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use dates::{clock_face, local};
pub use locales::english;
pub(crate) use locales::{Texts, mistakes, offered, replace};
pub(crate) use texts::Language;
