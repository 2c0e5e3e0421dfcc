//! What was a person's before they were dissolved in another one, so that it can be theirs again.

use ids::Pseudonym;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::{StoreResult, Transaction, draw_entries};

/// What a merge moves: whose it is, its kind here, its id, and where it stands.
const MOVES: &[&str] = &[
    "person, 'booking', series, CAST($2 AS BIGINT) FROM bookings WHERE person = $1",
    "person, 'entitlement', id, CAST($2 AS BIGINT) FROM entitlements WHERE person = $1",
    "person, 'history', id, CAST($2 AS BIGINT) FROM history WHERE person = $1",
    "person, 'entry', id, CAST($2 AS BIGINT) FROM draw_entries WHERE person = $1",
    "person, 'offer', id, CAST($2 AS BIGINT) FROM reservations WHERE person = $1 AND kind = 'offer'",
    "person, 'place', id, CAST($2 AS BIGINT) FROM waiting_entries WHERE person = $1",
    // Persons that were dissolved in them before.
    "kept, 'person', dissolved, CAST($2 AS BIGINT) FROM merged_persons WHERE kept = $1",
];

/// How what is `$1`'s becomes `$2`'s again. A booking that was moved meanwhile, or won by an entry, goes
/// back as well.
const RETURNS: &[&str] = &[
    "UPDATE bookings SET person = $2 WHERE person = $1 AND (series IN \
     (SELECT id FROM merge_moves WHERE dissolved = $2 AND kind = 'booking') OR series IN \
     (SELECT booking_id FROM draw_entries WHERE draw_entries.id IN \
     (SELECT merge_moves.id FROM merge_moves WHERE dissolved = $2 AND kind = 'entry')))",
    // The merge released the claims.
    "UPDATE entitlements SET person = $2 WHERE (person = $1 OR person IS NULL) AND id IN \
     (SELECT id FROM merge_moves WHERE dissolved = $2 AND kind = 'entitlement')",
    "UPDATE history SET person = $2 WHERE person = $1 AND id IN \
     (SELECT id FROM merge_moves WHERE dissolved = $2 AND kind = 'history')",
    "UPDATE draw_entries SET person = $2 WHERE person = $1 AND id IN \
     (SELECT id FROM merge_moves WHERE dissolved = $2 AND kind = 'entry')",
    "UPDATE reservations SET person = $2 WHERE person = $1 AND kind = 'offer' AND id IN \
     (SELECT id FROM merge_moves WHERE dissolved = $2 AND kind = 'offer')",
    "UPDATE waiting_entries SET person = $2 WHERE person = $1 AND id IN \
     (SELECT id FROM merge_moves WHERE dissolved = $2 AND kind = 'place')",
    "UPDATE merged_persons SET kept = $2 WHERE kept = $1 AND dissolved IN \
     (SELECT id FROM merge_moves WHERE merge_moves.dissolved = $2 AND kind = 'person')",
];

/// Notes what identity decided about `dissolved` (merged or restored), signed at this second. `false` if a
/// later decision was noted before: this one is out of date, or comes again.
///
/// # Errors
/// The statement fails.
pub async fn note_decision(
    transaction: &Transaction,
    dissolved: Pseudonym,
    signed_at: i64,
) -> StoreResult<bool> {
    let sql = "INSERT INTO merge_decisions (dissolved, signed_at) VALUES ($1, $2) \
         ON CONFLICT (dissolved) DO UPDATE SET signed_at = excluded.signed_at \
         WHERE merge_decisions.signed_at <= excluded.signed_at";
    let noted = execute(transaction, sql, [dissolved.to_string().into(), signed_at.into()]).await?;
    Ok(noted == 1)
}

/// Remembers what is `dissolved`'s now, before it becomes another person's.
///
/// # Errors
/// A statement fails.
pub async fn remember(
    transaction: &Transaction,
    dissolved: Pseudonym,
    at: Timestamp,
) -> StoreResult<()> {
    for moved in MOVES {
        let sql = format!(
            "INSERT INTO merge_moves (dissolved, kind, id, at) SELECT {moved} ON CONFLICT DO NOTHING"
        );
        let values = [dissolved.to_string().into(), at.as_millisecond().into()];
        execute(transaction, &sql, values).await?;
    }
    Ok(())
}

/// Gives what was `restored`'s back to them, from the person whose it is now, and forgets it.
///
/// # Errors
/// A statement fails, or a list of a draw is being closed and that does not end in time.
pub async fn give_back(
    transaction: &Transaction,
    from: Pseudonym,
    restored: Pseudonym,
) -> StoreResult<()> {
    draw_entries::pass_open_draws(transaction, from).await?;
    for sql in RETURNS {
        execute(transaction, sql, [from.to_string().into(), restored.to_string().into()]).await?;
    }
    let forget = "DELETE FROM merge_moves WHERE dissolved = $1";
    execute(transaction, forget, [restored.to_string().into()]).await?;
    Ok(())
}

/// Forgets what was moved before `at`: a reversal after that gives the person nothing back.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, at: Timestamp) -> StoreResult<u64> {
    let sql = "DELETE FROM merge_moves WHERE at < $1";
    execute(db, sql, [at.as_millisecond().into()]).await
}

async fn execute(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> StoreResult<u64> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
