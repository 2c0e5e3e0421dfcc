//! What is reserved on a day, as far as a change of the catalogue can touch it.

use booking::{ReservationKind, state::BookingStatus};
use catalogue::Reserved;
use ids::{ReservationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use crate::store::{StoreResult, value::Columns};

const COLUMNS: Columns = Columns("reservations");

/// The reservations of one local day at all locations, with what they are for. Reads only, in one
/// statement, by the index on (date, location).
#[derive(Debug, Clone)]
pub struct ReservedOn(pub Date);

/// The same for the bookings that were made since an instant, as the clock of who made each says.
/// Their ids rise with time, so that the primary key finds them.
#[derive(Debug, Clone)]
pub struct BookedSince(pub Timestamp);

impl ReservedOn {
    /// The reservations.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<Reserved>> {
        read(db, "reservations.date = $1", self.0.to_string()).await
    }
}

impl BookedSince {
    /// The reservations.
    ///
    /// # Errors
    /// The statement fails or a row makes no sense.
    pub async fn read<C: ConnectionTrait>(&self, db: &C) -> StoreResult<Vec<Reserved>> {
        read(db, "reservations.id >= $1", self.first_id().to_string()).await
    }

    /// The least that one of that millisecond can have.
    fn first_id(&self) -> ReservationId {
        let milliseconds = u128::try_from(self.0.as_millisecond()).unwrap_or(0);
        ReservationId::from_bits(milliseconds << 80)
    }
}

async fn read<C: ConnectionTrait>(
    db: &C,
    which: &str,
    value: String,
) -> StoreResult<Vec<Reserved>> {
    let statement = statement(db.get_database_backend(), which, value);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(reserved).collect()
}

/// What the seat was drawn for that a reservation keeps until its winner answers. Few are kept at a time
/// (index `draw_entries_ending`).
const DRAWN: &str = "SELECT draws.service FROM draw_entries \
     JOIN draws ON draws.id = draw_entries.draw_id \
     WHERE draw_entries.status = 'offered' AND draw_entries.reservation_id = reservations.id";

fn statement(backend: DbBackend, which: &str, value: String) -> Statement {
    let sql = format!(
        "SELECT reservations.id, kind, reservations.location, reservations.desk, \
         reservations.starts_at, reservations.ends_at, latest, services, status, \
         COALESCE(reservations.person, bookings.person) AS person, \
         COALESCE(reservations.service_group, bookings.service_group) AS service_group, \
         CASE WHEN kind = 'offer' THEN ({DRAWN}) END AS drawn \
         FROM reservations LEFT JOIN bookings \
         ON kind = 'booking' AND bookings.id = reservations.booking_id \
         WHERE {which}"
    );
    Statement::from_sql_and_values(backend, sql, [value.into()])
}

fn reserved(row: &QueryResult) -> StoreResult<Reserved> {
    let text = |column: &str| row.try_get::<String>("", column);
    let maybe = |column: &str| row.try_get::<Option<String>>("", column);
    let kind: ReservationKind = COLUMNS.parse("kind", &text("kind")?)?;
    let status: Option<BookingStatus> =
        maybe("status")?.map(|status| COLUMNS.parse("status", &status)).transpose()?;
    let is_over = status.is_some_and(|status| !status.is_active());
    let booked = maybe("services")?.map(|services| COLUMNS.json("services", &services));
    let drawn: Option<ServiceId> =
        maybe("drawn")?.map(|service| COLUMNS.parse("service", &service)).transpose()?;
    let group = maybe("service_group")?.map(|group| COLUMNS.parse("service_group", &group));
    let latest: Option<i64> = row.try_get("", "latest")?;
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
        services: booked.transpose()?.unwrap_or_else(|| drawn.into_iter().collect()),
        group: group.transpose()?,
        person: person.transpose()?.filter(|_| !is_over),
        returns_by: latest.map(|latest| COLUMNS.time("latest", latest)).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn what_was_booked_since_is_found_by_its_ids() {
        let id = BookedSince("2027-01-04T08:00:00Z".parse().unwrap()).first_id();
        let statement = statement(DbBackend::Postgres, "reservations.id >= $1", id.to_string());
        let Some(plan) = plan_on_postgres(statement).await else { return };
        assert!(plan.contains("reservations_pkey"), "{plan}");
    }
}
