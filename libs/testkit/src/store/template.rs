//! A database that is migrated once in a process and copied for each test.
//!
//! Thirty migrations take most of the time in which a service starts in a debug build; a copy of what
//! they made takes some milliseconds.

use std::{fs, path::Path};

use sea_orm::ConnectionTrait as _;
use store::{Database, StoreError};
use tokio::sync::OnceCell;

use super::server::Server;

/// Gives each test a database that is migrated already: a copy of one that the first test migrated.
///
/// Put one into a `static` for each schema, and give it what migrates a database whose address it
/// gets, the same at each call. A service that starts on a copy finds nothing to migrate. Tests of
/// migrations begin with [`postgres_url`](crate::postgres_url) instead, which is empty.
///
/// Tests of one process may ask at the same time, each on a runtime of its own: the first one
/// migrates and the others wait. What is kept is a name and the content of a file, never a
/// connection, which would end with the runtime of its test. If the test that migrates fails, the
/// next one migrates anew.
#[derive(Debug, Default)]
pub struct Template {
    /// The name of the migrated database. It belongs to no test and goes with the server's data.
    postgres: OnceCell<String>,
    /// The content of the migrated file.
    sqlite: OnceCell<Vec<u8>>,
}

impl Template {
    /// Migrates nothing before the first test asks.
    #[must_use]
    pub const fn new() -> Self {
        Self { postgres: OnceCell::const_new(), sqlite: OnceCell::const_new() }
    }

    /// The address of a migrated PostgreSQL database of the running test, if this run has a server. It
    /// is dropped as that of [`postgres_url`](crate::postgres_url) is.
    ///
    /// # Panics
    /// If `migrate` fails, or the server refuses to create or to copy.
    pub async fn postgres_url<F, M>(&self, migrate: F) -> Option<String>
    where
        F: FnOnce(String) -> M,
        M: Future<Output = Result<(), StoreError>>,
    {
        let server = Server::of_this_run().await?;
        // Boxed, as in `Database`: the futures of callers stay small.
        let migrated = || Box::pin(migrated_database(&server, migrate));
        let template = self.postgres.get_or_init(migrated).await;
        Some(server.copy_of(template).await)
    }

    /// The address of a migrated SQLite database in the new file `file`, which the test keeps in a
    /// folder of its own. The test that migrates has two more files beside it.
    ///
    /// # Panics
    /// If `migrate` fails, or a file cannot be written.
    pub async fn sqlite_url<F, M>(&self, file: &Path, migrate: F) -> String
    where
        F: FnOnce(String) -> M,
        M: Future<Output = Result<(), StoreError>>,
    {
        let content = self.sqlite.get_or_init(|| Box::pin(migrated_file(file, migrate))).await;
        fs::write(file, content).expect("the test's folder can be written");
        url_of(file)
    }
}

/// The name of a new database that `migrate` migrated.
async fn migrated_database<F, M>(server: &Server, migrate: F) -> String
where
    F: FnOnce(String) -> M,
    M: Future<Output = Result<(), StoreError>>,
{
    let name = server.lasting().await;
    migrate(server.url_of(&name)).await.expect("a new database can be migrated");
    name
}

/// The content of a new file beside `file` that `migrate` migrated.
async fn migrated_file<F, M>(file: &Path, migrate: F) -> Vec<u8>
where
    F: FnOnce(String) -> M,
    M: Future<Output = Result<(), StoreError>>,
{
    let (migrated, whole) = (file.with_extension("migrated"), file.with_extension("whole"));
    let url = url_of(&migrated);
    migrate(url.clone()).await.expect("a new file can be migrated");
    let database = Database::connect(&url).await.expect("a migrated file can be opened");
    // Copied alone, the file lacks what is still in its write-ahead log.
    let name = whole.display().to_string().replace('\'', "''");
    let copied = database.connection().execute_unprepared(&format!("VACUUM INTO '{name}'")).await;
    copied.expect("a migrated file can be copied");
    fs::read(&whole).expect("a copy can be read")
}

