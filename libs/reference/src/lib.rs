//! What a service says about its own API: an OpenAPI 3.1 document, the same as a page to read, and
//! a page for each problem that it may answer.
//!
//! A handler carries `#[utoipa::path]` with what only it knows: purpose, parameters, what comes
//! back, and by `extensions(("x-problems" = json!([...])))` the codes of the problems of its use
//! case. [`complete`] adds what follows from the rest: the problems of every request with a token,
//! a body or a path parameter, each status with its problems, and their schema.
//! [`breaking_changes`] is what a test asks before a changed document is accepted, and
//! [`undocumented`] what tests ask about every answer they get.

mod callers;
mod compatibility;
mod conformance;
mod document;
mod page;
mod routes;
mod schema;
mod view;

pub use callers::{Caller, Callers};
pub use compatibility::breaking_changes;
pub use conformance::undocumented;
pub use document::complete;
pub use routes::{Reference, problem_routes, routes};
pub use schema::schema_of;
