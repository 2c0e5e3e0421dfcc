//! The open dates of a location, as its staff see them.
//!
//! They name nobody: the reference of an application is kept as a hash alone, and its person may not be known.
//! The id of the entitlement is what the agency's program was answered when it put the application on file.

use ids::{AssignedDateId, LocationId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::called_now;
use crate::{
    app::{AppError, DeskStaff, Engine, ListPage, ListPart},
    domain::{Actor, AssignedDate},
    store::{
        assigned_dates::{self, Cursor},
        audit,
    },
};

/// Within this time looking again is the same reading.
const ONE_READING: SignedDuration = SignedDuration::from_hours(1);
/// What the audit log calls it.
const READ: &str = "entitlement.date_read";

/// The dates at `location` that wait for an answer, by start.
///
/// # Errors
/// The location is unknown or not the caller's; the database does not answer.
pub async fn list_open_dates(
    engine: &Engine,
    staff: &DeskStaff,
    location: &LocationId,
    page: ListPage<AssignedDateId>,
) -> Result<ListPart<AssignedDate, AssignedDateId>, AppError> {
    staff.may_at(location)?;
    let catalogue = engine.catalogue();
    let known = catalogue.location(location);
    let mut names = known.map(|known| known.formerly.clone()).unwrap_or_default();
    names.push(location.clone());
    let db = engine.database.connection();
    let (now, limit) = (engine.now(), page.limit());
    let dates = assigned_dates::answerable_at(db, &names, now, page.after, limit).await?;
    if dates.is_empty() {
        // A place that the catalogue has no longer may still have dates.
        engine.know(location)?;
    }
    let ListPart { entries: dates, next } = page.part(dates, Cursor::after);
    note_reading(engine, staff, &dates).await?;
    let entries = dates.into_iter().map(|date| called_now(&catalogue, date)).collect();
    Ok(ListPart { entries, next })
}

/// Notes who looked at which application's date, so that its person can see it: once an hour for the same.
async fn note_reading(
    engine: &Engine,
    staff: &DeskStaff,
    dates: &[AssignedDate],
) -> Result<(), AppError> {
    let (db, actor) = (engine.database.connection(), Actor::Staff(staff.id));
    let by = actor.to_string();
    let since = engine.now().saturating_sub(ONE_READING).unwrap_or(Timestamp::MIN);
    let mut read = Vec::new();
    for date in dates {
        let subject = date.entitlement.to_string();
        if !audit::has_since(db, (by.as_str(), READ, subject.as_str()), since).await? {
            read.push(engine.audit(&actor, READ, subject, json!({ "date": date.id })));
        }
    }
    if !read.is_empty() {
        audit::insert(db, &read).await?;
    }
    Ok(())
}
