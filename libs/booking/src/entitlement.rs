//! Entitlements: how their references are read, whom they are for, and how often they serve.
//!
//! The database keeps none of it in clear text: [`Reference`] and [`Holder`] give the texts of which
//! it keeps keyed hashes.

mod holder;
mod reference;
mod uses;

pub use holder::{BoundTo, Holder, Spelling, UnknownBoundTo, proofs};
pub use reference::{Guessable, InvalidReference, Reference};
pub use uses::{Spends, spends};
