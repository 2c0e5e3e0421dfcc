//! Numbers for people who come without an appointment (ZMS: *Wartenummer*).

use booking::queue_ticket::{TicketAction, TicketStatus};
use ids::{LocationId, QueueTicketId, ServiceId, StaffId};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::{Corrupt, StoreResult, value::Columns};
use crate::domain::QueueTicket;
use row::{Column, Entity};

/// The highest number issued at the location on that day, 0 if none was.
///
/// # Errors
/// The statement fails.
pub async fn last_number(
    db: &impl ConnectionTrait,
    location: &LocationId,
    date: Date,
) -> StoreResult<u32> {
    let last: Option<i32> = Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(Column::Location.eq(location.as_str()))
        .filter(Column::Date.eq(date.to_string()))
        .order_by_desc(Column::Number)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(Columns("queue_tickets").number("number", last.unwrap_or(0))?)
}

/// Adds a ticket.
///
/// # Errors
/// The number is taken (see [`super::Failure::unique_index`]).
pub async fn insert(db: &impl ConnectionTrait, ticket: &QueueTicket) -> StoreResult<()> {
    let services: Vec<_> = ticket.services.iter().map(ServiceId::as_str).collect();
    let row = row::ActiveModel {
        id: Set(ticket.id.to_string()),
        location: Set(ticket.location.to_string()),
        date: Set(ticket.date.to_string()),
        number: Set(i32::try_from(ticket.number).unwrap_or(i32::MAX)),
        services: Set(serde_json::json!(services).to_string()),
        status: Set(ticket.status.to_string()),
        issued_at: Set(ticket.issued_at.as_millisecond()),
        changed_at: Set(ticket.issued_at.as_millisecond()),
        called_at: Set(None),
        called_by: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The ticket with this id.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    id: QueueTicketId,
) -> StoreResult<Option<QueueTicket>> {
    let row = Entity::find_by_id(id.to_string()).one(db).await?;
    Ok(row.map(QueueTicket::try_from).transpose()?)
}

/// The tickets of a location's day in the order of their numbers.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn of_day(
    db: &impl ConnectionTrait,
    location: &LocationId,
    date: Date,
) -> StoreResult<Vec<QueueTicket>> {
    let rows = Entity::find()
        .filter(Column::Location.eq(location.as_str()))
        .filter(Column::Date.eq(date.to_string()))
        .order_by_asc(Column::Number)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The services of the numbers that were issued before this one on its day and would be passed over if
/// `staff` called it: those that wait, those that `staff` called and neither served nor missed, and those
/// that were missed and called after `since`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn passed_over(
    db: &impl ConnectionTrait,
    ticket: &QueueTicket,
    staff: StaffId,
    since: Timestamp,
) -> StoreResult<Vec<Vec<ServiceId>>> {
    let is = |status: TicketStatus| Column::Status.eq(status.as_str());
    let at_their_desk =
        Condition::all().add(is(TicketStatus::Called)).add(Column::CalledBy.eq(staff.to_string()));
    let hardly_absent = Condition::all()
        .add(is(TicketStatus::Missed))
        .add(Column::CalledAt.gt(since.as_millisecond()));
    let comes_first =
        Condition::any().add(is(TicketStatus::Waiting)).add(at_their_desk).add(hardly_absent);
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Services)
        .filter(Column::Location.eq(ticket.location.as_str()))
        .filter(Column::Date.eq(ticket.date.to_string()))
        .filter(Column::Number.lt(i32::try_from(ticket.number).unwrap_or(i32::MAX)))
        .filter(comes_first)
        .into_tuple()
        .all(db)
        .await?;
    let columns = Columns("queue_tickets");
    rows.iter().map(|services| Ok(columns.json("services", services)?)).collect()
}

/// People without an appointment who were served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkInCount {
    /// Where.
    pub location: LocationId,
    /// All of these for each of them.
    pub services: Vec<ServiceId>,
    /// How many.
    pub served: u32,
}

/// How many walk-ins were served on a day at these locations.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn served_on(
    db: &impl ConnectionTrait,
    date: Date,
    locations: &[LocationId],
) -> StoreResult<Vec<WalkInCount>> {
    let rows: Vec<(String, String, i64)> = Entity::find()
        .select_only()
        .columns([Column::Location, Column::Services])
        .column_as(Column::Id.count(), "served")
        .filter(Column::Location.is_in(locations.iter().map(LocationId::as_str)))
        .filter(Column::Date.eq(date.to_string()))
        .filter(Column::Status.eq(TicketStatus::Served.as_str()))
        .group_by(Column::Location)
        .group_by(Column::Services)
        .into_tuple()
        .all(db)
        .await?;
    let columns = Columns("queue_tickets");
    rows.into_iter()
        .map(|(location, services, served)| {
            Ok(WalkInCount {
                location: columns.parse("location", &location)?,
                services: columns.json("services", &services)?,
                served: u32::try_from(served).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// `staff` does `action` to the ticket if its state still allows that. `false`: it does not, nothing
/// changed.
///
/// # Errors
/// The statement fails.
pub async fn act(
    db: &impl ConnectionTrait,
    id: QueueTicketId,
    action: TicketAction,
    staff: StaffId,
    now: Timestamp,
) -> StoreResult<bool> {
    let is_call = action == TicketAction::Call;
    let called_by = is_call.then(|| staff.to_string());
    let mut update = Entity::update_many();
    if is_call {
        update = update.col_expr(Column::CalledAt, Expr::value(now.as_millisecond()));
    }
    let result = update
        .col_expr(Column::Status, Expr::value(action.to().as_str()))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .col_expr(Column::CalledBy, Expr::value(called_by))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Status.is_in(action.from().iter().map(|status| status.as_str())))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

impl TryFrom<row::Model> for QueueTicket {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        let columns = Columns("queue_tickets");
        Ok(Self {
            id: columns.parse("id", &row.id)?,
            location: columns.parse("location", &row.location)?,
            date: columns.parse("date", &row.date)?,
            number: columns.number("number", row.number)?,
            services: columns.json("services", &row.services)?,
            status: columns.parse("status", &row.status)?,
            issued_at: columns.time("issued_at", row.issued_at)?,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "queue_tickets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub location: String,
        pub date: String,
        pub number: i32,
        pub services: String,
        pub status: String,
        pub issued_at: i64,
        pub changed_at: i64,
        pub called_at: Option<i64>,
        pub called_by: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
