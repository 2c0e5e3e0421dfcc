//! Opens PostgreSQL or SQLite and brings the schema up to date.
//!
//! The one place that connects. A service's tables and queries live in its own `store/` folder;
//! nothing outside such a folder sees SeaORM. Two tables are alike in several services and are read and
//! written here: the [`audit`] log, and what may be [used once](used_once).
//!
//! Conventions for every table, so that both databases behave alike: times are `BIGINT`
//! milliseconds since 1970-01-01T00:00:00Z, identifiers are `TEXT`, personal data is encrypted
//! bytes. A migration runs on both databases and stays readable by the version before it
//! (expand first, contract a release later).
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | timeouts, pool, how a dead connection is noticed | `connect.rs` |
//! | how many connections a quiet process keeps | `surplus.rs` |
//! | which error of a database means what | `error.rs` |
//! | many rows with one statement | `insert_rows.rs` |
//! | a hint from process to process | `notifications.rs` |
//! | what a person is told that is kept about them | `personal.rs`, and `store/personal.rs` of the service |

pub mod audit;
mod connect;
mod error;
mod expired;
mod insert_rows;
mod inspect;
mod notifications;
pub mod personal;
mod surplus;
pub mod used_once;

pub use connect::{Backend, Database};
pub use error::{StoreError, is_busy, is_exclusion_violation, unique_violation};
pub use expired::delete_expired;
pub use insert_rows::insert_rows;
pub use inspect::Server;
pub use notifications::Notifications;
