//! The PostgreSQL server of this run, and the databases that are made on it.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use sea_orm::{ConnectionTrait as _, DbErr, RuntimeErr};
use store::Database;

use super::drop_after_test::drop_after_test;
use crate::{engines::address, eventually};

/// With the process id it makes names unique within a run: test binaries run one after another or
/// at once.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// How long to wait until the server has ended the connections that migrated a template. They were closed
/// before it is copied, but the server ends its side a moment later.
const IN_USE: Duration = Duration::from_secs(60);

/// SQLSTATE `object_in_use`: the template has open connections.
const OBJECT_IN_USE: &str = "55006";

/// Connected to the server's own database, for as long as one test makes another one.
pub(super) struct Server {
    admin: String,
    database: Database,
}

impl Server {
    /// `None` only in a run that may prove less.
    ///
    /// # Panics
    /// If the server does not answer.
    pub(super) async fn of_this_run() -> Option<Self> {
        let admin = address("FAIRTERMIN_TEST_POSTGRES", "PostgreSQL")?;
        let database = Database::connect(&admin).await.expect("the test PostgreSQL answers");
        Some(Self { admin, database })
    }

    /// The address of a new, empty database of the running test.
    pub(super) async fn empty(&self) -> String {
        let name = unique("test");
        self.create(&name).await;
        self.of_running_test(&name)
    }

    /// The address of a new database of the running test, which has what `template` has.
    pub(super) async fn copy_of(&self, template: &str) -> String {
        let name = unique("test");
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        eventually(IN_USE, async || match self.execute(&create).await {
            Ok(()) => Some(()),
            Err(error) if is_in_use(&error) => None,
            Err(error) => panic!("the test user may copy databases: {error}"),
        })
        .await;
        self.of_running_test(&name)
    }

    /// The name of a new, empty database that belongs to no test. It goes with the server's data.
    pub(super) async fn lasting(&self) -> String {
        let name = unique("template");
        // An earlier process had this number.
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        self.execute(&drop).await.expect("the test user may drop databases");
        self.create(&name).await;
        name
    }

    /// Where the database `name` is.
    pub(super) fn url_of(&self, name: &str) -> String {
        let (server, _) = self.admin.rsplit_once('/').expect("the address ends with /database");
        format!("{server}/{name}")
    }

    async fn create(&self, name: &str) {
        let create = format!("CREATE DATABASE {name}");
        self.execute(&create).await.expect("the test user may create databases");
    }

    fn of_running_test(&self, name: &str) -> String {
        drop_after_test(&self.admin, name);
        self.url_of(name)
    }

    async fn execute(&self, sql: &str) -> Result<(), DbErr> {
        self.database.connection().execute_unprepared(sql).await.map(drop)
    }
}

fn unique(kind: &str) -> String {
    format!("{kind}_{}_{}", process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

fn is_in_use(error: &DbErr) -> bool {
    let DbErr::Exec(RuntimeErr::SqlxError(error)) = error else { return false };
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == OBJECT_IN_USE)
}
