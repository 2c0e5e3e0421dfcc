//! Closing a day, dissolving a person or carrying out a catalogue must not miss a booking that is
//! being confirmed.
//!
//! Each confirm holds the gates of its day, its person and the catalogue open until its transaction
//! ends (shared advisory locks of PostgreSQL, taken by the statement that adds the booking). A transaction that shuts a gate
//! (the same lock, exclusive) waits for the confirms that are under way, writes, and looks: since
//! under READ COMMITTED each statement sees what was committed before it began, the next one sees
//! the bookings of all of them. A confirm that comes later waits for that transaction, and looks
//! for closed days, dissolved persons and the catalogue in force in its *next* statement, which began
//! after the gate was shut and opened again, and so sees why it was.
//!
//! A gate is of one day or one person, so that others are not kept waiting, and two with the same
//! hash only wait for each other. All confirms pass the catalogue's: it is shut as late as
//! possible. SQLite has one writer at a time, which is enough.

use std::collections::HashSet;

use ids::{DrawId, LocationId, Pseudonym};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, Value};

use super::{StoreResult, Transaction, value::Columns};

/// Keeps the day's gate open, for a row of `bookings`.
pub(super) const PASS_DAY: &str =
    "pg_advisory_xact_lock_shared(hashtextextended('day/' || location || '/' || date, 0))";
/// Keeps the person's gate open, for a row of `bookings`.
pub(super) const PASS_PERSON: &str =
    "pg_advisory_xact_lock_shared(hashtextextended('person/' || person, 0))";

/// Keeps the catalogue's gate open: once for a statement, since nothing in it is of a row.
pub(super) const PASS_CATALOGUE: &str =
    "(SELECT pg_advisory_xact_lock_shared(hashtextextended('catalogue', 0)))";

/// Shuts a day's gate until the transaction ends.
///
/// # Errors
/// Confirms that are under way do not end in time.
pub(super) async fn shut_day(
    transaction: &Transaction,
    location: &LocationId,
    date: Date,
) -> StoreResult<()> {
    shut(transaction, format!("day/{location}/{date}")).await
}

/// Shuts a person's gate until the transaction ends: they neither book nor enter a draw meanwhile.
///
/// # Errors
/// Confirms that are under way do not end in time.
pub async fn shut_person(transaction: &Transaction, person: Pseudonym) -> StoreResult<()> {
    shut(transaction, format!("person/{person}")).await
}

/// Shuts the catalogue's gate until the transaction ends: no confirm commits meanwhile.
///
/// # Errors
/// Confirms that are under way do not end in time.
pub(super) async fn shut_catalogue(transaction: &Transaction) -> StoreResult<()> {
    shut(transaction, "catalogue".to_owned()).await
}

async fn shut(transaction: &Transaction, gate: String) -> StoreResult<()> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
        let values = [Value::from(gate)];
        let lock = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        transaction.query_one_raw(lock).await?;
    }
    Ok(())
}

/// Keeps the catalogue's gate open until the transaction ends: the catalogue does not change meanwhile.
///
/// # Errors
/// A change of the catalogue that is under way does not end in time.
pub async fn pass_catalogue(transaction: &Transaction) -> StoreResult<()> {
    pass(transaction, "catalogue".to_owned()).await
}

/// Keeps a person's gate open until the transaction ends: the person is not merged into another one
/// meanwhile.
///
/// # Errors
/// A merge that is under way does not end in time.
pub async fn pass_person(transaction: &Transaction, person: Pseudonym) -> StoreResult<()> {
    pass(transaction, format!("person/{person}")).await
}

/// Keeps the gates of `people` open until the transaction ends, but for those whose gate is shut at the moment:
/// it waits for nobody. A transaction that has many gates and waits for one more would wait for ever for a
/// merge of two of them, which waits for it. The people whose gates are kept open.
///
/// # Errors
/// The statement fails.
pub(super) async fn try_pass_persons(
    transaction: &Transaction,
    people: HashSet<Pseudonym>,
) -> StoreResult<HashSet<Pseudonym>> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(people);
    }
    let sql = "SELECT person FROM unnest($1::text[]) AS people (person) \
         WHERE pg_try_advisory_xact_lock_shared(hashtextextended('person/' || person, 0))";
    let people: Vec<String> = people.iter().map(Pseudonym::to_string).collect();
    let values = [Value::from(people)];
    let locks = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let passed = transaction.query_all_raw(locks).await?;
    passed
        .iter()
        .map(|row| {
            let person: String = row.try_get_by_index(0)?;
            Ok(Columns("people").parse("person", &person)?)
        })
        .collect()
}

/// Keeps a draw's gate open until the transaction ends: its list is not closed meanwhile.
///
/// # Errors
/// The list is being closed and that does not end in time.
pub(super) async fn pass_draw(transaction: &Transaction, draw: DrawId) -> StoreResult<()> {
    pass(transaction, format!("draw/{draw}")).await
}

/// Shuts a draw's gate until the transaction ends: no entry commits meanwhile.
///
/// # Errors
/// Entries that are under way do not end in time.
pub(super) async fn shut_draw(transaction: &Transaction, draw: DrawId) -> StoreResult<()> {
    shut(transaction, format!("draw/{draw}")).await
}

/// Shuts the log's gate until the transaction ends: no other transaction appends to it meanwhile.
///
/// # Errors
/// The transaction that appends at the moment does not end in time.
pub(super) async fn shut_log(transaction: &Transaction) -> StoreResult<()> {
    shut(transaction, "log".to_owned()).await
}

async fn pass(transaction: &Transaction, gate: String) -> StoreResult<()> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))";
        let values = [Value::from(gate)];
        let lock = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        transaction.query_one_raw(lock).await?;
    }
    Ok(())
}
