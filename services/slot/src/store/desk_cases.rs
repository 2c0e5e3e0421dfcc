//! What takes two members of staff: proposed by one, approved by another.

use ids::{CaseCode, ServiceId, StaffId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

use super::{Corrupt, StoreResult, value::Columns};
use crate::domain::{CountedAct, DeskCase, DeskCaseState};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("desk_cases");

/// Adds a case with what the colleague compares with the document, encrypted. If the same member of
/// staff proposed the same before, nothing changes.
///
/// # Errors
/// The statement fails.
pub async fn insert(
    db: &impl ConnectionTrait,
    case: &DeskCase,
    attendee: Option<Vec<u8>>,
) -> StoreResult<()> {
    let services: Vec<_> = case.services.iter().map(ServiceId::as_str).collect();
    let row = row::ActiveModel {
        code: Set(case.code.to_string()),
        act: Set(case.act.to_string()),
        subject: Set(case.subject.clone()),
        location: Set(case.location.to_string()),
        services: Set(serde_json::json!(services).to_string()),
        starts_at: Set(case.start.map(Timestamp::as_millisecond)),
        reason: Set(case.reason.as_ref().map(|why| serde_json::json!(why).to_string())),
        hold_id: Set(case.hold.map(|hold| hold.to_string())),
        attendee: Set(attendee),
        proposed_by: Set(case.proposed_by.to_string()),
        status: Set(case.state.as_str().to_owned()),
        approved_by: Set(case.state.approved_by().map(|by| by.to_string())),
        opened_at: Set(case.opened_at.as_millisecond()),
    };
    let known = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// The case with this code, and what the colleague compares with the document.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    code: CaseCode,
) -> StoreResult<Option<(DeskCase, Option<Vec<u8>>)>> {
    Ok(Entity::find_by_id(code.to_string()).one(db).await?.map(with_attendee).transpose()?)
}

fn with_attendee(mut row: row::Model) -> Result<(DeskCase, Option<Vec<u8>>), Corrupt> {
    let attendee = row.attendee.take();
    Ok((row.try_into()?, attendee))
}

/// The case of this act that `staff` proposed and that is not done yet, and what the colleague compares
/// with the document.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find_open(
    db: &impl ConnectionTrait,
    act: CountedAct,
    subject: &str,
    staff: StaffId,
) -> StoreResult<Option<(DeskCase, Option<Vec<u8>>)>> {
    let row = Entity::find()
        .filter(Column::Act.eq(act.as_str()))
        .filter(Column::Subject.eq(subject))
        .filter(Column::ProposedBy.eq(staff.to_string()))
        .filter(Column::Status.ne("done"))
        .one(db)
        .await?;
    Ok(row.map(with_attendee).transpose()?)
}

/// Withdraws a case that was not done: something else is proposed in its place.
///
/// # Errors
/// The statement fails.
pub async fn withdraw(db: &impl ConnectionTrait, code: CaseCode) -> StoreResult<()> {
    Entity::delete_many()
        .filter(Column::Code.eq(code.to_string()))
        .filter(Column::Status.ne("done"))
        .exec(db)
        .await?;
    Ok(())
}

/// Moves a case from the state in which it was read to `next`. `false`: it changed meanwhile.
///
/// # Errors
/// The statement fails.
pub async fn advance(
    db: &impl ConnectionTrait,
    case: &DeskCase,
    next: DeskCaseState,
) -> StoreResult<bool> {
    let approved_by = next.approved_by().map(|by| by.to_string());
    let result = Entity::update_many()
        .col_expr(Column::Status, Expr::value(next.as_str()))
        .col_expr(Column::ApprovedBy, Expr::value(approved_by))
        .filter(Column::Code.eq(case.code.to_string()))
        .filter(Column::Status.eq(case.state.as_str()))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Deletes the cases that were opened before `at`: what they were about is long over, and the audit
/// log says who agreed to what.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, at: Timestamp) -> StoreResult<()> {
    Entity::delete_many().filter(Column::OpenedAt.lt(at.as_millisecond())).exec(db).await?;
    Ok(())
}

impl TryFrom<row::Model> for DeskCase {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        let by = row.approved_by.map(|by| COLUMNS.parse("approved_by", &by)).transpose()?;
        let state = match (row.status.as_str(), by) {
            ("proposed", None) => DeskCaseState::Proposed,
            ("approved", Some(by)) => DeskCaseState::Approved { by },
            ("done", Some(by)) => DeskCaseState::Done { by },
            _ => return Err(COLUMNS.corrupt("status")),
        };
        Ok(Self {
            code: COLUMNS.parse("code", &row.code)?,
            act: COLUMNS.parse("act", &row.act)?,
            subject: row.subject,
            location: COLUMNS.parse("location", &row.location)?,
            services: COLUMNS.json("services", &row.services)?,
            start: row.starts_at.map(|at| COLUMNS.time("starts_at", at)).transpose()?,
            reason: row.reason.map(|why| COLUMNS.json("reason", &why)).transpose()?,
            hold: row.hold_id.map(|hold| COLUMNS.parse("hold_id", &hold)).transpose()?,
            proposed_by: COLUMNS.parse("proposed_by", &row.proposed_by)?,
            state,
            opened_at: COLUMNS.time("opened_at", row.opened_at)?,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "desk_cases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub act: String,
        pub subject: String,
        pub location: String,
        pub services: String,
        pub starts_at: Option<i64>,
        pub reason: Option<String>,
        pub hold_id: Option<String>,
        pub attendee: Option<Vec<u8>>,
        pub proposed_by: String,
        pub status: String,
        pub approved_by: Option<String>,
        pub opened_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
