//! Bookings that keep no seat.

use ids::{BookingId, LocationId};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::store::{
    StoreResult,
    value::{Columns, active_statuses},
};

/// The active bookings of a day that have no reservation. There are none, unless rows were lost or
/// changed by hand: then another person may get the seat.
///
/// Reads only, in one statement, by the index on (location, date) and the primary key of the
/// reservations.
#[derive(Debug, Clone)]
pub struct UnseatedOn<'a>(pub &'a LocationId, pub Date);

impl UnseatedOn<'_> {
    /// The bookings.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<BookingId>> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        let id = |text: String| Columns("bookings").parse("id", &text);
        rows.iter().map(|row| Ok(id(row.try_get("", "id")?)?)).collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let Self(location, date) = self;
        let sql = format!(
            "SELECT id FROM bookings WHERE location = $1 AND date = $2 AND status IN ({}) \
             AND NOT EXISTS (SELECT 1 FROM reservations \
             WHERE reservations.id = 'rsv_' || substr(bookings.id, 5))",
            active_statuses()
        );
        let values = [location.as_str().into(), date.to_string().into()];
        Statement::from_sql_and_values(backend, sql, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn the_bookings_of_a_day_are_found_by_an_index() {
        let location = "mitte".parse().unwrap();
        let on = UnseatedOn(&location, "2027-01-04".parse().unwrap());
        let Some(plan) = plan_on_postgres(on.statement(DbBackend::Postgres)).await else { return };
        assert!(plan.contains("bookings_day") && !plan.contains("Seq Scan"), "{plan}");
    }
}
