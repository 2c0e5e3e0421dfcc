//! Nothing that is kept about a person is forgotten when they ask for it.

use ::store::{Database, personal::differences};

use super::{Migrator, databases};
use crate::store::personal::{OTHER_TABLES, TABLES};

/// A new table or column must be told to its person, or `store/personal.rs` says why not.
#[tokio::test]
async fn every_column_of_every_table_is_told_or_says_why_not() {
    let database = Database::connect("sqlite::memory:").await.unwrap();
    database.migrate::<Migrator>().await.unwrap();
    let found = differences(database.connection(), TABLES, OTHER_TABLES).await.unwrap();
    assert!(found.is_empty(), "store/personal.rs: {found:#?}");
    let reasons = TABLES.iter().flat_map(|table| table.columns).filter_map(|it| it.why_left_out());
    assert!(reasons.chain(OTHER_TABLES.iter().map(|(_, what)| *what)).all(|why| why.len() > 5));
}

#[tokio::test]
async fn every_table_is_read_on_each_database() {
    for database in databases().await {
        for table in TABLES {
            let read = table.read(database.connection(), "psn_00000000000000000000000001").await;
            assert!(read.unwrap().is_empty(), "{}", table.name);
        }
    }
}
