//! Whatever keeps a seat from others for longer than a hold. The table refuses any overlap of two
//! rows at a desk.

use booking::{ReservationKind, Seat, returning::ReturnWindow};
use ids::{BookingId, GroupId, Pseudonym, ReservationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DeleteMany, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, UpdateMany,
    sea_query::{Expr, OnConflict, Query},
};

use super::{StoreResult, value::Columns};
use row::{Column, Entity};

mod rename;
mod row;
mod several;

pub use rename::{regroup, rename_location};
pub use several::insert_all_free;

const COLUMNS: Columns = Columns("reservations");

/// Why a seat is kept, and what belongs to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// It was offered to a person of a waiting list, given by the office to an application, or drawn by a
    /// person who must confirm.
    Offer {
        /// The person, or who stands for the one of an application.
        person: Pseudonym,
        /// The group; a person has at most one offer in it.
        group: GroupId,
        /// Until when.
        valid_until: Timestamp,
    },
    /// It is to be drawn.
    #[cfg_attr(not(test), expect(dead_code, reason = "a draw keeps its seats by `draw_pool`"))]
    DrawPool,
    /// It was given up and becomes free at some moment of the window.
    Returning(ReturnWindow),
    /// It was given up, and the waiting list of this service comes first. It becomes free as any
    /// other if the list does not want it.
    Listed(ReturnWindow, ServiceId),
    /// It is not offered to the public.
    Closed,
}

/// A seat to be kept that is not a booking. (A booking's row is added by
/// [`Confirmation`](super::queries::Confirmation).)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSeat {
    /// Which.
    pub id: ReservationId,
    /// What is kept.
    pub seat: Seat,
    /// Why.
    pub purpose: Purpose,
    /// Since when.
    pub created_at: Timestamp,
}

/// A seat that becomes free at some moment of its window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturningSeat {
    /// Which.
    pub id: ReservationId,
    /// The seat.
    pub seat: Seat,
    /// Between which moments.
    pub window: ReturnWindow,
}

impl Purpose {
    /// The kind of reservation.
    #[must_use]
    pub const fn kind(&self) -> ReservationKind {
        match self {
            Self::Offer { .. } => ReservationKind::Offer,
            Self::DrawPool => ReservationKind::DrawPool,
            Self::Returning(_) | Self::Listed(..) => ReservationKind::Returning,
            Self::Closed => ReservationKind::Closed,
        }
    }

    fn window(&self) -> Option<ReturnWindow> {
        match self {
            Self::Returning(window) | Self::Listed(window, _) => Some(*window),
            Self::Offer { .. } | Self::DrawPool | Self::Closed => None,
        }
    }

    fn offered(&self) -> Option<(Pseudonym, &GroupId, Timestamp)> {
        match self {
            Self::Offer { person, group, valid_until } => Some((*person, group, *valid_until)),
            Self::DrawPool | Self::Returning(_) | Self::Listed(..) | Self::Closed => None,
        }
    }

    fn list(&self) -> Option<&ServiceId> {
        match self {
            Self::Listed(_, service) => Some(service),
            Self::Offer { .. } | Self::DrawPool | Self::Returning(_) | Self::Closed => None,
        }
    }
}

