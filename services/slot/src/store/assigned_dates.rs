//! Dates that an office gave to applications on file.

use booking::entitlement::BoundTo;
use ids::{AssignedDateId, BookingId, EntitlementId, GroupId, LocationId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, SelectStatement},
};

use super::{
    StoreResult, entitlements,
    value::{Columns, active_statuses},
};
use crate::domain::{AssignedDate, waiting::OfferStatus};
use row::{Column, Entity};

/// Where a list of dates goes on.
pub type Cursor = super::cursor::Cursor<AssignedDateId>;

/// Adds a date.
///
/// # Errors
/// The statement fails, or the application has an open one (see [`super::Failure::unique_index`]).
pub async fn insert(db: &impl ConnectionTrait, date: &AssignedDate) -> StoreResult<()> {
    Entity::insert(row::ActiveModel::from(date)).exec_without_returning(db).await?;
    Ok(())
}

/// One date.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    id: AssignedDateId,
) -> StoreResult<Option<AssignedDate>> {
    let row = Entity::find_by_id(id.to_string()).one(db).await?;
    row.map(|row| Ok(row.try_into()?)).transpose()
}

/// The open date of an application, if it has one.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn open_of(
    db: &impl ConnectionTrait,
    entitlement: EntitlementId,
) -> StoreResult<Option<AssignedDate>> {
    let found = Entity::find()
        .filter(Column::EntitlementId.eq(entitlement.to_string()))
        .filter(Column::Status.eq(OfferStatus::Open.as_str()));
    found.one(db).await?.map(|row| Ok(row.try_into()?)).transpose()
}

/// The date that an application was given last.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn latest_of(
    db: &impl ConnectionTrait,
    entitlement: EntitlementId,
) -> StoreResult<Option<AssignedDate>> {
    let found = Entity::find()
        .filter(Column::EntitlementId.eq(entitlement.to_string()))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id);
    found.one(db).await?.map(|row| Ok(row.try_into()?)).transpose()
}

/// How many dates an application was given since `since`, whatever became of them.
///
/// # Errors
/// The statement fails.
pub async fn given_since(
    db: &impl ConnectionTrait,
    entitlement: EntitlementId,
    since: Timestamp,
) -> StoreResult<usize> {
    let given = Entity::find()
        .filter(Column::EntitlementId.eq(entitlement.to_string()))
        .filter(Column::MadeAt.gte(since.as_millisecond()));
    Ok(given.all(db).await?.len())
}

