//! A change of the catalogue calls otherwise what a seat belongs to.

use booking::ReservationKind;
use ids::{GroupId, LocationId, ReservationId};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, sea_query::Expr,
};

use super::{Column, Entity};
use crate::store::StoreResult;

/// The location of a seat is called `location` now.
///
/// # Errors
/// The statement fails, or another seat there has the same desk at that time.
pub async fn rename_location(
    db: &impl ConnectionTrait,
    id: ReservationId,
    location: &LocationId,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Location, Expr::value(location.as_str()))
        .filter(Column::Id.eq(id.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// An offer binds its person in this group now.
///
/// # Errors
/// The statement fails, or the person has another offer there (see `Failure::unique_index`).
pub async fn regroup(
    db: &impl ConnectionTrait,
    id: ReservationId,
    group: &GroupId,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::ServiceGroup, Expr::value(group.as_str()))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Kind.eq(ReservationKind::Offer.as_str()))
        .exec(db)
        .await?;
    Ok(())
}
