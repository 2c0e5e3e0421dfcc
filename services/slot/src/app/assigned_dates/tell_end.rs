//! Who has proven an application hears that its date ended without their answer, and what happens next.

use messaging::UnitOfWork;
use proto::waiting::v1::AssignedDateEndedBecause as Told;

use super::{events, language::language_of};
use crate::{
    app::{AppError, Engine},
    domain::AssignedDate,
    store::entitlements,
};

/// Why a date ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// Nobody answered in time.
    Lapsed,
    /// The office took it back, or the application.
    Withdrawn,
    /// Its day was closed.
    DayClosed,
    /// The application ended meanwhile, or its person has another appointment in the group.
    Baseless,
}

/// What is said of it; an application that ended is the reason before another appointment.
pub(super) const fn told(because: Because, application_ended: bool) -> Told {
    match because {
        Because::Lapsed => Told::Lapsed,
        Because::Withdrawn => Told::Withdrawn,
        Because::DayClosed => Told::DayClosed,
        Because::Baseless if application_ended => Told::Withdrawn,
        Because::Baseless => Told::BookedOtherwise,
    }
}

/// Publishes it in the transaction that ends the date. Without a person who has proven the application
/// nothing is published: its agency reads what became of the date.
///
/// # Errors
/// A statement fails.
pub(super) async fn tell_end(
    engine: &Engine,
    unit: &mut UnitOfWork<'_>,
    date: &AssignedDate,
    because: Because,
) -> Result<(), AppError> {
    let found = entitlements::find(unit.transaction(), date.entitlement).await?;
    let Some(entitlement) = found else { return Ok(()) };
    let Some(person) = entitlement.person else { return Ok(()) };
    let application_ended =
        entitlement.withdrawn_at.is_some() || entitlement.valid_until <= engine.now();
    let told = told(because, application_ended);
    let language = language_of(unit.transaction(), person).await?;
    let event = events::ended(engine, date, (person, &language), told, application_ended);
    unit.publish(&event).await?;
    Ok(())
}
