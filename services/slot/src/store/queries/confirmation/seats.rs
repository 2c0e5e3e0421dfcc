//! The seats of bookings that were added in the same transaction.

use std::collections::HashSet;

use ids::BookingId;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::store::StoreResult;

/// Takes them where nothing else keeps them, the day is not closed and the person not dissolved,
/// and tells whose.
///
/// A statement of its own after the one that added the bookings, so that it sees what was committed
/// while that one waited for a gate.
pub(super) async fn take<C: ConnectionTrait>(
    db: &C,
    bookings: &[BookingId],
) -> StoreResult<HashSet<String>> {
    let rows = db.query_all_raw(statement(db.get_database_backend(), bookings)).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

fn statement(backend: DbBackend, bookings: &[BookingId]) -> Statement {
    let ids: Vec<Value> = bookings.iter().map(|id| id.to_string().into()).collect();
    let places: Vec<_> = (1..=ids.len()).map(|number| format!("${number}")).collect();
    // A trigger of SQLite cannot skip a row; there is no concurrent writer there.
    let free = match backend {
        DbBackend::Sqlite => {
            " AND NOT EXISTS (SELECT 1 FROM reservations AS other \
             WHERE other.location = bookings.location AND other.desk = bookings.desk \
             AND other.starts_at < bookings.ends_at AND bookings.starts_at < other.ends_at)"
        }
        _ => "",
    };
    let sql = format!(
        "INSERT INTO reservations \
         (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, \
         created_at) \
         SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, \
         person, service_group, created_at FROM bookings WHERE id IN ({}) \
         AND NOT EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location \
         AND closings.date = bookings.date) \
         AND NOT EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person){free} \
         ON CONFLICT DO NOTHING RETURNING booking_id",
        places.join(", ")
    );
    Statement::from_sql_and_values(backend, sql, ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    fn two() -> Statement {
        let ids = [BookingId::from_bits(1), BookingId::from_bits(2)];
        statement(DbBackend::Postgres, &ids)
    }

    #[test]
    fn the_statement_is_as_reviewed() {
        insta::assert_snapshot!(two().sql, @"INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, created_at) SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, person, service_group, created_at FROM bookings WHERE id IN ($1, $2) AND NOT EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location AND closings.date = bookings.date) AND NOT EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person) ON CONFLICT DO NOTHING RETURNING booking_id");
    }

    #[tokio::test]
    async fn bookings_closings_and_dissolved_persons_are_found_by_their_keys() {
        let Some(plan) = plan_on_postgres(two()).await else { return };
        for index in ["bookings_pkey", "closings_pkey", "merged_persons_pkey"] {
            assert!(plan.contains(index), "{plan}");
        }
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }
}
