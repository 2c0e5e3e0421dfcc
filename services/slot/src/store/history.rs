//! What people did with holds and bookings, as long as a booking rule may ask for it.

use aws_lc_rs::digest;
use booking::rules::{HistoryEvent, HistoryKind};
use ids::{GroupId, HistoryId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, DeleteMany, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
    sea_query::{Expr, OnConflict},
};

use super::{Corrupt, StoreResult, value::Columns};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("history");
/// More than a rule can ask for.
const MAX_ROWS: u64 = 1_000;

/// An event that staff can lift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Its id.
    pub id: HistoryId,
    /// What happened.
    pub event: HistoryEvent,
}

/// Staff's word that an event counts no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lift {
    /// The actor, as in the audit log.
    pub by: String,
    /// The reason that was given.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Remembers what people did. The same event again changes nothing.
///
/// # Errors
/// The statement fails.
pub async fn insert(
    db: &impl ConnectionTrait,
    events: &[(Pseudonym, HistoryEvent)],
) -> StoreResult<()> {
    if events.is_empty() {
        return Ok(());
    }
    let known = OnConflict::new().do_nothing().to_owned();
    let rows = events.iter().map(|(person, event)| to_row(*person, event));
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// What a person did since, the newest first; lifted events too.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn list(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    since: Timestamp,
) -> StoreResult<Vec<Remembered>> {
    let rows = newest(person, since).all(db).await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

fn newest(person: Pseudonym, since: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::At.gte(since.as_millisecond()))
        .order_by_desc(Column::At)
        .limit(MAX_ROWS)
}

/// The same without their ids.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    since: Timestamp,
) -> StoreResult<Vec<HistoryEvent>> {
    let remembered = list(db, person, since).await?;
    Ok(remembered.into_iter().map(|remembered| remembered.event).collect())
}

/// An event of `person` counts no more. `false`: there is none that counts.
///
/// # Errors
/// The statement fails.
pub async fn lift(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    id: HistoryId,
    lift: &Lift,
) -> StoreResult<bool> {
    let result = Entity::update_many()
        .col_expr(Column::LiftedAt, Expr::value(lift.at.as_millisecond()))
        .col_expr(Column::LiftedBy, Expr::value(lift.by.as_str()))
        .col_expr(Column::LiftReason, Expr::value(lift.reason.as_str()))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::LiftedAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Forgets that a person missed the visit that began then: they came after all.
///
/// # Errors
/// The statement fails.
pub async fn delete_missed(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
    starts_at: Timestamp,
) -> StoreResult<()> {
    Entity::delete_many()
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::ServiceGroup.eq(group.as_str()))
        .filter(Column::Kind.eq(kind_text(HistoryKind::Missed)))
        .filter(Column::StartsAt.eq(starts_at.as_millisecond()))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives what one person did to another.
///
/// # Errors
/// The statement fails.
pub async fn change_person(
    db: &impl ConnectionTrait,
    from: Pseudonym,
    to: Pseudonym,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(to.to_string()))
        .filter(Column::Person.eq(from.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// People with counted events since then, and the latest of each: at most `limit`, in the order of
/// their pseudonyms, after `after`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn people(
    db: &impl ConnectionTrait,
    since: Timestamp,
    after: Option<Pseudonym>,
    limit: u64,
) -> StoreResult<Vec<(Pseudonym, Timestamp)>> {
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Person)
        .column_as(Column::At.max(), "last")
        .filter(Column::Person.gt(after.map(|person| person.to_string()).unwrap_or_default()))
        .filter(Column::At.gte(since.as_millisecond()))
        .filter(Column::LiftedAt.is_null())
        .group_by(Column::Person)
        .order_by_asc(Column::Person)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(person, at)| Ok((COLUMNS.parse("person", &person)?, COLUMNS.time("at", at)?)))
        .collect()
}

/// Forgets what happened before `instant`; how much there was.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, instant: Timestamp) -> StoreResult<u64> {
    Ok(before(instant).exec(db).await?.rows_affected)
}

fn before(instant: Timestamp) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::At.lt(instant.as_millisecond()))
}

/// The same event has the same id, so that a repeat adds nothing.
fn id_of(person: Pseudonym, event: &HistoryEvent) -> HistoryId {
    let text = format!(
        "{person}/{}/{}/{}/{}",
        event.group,
        kind_text(event.kind),
        event.at.as_millisecond(),
        event.starts_at.as_millisecond()
    );
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let bytes = hash.as_ref().first_chunk().copied().unwrap_or_default();
    HistoryId::from_bits(u128::from_be_bytes(bytes))
}

const KINDS: [HistoryKind; 5] = [
    HistoryKind::HoldAbandoned,
    HistoryKind::Cancelled,
    HistoryKind::Moved,
    HistoryKind::Missed,
    HistoryKind::SeatDeclined,
];

const fn kind_text(kind: HistoryKind) -> &'static str {
    match kind {
        HistoryKind::HoldAbandoned => "hold_abandoned",
        HistoryKind::Cancelled => "cancelled",
        HistoryKind::Moved => "moved",
        HistoryKind::Missed => "missed",
        HistoryKind::SeatDeclined => "seat_declined",
    }
}

/// Whose doing every event is. The column is older than the decision that nothing else is
/// remembered.
const CAUSE: &str = "person";

fn to_row(person: Pseudonym, event: &HistoryEvent) -> row::ActiveModel {
    row::ActiveModel {
        id: Set(id_of(person, event).to_string()),
        person: Set(person.to_string()),
        service_group: Set(event.group.to_string()),
        kind: Set(kind_text(event.kind).to_owned()),
        at: Set(event.at.as_millisecond()),
        starts_at: Set(event.starts_at.as_millisecond()),
        seat_minutes: Set(i32::try_from(event.seat_minutes).unwrap_or(i32::MAX)),
        returned_by: Set(event.returned_by.as_millisecond()),
        cause: Set(CAUSE.to_owned()),
        lifted_at: Set(None),
        lifted_by: Set(None),
        lift_reason: Set(None),
    }
}

impl TryFrom<row::Model> for Remembered {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        let kind = KINDS.into_iter().find(|kind| kind_text(*kind) == row.kind);
        Ok(Self {
            id: COLUMNS.parse("id", &row.id)?,
            event: HistoryEvent {
                kind: kind.ok_or(COLUMNS.corrupt("kind"))?,
                at: COLUMNS.time("at", row.at)?,
                group: COLUMNS.parse("service_group", &row.service_group)?,
                starts_at: COLUMNS.time("starts_at", row.starts_at)?,
                seat_minutes: COLUMNS.number("seat_minutes", row.seat_minutes)?,
                returned_by: COLUMNS.time("returned_by", row.returned_by)?,
                lifted: row.lifted_at.is_some(),
            },
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "history")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub person: String,
        pub service_group: String,
        pub kind: String,
        pub at: i64,
        pub starts_at: i64,
        pub seat_minutes: i32,
        pub returned_by: i64,
        pub cause: String,
        pub lifted_at: Option<i64>,
        pub lifted_by: Option<String>,
        pub lift_reason: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait as _};

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn a_person_and_what_is_old_are_found_by_an_index() {
        let of_person = newest(Pseudonym::from_bits(1), Timestamp::UNIX_EPOCH);
        let old = before(Timestamp::UNIX_EPOCH);
        let statements = [
            (of_person.build(DbBackend::Postgres), "history_person"),
            (old.build(DbBackend::Postgres), "history_at"),
        ];
        for (statement, index) in statements {
            let Some(plan) = plan_on_postgres(statement).await else { return };
            assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{plan}");
        }
    }
}
