//! Tombstones of ended bookings: no reminder is sent for them, in any order of events.

use std::collections::BTreeSet;

use ids::BookingId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, Set, entity::prelude::*};
use store::StoreError;

use super::messages;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ended_bookings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub booking_id: String,
        pub ended_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Notes that the booking is cancelled or replaced, and drops its reminders.
pub(crate) async fn note<C: ConnectionTrait>(
    connection: &C,
    booking: BookingId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let ended = row::ActiveModel {
        booking_id: Set(booking.to_string()),
        ended_at: Set(at.as_millisecond()),
    };
    row::Entity::insert(ended).on_conflict_do_nothing().exec_without_returning(connection).await?;
    messages::drop_reminders(connection, booking).await
}

/// Which of these bookings are cancelled or replaced.
pub(crate) async fn among<C: ConnectionTrait>(
    connection: &C,
    bookings: &BTreeSet<BookingId>,
) -> Result<BTreeSet<BookingId>, StoreError> {
    if bookings.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids = bookings.iter().map(BookingId::to_string);
    let rows =
        row::Entity::find().filter(row::Column::BookingId.is_in(ids)).all(connection).await?;
    let corrupt = |_| DbErr::Type("ended_bookings.booking_id".to_owned());
    let ended = rows.iter().map(|row| row.booking_id.parse::<BookingId>().map_err(corrupt));
    Ok(ended.collect::<Result<_, DbErr>>()?)
}

/// Whether the booking is cancelled or replaced.
pub(crate) async fn has<C: ConnectionTrait>(
    connection: &C,
    booking: BookingId,
) -> Result<bool, StoreError> {
    let row = row::Entity::find_by_id(booking.to_string()).one(connection).await?;
    Ok(row.is_some())
}
