//! What a service answers when it cannot do what was asked: RFC 9457 problem documents.
//!
//! One table, [`types`], names every problem with its code, status and advice. A use case knows
//! nothing of HTTP; each service has one `From<its error> for Problem` in `http/problem.rs`.
//!
//! To add a problem, add one line to `types.rs`. The booking rules bring their own types, made
//! from the rule registry.

mod document;
pub mod types;

pub use document::{Problem, ProblemType};
