//! How many offers of a waiting list people declined or let lapse, and when that cost them the place. It outlives
//! the place: else leaving and joining again would undo it.

use ids::{Pseudonym, ServiceId};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::{StoreResult, value::Columns};

/// What counts of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Declined {
    /// How many offers they declined or let lapse.
    pub declines: u16,
    /// When that cost them a place last.
    pub lost_at: Option<Timestamp>,
}

/// What a person declined since `since`, in the lists of services with these names: the greatest number, since a
/// new place begins with what was declined before.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn since(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    names: &[&ServiceId],
    since: Timestamp,
) -> StoreResult<Declined> {
    let columns = Columns("waiting_declines");
    let sql = "SELECT declines, lost_at FROM waiting_declines \
         WHERE person = $1 AND service = $2 AND at > $3";
    let mut all = Declined::default();
    for name in names {
        let values: [Value; 3] =
            [person.to_string().into(), name.as_str().into(), since.as_millisecond().into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        if let Some(row) = db.query_one_raw(statement).await? {
            let (declines, lost_at): (i32, Option<i64>) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let lost_at = lost_at.map(|at| columns.time("lost_at", at)).transpose()?;
            all.declines = all.declines.max(columns.number("declines", declines)?);
            all.lost_at = all.lost_at.max(lost_at.filter(|at| *at > since));
        }
    }
    Ok(all)
}

/// The person has declined so many by now; `is_lost`: and lost the place by that.
///
/// # Errors
/// The statement fails.
pub async fn note(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    service: &ServiceId,
    declined: (u16, bool),
    at: Timestamp,
) -> StoreResult<()> {
    let (declines, is_lost) = declined;
    let sql = "INSERT INTO waiting_declines (person, service, declines, lost_at, at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person, service) DO UPDATE SET \
         declines = excluded.declines, at = excluded.at, \
         lost_at = COALESCE(excluded.lost_at, waiting_declines.lost_at)";
    let values: [Value; 5] = [
        person.to_string().into(),
        service.as_str().into(),
        i32::from(declines).into(),
        is_lost.then(|| at.as_millisecond()).into(),
        at.as_millisecond().into(),
    ];
    execute(db, sql, values).await
}

/// Two persons are one human: the greater count is theirs. What the dissolved person had stays beside it,
/// for the case that the merge is reversed.
///
/// # Errors
/// The statement fails.
pub async fn merge(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
    kept: Pseudonym,
) -> StoreResult<()> {
    let sql = "INSERT INTO waiting_declines (person, service, declines, lost_at, at) \
         SELECT CAST($2 AS TEXT), service, declines, lost_at, at FROM waiting_declines \
         WHERE person = $1 ON CONFLICT (person, service) DO UPDATE SET \
         declines = CASE WHEN excluded.declines > waiting_declines.declines \
         THEN excluded.declines ELSE waiting_declines.declines END, \
         lost_at = CASE WHEN waiting_declines.lost_at IS NULL \
         OR excluded.lost_at > waiting_declines.lost_at \
         THEN excluded.lost_at ELSE waiting_declines.lost_at END, \
         at = CASE WHEN excluded.at > waiting_declines.at \
         THEN excluded.at ELSE waiting_declines.at END";
    execute(db, sql, [dissolved.to_string().into(), kept.to_string().into()]).await
}

/// Forgets what was declined before `before`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp) -> StoreResult<()> {
    let sql = "DELETE FROM waiting_declines WHERE at < $1";
    execute(db, sql, [before.as_millisecond().into()]).await
}

async fn execute(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> StoreResult<()> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await?;
    Ok(())
}
