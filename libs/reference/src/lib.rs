//! What a service says about its own API: an OpenAPI 3.1 document, the same as a page to read, and
//! a page for each problem that it may answer.
//!
//! A handler carries `#[utoipa::path]` with what only it knows: purpose, parameters, what comes
//! back, and by `extensions(("x-problems" = json!([...])))` the codes of the problems of its use
//! case. [`complete`] adds what follows from the rest: the problems of every request with a token,
//! a body or a path parameter, each status with its problems, and their schema.
//! [`breaking_changes`] is what a test asks before a changed document is accepted, and
//! [`undocumented`] what tests ask about every answer they get.
//!
//! In the order of use:
//!
//! 1. `callers`: which kinds of token there are; each service names those that it knows.
//! 2. `document`, `response_headers`: what the handlers say becomes a document that leaves nothing out.
//! 3. `schema`: one source for the schemas of the catalogue's types.
//! 4. `routes`, `page`, `view`, `examples`: the document and its pages, served, with examples of
//!    the coming week.
//! 5. `own_operations`, `oauth`: what every service answers besides, and errors in OAuth's form.
//! 6. `compatibility`, `conformance`: two tests, of a new document against the released one and
//!    of each answer against the document.
//!
//! Not here: the problems themselves, which are in `libs/problem` (shared ones) and in each
//! service (its own); the handlers' texts, which stand beside the handlers.
//!
//! # To document an operation
//!
//! The first line of the handler's doc comment is its summary on the page, the rest its
//! description. The attribute says what the types do not:
//!
//! ```ignore
//! /// Hold a slot for the person at the desk
//! #[utoipa::path(
//!     post, path = "/v1/desk/holds", tag = "Front desk", operation_id = "holdSlotAtDesk",
//!     request_body = Wanted,
//!     responses((status = 201, description = "The seat is taken until `expires_at`.", body = HoldView)),
//!     security(("staff" = ["desk"])),
//!     extensions(("x-problems" = json!(["slot-taken", "closed", "rules"]))),
//! )]
//! ```
//!
//! Days in examples are written as of Monday, 4 January 2027: what can be booked is after it, what
//! is over lies before 28 December. The service moves them to the coming Monday (`examples`), so they
//! work when they are pasted.
//!
//! Then name it under `paths(...)` of the service's `openapi.rs`, run `make openapi` and look
//! at the difference of `api/openapi.json`. Leave out of `x-problems` what follows from token,
//! body and parameters; write `rules` for all booking rules. A test of the service fails if an
//! answer says something else.
//!
//! What an outsider reads is made of these sources alone, so a sentence is mended where it stands:
//! summaries and descriptions in the doc comments of handlers and views, problems in
//! `libs/problem/src/types.rs`, chapters in `openapi.rs` of the service.

mod callers;
mod compatibility;
mod conformance;
mod document;
mod examples;
mod oauth;
mod own_operations;
mod page;
mod page_errors;
mod response_headers;
mod routes;
mod schema;
mod view;

pub use callers::{Caller, Callers};
pub use compatibility::breaking_changes;
pub use conformance::undocumented;
pub use document::{complete, complete_with_events};
pub use response_headers::describe_headers;
pub use routes::{Reference, Served, routes};
pub use schema::{any_rows, schema_of};
