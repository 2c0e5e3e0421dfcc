//! Dates that the office gave, as their person and as their agency see them.

use booking::{TrustLevel, state::BookingStatus};
use ids::{ClientId, EntitlementId, Pseudonym};

use super::called_now;
use crate::{
    app::{AppError, Engine, own_entitlement::own_entitlement, required_level::level_for},
    domain::AssignedDate,
    store::{assigned_dates, bookings},
};

/// The dates that a person can answer. Those of a service that asks for a surer log-in are left out.
///
/// # Errors
/// The database does not answer.
pub async fn read_own(
    engine: &Engine,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<Vec<AssignedDate>, AppError> {
    let (now, catalogue) = (engine.now(), engine.catalogue());
    let open = assigned_dates::open_of_person(engine.database.connection(), person).await?;
    let open = open.into_iter().map(|date| called_now(&catalogue, date));
    let may_see = |date: &AssignedDate| {
        let services = std::slice::from_ref(&date.service);
        date.is_open(now) && level >= level_for(engine, services, TrustLevel::High)
    };
    Ok(open.filter(may_see).collect())
}

/// A date, and what has become of the appointment that came of it.
#[derive(Debug, Clone)]
pub struct LatestDate {
    /// The date, as it stands by the clock.
    pub date: AssignedDate,
    /// Where its appointment stands, if it was accepted.
    pub booking: Option<BookingStatus>,
}

/// The date that was given last to what the agency posted.
///
/// # Errors
/// The agency posted no such entitlement, or it was given no date.
pub async fn read_latest(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
) -> Result<LatestDate, AppError> {
    own_entitlement(engine, client, id).await?;
    let db = engine.database.connection();
    let latest = assigned_dates::latest_of(db, id).await?.ok_or(AppError::DateNotFound)?;
    let booking = match latest.booking {
        Some(booking) => bookings::find(db, booking).await?.map(|booking| booking.status),
        None => None,
    };
    let status = latest.status_at(engine.now());
    let date = AssignedDate { status, ..called_now(&engine.catalogue(), latest) };
    Ok(LatestDate { date, booking })
}
