//! Draws and their documents.

use ids::DrawId;
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{StoreResult, Transaction, gate, value::Columns};
use crate::domain::draw::{Draw, DrawStatus};
use row::{Column, Entity};

mod latest;
mod row;

pub use latest::latest_entered;

/// What is kept of a draw as a text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// What was fixed beforehand.
    Announcement,
    /// The seed, readable by the auditor alone; published with the announcement.
    Escrow,
    /// Which seats its rows are here; not published.
    Pool,
    /// The closed list.
    Entries,
    /// Its root.
    Freeze,
    /// The note about tickets.
    Tickets,
    /// Both sources of chance.
    Reveal,
    /// Which entry got which seat.
    Result,
    /// The exact seats, where the result names half days only; not published.
    SealedSeats,
    /// Why the draw is void.
    Void,
    /// That identity knows the announcement; not published.
    ToldToIdentity,
}

impl DocumentKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Escrow => "escrow",
            Self::Pool => "pool",
            Self::Entries => "entries",
            Self::Freeze => "freeze",
            Self::Tickets => "tickets",
            Self::Reveal => "reveal",
            Self::Result => "result",
            Self::SealedSeats => "sealed-seats",
            Self::Void => "void",
            Self::ToldToIdentity => "told-to-identity",
        }
    }
}

/// Keeps the draw's list from being closed until the transaction ends.
///
/// # Errors
/// The list is being closed and that does not end in time.
pub async fn keep_open(transaction: &Transaction, draw: DrawId) -> StoreResult<()> {
    gate::pass_draw(transaction, draw).await
}

/// Waits for those who are entering, and keeps others out until the transaction ends.
///
/// # Errors
/// Those who are entering do not end in time.
pub async fn shut(transaction: &Transaction, draw: DrawId) -> StoreResult<()> {
    gate::shut_draw(transaction, draw).await
}

/// Adds a draw. `false`: it is there already.
///
/// # Errors
/// The statement fails.
pub async fn insert(db: &impl ConnectionTrait, draw: &Draw) -> StoreResult<bool> {
    let known = OnConflict::column(Column::Id).do_nothing().to_owned();
    let added = Entity::insert(row::ActiveModel::from(draw)).on_conflict(known);
    Ok(added.exec_without_returning(db).await? == 1)
}

/// One draw.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, id: DrawId) -> StoreResult<Option<Draw>> {
    let row = Entity::find_by_id(id.to_string()).one(db).await?;
    row.map(|row| Ok(row.try_into()?)).transpose()
}

/// Draws that close or closed after an instant, the earliest first. Of more than `limit` the latest: those are the
/// ones that people can still enter.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn closing_after(
    db: &impl ConnectionTrait,
    instant: Timestamp,
    limit: u64,
) -> StoreResult<Vec<Draw>> {
    let found = Entity::find().filter(Column::Closes.gt(instant.as_millisecond()));
    let found = found.order_by_desc(Column::Closes).order_by_desc(Column::Id).limit(limit);
    let mut draws = read(found.all(db).await?)?;
    draws.reverse();
    Ok(draws)
}

/// Draws with something left to be done, the earliest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn unfinished(db: &impl ConnectionTrait) -> StoreResult<Vec<Draw>> {
    let found = Entity::find().filter(Expr::cust("ended_at IS NULL"));
    read(found.order_by_asc(Column::Closes).all(db).await?)
}

/// Draws that became void at `instant` or after it.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn void_since(db: &impl ConnectionTrait, instant: Timestamp) -> StoreResult<Vec<Draw>> {
    let void = Entity::find().filter(Column::Status.eq(DrawStatus::Void.as_str()));
    read(void.filter(Column::ChangedAt.gte(instant.as_millisecond())).all(db).await?)
}

/// Draws that are over and still have entries.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn over_with_entries(db: &impl ConnectionTrait) -> StoreResult<Vec<Draw>> {
    let has_entries = "EXISTS (SELECT 1 FROM draw_entries WHERE draw_entries.draw_id = draws.id)";
    let found = Entity::find().filter(Column::EndedAt.is_not_null());
    read(found.filter(Expr::cust(has_entries)).all(db).await?)
}

