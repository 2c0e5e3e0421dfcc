//! The office gives dates to applications on file.
//!
//! People do not choose a time of such a service: an agency's program or staff give a date to an entitlement,
//! by its id or by the reference in the letter. The seat is taken by a hold, as any seat, and kept by a
//! reservation of the kind offer until it is answered ([`assign_date`]). The person who proves the entitlement
//! sees the date, accepts it by the constraints of every confirm ([`accept_date`]) or declines it
//! ([`decline_date`]); staff accept it for a person at the desk ([`accept_for_person`]). Staff see what is open at their location ([`list_dates`]); they or the agency take it back
//! ([`withdraw_date`]). Without an answer it lapses ([`end_dates`]), and a person who is known
//! hears of it (`tell_end.rs`). It ends with an appointment of its person in the group, whether they have proven
//! the application ([`end_dates`]) or not (`end_unproven.rs`).

pub mod accept_date;
pub mod accept_for_person;
pub mod assign_date;
pub mod decline_date;
pub mod end_dates;
pub(super) mod end_unproven;
mod events;
mod language;
pub mod list_dates;
pub mod read_dates;
mod tell_end;
mod terms;
pub mod withdraw_date;

use catalogue::Catalogue;
use ids::{AssignedDateId, Pseudonym};
use messaging::UnitOfWork;

use super::{AppError, Engine, release_seat::give_up_offer};
use crate::{
    domain::{AssignedDate, waiting::OfferStatus},
    store::{assigned_dates, entitlements},
};

/// A date of an application that this person has proven, by the names that the catalogue has now.
async fn of_person(
    engine: &Engine,
    id: AssignedDateId,
    person: Pseudonym,
) -> Result<AssignedDate, AppError> {
    let db = engine.database.connection();
    let date = assigned_dates::find(db, id).await?.ok_or(AppError::DateNotFound)?;
    let entitlement = entitlements::find(db, date.entitlement).await?;
    let is_theirs = entitlement.is_some_and(|it| it.person == Some(person));
    if is_theirs { Ok(called_now(&engine.catalogue(), date)) } else { Err(AppError::DateNotFound) }
}

/// Says why a date cannot be answered.
fn over(engine: &Engine, date: &AssignedDate) -> AppError {
    AppError::DateOver(date.status_at(engine.now()))
}

/// Location and service may have been renamed since the date was given.
fn called_now(catalogue: &Catalogue, mut date: AssignedDate) -> AssignedDate {
    if let Some(location) = catalogue.location_now(&date.seat.location) {
        date.seat.location = location.clone();
    }
    if let Some(service) = catalogue.service_now(&date.service) {
        date.service = service.clone();
    }
    date
}

/// The date ends without an appointment: its seat becomes free in the one way. `false`: it was answered or
/// ended meanwhile.
async fn give_up<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    date: &AssignedDate,
    status: OfferStatus,
) -> Result<bool, AppError> {
    let now = engine.now();
    if !assigned_dates::end(unit.transaction(), date.id, status, None, now).await? {
        return Ok(false);
    }
    give_up_offer(engine, unit, &date.service, date.reservation, &date.seat).await?;
    Ok(true)
}
