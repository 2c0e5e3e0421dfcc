//! What the database says is taken.

use std::collections::BTreeSet;

use booking::Reservation;
use ids::LocationId;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::store::{StoreResult, value::Columns};

const COLUMNS: Columns = Columns("reservations");

/// The durable reservations of one day, for the holds: what rebuild and sweep read.
///
/// Reads only, in one statement, and from the index on (date, location) alone, which has all of it.
/// The result is as old as the statement: callers must detect later changes.
#[derive(Debug, Clone)]
pub struct Occupancy {
    date: Date,
    location: Option<LocationId>,
}

impl Occupancy {
    /// On this day, everywhere. Those of one location come together.
    #[must_use]
    pub const fn on(date: Date) -> Self {
        Self { date, location: None }
    }

    /// Of one day at one location.
    #[must_use]
    pub const fn of_day(location: LocationId, date: Date) -> Self {
        Self { date, location: Some(location) }
    }

    /// The reservations.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<Reservation>> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(reservation).collect()
    }

    /// The first day after `date` on which something is reserved.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn next_date<C: ConnectionTrait>(db: &C, date: Date) -> StoreResult<Option<Date>> {
        let row = db.query_one_raw(next_date(db.get_database_backend(), date)).await?;
        let next = row.map(|row| row.try_get_by_index::<Option<String>>(0)).transpose()?.flatten();
        Ok(next.map(|next| COLUMNS.parse("date", &next)).transpose()?)
    }

    /// The days from `date` on on which something is reserved.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn days_since<C: ConnectionTrait>(
        db: &C,
        date: Date,
    ) -> StoreResult<BTreeSet<(LocationId, Date)>> {
        let rows = db.query_all_raw(days_since(db.get_database_backend(), date)).await?;
        rows.iter()
            .map(|row| {
                let location: String = row.try_get("", "location")?;
                let date: String = row.try_get("", "date")?;
                Ok((COLUMNS.parse("location", &location)?, COLUMNS.parse("date", &date)?))
            })
            .collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let mut values: Vec<Value> = vec![self.date.to_string().into()];
        let within = match &self.location {
            Some(location) => {
                values.push(location.as_str().into());
                "date = $1 AND location = $2"
            }
            None => "date = $1",
        };
        let sql = format!(
            "SELECT id, kind, location, desk, starts_at, ends_at, person, service_group, \
             COALESCE(latest, valid_until) AS until \
             FROM reservations WHERE {within} ORDER BY location"
        );
        Statement::from_sql_and_values(backend, sql, values)
    }
}

fn next_date(backend: DbBackend, date: Date) -> Statement {
    let sql = "SELECT MIN(date) FROM reservations WHERE date > $1";
    Statement::from_sql_and_values(backend, sql, [date.to_string().into()])
}

/// From day to day and from location to location, so that it takes as many looks into the index as
/// there are days, not as there are reservations.
fn days_since(backend: DbBackend, date: Date) -> Statement {
    let sql = "WITH RECURSIVE days (date, location) AS ( \
         SELECT * FROM (SELECT date, location FROM reservations WHERE date >= $1 \
         ORDER BY date, location LIMIT 1) AS first \
         UNION ALL \
         SELECT (SELECT later.date FROM reservations AS later \
         WHERE (later.date, later.location) > (days.date, days.location) \
         ORDER BY later.date, later.location LIMIT 1), \
         (SELECT later.location FROM reservations AS later \
         WHERE (later.date, later.location) > (days.date, days.location) \
         ORDER BY later.date, later.location LIMIT 1) \
         FROM days WHERE days.date IS NOT NULL) \
         SELECT date, location FROM days WHERE date IS NOT NULL";
    Statement::from_sql_and_values(backend, sql, [date.to_string().into()])
}

fn reservation(row: &QueryResult) -> StoreResult<Reservation> {
    let text = |column: &str| row.try_get::<String>("", column);
    let maybe = |column: &str| row.try_get::<Option<String>>("", column);
    let holder = match (maybe("person")?, maybe("service_group")?) {
        (Some(person), Some(group)) => {
            Some((COLUMNS.parse("person", &person)?, COLUMNS.parse("service_group", &group)?))
        }
        _ => None,
    };
    let until = row.try_get::<Option<i64>>("", "until")?;
    Ok(Reservation {
        id: COLUMNS.parse("id", &text("id")?)?,
        kind: COLUMNS.parse("kind", &text("kind")?)?,
        seat: COLUMNS.seat(
            &text("location")?,
            row.try_get("", "desk")?,
            row.try_get("", "starts_at")?,
            row.try_get("", "ends_at")?,
        )?,
        holder,
        until: until.map(|at| COLUMNS.time("latest", at)).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    fn date() -> Date {
        "2027-01-04".parse().unwrap()
    }

    fn of_day() -> Occupancy {
        Occupancy::of_day("mitte".parse().unwrap(), date())
    }

    #[test]
    fn the_statement_is_as_reviewed() {
        insta::assert_snapshot!(of_day().statement(DbBackend::Postgres).sql, @"SELECT id, kind, location, desk, starts_at, ends_at, person, service_group, COALESCE(latest, valid_until) AS until FROM reservations WHERE date = $1 AND location = $2 ORDER BY location");
    }

    #[tokio::test]
    async fn days_and_what_is_reserved_on_them_are_found_by_the_index() {
        let statements = [
            of_day().statement(DbBackend::Postgres),
            Occupancy::on(date()).statement(DbBackend::Postgres),
            next_date(DbBackend::Postgres, date()),
            days_since(DbBackend::Postgres, date()),
        ];
        for statement in statements {
            let Some(plan) = plan_on_postgres(statement).await else { return };
            assert!(plan.contains("reservations_day") && !plan.contains("Seq Scan"), "{plan}");
            assert!(!plan.contains("Sort"), "{plan}");
        }
    }
}
