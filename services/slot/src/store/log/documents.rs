//! The documents beside the log: what opens an entry, and the proof that it stands there.

use draw::LogProof;
use ids::DrawId;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, sea_query::Expr,
};

use super::{read, stored};
use crate::{
    domain::log::{LoggedDocument, LoggedKind},
    store::{
        StoreResult,
        value::{Columns, Corrupt},
    },
};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("log_documents");

/// The document of an entry; `None` if it was deleted, or there is no such entry.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, position: u64) -> StoreResult<Option<LoggedDocument>> {
    let row = Entity::find_by_id(stored(position)).one(db).await?;
    Ok(row.map(LoggedDocument::try_from).transpose()?)
}

/// Documents (no moves) for which the checkpoint of `size` entries, with the words of so many
/// witnesses, shows more than what is shown of them now.
///
/// The first checkpoint that a witness has seen is kept: its time counts.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn to_be_proven(
    db: &impl ConnectionTrait,
    size: u64,
    witnesses: usize,
) -> StoreResult<Vec<LoggedDocument>> {
    let more = if witnesses == 0 {
        Condition::any().add(Column::Proof.is_null())
    } else {
        Condition::any().add(Column::Cosigned.eq(0)).add(Column::ProofSize.eq(stored(size)))
    };
    let rows = Entity::find()
        .filter(Column::Kind.ne(LoggedKind::Move.as_str()))
        .filter(Column::Position.lt(stored(size)))
        .filter(more)
        .order_by_asc(Column::Position)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// A proof that a document stands in the log.
#[derive(Debug)]
pub struct Proven {
    /// Of which entry.
    pub position: u64,
    /// A proof file of C2SP `tlog-proof`.
    pub proof: String,
    /// Of how many entries its checkpoint is.
    pub size: u64,
    /// The words of how many witnesses were known.
    pub witnesses: usize,
}

/// Keeps a proof.
///
/// # Errors
/// The statement fails.
pub async fn keep_proof(db: &impl ConnectionTrait, proven: &Proven) -> StoreResult<()> {
    let witnesses = i32::try_from(proven.witnesses).unwrap_or(i32::MAX);
    Entity::update_many()
        .col_expr(Column::Proof, Expr::value(proven.proof.as_str()))
        .col_expr(Column::ProofSize, Expr::value(stored(proven.size)))
        .col_expr(Column::Cosigned, Expr::value(witnesses))
        .filter(Column::Position.eq(stored(proven.position)))
        .exec(db)
        .await?;
    Ok(())
}

/// What is shown of a draw's documents, without its moves.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn proofs(
    db: &impl ConnectionTrait,
    draw: DrawId,
) -> StoreResult<Vec<(LoggedKind, LogProof)>> {
    let rows = Entity::find()
        .filter(Column::DrawId.eq(draw.to_string()))
        .filter(Column::Proof.is_not_null())
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let proof = row.proof.clone().unwrap_or_default();
            let document = LoggedDocument::try_from(row)?;
            Ok((document.kind, LogProof { proof, salt: document.salt }))
        })
        .collect()
}

/// Deletes what opens the entries of a draw. The entries stay, and say nothing any more.
///
/// # Errors
/// The statement fails.
pub async fn delete(db: &impl ConnectionTrait, draw: DrawId) -> StoreResult<()> {
    Entity::delete_many().filter(Column::DrawId.eq(draw.to_string())).exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_documents")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub draw_id: String,
        pub kind: String,
        pub salt: String,
        pub text: Option<String>,
        pub public_from: Option<i64>,
        pub proof: Option<String>,
        pub proof_size: Option<i64>,
        pub cosigned: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<row::Model> for LoggedDocument {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        Ok(Self {
            position: read(COLUMNS, "position", row.position)?,
            draw: COLUMNS.parse("draw_id", &row.draw_id)?,
            kind: COLUMNS.parse("kind", &row.kind)?,
            salt: COLUMNS.parse("salt", &row.salt)?,
            text: row.text,
            public_from: row.public_from.map(|at| COLUMNS.time("public_from", at)).transpose()?,
        })
    }
}
