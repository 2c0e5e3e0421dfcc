//! Bookings that keep no seat.

use std::collections::BTreeSet;

use ids::{BookingId, LocationId};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::store::{
    StoreResult,
    value::{Columns, active_statuses},
};

const COLUMNS: Columns = Columns("bookings");

/// The active bookings of a date at some locations that have no reservation. There are none, unless
/// rows were lost or changed by hand: then another person may get the seat.
///
/// Reads only, in one statement, by the index on (location, date) and the primary key of the
/// reservations.
#[derive(Debug, Clone)]
pub struct UnseatedOn<'a> {
    /// The date.
    pub date: Date,
    /// Where.
    pub locations: &'a BTreeSet<LocationId>,
}

impl UnseatedOn<'_> {
    /// The bookings.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(
        &self,
        db: &C,
    ) -> StoreResult<Vec<(LocationId, BookingId)>> {
        if self.locations.is_empty() {
            return Ok(Vec::new());
        }
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter()
            .map(|row| {
                let location: String = row.try_get("", "location")?;
                let id: String = row.try_get("", "id")?;
                Ok((COLUMNS.parse("location", &location)?, COLUMNS.parse("id", &id)?))
            })
            .collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let mut values: Vec<Value> = vec![self.date.to_string().into()];
        values.extend(self.locations.iter().map(|location| location.as_str().into()));
        let places: Vec<_> = (2..=values.len()).map(|number| format!("${number}")).collect();
        let sql = format!(
            "SELECT location, id FROM bookings WHERE date = $1 AND location IN ({}) \
             AND status IN ({}) AND NOT EXISTS (SELECT 1 FROM reservations \
             WHERE reservations.id = 'rsv_' || substr(bookings.id, 5))",
            places.join(", "),
            active_statuses()
        );
        Statement::from_sql_and_values(backend, sql, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn the_bookings_of_a_day_are_found_by_an_index() {
        let locations: BTreeSet<LocationId> =
            ["mitte", "pankow"].into_iter().map(|name| name.parse().unwrap()).collect();
        let on = UnseatedOn { date: "2027-01-04".parse().unwrap(), locations: &locations };
        let Some(plan) = plan_on_postgres(on.statement(DbBackend::Postgres)).await else { return };
        assert!(plan.contains("bookings_day") && !plan.contains("Seq Scan"), "{plan}");
    }
}
