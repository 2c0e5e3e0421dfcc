//! Places whose service is of another group by now.

use ids::{GroupId, ServiceId};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::Expr,
};

use super::{
    IN_LINE, read,
    row::{Column, Entity},
};
use crate::{domain::waiting::WaitingEntry, store::StoreResult};

/// The places in line for a service that count in another group than `group`, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn in_other_group(
    db: &impl ConnectionTrait,
    service: &ServiceId,
    group: &GroupId,
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let found = Entity::find()
        .filter(Column::Service.eq(service.as_str()))
        .filter(Column::ServiceGroup.ne(group.as_str()))
        .filter(Expr::cust(IN_LINE));
    read(found.limit(limit).all(db).await?)
}
