//! Which log-ins are the same human: pure rules, no I/O.
//!
//! [`Attributes`] are what a log-in says about a person. [`fingerprint`](mod@fingerprint) turns
//! them into keyed hashes that do not depend on how a provider spells a name, and
//! [`matching`] decides with these whether the person is known.

mod agreement;
mod attributes;
mod birth_date;
pub mod case;
pub mod claim;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod examples;
pub mod fingerprint;
pub mod matching;
mod places;
#[cfg(test)]
mod readme;
mod respelling;
mod rules_v1;
mod rules_v2;
mod slips;

pub use ::names::{Field, Name};
pub use agreement::{Agreement, Agreements};
pub use attributes::{Attributes, Unacceptable};
pub use birth_date::{BirthDate, InvalidBirthDate};
