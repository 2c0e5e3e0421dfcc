//! The seats of bookings that were added in the same transaction.

use std::collections::HashSet;

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::{
    domain::Booking,
    store::{StoreResult, value::local_date},
};

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
    bookings: &[&Booking],
    decided_by: Timestamp,
) -> StoreResult<HashSet<String>> {
    let rows = db.query_all_raw(statement(db.get_database_backend(), bookings, decided_by)).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

fn statement(backend: DbBackend, bookings: &[&Booking], decided_by: Timestamp) -> Statement {
    // A trigger of SQLite cannot skip a row; there is no concurrent writer there.
    let (mut values, wanted, free) = match backend {
        DbBackend::Sqlite => {
            let places: Vec<_> = (1..=bookings.len()).map(|number| format!("${number}")).collect();
            let wanted = format!("bookings WHERE id IN ({})", places.join(", "));
            let free = " AND NOT EXISTS (SELECT 1 FROM reservations AS other \
             WHERE other.location = bookings.location AND other.desk = bookings.desk \
             AND other.starts_at < bookings.ends_at AND bookings.starts_at < other.ends_at)";
            (bookings.iter().map(|booking| booking.id.to_string().into()).collect(), wanted, free)
        }
        // The same statement for any number, planned once. It does not read the bookings: a plan that was
        // made while their table was small would go through all of it, until somebody analyses it.
        _ => {
            let wanted = "unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::bigint[], \
             $6::bigint[], $7::text[], $8::text[], $9::bigint[]) AS bookings \
             (id, location, desk, date, starts_at, ends_at, person, service_group, created_at) \
             WHERE true";
            (columns(bookings), wanted.to_owned(), "")
        }
    };
    values.push(decided_by.as_millisecond().into());
    let sql = format!(
        "INSERT INTO reservations \
         (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, \
         created_at) \
         SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, \
         person, service_group, created_at FROM {wanted} \
         AND NOT EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location \
         AND closings.date = bookings.date) \
         AND NOT EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person) \
         AND {IN_FORCE} = ${}{free} \
         ON CONFLICT DO NOTHING RETURNING booking_id",
        values.len()
    );
    Statement::from_sql_and_values(backend, sql, values)
}

/// What a seat is of each booking, a column after the other, in the order of the statement.
fn columns(bookings: &[&Booking]) -> Vec<Value> {
    let numbers = |of: fn(&Booking) -> i64| -> Value {
        bookings.iter().map(|booking| of(booking)).collect::<Vec<_>>().into()
    };
    let texts = |of: fn(&Booking) -> String| -> Value {
        bookings.iter().map(|booking| of(booking)).collect::<Vec<_>>().into()
    };
    let desks = bookings.iter().map(|booking| i32::from(booking.seat.desk.index()));
    vec![
        texts(|booking| booking.id.to_string()),
        texts(|booking| booking.seat.location.to_string()),
        desks.collect::<Vec<_>>().into(),
        texts(|booking| local_date(&booking.seat).to_string()),
        numbers(|booking| booking.seat.start.as_millisecond()),
        numbers(|booking| booking.seat.end.as_millisecond()),
        texts(|booking| booking.person.to_string()),
        texts(|booking| booking.group.to_string()),
        numbers(|booking| booking.created_at.as_millisecond()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    /// The same for any number.
    fn any() -> Statement {
        statement(DbBackend::Postgres, &[], Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn the_statement_is_as_reviewed() {
        insta::assert_snapshot!(any().sql, @"INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, created_at) SELECT 'rsv_' || substr(id, 5), 'booking', location, desk, date, starts_at, ends_at, id, person, service_group, created_at FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::bigint[]) AS bookings (id, location, desk, date, starts_at, ends_at, person, service_group, created_at) WHERE true AND NOT EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location AND closings.date = bookings.date) AND NOT EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person) AND COALESCE((SELECT applied_at FROM good_catalogue WHERE id = 1), 0) = $10 ON CONFLICT DO NOTHING RETURNING booking_id");
    }

    #[tokio::test]
    async fn closings_and_dissolved_persons_are_found_by_their_keys_and_no_booking_is_read() {
        let Some(plan) = plan_on_postgres(any()).await else { return };
        for index in ["closings_pkey", "merged_persons_pkey", "good_catalogue_pkey"] {
            assert!(plan.contains(index), "{plan}");
        }
        assert!(plan.contains("Function Scan on bookings") && !plan.contains("Seq Scan"), "{plan}");
    }
}
