//! What a service answers when it cannot do what was asked: RFC 9457 problem documents; and what
//! every service refuses alike.
//!
//! * [`methods`]: HEAD, OPTIONS and 405, and which answers scripts of any page may read.
//! * [`body`]: JSON bodies whose errors name the field.
//! * [`query`]: query strings in which a misspelt parameter is refused.
//! * [`values`]: days, times and instants of both.
//!
//! One table, [`types`], names every problem with its code, status and advice. A use case knows
//! nothing of HTTP; each service has one `From<its error> for Problem` in `http/problem.rs`.
//!
//! To add a problem, add one line to `types.rs`. The booking rules bring their own types, made
//! from the rule registry.
//!
//! A caller gets `application/problem+json` with `type`, `title`, `status`, `code`, perhaps
//! `detail` and members of the kind. `type` is `/problems/<code>`, a relative URI reference (RFC
//! 9457 section 3.1.1) to a page that the same service serves (`libs/reference`). Programs decide
//! by `code`, people read `detail`.
//!
//! Errors are turned into problems at one place per service and nowhere deeper: a use case that
//! could answer HTTP could not be called by a job or a consumer.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a problem, its status or what to do about it | `types.rs` |
//! | the form of the document and its headers | `document.rs` |
//! | the sentence about a field of a body | `body/words.rs` |
//! | which bodies are read at all | `body/media_type.rs`, `body.rs` (size) |
//! | HEAD, OPTIONS, 405, scripts of other pages | `methods.rs` |
//! | how days, times and instants are written | `values.rs` |

pub mod body;
mod document;
pub mod methods;
pub mod query;
pub mod types;
pub mod values;

pub use document::{Problem, ProblemType};
pub use methods::{OpenData, resource, resource_without_query};
