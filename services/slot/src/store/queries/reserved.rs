//! What is reserved on a day, as far as a change of the catalogue can touch it.

use booking::{ReservationKind, state::BookingStatus};
use catalogue::Reserved;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use crate::store::{StoreResult, value::Columns};

const COLUMNS: Columns = Columns("reservations");

/// The reservations of one local day at all locations, with what they are for. Reads only, in one
/// statement, by the index on (date, location).
#[derive(Debug, Clone)]
pub struct ReservedOn(pub Date);

impl ReservedOn {
    /// The reservations.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<Reserved>> {
        let rows = db.query_all_raw(self.statement(db.get_database_backend())).await?;
        rows.iter().map(reserved).collect()
    }

    fn statement(&self, backend: DbBackend) -> Statement {
        let sql = "SELECT reservations.id, kind, reservations.location, reservations.desk, \
             reservations.starts_at, reservations.ends_at, services, status, \
             COALESCE(reservations.person, bookings.person) AS person, \
             COALESCE(reservations.service_group, bookings.service_group) AS service_group \
             FROM reservations LEFT JOIN bookings \
             ON kind = 'booking' AND bookings.id = reservations.booking_id \
             WHERE reservations.date = $1";
        Statement::from_sql_and_values(backend, sql, [self.0.to_string().into()])
    }
}

fn reserved(row: &QueryResult) -> StoreResult<Reserved> {
    let text = |column: &str| row.try_get::<String>("", column);
    let maybe = |column: &str| row.try_get::<Option<String>>("", column);
    let kind: ReservationKind = COLUMNS.parse("kind", &text("kind")?)?;
    let status: Option<BookingStatus> =
        maybe("status")?.map(|status| COLUMNS.parse("status", &status)).transpose()?;
    let is_over = status.is_some_and(|status| !status.is_active());
    let services = maybe("services")?.map(|services| COLUMNS.json("services", &services));
    let group = maybe("service_group")?.map(|group| COLUMNS.parse("service_group", &group));
    let person = maybe("person")?.map(|person| COLUMNS.parse("person", &person));
    Ok(Reserved {
        id: COLUMNS.parse("id", &text("id")?)?,
        // The record of a served or missed booking keeps its desk, without a visit.
        kind: if is_over { ReservationKind::Closed } else { kind },
        seat: COLUMNS.seat(
            &text("location")?,
            row.try_get("", "desk")?,
            row.try_get("", "starts_at")?,
            row.try_get("", "ends_at")?,
        )?,
        services: services.transpose()?.unwrap_or_default(),
        group: group.transpose()?,
        person: person.transpose()?.filter(|_| !is_over),
    })
}