/// Keeps seats, all or none.
///
/// # Errors
/// One of them overlaps a reservation at its desk (see [`super::Failure::is_overlap`]), or its
/// person has an offer in the group (see [`super::Failure::unique_index`]).
#[cfg_attr(not(test), expect(dead_code, reason = "tests keep several seats at once"))]
pub async fn insert(db: &impl ConnectionTrait, seats: &[KeptSeat]) -> StoreResult<()> {
    if seats.is_empty() {
        return Ok(());
    }
    Entity::insert_many(seats.iter().map(row::ActiveModel::from))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The seat of a booking is returning from now on. `false`: it is not the booking's any more.
///
/// # Errors
/// The statement fails.
pub async fn begin_return(
    db: &impl ConnectionTrait,
    booking: BookingId,
    window: ReturnWindow,
) -> StoreResult<bool> {
    change(db, of_booking(booking), ReservationKind::Booking, &Purpose::Returning(window)).await
}

/// The seat of a booking is the desk's from now on. `false`: it is not the booking's any more.
///
/// # Errors
/// The statement fails.
pub async fn keep_for_desk(db: &impl ConnectionTrait, booking: BookingId) -> StoreResult<bool> {
    change(db, of_booking(booking), ReservationKind::Booking, &Purpose::Closed).await
}

/// The id of a booking's reservation: the same 128 bits.
#[must_use]
pub const fn of_booking(booking: BookingId) -> ReservationId {
    ReservationId::from_bits(booking.to_bits())
}

/// Keeps a seat for something else without a gap, if it is still kept for `from`. `false`: it is
/// not, nothing changed.
///
/// # Errors
/// The statement fails, or the person has another offer in the group (see
/// [`super::Failure::unique_index`]).
pub async fn change(
    db: &impl ConnectionTrait,
    id: ReservationId,
    from: ReservationKind,
    to: &Purpose,
) -> StoreResult<bool> {
    Ok(changing(id, from, to).exec(db).await?.rows_affected == 1)
}

/// A compare-and-set: safe against concurrent changes.
fn changing(id: ReservationId, from: ReservationKind, to: &Purpose) -> UpdateMany<Entity> {
    let window = to.window();
    let offered = to.offered();
    let milliseconds = |at: Option<Timestamp>| Expr::value(at.map(Timestamp::as_millisecond));
    Entity::update_many()
        .col_expr(Column::Kind, Expr::value(to.kind().as_str()))
        .col_expr(Column::Opens, milliseconds(window.map(|window| window.opens)))
        .col_expr(Column::Latest, milliseconds(window.map(|window| window.latest)))
        .col_expr(Column::Person, Expr::value(offered.map(|(person, ..)| person.to_string())))
        .col_expr(Column::ServiceGroup, Expr::value(offered.map(|(_, group, _)| group.to_string())))
        .col_expr(Column::ValidUntil, milliseconds(offered.map(|(.., until)| until)))
        .col_expr(Column::WaitingList, Expr::value(to.list().map(ToString::to_string)))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Kind.eq(from.as_str()))
}

/// At most `limit` seats that are returning, those with the earliest last moment first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn returning(db: &impl ConnectionTrait, limit: usize) -> StoreResult<Vec<ReturningSeat>> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let rows = all_returning().limit(limit).all(db).await?;
    rows.iter().map(|row| Ok(row.returning()?)).collect()
}

fn all_returning() -> Select<Entity> {
    Entity::find()
        .filter(Expr::cust("kind = 'returning'"))
        .filter(Column::WaitingList.is_null())
        .order_by_asc(Column::Latest)
}

/// A seat that a waiting list comes first for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSeat {
    /// Which.
    pub id: ReservationId,
    /// The seat.
    pub seat: Seat,
    /// Of which service the list is.
    pub list: ServiceId,
}

/// At most `limit` seats for which a waiting list comes first, the earliest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn listed(db: &impl ConnectionTrait, limit: u64) -> StoreResult<Vec<ListedSeat>> {
    let rows = all_listed().limit(limit).all(db).await?;
    rows.iter().map(|row| Ok(row.listed()?)).collect()
}

fn all_listed() -> Select<Entity> {
    let found = Entity::find().filter(Expr::cust("waiting_list IS NOT NULL"));
    found.order_by_asc(Column::StartsAt)
}

/// Keeps a seat if nothing else keeps a part of it. `false`: something does.
///
/// # Errors
/// The statement fails.
pub async fn insert_free(db: &impl ConnectionTrait, kept: &KeptSeat) -> StoreResult<bool> {
    if db.get_database_backend() == DbBackend::Sqlite && overlaps(db, &kept.seat).await? {
        return Ok(false);
    }
    let row = row::ActiveModel::from(kept);
    let taken = OnConflict::new().do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(taken).exec_without_returning(db).await? == 1)
}

/// Whether something keeps a part of the seat. Asked on SQLite alone, whose trigger cannot skip a row, and
/// which has no concurrent writer; PostgreSQL's constraint decides by itself.
async fn overlaps(db: &impl ConnectionTrait, seat: &Seat) -> StoreResult<bool> {
    let overlapping = Entity::find()
        .filter(Column::Location.eq(seat.location.as_str()))
        .filter(Column::Date.eq(super::value::local_date(seat).to_string()))
        .filter(Column::Desk.eq(i32::from(seat.desk.index())))
        .filter(Column::StartsAt.lt(seat.end.as_millisecond()))
        .filter(Column::EndsAt.gt(seat.start.as_millisecond()))
        .select_only()
        .column(Column::Id);
    Ok(overlapping.into_tuple::<String>().one(db).await?.is_some())
}

