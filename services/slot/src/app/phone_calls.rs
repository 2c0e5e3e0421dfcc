//! What calls to winners of draws and to people of waiting lists have in common: which office makes them, and that
//! the reading of a number is noted. Other readings by staff are noted in the same way.

use catalogue::Catalogue;
use ids::LocationId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{AppError, DeskStaff, Engine};
use crate::{
    domain::{Actor, waiting::Phone},
    store::audit,
};

/// Within this time looking again is the same reading.
const ONE_READING: SignedDuration = SignedDuration::from_hours(1);

/// The names by which people named an office whose calls a member of staff wants to make.
///
/// # Errors
/// The location is unknown or not theirs.
pub(super) fn offices_of(
    engine: &Engine,
    staff: &DeskStaff,
    location: &LocationId,
) -> Result<Vec<LocationId>, AppError> {
    staff.may_at(location)?;
    engine.know(location)?;
    Ok(names_of(&engine.catalogue(), location))
}

/// The name of an office, and those that it had before: people named it as it was called then.
pub(super) fn names_of(catalogue: &Catalogue, office: &LocationId) -> Vec<LocationId> {
    let known = catalogue.location(office);
    let mut names = known.map(|known| known.formerly.clone()).unwrap_or_default();
    names.push(office.clone());
    names
}

/// Which office calls, as it is called now.
pub(super) fn office_now(engine: &Engine, phone: &Phone) -> LocationId {
    engine.catalogue().location_now(&phone.office).unwrap_or(&phone.office).clone()
}

/// Whether one of the locations of a member of staff calls the person.
pub(super) fn is_called_by(engine: &Engine, staff: &DeskStaff, phone: Option<&Phone>) -> bool {
    phone.is_some_and(|phone| staff.reach.covers(&office_now(engine, phone)))
}

/// Where to call. Of an entry that is over the number is gone.
///
/// # Errors
/// The number cannot be decrypted for the entry with this id.
pub(super) fn number(
    engine: &Engine,
    phone: Option<&Phone>,
    id: impl ToString,
) -> Result<String, AppError> {
    match phone {
        Some(phone) => engine.draws.keys.open(&phone.number, id),
        None => Ok(String::new()),
    }
}

/// Notes that a member of staff read the person's number or something else of theirs, so that the person can see it: at most
/// once an hour for the same two.
///
/// # Errors
/// The database does not answer.
pub(super) async fn note_reading(
    engine: &Engine,
    staff: &DeskStaff,
    action: &'static str,
    subject: String,
) -> Result<(), AppError> {
    let db = engine.database.connection();
    let actor = Actor::Staff(staff.id);
    let by = actor.to_string();
    let since = engine.now().saturating_sub(ONE_READING).unwrap_or(Timestamp::MIN);
    if !audit::has_since(db, (by.as_str(), action, subject.as_str()), since).await? {
        audit::insert(db, [&engine.audit(&actor, action, subject, json!({}))]).await?;
    }
    Ok(())
}
