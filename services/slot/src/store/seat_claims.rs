//! Who has which seat: the primary key of this table makes a double booking impossible.

use ids::{BookingId, LocationId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
};

use super::{StoreResult, bookings::Booking};
use row::{Column, Entity};

/// The claims of one booking: its desk at each of its grid units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatClaims {
    booking: BookingId,
    location: LocationId,
    desk: u8,
    unit_starts: std::ops::Range<i64>,
    step: usize,
}

impl SeatClaims {
    /// The claims of `booking`.
    #[must_use]
    pub fn of(booking: &Booking) -> Self {
        let minutes = |instant: Timestamp| instant.as_second() / 60;
        let (from, until) = (minutes(booking.starts_at), minutes(booking.ends_at));
        let step = (until - from) / i64::from(booking.seat.units.max(1));
        Self {
            booking: booking.id,
            location: booking.seat.location.clone(),
            desk: booking.seat.desk.index(),
            unit_starts: from..until,
            step: usize::try_from(step).unwrap_or(1).max(1),
        }
    }

    fn rows(&self) -> impl Iterator<Item = row::ActiveModel> + '_ {
        self.unit_starts.clone().step_by(self.step).map(|unit_start| row::ActiveModel {
            location: Set(self.location.to_string()),
            desk: Set(i32::from(self.desk)),
            unit_start: Set(unit_start),
            booking_id: Set(self.booking.to_string()),
        })
    }
}

/// Adds the claims of several bookings in one statement.
///
/// # Errors
/// One unit is already claimed (see [`super::Failure::unique_index`]): then none is added.
pub async fn insert(
    db: &impl ConnectionTrait,
    claims: impl IntoIterator<Item = SeatClaims>,
) -> StoreResult<()> {
    let rows = claims.into_iter().flat_map(|claims| claims.rows().collect::<Vec<_>>());
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Gives the claims back.
///
/// # Errors
/// The statement fails.
pub async fn delete(db: &impl ConnectionTrait, claims: &SeatClaims) -> StoreResult<()> {
    // Location, desk and time lead to the rows through the primary key; the booking makes sure
    // that they are ours.
    Entity::delete_many()
        .filter(Column::Location.eq(claims.location.as_str()))
        .filter(Column::Desk.eq(i32::from(claims.desk)))
        .filter(Column::UnitStart.gte(claims.unit_starts.start))
        .filter(Column::UnitStart.lt(claims.unit_starts.end))
        .filter(Column::BookingId.eq(claims.booking.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "seat_claims")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub location: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub desk: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_start: i64,
        pub booking_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