/// The open dates of the applications that a person has proven, the earliest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn open_of_person(
    db: &impl ConnectionTrait,
    person: Pseudonym,
) -> StoreResult<Vec<AssignedDate>> {
    let proven: SelectStatement = entitlements::proven_by(person);
    let rows = Entity::find()
        .filter(Column::Status.eq(OfferStatus::Open.as_str()))
        .filter(Column::EntitlementId.in_subquery(proven))
        .order_by_asc(Column::StartsAt)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The open dates at a location, the earliest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn open_at(
    db: &impl ConnectionTrait,
    location: &LocationId,
) -> StoreResult<Vec<AssignedDate>> {
    let rows = Entity::find()
        .filter(Expr::cust("status = 'open'"))
        .filter(Column::Location.eq(location.as_str()))
        .order_by_asc(Column::StartsAt)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The dates at `locations` that can be answered at `now`: by start, those after `after`, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn answerable_at(
    db: &impl ConnectionTrait,
    locations: &[LocationId],
    now: Timestamp,
    after: Option<Cursor>,
    limit: u64,
) -> StoreResult<Vec<AssignedDate>> {
    let wanted = Condition::all()
        .add(Expr::cust("status = 'open'"))
        .add(Column::AnswerBy.gt(now.as_millisecond()))
        .add(Column::Location.is_in(locations.iter().map(LocationId::as_str)))
        .add_option(after.map(|cursor| cursor.condition(Column::StartsAt, Column::Id)));
    let rows = Entity::find()
        .filter(wanted)
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// At most `limit` open dates that could be answered until `now`, the oldest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn lapsed(
    db: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> StoreResult<Vec<AssignedDate>> {
    let rows = Entity::find()
        .filter(Expr::cust("status = 'open'"))
        .filter(Column::AnswerBy.lte(now.as_millisecond()))
        .order_by_asc(Column::AnswerBy)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// At most `limit` open dates that stand on nothing any more: the application is withdrawn or no longer
/// valid, or its person has an appointment in the group for which the date is kept.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn baseless(
    db: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> StoreResult<Vec<AssignedDate>> {
    let ended = format!(
        "EXISTS (SELECT 1 FROM entitlements WHERE entitlements.id = assigned_dates.entitlement_id \
         AND (entitlements.withdrawn_at IS NOT NULL OR entitlements.valid_until <= {}))",
        now.as_millisecond()
    );
    let booked = format!(
        "EXISTS (SELECT 1 FROM entitlements \
         JOIN reservations ON reservations.id = assigned_dates.reservation_id \
         JOIN bookings ON bookings.person = entitlements.person \
         AND bookings.service_group = reservations.service_group \
         WHERE entitlements.id = assigned_dates.entitlement_id AND bookings.status IN ({}))",
        active_statuses()
    );
    let rows = Entity::find()
        .filter(Expr::cust("assigned_dates.status = 'open'"))
        .filter(Expr::cust(format!("({ended} OR {booked})")))
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The open dates that are kept in a group for applications which nobody has proven, and which a name and a date
/// of birth prove.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn unproven_in(
    db: &impl ConnectionTrait,
    group: &GroupId,
) -> StoreResult<Vec<AssignedDate>> {
    let unproven = format!(
        "EXISTS (SELECT 1 FROM entitlements WHERE entitlements.id = assigned_dates.entitlement_id \
         AND entitlements.person IS NULL AND entitlements.bound_to = '{}')",
        BoundTo::Name.as_str()
    );
    // A group is a word of small letters, digits and hyphens.
    let kept = format!(
        "EXISTS (SELECT 1 FROM reservations WHERE reservations.id = assigned_dates.reservation_id \
         AND reservations.service_group = '{group}')"
    );
    let rows = Entity::find()
        .filter(Expr::cust("assigned_dates.status = 'open'"))
        .filter(Expr::cust(unproven))
        .filter(Expr::cust(kept))
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Ends an open date; from then on it cannot be answered. `false`: it is not open any more.
///
/// # Errors
/// The statement fails.
pub async fn end(
    db: &impl ConnectionTrait,
    id: AssignedDateId,
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

/// Removes dates that ended before `before`.
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

    use super::{AssignedDate, Columns};
    use crate::store::Corrupt;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assigned_dates")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub entitlement_id: String,
        pub reservation_id: String,
        pub hold_id: String,
        pub status: String,
        pub service: String,
        pub location: String,
        pub desk: i32,
        pub starts_at: i64,
        pub ends_at: i64,
        pub people: i32,
        pub made_at: i64,
        pub answer_by: i64,
        pub booking_id: Option<String>,
        pub changed_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl From<&AssignedDate> for ActiveModel {
        fn from(date: &AssignedDate) -> Self {
            Self {
                id: Set(date.id.to_string()),
                entitlement_id: Set(date.entitlement.to_string()),
                reservation_id: Set(date.reservation.to_string()),
                hold_id: Set(date.hold.to_string()),
                status: Set(date.status.to_string()),
                service: Set(date.service.to_string()),
                location: Set(date.seat.location.to_string()),
                desk: Set(i32::from(date.seat.desk.index())),
                starts_at: Set(date.seat.start.as_millisecond()),
                ends_at: Set(date.seat.end.as_millisecond()),
                people: Set(i32::from(date.people)),
                made_at: Set(date.made_at.as_millisecond()),
                answer_by: Set(date.answer_by.as_millisecond()),
                booking_id: Set(date.booking.map(|id| id.to_string())),
                changed_at: Set(date.made_at.as_millisecond()),
            }
        }
    }

    impl TryFrom<Model> for AssignedDate {
        type Error = Corrupt;

        fn try_from(row: Model) -> Result<Self, Corrupt> {
            let columns = Columns("assigned_dates");
            Ok(Self {
                id: columns.parse("id", &row.id)?,
                entitlement: columns.parse("entitlement_id", &row.entitlement_id)?,
                reservation: columns.parse("reservation_id", &row.reservation_id)?,
                hold: columns.parse("hold_id", &row.hold_id)?,
                status: columns.parse("status", &row.status)?,
                service: columns.parse("service", &row.service)?,
                seat: columns.seat(&row.location, row.desk, row.starts_at, row.ends_at)?,
                people: columns.number("people", row.people)?,
                made_at: columns.time("made_at", row.made_at)?,
                answer_by: columns.time("answer_by", row.answer_by)?,
                booking: row.booking_id.map(|id| columns.parse("booking_id", &id)).transpose()?,
            })
        }
    }
}