fn url_of(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU32, Ordering},
        thread,
    };

    use sea_orm::{DbBackend, Statement};
    use tempfile::TempDir;

    use super::*;

    /// Runs a test as the test runner does: on a thread and a runtime of its own, which end with it.
    fn as_test<T: Send>(test: impl AsyncFnOnce() -> T + Send) -> thread::Result<T> {
        let run = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(test())
        };
        // A test that lacks its engine is called by the name of its thread.
        let name = thread::current().name().unwrap_or("a test").to_owned();
        let builder = thread::Builder::new().name(name);
        thread::scope(|scope| builder.spawn_scoped(scope, run).unwrap().join())
    }

    async fn migrate(url: String) -> Result<(), StoreError> {
        let database = Database::connect(&url).await?;
        database.connection().execute_unprepared("CREATE TABLE notes (n INTEGER)").await?;
        Ok(())
    }

    async fn migrate_and_fail(url: String) -> Result<(), StoreError> {
        migrate(url).await?;
        panic!("as a test does that fails")
    }

    /// How many rows there are once one was written.
    async fn write(url: &str) -> i64 {
        let database = Database::connect(url).await.unwrap();
        let db = database.connection();
        db.execute_unprepared("INSERT INTO notes VALUES (1)").await.unwrap();
        let backend: DbBackend = database.backend().into();
        let count = Statement::from_string(backend, "SELECT count(*) AS n FROM notes");
        db.query_one_raw(count).await.unwrap().unwrap().try_get("", "n").unwrap()
    }

    #[derive(Debug, Clone, Copy)]
    enum Kind {
        Postgres,
        Sqlite,
    }

    /// A copy of what `migrate` made of the template.
    async fn copy<F, M>(
        kind: Kind,
        template: &Template,
        folder: &TempDir,
        migrate: F,
    ) -> Option<String>
    where
        F: FnOnce(String) -> M,
        M: Future<Output = Result<(), StoreError>>,
    {
        // SQL has a quote of its own for it.
        let file = folder.path().join("it's.sqlite");
        match kind {
            Kind::Postgres => template.postgres_url(migrate).await,
            Kind::Sqlite => Some(template.sqlite_url(&file, migrate).await),
        }
    }

    /// The first test is over before others ask, all at once, for copies of what it migrated.
    fn shares_a_template(kind: Kind) {
        let (template, times) = (Template::new(), AtomicU32::new(0));
        let rows = || {
            let rows = as_test(async || {
                let folder = tempfile::tempdir().unwrap();
                let counted = |url: String| {
                    times.fetch_add(1, Ordering::Relaxed);
                    migrate(url)
                };
                let url = copy(kind, &template, &folder, counted).await?;
                Some(write(&url).await)
            });
            rows.unwrap()
        };
        let Some(first) = rows() else { return };
        let others: Vec<Option<i64>> = thread::scope(|scope| {
            let running: Vec<_> = (0..8).map(|_| scope.spawn(rows)).collect();
            running.into_iter().map(|test| test.join().unwrap()).collect()
        });
        assert_eq!((first, others), (1, vec![Some(1); 8]), "each has only what it wrote");
        assert_eq!(times.load(Ordering::Relaxed), 1, "migrated once");
    }

    #[test]
    fn tests_on_postgres_share_what_one_of_them_migrated() {
        shares_a_template(Kind::Postgres);
    }

    #[test]
    fn tests_on_sqlite_share_what_one_of_them_migrated() {
        shares_a_template(Kind::Sqlite);
    }

    /// What the failed test did is in no copy: its migration would fail on what is there already.
    fn outlives_a_failed_test(kind: Kind) {
        let template = Template::new();
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let failed = as_test(async || copy(kind, &template, &folders[0], migrate_and_fail).await);
        // A run that may prove less has no server, and so nothing failed.
        if matches!(failed, Ok(None)) {
            return;
        }
        assert!(failed.is_err());
        let rows = as_test(async || {
            let url = copy(kind, &template, &folders[1], migrate).await.unwrap();
            write(&url).await
        });
        assert_eq!(rows.unwrap(), 1);
    }

    #[test]
    fn a_test_that_fails_on_postgres_leaves_the_template_to_the_next_one() {
        outlives_a_failed_test(Kind::Postgres);
    }

    #[test]
    fn a_test_that_fails_on_sqlite_leaves_the_template_to_the_next_one() {
        outlives_a_failed_test(Kind::Sqlite);
    }
}
