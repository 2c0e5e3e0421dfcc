//! Entries and places that a merge ended, since one human has one: a reversal brings them back.

use ids::{DrawId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};
use serde::Serialize;

use super::{StoreResult, value::Columns};

const COLUMNS: Columns = Columns("merge_ended");

/// What ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An entry in a draw.
    Entry,
    /// A place in a waiting list.
    Place,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Place => "place",
        }
    }
}

/// A row that a merge is about to delete.
pub(super) struct Ended<'a, T> {
    pub kind: Kind,
    pub id: &'a str,
    /// The draw or the service.
    pub of: &'a str,
    /// Whose it was.
    pub person: &'a str,
    pub row: &'a T,
}

/// Keeps a row that the merge of `dissolved` ends.
///
/// # Errors
/// The statement fails.
pub(super) async fn keep<T: Serialize>(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
    ended: Ended<'_, T>,
    at: Timestamp,
) -> StoreResult<()> {
    let content = serde_json::to_string(ended.row).map_err(|_| COLUMNS.corrupt("content"))?;
    let sql = "INSERT INTO merge_ended (dissolved, kind, id, of_what, person, content, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dissolved, kind, id) \
         DO UPDATE SET person = excluded.person, content = excluded.content, at = excluded.at";
    let values: [Value; 7] = [
        dissolved.to_string().into(),
        ended.kind.as_str().into(),
        ended.id.into(),
        ended.of.into(),
        ended.person.into(),
        content.into(),
        at.as_millisecond().into(),
    ];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// What the merge of `dissolved` ended, as JSON.
///
/// # Errors
/// The statement fails.
pub(super) async fn contents(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
    kind: Kind,
) -> StoreResult<Vec<String>> {
    let sql = "SELECT content FROM merge_ended WHERE dissolved = $1 AND kind = $2 ORDER BY id";
    let values: [Value; 2] = [dissolved.to_string().into(), kind.as_str().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Forgets what the merge of `dissolved` ended.
///
/// # Errors
/// The statement fails.
pub async fn forget(db: &impl ConnectionTrait, dissolved: Pseudonym) -> StoreResult<()> {
    let sql = "DELETE FROM merge_ended WHERE dissolved = $1";
    let values: [Value; 1] = [dissolved.to_string().into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Forgets the entries in a draw that a merge ended, as those that were drawn.
///
/// # Errors
/// The statement fails.
pub(super) async fn delete_of(db: &impl ConnectionTrait, draw: DrawId) -> StoreResult<()> {
    let sql = "DELETE FROM merge_ended WHERE kind = 'entry' AND of_what = $1";
    let values: [Value; 1] = [draw.to_string().into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Forgets what ended before `at`: names and wishes are kept no longer than those of other places that
/// ended. A reversal after that brings nothing back.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, at: Timestamp) -> StoreResult<()> {
    let sql = "DELETE FROM merge_ended WHERE at < $1";
    let values: [Value; 1] = [at.as_millisecond().into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
