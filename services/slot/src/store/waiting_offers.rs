//! Seats that were offered to people of a waiting list.

use std::collections::HashSet;

use ids::{BookingId, LocationId, OfferId, ServiceId, WaitingId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

use super::{StoreResult, value::Columns};
use crate::domain::waiting::{AnswerToken, OfferStatus, SeatOffer};
use row::{Column, Entity};

/// Adds offers by one statement; at least one.
///
/// # Errors
/// The statement fails.
pub async fn insert_all(db: &impl ConnectionTrait, offers: &[SeatOffer]) -> StoreResult<()> {
    let rows = offers.iter().map(row::ActiveModel::from);
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// One offer.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, id: OfferId) -> StoreResult<Option<SeatOffer>> {
    let row = Entity::find_by_id(id.to_string()).one(db).await?;
    row.map(|row| Ok(row.try_into()?)).transpose()
}

/// The offer in whose message this token stands.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token: &AnswerToken,
) -> StoreResult<Option<SeatOffer>> {
    let row = Entity::find().filter(Column::TokenHash.eq(token.hash())).one(db).await?;
    row.map(|row| Ok(row.try_into()?)).transpose()
}

/// The open offer to a person, if there is one.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn open_of(
    db: &impl ConnectionTrait,
    entry: WaitingId,
) -> StoreResult<Option<SeatOffer>> {
    let found = Entity::find()
        .filter(Column::EntryId.eq(entry.to_string()))
        .filter(Column::Status.eq(OfferStatus::Open.as_str()));
    found.one(db).await?.map(|row| Ok(row.try_into()?)).transpose()
}

/// At most `limit` open offers that ended by `now`, the oldest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn lapsed(
    db: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> StoreResult<Vec<SeatOffer>> {
    let rows = Entity::find()
        .filter(Expr::cust("status = 'open'"))
        .filter(Column::ValidUntil.lte(now.as_millisecond()))
        .order_by_asc(Column::ValidUntil)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The seats that people declined or let lapse: they are not offered to the same person again.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn refused(
    db: &impl ConnectionTrait,
) -> StoreResult<HashSet<(WaitingId, LocationId, Timestamp)>> {
    let refused = [OfferStatus::Declined.as_str(), OfferStatus::Lapsed.as_str()];
    let rows = Entity::find().filter(Column::Status.is_in(refused)).all(db).await?;
    rows.into_iter()
        .map(|row| {
            let SeatOffer { entry, seat, .. } = row.try_into()?;
            Ok((entry, seat.location, seat.start))
        })
        .collect()
}

/// Ends an open offer, so that it cannot be accepted any more. `false`: it is not open.
///
/// # Errors
/// The statement fails.
pub async fn end(
    db: &impl ConnectionTrait,
    id: OfferId,
    status: OfferStatus,
    booking: Option<BookingId>,
    now: Timestamp,
) -> StoreResult<bool> {
    let ended = Entity::update_many()
        .col_expr(Column::Status, Expr::value(status.as_str()))
        .col_expr(Column::BookingId, Expr::value(booking.map(|id| id.to_string())))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Status.eq(OfferStatus::Open.as_str()))
        .exec(db)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Another token stands in the next message; the one of the message before is worth nothing any more.
///
/// # Errors
/// The statement fails.
pub async fn change_token(
    db: &impl ConnectionTrait,
    id: OfferId,
    token: &AnswerToken,
) -> StoreResult<()> {
    let changed = Entity::update_many().col_expr(Column::TokenHash, Expr::value(token.hash()));
    changed.filter(Column::Id.eq(id.to_string())).exec(db).await?;
    Ok(())
}

/// The service of a person's offers has another name.
///
/// # Errors
/// The statement fails.
pub async fn change_service(
    db: &impl ConnectionTrait,
    entry: WaitingId,
    service: &ServiceId,
) -> StoreResult<()> {
    let changed = Entity::update_many().col_expr(Column::Service, Expr::value(service.as_str()));
    changed.filter(Column::EntryId.eq(entry.to_string())).exec(db).await?;
    Ok(())
}

/// Removes all offers to a person.
///
/// # Errors
/// The statement fails.
pub async fn delete_of(db: &impl ConnectionTrait, entry: WaitingId) -> StoreResult<()> {
    Entity::delete_many().filter(Column::EntryId.eq(entry.to_string())).exec(db).await?;
    Ok(())
}

/// Removes offers that ended before `before`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp) -> StoreResult<()> {
    Entity::delete_many()
        .filter(Column::ChangedAt.lt(before.as_millisecond()))
        .filter(Column::Status.ne(OfferStatus::Open.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

mod row {
    use sea_orm::{ActiveValue::Set, entity::prelude::*};

    use super::{Columns, SeatOffer};
    use crate::store::Corrupt;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "waiting_offers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub entry_id: String,
        pub reservation_id: String,
        pub status: String,
        pub service: String,
        pub location: String,
        pub desk: i32,
        pub starts_at: i64,
        pub ends_at: i64,
        pub token_hash: String,
        pub made_at: i64,
        pub valid_until: i64,
        pub booking_id: Option<String>,
        pub changed_at: i64,
        pub notice: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl From<&SeatOffer> for ActiveModel {
        fn from(offer: &SeatOffer) -> Self {
            Self {
                id: Set(offer.id.to_string()),
                entry_id: Set(offer.entry.to_string()),
                reservation_id: Set(offer.reservation.to_string()),
                status: Set(offer.status.to_string()),
                service: Set(offer.service.to_string()),
                location: Set(offer.seat.location.to_string()),
                desk: Set(i32::from(offer.seat.desk.index())),
                starts_at: Set(offer.seat.start.as_millisecond()),
                ends_at: Set(offer.seat.end.as_millisecond()),
                token_hash: Set(offer.token_hash.clone()),
                made_at: Set(offer.made_at.as_millisecond()),
                valid_until: Set(offer.valid_until.as_millisecond()),
                booking_id: Set(offer.booking.map(|id| id.to_string())),
                changed_at: Set(offer.made_at.as_millisecond()),
                notice: Set(offer.notice.to_string()),
            }
        }
    }

    impl TryFrom<Model> for SeatOffer {
        type Error = Corrupt;

        fn try_from(row: Model) -> Result<Self, Corrupt> {
            let columns = Columns("waiting_offers");
            Ok(Self {
                id: columns.parse("id", &row.id)?,
                entry: columns.parse("entry_id", &row.entry_id)?,
                reservation: columns.parse("reservation_id", &row.reservation_id)?,
                status: columns.parse("status", &row.status)?,
                notice: columns.parse("notice", &row.notice)?,
                service: columns.parse("service", &row.service)?,
                seat: columns.seat(&row.location, row.desk, row.starts_at, row.ends_at)?,
                token_hash: row.token_hash,
                made_at: columns.time("made_at", row.made_at)?,
                valid_until: columns.time("valid_until", row.valid_until)?,
                booking: row.booking_id.map(|id| columns.parse("booking_id", &id)).transpose()?,
            })
        }
    }
}
