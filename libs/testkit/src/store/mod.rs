//! A database of its own for each test.
//!
//! Tests run at the same time and must not see each other's rows; a database each is the strongest
//! wall and costs some milliseconds.

mod drop_after_test;

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use sea_orm::ConnectionTrait as _;
use store::Database;

use self::drop_after_test::drop_after_test;
use crate::engines::address;

/// With the process id it makes names unique within a run: test binaries run one after another or
/// at once.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// The address of a fresh, empty PostgreSQL database, if this run has a server. It is dropped when
/// the thread ends that called this: the test's own.
///
/// Empty: migrate it with `Database::open`. Several calls in one test give several databases, as
/// several authorities have.
///
/// # Panics
/// If the server refuses to create the database.
pub async fn postgres_url() -> Option<String> {
    let admin = address("FAIRTERMIN_TEST_POSTGRES", "PostgreSQL")?;
    let name = format!("test_{}_{}", process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let database = Database::connect(&admin).await.expect("the test PostgreSQL answers");
    database
        .connection()
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("the test user may create databases");
    drop_after_test(&admin, &name);
    let (server, _) = admin.rsplit_once('/').expect("the address ends with /database");
    Some(format!("{server}/{name}"))
}
