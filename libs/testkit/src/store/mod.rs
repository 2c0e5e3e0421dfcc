//! A database of its own for each test.
//!
//! Tests run at the same time and must not see each other's rows; a database each is the strongest
//! wall and costs some milliseconds.

mod drop_after_test;
mod server;
mod template;

use self::server::Server;
pub use self::template::Template;

/// The address of a fresh, empty PostgreSQL database, if this run has a server. It is dropped when
/// the thread ends that called this: the test's own.
///
/// Empty: migrate it with `Database::open`, or take a copy that is migrated from a [`Template`].
/// Several calls in one test give several databases, as several authorities have.
///
/// # Panics
/// If the server refuses to create the database.
pub async fn postgres_url() -> Option<String> {
    Some(Server::of_this_run().await?.empty().await)
}
