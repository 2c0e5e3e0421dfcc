//! Until when a date can be answered, and how many an application can be given.

use catalogue::Catalogue;
use ids::{EntitlementId, ServiceId};
use jiff::Timestamp;

use crate::{
    app::{AppError, Engine, release_seat::usable_until},
    domain::Entitlement,
    store::assigned_dates,
};

/// Dates that one application can be given on one day: the first, and some that do not suit. Without a
/// number every desk of a time could be taken and taken back in turn, and none would be free for others.
const DATES_PER_DAY: usize = 5;
const TOO_EARLY: &str =
    "The application is not valid yet at that time: give a date after its `valid_from`.";
const NO_TIME: &str = "Nobody could answer in time: give the date once `valid_from` has come, or post \
    the application again with a later `valid_until`.";

/// Until when a date that is given now and begins at `start` can be answered: as long as its seat is of use
/// to others, and not after the application is valid, without which it cannot be accepted.
///
/// # Errors
/// No time to answer is left, or the application is not valid yet when the date begins.
pub(super) fn answer_by(
    engine: &Engine,
    catalogue: &Catalogue,
    service: &ServiceId,
    entitlement: &Entitlement,
    start: Timestamp,
) -> Result<Timestamp, AppError> {
    let now = engine.now();
    let usable_until = usable_until(catalogue, std::slice::from_ref(service), start);
    if usable_until <= now {
        return Err(AppError::SlotInPast);
    }
    if start < entitlement.valid_from {
        return Err(AppError::DateUnanswerable(TOO_EARLY));
    }
    let terms = catalogue.service(service).and_then(|service| service.assign).unwrap_or_default();
    let answer_by = terms.answer_by(now, usable_until).min(entitlement.valid_until);
    match answer_by > entitlement.valid_from.max(now) {
        true => Ok(answer_by),
        false => Err(AppError::DateUnanswerable(NO_TIME)),
    }
}

/// Refuses a further date of an application that was given its number of dates today.
///
/// # Errors
/// It was; or the database does not answer.
pub(super) async fn require_fewer(engine: &Engine, id: EntitlementId) -> Result<(), AppError> {
    let now = engine.now();
    let (today, tomorrow) = engine.day_around(now);
    let given = assigned_dates::given_since(engine.database.connection(), id, today).await?;
    if given < DATES_PER_DAY {
        return Ok(());
    }
    let wait = tomorrow.duration_since(now).as_secs();
    let wait_seconds = u64::try_from(wait).unwrap_or(0).max(1);
    Err(AppError::TooManyDates { wait_seconds, again_at: tomorrow })
}
