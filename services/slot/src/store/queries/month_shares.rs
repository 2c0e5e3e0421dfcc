//! What the bookings of a month rest on.

use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use super::day_counts::BINDING;
use crate::{
    domain::Binding,
    store::{StoreResult, value::Columns},
};

/// The bookings for appointments of these days at these locations, counted by service and by what they
/// rest on. Those that gave way to another one (rebooked) are left out: that one counts.
///
/// Reads only, in one statement, by the index on (location, date).
#[derive(Debug, Clone)]
pub struct MonthShares {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The locations.
    pub locations: Vec<LocationId>,
}

/// Bookings of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareCount {
    /// All of these in each visit.
    pub services: Vec<ServiceId>,
    /// What they rest on.
    pub binding: Binding,
    /// How many.
    pub bookings: u32,
}

impl MonthShares {
    /// The counts; nothing without locations.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<ShareCount>> {
        if self.locations.is_empty() {
            return Ok(Vec::new());
        }
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(count).collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let places: Vec<_> = (3..self.locations.len() + 3).map(|n| format!("${n}")).collect();
        let places = places.join(", ");
        let sql = format!(
            "SELECT services, {BINDING} AS rests_on, CAST(COUNT(*) AS BIGINT) AS bookings FROM bookings \
             WHERE location IN ({places}) AND date BETWEEN $1 AND $2 AND status <> 'rebooked' \
             GROUP BY services, {BINDING}"
        );
        let days = [self.from, self.to].map(|date| Value::from(date.to_string()));
        let locations = self.locations.iter().map(|location| Value::from(location.as_str()));
        Statement::from_sql_and_values(backend, sql, days.into_iter().chain(locations))
    }
}

fn count(row: &QueryResult) -> StoreResult<ShareCount> {
    let columns = Columns("bookings");
    let text = |column: &str| row.try_get::<String>("", column);
    Ok(ShareCount {
        services: columns.json("services", &text("services")?)?,
        binding: columns.parse("binding", &text("rests_on")?)?,
        bookings: u32::try_from(row.try_get::<i64>("", "bookings")?).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn the_month_is_found_by_the_index() {
        let month = MonthShares {
            from: "2027-01-01".parse().unwrap(),
            to: "2027-01-31".parse().unwrap(),
            locations: vec!["mitte".parse().unwrap(), "wedding".parse().unwrap()],
        };
        let Some(plan) = plan_on_postgres(month.statement(DbBackend::Postgres)).await else {
            return;
        };
        assert!(plan.contains("bookings_day") && !plan.contains("Seq Scan"), "{plan}");
    }
}
