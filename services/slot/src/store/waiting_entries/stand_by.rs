//! People of a waiting list who can come at once.

use ids::{ServiceId, WaitingId};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::Expr,
};

use super::{
    first_service, in_turn, read,
    row::{Column, Entity},
};
use crate::{
    domain::waiting::{WaitingEntry, WaitingStatus},
    store::StoreResult,
};

/// The first of `services` that has a person in line who can come at once on `date`.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn awaited(
    db: &impl ConnectionTrait,
    services: &[ServiceId],
    date: Date,
) -> StoreResult<Option<ServiceId>> {
    let at_once = in_turn().filter(Column::StandBy.gte(date.to_string()));
    first_service(db, at_once, services).await
}

/// People in line without an offer who could come at once on a day before `today`, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn over(
    db: &impl ConnectionTrait,
    today: Date,
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let idle = [WaitingStatus::Waiting.as_str(), WaitingStatus::Asked.as_str()];
    let found = Entity::find()
        .filter(Column::StandBy.lt(today.to_string()))
        .filter(Column::Status.is_in(idle));
    read(found.limit(limit).all(db).await?)
}

/// The person cannot come at once any more.
///
/// # Errors
/// The statement fails.
pub async fn end(db: &impl ConnectionTrait, id: WaitingId) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::StandBy, Expr::value(None::<String>))
        .filter(Column::Id.eq(id.to_string()))
        .exec(db)
        .await?;
    Ok(())
}