fn read(rows: Vec<row::Model>) -> StoreResult<Vec<Draw>> {
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Brings a draw from one state to the next. `false`: it is in another state, nothing changed.
///
/// # Errors
/// The statement fails.
pub async fn advance(
    db: &impl ConnectionTrait,
    id: DrawId,
    from: DrawStatus,
    to: DrawStatus,
    now: Timestamp,
) -> StoreResult<bool> {
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(to.as_str()))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Status.eq(from.as_str()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Notes how many entered.
///
/// # Errors
/// The statement fails.
pub async fn note_entered(db: &impl ConnectionTrait, id: DrawId, entered: u32) -> StoreResult<()> {
    note(db, id, Column::Entered, i64::from(entered)).await
}

/// Notes how many were served.
///
/// # Errors
/// The statement fails.
pub async fn note_served(db: &impl ConnectionTrait, id: DrawId, served: u32) -> StoreResult<()> {
    note(db, id, Column::Served, i64::from(served)).await
}

/// One of those who were drawn got no appointment.
///
/// # Errors
/// The statement fails.
pub async fn note_not_served(db: &impl ConnectionTrait, id: DrawId) -> StoreResult<()> {
    let one_less = Expr::col(Column::Served).sub(1);
    let noted = Entity::update_many().col_expr(Column::Served, one_less);
    let of_draw = noted.filter(Column::Id.eq(id.to_string())).filter(Column::Served.gt(0));
    of_draw.exec(db).await?;
    Ok(())
}

/// Nothing is left to be done.
///
/// # Errors
/// The statement fails.
pub async fn end(db: &impl ConnectionTrait, id: DrawId, now: Timestamp) -> StoreResult<()> {
    note(db, id, Column::EndedAt, now.as_millisecond()).await
}

async fn note(
    db: &impl ConnectionTrait,
    id: DrawId,
    column: Column,
    number: i64,
) -> StoreResult<()> {
    let noted = Entity::update_many().col_expr(column, Expr::value(number));
    noted.filter(Column::Id.eq(id.to_string())).exec(db).await?;
    Ok(())
}

/// Keeps a document of a draw; one that is there stays.
///
/// # Errors
/// The statement fails.
pub async fn keep(
    db: &impl ConnectionTrait,
    id: DrawId,
    kind: DocumentKind,
    text: String,
) -> StoreResult<()> {
    let document = document::ActiveModel {
        draw_id: Set(id.to_string()),
        kind: Set(kind.name().to_owned()),
        text: Set(text),
    };
    let known = OnConflict::columns([document::Column::DrawId, document::Column::Kind])
        .do_nothing()
        .to_owned();
    document::Entity::insert(document).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// A document of a draw.
///
/// # Errors
/// The statement fails.
pub async fn document(
    db: &impl ConnectionTrait,
    id: DrawId,
    kind: DocumentKind,
) -> StoreResult<Option<String>> {
    let key = (id.to_string(), kind.name().to_owned());
    Ok(document::Entity::find_by_id(key).one(db).await?.map(|found| found.text))
}

/// Removes a document of a draw.
///
/// # Errors
/// The statement fails.
pub async fn forget(db: &impl ConnectionTrait, id: DrawId, kind: DocumentKind) -> StoreResult<()> {
    let key = (id.to_string(), kind.name().to_owned());
    document::Entity::delete_by_id(key).exec(db).await?;
    Ok(())
}

/// A document of a draw, read.
///
/// # Errors
/// The statement fails, or the document is of another form.
pub async fn read_document<T: DeserializeOwned>(
    db: &impl ConnectionTrait,
    id: DrawId,
    kind: DocumentKind,
) -> StoreResult<Option<T>> {
    let text = document(db, id, kind).await?;
    Ok(text.map(|text| Columns("draw_documents").json("text", &text)).transpose()?)
}

/// Who may enter a draw and what its winners must do, in the words of its announcement.
///
/// # Errors
/// The statement fails, or the announcement is of another form.
pub async fn announced_rule(db: &impl ConnectionTrait, id: DrawId) -> StoreResult<Option<String>> {
    #[derive(Deserialize)]
    struct Words {
        rule: String,
    }
    let words = read_document::<Words>(db, id, DocumentKind::Announcement).await?;
    Ok(words.map(|words| words.rule))
}

/// The draws of a week whose result is known.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn drawn_of_week(db: &impl ConnectionTrait, week: Date) -> StoreResult<Vec<Draw>> {
    let drawn = [DrawStatus::Drawn, DrawStatus::Settled].map(DrawStatus::as_str);
    let found = Entity::find().filter(Column::Week.eq(week.to_string()));
    read(found.filter(Column::Status.is_in(drawn)).order_by_asc(Column::Id).all(db).await?)
}

/// At most `limit` draws of the weeks before `week` with nothing left to be done.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn ended_before(
    db: &impl ConnectionTrait,
    week: Date,
    limit: u64,
) -> StoreResult<Vec<Draw>> {
    let found = Entity::find().filter(Column::Week.lt(week.to_string()));
    let found = found.filter(Column::EndedAt.is_not_null()).order_by_asc(Column::Week);
    read(found.limit(limit).all(db).await?)
}

/// Deletes a draw with its documents.
///
/// # Errors
/// A statement fails.
pub async fn delete(db: &impl ConnectionTrait, id: DrawId) -> StoreResult<()> {
    let documents = document::Entity::delete_many();
    documents.filter(document::Column::DrawId.eq(id.to_string())).exec(db).await?;
    Entity::delete_by_id(id.to_string()).exec(db).await?;
    Ok(())
}

mod document {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "draw_documents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub draw_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub text: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
