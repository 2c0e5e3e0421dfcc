//! Seats of cancelled bookings that wait for the random moment at which they become bookable.

use booking::Seat;
use ids::BookingId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
};

use super::StoreResult;
use row::{Column, Entity};

/// A seat that nobody can hold before `release_at`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedSeat {
    /// The booking that gave it back.
    pub booking: BookingId,
    /// The seat.
    pub seat: Seat,
    /// From when on it is bookable.
    pub release_at: Timestamp,
}

/// Adds one.
///
/// # Errors
/// The statement fails.
pub async fn insert(db: &impl ConnectionTrait, released: &ReleasedSeat) -> StoreResult<()> {
    let seat = &released.seat;
    let row = row::ActiveModel {
        booking_id: Set(released.booking.to_string()),
        location: Set(seat.location.to_string()),
        date: Set(seat.date.to_string()),
        start_unit: Set(i32::from(seat.start)),
        units: Set(i32::from(seat.units)),
        desk: Set(i32::from(seat.desk.index())),
        release_at: Set(released.release_at.as_millisecond()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets those whose moment has come; how many there were.
///
/// # Errors
/// The statement fails.
pub async fn delete_released(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<u64> {
    let due = Column::ReleaseAt.lte(now.as_millisecond());
    Ok(Entity::delete_many().filter(due).exec(db).await?.rows_affected)
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "released_seats")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub booking_id: String,
        pub location: String,
        pub date: String,
        pub start_unit: i32,
        pub units: i32,
        pub desk: i32,
        pub release_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
