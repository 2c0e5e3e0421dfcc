//! What a person declined before counts for the place that they have.

use ids::WaitingId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, sea_query::Expr,
};

use super::row::{Column, Entity};
use crate::store::StoreResult;

/// The person of a place has declined so many offers by now.
///
/// # Errors
/// The statement fails.
pub async fn change_declines(
    db: &impl ConnectionTrait,
    id: WaitingId,
    declines: u16,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Declines, Expr::value(i32::from(declines)))
        .filter(Column::Id.eq(id.to_string()))
        .exec(db)
        .await?;
    Ok(())
}