/// Whether the seat is still kept, for whatever.
///
/// # Errors
/// The statement fails.
pub async fn exists(db: &impl ConnectionTrait, id: ReservationId) -> StoreResult<bool> {
    let found = Entity::find_by_id(id.to_string()).select_only().column(Column::Id);
    Ok(found.into_tuple::<String>().one(db).await?.is_some())
}

/// The seat that is kept by an offer; `None` if that ended.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn offered(db: &impl ConnectionTrait, id: ReservationId) -> StoreResult<Option<Seat>> {
    let kept =
        Entity::find_by_id(id.to_string()).filter(Column::Kind.eq(ReservationKind::Offer.as_str()));
    let Some(row) = kept.one(db).await? else { return Ok(None) };
    Ok(Some(COLUMNS.seat(&row.location, row.desk, row.starts_at, row.ends_at)?))
}

/// Whether a seat is kept for a person by an offer in this group.
///
/// # Errors
/// The statement fails.
pub async fn has_offer(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
) -> StoreResult<bool> {
    let found = Entity::find()
        .filter(Expr::cust("kind = 'offer'"))
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::ServiceGroup.eq(group.as_str()))
        .select_only()
        .column(Column::Id);
    Ok(found.into_tuple::<String>().one(db).await?.is_some())
}

/// Frees seats that are still returning, and returns which.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn delete_returning(
    db: &impl ConnectionTrait,
    ids: &[ReservationId],
) -> StoreResult<Vec<ReservationId>> {
    delete(db, ids, ReservationKind::Returning).await
}

/// Frees seats that are still kept for `kind`, and returns which. Not for bookings, which end by
/// [`change`].
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn delete(
    db: &impl ConnectionTrait,
    ids: &[ReservationId],
    kind: ReservationKind,
) -> StoreResult<Vec<ReservationId>> {
    let mut delete = deleting(ids, kind);
    let delete = sea_orm::QueryTrait::query(&mut delete);
    delete.returning(Query::returning().column(Column::Id));
    let rows = db.query_all(delete).await?;
    rows.iter().map(|row| Ok(COLUMNS.parse("id", &row.try_get_by_index::<String>(0)?)?)).collect()
}

fn deleting(ids: &[ReservationId], kind: ReservationKind) -> DeleteMany<Entity> {
    Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().map(ToString::to_string)))
        .filter(Column::Kind.eq(kind.as_str()))
}

/// Gives the offers of one person to another.
///
/// # Errors
/// The statement fails, or both have an offer in the same group.
pub async fn change_person(
    db: &impl ConnectionTrait,
    from: Pseudonym,
    to: Pseudonym,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(to.to_string()))
        .filter(Column::Person.eq(from.to_string()))
        .filter(Column::Kind.eq(ReservationKind::Offer.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes reservations of days before `date`, in small batches that block no other statement.
/// Returns their number. Bookings themselves stay.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, date: Date) -> StoreResult<u64> {
    let mut old = Query::select();
    old.column(Column::Id).from(Entity).and_where(Column::Date.lt(date.to_string())).limit(1_000);
    let result = Entity::delete_many().filter(Column::Id.in_subquery(old)).exec(db).await?;
    Ok(result.rows_affected)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait as _};

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[test]
    fn a_change_names_the_kind_it_expects() {
        let to = Purpose::Closed;
        let id = ReservationId::from_bits(1);
        let statement = changing(id, ReservationKind::Booking, &to).build(DbBackend::Postgres);
        insta::assert_snapshot!(statement.sql, @r#"UPDATE "reservations" SET "kind" = $1, "opens" = $2, "latest" = $3, "person" = $4, "service_group" = $5, "valid_until" = $6, "waiting_list" = $7 WHERE "reservations"."id" = $8 AND "reservations"."kind" = $9"#);
    }

    #[tokio::test]
    async fn what_returns_and_what_lapses_is_found_by_an_index() {
        let statements = [
            (all_returning().build(DbBackend::Postgres), "reservations_returning"),
            (all_listed().build(DbBackend::Postgres), "reservations_waiting_list"),
        ];
        for (statement, index) in statements {
            let Some(plan) = plan_on_postgres(statement).await else { return };
            assert!(plan.contains(index) && !plan.contains("Sort"), "{plan}");
        }
    }
}
