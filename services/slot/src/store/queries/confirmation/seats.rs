//! The seats of bookings that were added in the same transaction.

use std::collections::HashSet;

use ids::BookingId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::store::StoreResult;

/// When the catalogue in force came into it; the epoch if none ever did.
pub(super) const IN_FORCE: &str =
    "COALESCE((SELECT applied_at FROM good_catalogue WHERE id = 1), 0)";

/// Takes them where nothing else keeps them, the day is not closed and the person not dissolved, if
/// the catalogue that they were decided by is in force, and returns whose.
///
/// A statement of its own after the one that added the bookings, so that it sees what was committed
/// while that one waited for a gate.
pub(super) async fn take<C: ConnectionTrait>(
    db: &C,
    bookings: &[BookingId],
    decided_by: Timestamp,
) -> StoreResult<HashSet<String>> {
    let rows = db.query_all_raw(statement(db.get_database_backend(), bookings, decided_by)).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

fn statement(backend: DbBackend, bookings: &[BookingId], decided_by: Timestamp) -> Statement {
    let ids = bookings.iter().map(ToString::to_string);
    // A trigger of SQLite cannot skip a row; there is no concurrent writer there.
    let (mut values, among, free) = match backend {
        DbBackend::Sqlite => {
            let places: Vec<_> = (1..=bookings.len()).map(|number| format!("${number}")).collect();
            let free = " AND NOT EXISTS (SELECT 1 FROM reservations AS other \
             WHERE other.location = bookings.location AND other.desk = bookings.desk \
             AND other.starts_at < bookings.ends_at AND bookings.starts_at < other.ends_at)";
            (ids.map(Value::from).collect(), format!("IN ({})", places.join(", ")), free)
        }
        // The same statement for any number, planned once.
        _ => (vec![Value::from(ids.collect::<Vec<_>>())], "= ANY($1)".to_owned(), ""),
    };
    values.push(decided_by.as_millisecond().into());
    let sql = format!(
        "INSERT INTO reservations \
         (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, \
         created_at) \
         SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, \
         person, service_group, created_at FROM bookings WHERE id {among} \
         AND NOT EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location \
         AND closings.date = bookings.date) \
         AND NOT EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person) \
         AND {IN_FORCE} = ${}{free} \
         ON CONFLICT DO NOTHING RETURNING booking_id",
        values.len()
    );
    Statement::from_sql_and_values(backend, sql, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    fn two() -> Statement {
        let ids = [BookingId::from_bits(1), BookingId::from_bits(2)];
        statement(DbBackend::Postgres, &ids, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn the_statement_is_as_reviewed() {
        insta::assert_snapshot!(two().sql, @"INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, created_at) SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, person, service_group, created_at FROM bookings WHERE id = ANY($1) AND NOT EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location AND closings.date = bookings.date) AND NOT EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person) AND COALESCE((SELECT applied_at FROM good_catalogue WHERE id = 1), 0) = $2 ON CONFLICT DO NOTHING RETURNING booking_id");
    }

    #[tokio::test]
    async fn bookings_closings_and_dissolved_persons_are_found_by_their_keys() {
        let Some(plan) = plan_on_postgres(two()).await else { return };
        for index in
            ["bookings_pkey", "closings_pkey", "merged_persons_pkey", "good_catalogue_pkey"]
        {
            assert!(plan.contains(index), "{plan}");
        }
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }
}
