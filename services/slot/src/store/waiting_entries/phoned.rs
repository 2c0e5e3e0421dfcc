//! People without e-mail whom an office is to phone.

use ids::LocationId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

use super::{
    IN_LINE, read,
    row::{Column, Entity},
};
use crate::{
    domain::waiting::{WaitingEntry, WaitingStatus},
    store::StoreResult,
};

/// People whom one of `offices` phones, and who have an offer or are asked whether they still wait: the
/// longest known first, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn due(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let due = [WaitingStatus::Offered.as_str(), WaitingStatus::Asked.as_str()];
    let found = Entity::find()
        .filter(Column::PhonedBy.is_in(offices.iter().map(LocationId::as_str)))
        .filter(Column::Status.is_in(due))
        .order_by_asc(Column::ChangedAt);
    read(found.limit(limit).all(db).await?)
}

/// People in line whom one of `offices` phones, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn in_line(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let found = Entity::find()
        .filter(Column::PhonedBy.is_in(offices.iter().map(LocationId::as_str)))
        .filter(Expr::cust(IN_LINE))
        .order_by_desc(Column::ChangedAt);
    read(found.limit(limit).all(db).await?)
}
