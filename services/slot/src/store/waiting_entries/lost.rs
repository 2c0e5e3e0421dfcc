//! Places that their people lost.

use ids::{Pseudonym, ServiceId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{
    read,
    row::{Column, Entity},
};
use crate::{domain::waiting::WaitingStatus, store::StoreResult};

/// When a person lost a place in the list of a service of these names last, by offers that were declined or
/// lapsed; `None`: not since `since`.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn lost_since(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    names: &[&ServiceId],
    since: Timestamp,
) -> StoreResult<Option<Timestamp>> {
    let found = Entity::find()
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::Service.is_in(names.iter().map(|name| name.as_str())))
        .filter(Column::Status.eq(WaitingStatus::Ended.as_str()))
        .filter(Column::Reason.is_in(["declines", "silence"]))
        .filter(Column::ChangedAt.gt(since.as_millisecond()))
        .order_by_desc(Column::ChangedAt);
    let newest = read(found.limit(1).all(db).await?)?;
    Ok(newest.first().map(|entry| entry.changed_at))
}
