//! Drops a test's databases when the test is over.
//!
//! A run makes over a thousand databases of some ten megabytes each. Kept until its end they fill a
//! small disk, and then every test after that fails.

use std::{
    cell::RefCell,
    sync::{
        LazyLock,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use sea_orm::ConnectionTrait as _;
use store::Database;

/// The address of the server's own database, and the name of one to drop.
struct Doomed {
    server: String,
    name: String,
}

thread_local! {
    /// The databases that were made on this thread. The test runner gives each test a thread of its
    /// own, and a runtime's worker threads end with the test.
    static OF_THIS_TEST: OfThisTest = const { OfThisTest(RefCell::new(Vec::new())) };
}

struct OfThisTest(RefCell<Vec<Doomed>>);

impl Drop for OfThisTest {
    fn drop(&mut self) {
        for doomed in self.0.take() {
            // Without the dropping thread the database goes with the server's data.
            let _ = DROPPING.send(doomed);
        }
    }
}

static DROPPING: LazyLock<Sender<Doomed>> = LazyLock::new(|| {
    let (sender, receiver) = channel();
    thread::spawn(move || drop_each(&receiver));
    sender
});

/// Remembers that the database `name` of the server behind `admin` belongs to the running test.
pub(super) fn drop_after_test(admin: &str, name: &str) {
    let doomed = Doomed { server: admin.to_owned(), name: name.to_owned() };
    OF_THIS_TEST.with(|databases| databases.0.borrow_mut().push(doomed));
}

/// Drops one after the other, over one connection: a test need not wait for it.
fn drop_each(receiver: &Receiver<Doomed>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    let mut open: Option<(String, Database)> = None;
    while let Ok(Doomed { server, name }) = receiver.recv() {
        runtime.block_on(async {
            if open.as_ref().is_none_or(|(opened, _)| *opened != server) {
                open = Database::connect(&server).await.ok().map(|database| (server, database));
            }
            let Some((_, database)) = &open else { return };
            // FORCE: a connection may be closing still. One that cannot be dropped goes with the server's data.
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = database.connection().execute_unprepared(&drop).await;
        });
    }
}
