//! The latest draw of a service, by which the next one is announced.

use ids::ServiceId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{
    read,
    row::{Column, Entity},
};
use crate::store::StoreResult;

/// How many entered the latest draw that is over of the service with these names; `None`: there is none.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn latest_entered(
    db: &impl ConnectionTrait,
    names: &[&ServiceId],
) -> StoreResult<Option<u32>> {
    let found = Entity::find()
        .filter(Column::Service.is_in(names.iter().map(|name| name.as_str())))
        .filter(Column::EndedAt.is_not_null())
        .filter(Column::Entered.is_not_null())
        .order_by_desc(Column::Closes);
    Ok(read(found.limit(1).all(db).await?)?.first().and_then(|draw| draw.entered))
}
