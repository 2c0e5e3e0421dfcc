//! How often people went without in the draws of a service: they choose earlier in the next one.

use ids::{GroupId, Pseudonym, ServiceId};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::StoreResult;

/// In how many draws of a service, which had these names, the person went without since their last
/// appointment in its group.
///
/// # Errors
/// The statement fails.
pub async fn count(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    names: &[ServiceId],
    group: &GroupId,
) -> StoreResult<u32> {
    let sql = "SELECT CAST(COALESCE(MAX(misses), 0) AS BIGINT) FROM draw_misses \
         WHERE person = $1 AND service = $2 AND NOT EXISTS (SELECT 1 FROM bookings \
         WHERE bookings.person = $1 AND bookings.service_group = $3 \
         AND bookings.created_at > draw_misses.at \
         AND bookings.status NOT IN ('cancelled', 'rebooked'))";
    let mut most = 0;
    for name in names {
        let values: [Value; 3] =
            [person.to_string().into(), name.as_str().into(), group.as_str().into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        if let Some(row) = db.query_one_raw(statement).await? {
            let misses: i64 = row.try_get_by_index(0)?;
            most = most.max(u32::try_from(misses).unwrap_or(0));
        }
    }
    Ok(most)
}

/// The person went without once more.
///
/// # Errors
/// The statement fails.
pub async fn add(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    service: &ServiceId,
    at: Timestamp,
) -> StoreResult<()> {
    let sql = "INSERT INTO draw_misses (person, service, misses, at) VALUES ($1, $2, 1, $3) \
         ON CONFLICT (person, service) DO UPDATE SET misses = draw_misses.misses + 1, \
         at = excluded.at";
    let values: [Value; 3] =
        [person.to_string().into(), service.as_str().into(), at.as_millisecond().into()];
    execute(db, sql, values).await
}

/// The person got a seat.
///
/// # Errors
/// The statement fails.
pub async fn forget(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    service: &ServiceId,
) -> StoreResult<()> {
    let sql = "DELETE FROM draw_misses WHERE person = $1 AND service = $2";
    execute(db, sql, [person.to_string().into(), service.as_str().into()]).await
}

/// Two persons are one human: the greater count is theirs, since they had one ticket at a time. What the
/// dissolved person had stays beside it, for the case that the merge is reversed.
///
/// # Errors
/// The statement fails.
pub async fn merge(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
    kept: Pseudonym,
) -> StoreResult<()> {
    let sql = "INSERT INTO draw_misses (person, service, misses, at) \
         SELECT CAST($2 AS TEXT), service, misses, at FROM draw_misses WHERE person = $1 \
         ON CONFLICT (person, service) DO UPDATE SET misses = excluded.misses, at = excluded.at \
         WHERE excluded.misses > draw_misses.misses";
    execute(db, sql, [dissolved.to_string().into(), kept.to_string().into()]).await
}

/// Removes counts of people who entered no draw since `before`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp) -> StoreResult<()> {
    execute(db, "DELETE FROM draw_misses WHERE at < $1", [before.as_millisecond().into()]).await
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
