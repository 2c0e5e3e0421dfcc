//! What the database says is taken.

use booking::{Seat, state::BookingStatus};
use ids::LocationId;
use jiff::{Timestamp, civil::Date};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::{
    holds::Claim,
    store::{StoreResult, value::Columns},
};

/// Every taken seat, for the holds: bookings that keep their seat, and seats that were given back
/// for a later moment.
///
/// Reads only, in one statement, so that no seat is missed while it moves from one table to the
/// other. Both branches use the index on (location, date) when one day is asked for. The answer is
/// as old as the statement: whoever uses it must notice what changed since.
#[derive(Debug, Clone)]
pub struct Occupancy {
    scope: Scope,
    now: Timestamp,
}

#[derive(Debug, Clone)]
enum Scope {
    Since(Date),
    Day(LocationId, Date),
}

impl Occupancy {
    /// From `date` on, everywhere.
    #[must_use]
    pub fn since(date: Date, now: Timestamp) -> Self {
        Self { scope: Scope::Since(date), now }
    }

    /// Of one day at one location.
    #[must_use]
    pub fn of_day(location: LocationId, date: Date, now: Timestamp) -> Self {
        Self { scope: Scope::Day(location, date), now }
    }

    /// The claims.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<Claim>> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(claim).collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let gone = BookingStatus::ALL.into_iter().filter(|status| !status.keeps_seat());
        let gone: Vec<_> = gone.map(|status| format!("'{status}'")).collect();
        let (within, mut values): (_, Vec<Value>) = match &self.scope {
            Scope::Since(date) => ("date >= $1", vec![date.to_string().into()]),
            Scope::Day(location, date) => (
                "location = $1 AND date = $2",
                vec![location.as_str().into(), date.to_string().into()],
            ),
        };
        values.push(self.now.as_millisecond().into());
        let now = values.len();
        let gone = gone.join(", ");
        let sql = format!(
            "SELECT id AS booking, location, date, start_unit, units, desk, status, person, \
             service_group, CAST(NULL AS BIGINT) AS free_at \
             FROM bookings WHERE {within} AND status NOT IN ({gone}) \
             UNION ALL \
             SELECT booking_id, location, date, start_unit, units, desk, NULL, NULL, NULL, \
             release_at \
             FROM released_seats WHERE {within} AND release_at > ${now}"
        );
        Statement::from_sql_and_values(backend, sql, values)
    }
}

fn claim(row: &QueryResult) -> StoreResult<Claim> {
    let columns = Columns("bookings");
    let text = |column: &str| row.try_get::<String>("", column);
    let number = |column: &str| row.try_get::<i32>("", column);
    let status = row.try_get::<Option<String>>("", "status")?;
    let status: Option<BookingStatus> =
        status.map(|status| columns.parse("status", &status)).transpose()?;
    let active = match status {
        Some(status) if status.is_active() => Some((
            columns.parse("person", &text("person")?)?,
            columns.parse("service_group", &text("service_group")?)?,
        )),
        _ => None,
    };
    Ok(Claim {
        booking: columns.parse("id", &text("booking")?)?,
        seat: Seat {
            location: columns.parse("location", &text("location")?)?,
            date: columns.parse("date", &text("date")?)?,
            start: columns.number("start_unit", number("start_unit")?)?,
            units: columns.number("units", number("units")?)?,
            desk: columns.desk("desk", number("desk")?)?,
        },
        active,
        free_at: row
            .try_get::<Option<i64>>("", "free_at")?
            .map(|at| columns.time("release_at", at))
            .transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    fn of_day() -> Occupancy {
        let now = Timestamp::from_second(7).unwrap();
        Occupancy::of_day("mitte".parse().unwrap(), "2027-01-04".parse().unwrap(), now)
    }

    #[test]
    fn the_statement_is_as_reviewed() {
        insta::assert_snapshot!(of_day().statement(DbBackend::Postgres).sql, @"SELECT id AS booking, location, date, start_unit, units, desk, status, person, service_group, CAST(NULL AS BIGINT) AS free_at FROM bookings WHERE location = $1 AND date = $2 AND status NOT IN ('cancelled', 'rebooked') UNION ALL SELECT booking_id, location, date, start_unit, units, desk, NULL, NULL, NULL, release_at FROM released_seats WHERE location = $1 AND date = $2 AND release_at > $3");
    }

    #[tokio::test]
    async fn one_day_is_found_by_its_index_in_both_tables() {
        let Some(plan) = plan_on_postgres(of_day().statement(DbBackend::Postgres)).await else {
            return;
        };
        assert!(plan.contains("bookings_day") && plan.contains("released_seats_day"), "{plan}");
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }
}
