//! How many visits of which kind a day had.

use booking::state::BookingStatus;
use ids::{LocationId, ServiceId};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::{
    domain::Binding,
    store::{StoreResult, value::Columns},
};

/// What a booking rests on. A version without the column derived it from the channel.
pub(super) const BINDING: &str =
    "COALESCE(binding, CASE channel WHEN 'staff' THEN 'vouched' ELSE 'online' END)";

/// The bookings of one day at these locations, counted by what the statistics distinguish.
///
/// Reads only, in one statement, by the index on (location, date). Percentiles are left to the
/// caller, since SQLite has none: the number of days waited is one of the kinds. A seat that was
/// given up counts as booked again if a booking that was kept overlaps it and was made later.
#[derive(Debug, Clone)]
pub struct DayCounts {
    date: Date,
    locations: Vec<LocationId>,
}

/// Visits of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitCount {
    /// The location.
    pub location: LocationId,
    /// All of these in each visit.
    pub services: Vec<ServiceId>,
    /// Where they stand.
    pub status: BookingStatus,
    /// Full days of 24 hours between booking and appointment.
    pub waited_days: u32,
    /// What they rest on.
    pub binding: Binding,
    /// Given up, and the seat is booked again.
    pub booked_again: bool,
    /// How many.
    pub visits: u32,
    /// Minutes at a desk that they take together.
    pub minutes: u64,
}

impl DayCounts {
    /// Of one day at these locations.
    #[must_use]
    pub fn on(date: Date, locations: Vec<LocationId>) -> Self {
        Self { date, locations }
    }

    /// The counts; nothing without locations.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<VisitCount>> {
        if self.locations.is_empty() {
            return Ok(Vec::new());
        }
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(count).collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let gone = BookingStatus::ALL.into_iter().filter(|status| !status.keeps_seat());
        let gone: Vec<_> = gone.map(|status| format!("'{status}'")).collect();
        let gone = gone.join(", ");
        let places: Vec<_> = (2..self.locations.len() + 2).map(|n| format!("${n}")).collect();
        let places = places.join(", ");
        let sql = format!(
            "SELECT location, services, status, waited, again, binding, \
             CAST(COUNT(*) AS BIGINT) AS visits, CAST(SUM(minutes) AS BIGINT) AS minutes FROM ( \
             SELECT location, services, status, {BINDING} AS binding, (ends_at - starts_at) / 60000 AS minutes, \
             (starts_at - created_at) / 86400000 AS waited, \
             CASE WHEN status IN ({gone}) AND EXISTS ( \
             SELECT 1 FROM bookings AS later WHERE later.location = visit.location \
             AND later.date = visit.date AND later.desk = visit.desk \
             AND later.starts_at < visit.ends_at \
             AND visit.starts_at < later.ends_at \
             AND later.created_at >= visit.changed_at AND later.status NOT IN ({gone}) \
             ) THEN 1 ELSE 0 END AS again \
             FROM bookings AS visit WHERE date = $1 AND location IN ({places}) \
             ) AS visits GROUP BY location, services, status, waited, again, \
             binding"
        );
        let locations = self.locations.iter().map(|location| Value::from(location.as_str()));
        let values = std::iter::once(Value::from(self.date.to_string())).chain(locations);
        Statement::from_sql_and_values(backend, sql, values)
    }
}

fn count(row: &QueryResult) -> StoreResult<VisitCount> {
    let columns = Columns("bookings");
    let text = |column: &str| row.try_get::<String>("", column);
    let number = |column: &str| row.try_get::<i64>("", column);
    Ok(VisitCount {
        location: columns.parse("location", &text("location")?)?,
        services: columns.json("services", &text("services")?)?,
        status: columns.parse("status", &text("status")?)?,
        // A walk up to the desk may begin before it is entered.
        waited_days: u32::try_from(number("waited")?.max(0)).unwrap_or(u32::MAX),
        binding: columns.parse("binding", &text("binding")?)?,
        booked_again: row.try_get::<i32>("", "again")? == 1,
        visits: u32::try_from(number("visits")?).unwrap_or(u32::MAX),
        minutes: u64::try_from(number("minutes")?).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    fn statement() -> Statement {
        let locations = vec!["mitte".parse().unwrap(), "wedding".parse().unwrap()];
        DayCounts::on("2027-01-04".parse().unwrap(), locations).statement(DbBackend::Postgres)
    }

    #[test]
    fn the_statement_is_as_reviewed() {
        insta::assert_snapshot!(statement().sql, @"SELECT location, services, status, waited, again, binding, CAST(COUNT(*) AS BIGINT) AS visits, CAST(SUM(minutes) AS BIGINT) AS minutes FROM ( SELECT location, services, status, COALESCE(binding, CASE channel WHEN 'staff' THEN 'vouched' ELSE 'online' END) AS binding, (ends_at - starts_at) / 60000 AS minutes, (starts_at - created_at) / 86400000 AS waited, CASE WHEN status IN ('cancelled', 'rebooked') AND EXISTS ( SELECT 1 FROM bookings AS later WHERE later.location = visit.location AND later.date = visit.date AND later.desk = visit.desk AND later.starts_at < visit.ends_at AND visit.starts_at < later.ends_at AND later.created_at >= visit.changed_at AND later.status NOT IN ('cancelled', 'rebooked') ) THEN 1 ELSE 0 END AS again FROM bookings AS visit WHERE date = $1 AND location IN ($2, $3) ) AS visits GROUP BY location, services, status, waited, again, binding");
    }

    #[tokio::test]
    async fn the_day_and_the_later_bookings_are_found_by_the_index() {
        let Some(plan) = plan_on_postgres(statement()).await else { return };
        assert!(plan.matches("bookings_day").count() >= 2 && !plan.contains("Seq Scan"), "{plan}");
    }
}
