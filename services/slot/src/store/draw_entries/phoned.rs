//! Entries of winners without e-mail, whom an office is to phone.

use ids::{EntryId, LocationId};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

use super::{Column, DrawEntry, Entity, StoreResult};

/// Those whose person one of `offices` phones and for whom a seat is kept: those whose time is over first come
/// first, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn due(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    // In the words of the index `draw_entries_ending`.
    let rows = Entity::find()
        .filter(Expr::cust("draw_entries.status = 'offered'"))
        .filter(Column::PhonedBy.is_in(offices.iter().map(LocationId::as_str)))
        .order_by_asc(Column::AnswerBy)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Forgets the numbers of entries that are over: nobody phones for them.
///
/// # Errors
/// The statement fails.
pub async fn forget_numbers(db: &impl ConnectionTrait) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Phone, Expr::value(None::<Vec<u8>>))
        .filter(Column::Phone.is_not_null())
        .filter(Expr::cust("draw_entries.status NOT IN ('entered', 'offered')"))
        .exec(db)
        .await?;
    Ok(())
}

/// The entry with this id.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, id: EntryId) -> StoreResult<Option<DrawEntry>> {
    let found = Entity::find_by_id(id.to_string()).one(db).await?;
    found.map(|row| Ok(row.try_into()?)).transpose()
}
