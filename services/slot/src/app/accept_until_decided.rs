//! A seat that is kept for a person becomes their appointment: it is decided by the catalogue in force, and decided
//! again if something changed before it was written.

use super::{
    AppError, Engine, Once, assigned_dates::end_unproven::end_unproven,
    follow_catalogue::follow_catalogue,
};
use crate::{
    domain::Booking,
    store::queries::{ConfirmationError, Obstacle},
};

/// How often another booking code is made, or decided by another catalogue.
const TRIES: u32 = 5;

/// What one attempt to accept came to.
pub(super) enum Attempt {
    /// The booking was written.
    Written(Box<Booking>),
    /// An earlier request wrote it.
    Before(Box<Booking>),
    /// The database refused it.
    Refused(Obstacle),
    /// What was read changed before it could be written.
    Overtaken,
}

/// Attempts until there is an answer. Each attempt reads anew what is true; before the next one, a catalogue that
/// another process put into force is followed.
///
/// # Errors
/// The attempt's, the database's refusal, or the catalogue changes faster than it can be decided.
pub(super) async fn accept_until_decided<Attempting>(
    engine: &Engine,
    attempt: impl Fn() -> Attempting,
) -> Result<Once<Booking>, AppError>
where
    Attempting: Future<Output = Result<Attempt, AppError>>,
{
    for _ in 0..TRIES {
        match attempt().await? {
            Attempt::Written(booking) => {
                end_unproven(engine, &booking).await;
                return Ok(Once::Now(*booking));
            }
            Attempt::Before(booking) => return Ok(Once::Before(*booking)),
            Attempt::Overtaken | Attempt::Refused(Obstacle::CodeTaken) => {}
            Attempt::Refused(Obstacle::CatalogueChanged) => {
                Box::pin(follow_catalogue(engine)).await?;
            }
            Attempt::Refused(obstacle) => return Err(ConfirmationError::Refused(obstacle).into()),
        }
    }
    Err(AppError::CatalogueChanged)
}
