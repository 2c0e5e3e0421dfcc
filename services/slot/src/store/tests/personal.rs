//! Nothing that is kept about a person is forgotten when they ask for it.

use std::collections::BTreeSet;

use ::store::Database;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::{Migrator, databases};
use crate::store::personal::{OTHER_TABLES, TABLES};

async fn names(database: &Database, sql: String) -> BTreeSet<String> {
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let rows = database.connection().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// A new table or column must be told to its person, or `store/personal.rs` says why not.
#[tokio::test]
async fn every_column_of_every_table_is_told_or_says_why_not() {
    let database = Database::connect("sqlite::memory:").await.unwrap();
    database.migrate::<Migrator>().await.unwrap();
    let all = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut left: BTreeSet<_> = TABLES.iter().map(|table| table.name.to_owned()).collect();
    left.extend(OTHER_TABLES.iter().map(|(name, _)| (*name).to_owned()));
    for table in names(&database, all.to_owned()).await {
        assert!(left.remove(&table), "store/personal.rs says nothing of the table {table}");
        let Some(told) = TABLES.iter().find(|told| told.name == table) else { continue };
        let columns = names(&database, format!("SELECT name FROM pragma_table_info('{table}')"));
        let listed: BTreeSet<_> = told.columns.iter().map(|it| it.name.to_owned()).collect();
        assert_eq!(listed, columns.await, "store/personal.rs and the table {table}");
    }
    assert!(left.is_empty(), "store/personal.rs names tables that are gone: {left:?}");
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
