//! What was fixed of the log and what was signed: one row.
//!
//! Size and root are fixed by a compare-and-set, and only what is fixed is signed. So two processes
//! that both believe to lead cannot sign two roots for one size.

use draw::Bytes;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, sea_query::Expr,
};
use tlog::Hash;

use super::{read as number, stored};
use crate::{
    domain::log::{LogHead, SignedCheckpoint},
    store::{
        StoreResult,
        value::{Columns, Corrupt},
    },
};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("log_head");
/// The one row, which the migration made.
const ROW: i32 = 1;

/// What there is.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn read(db: &impl ConnectionTrait) -> StoreResult<LogHead> {
    let row = Entity::find_by_id(ROW).one(db).await?.ok_or(COLUMNS.corrupt("id"))?;
    Ok(row.try_into()?)
}

/// Begins a log under `key`, in the place of one under the key `before`. Nothing is signed by it yet.
/// `false`: the log has another key than `before`.
///
/// # Errors
/// The statement fails.
pub async fn begin(db: &impl ConnectionTrait, before: &str, key: &str) -> StoreResult<bool> {
    let begun = Entity::update_many()
        .col_expr(Column::LogKey, Expr::value(key))
        .col_expr(Column::Checkpoint, Expr::value(None::<String>))
        .col_expr(Column::CheckpointSize, Expr::value(None::<i64>))
        .col_expr(Column::SignedAt, Expr::value(None::<i64>))
        .filter(Column::LogKey.eq(before))
        .exec(db)
        .await?;
    Ok(begun.rows_affected == 1)
}

/// Fixes the root of the first `size` entries. `false`: something else is fixed by now.
///
/// # Errors
/// The statement fails.
pub async fn fix(
    db: &impl ConnectionTrait,
    before: &LogHead,
    size: u64,
    root: &Hash,
) -> StoreResult<bool> {
    let fixed = Entity::update_many()
        .col_expr(Column::Size, Expr::value(stored(size)))
        .col_expr(Column::Root, Expr::value(root.to_string()))
        .filter(Column::Size.eq(stored(before.size)))
        .filter(Column::Root.eq(before.root.to_string()))
        .exec(db)
        .await?;
    Ok(fixed.rows_affected == 1)
}

/// Keeps the checkpoint of what is fixed. `false`: something else is fixed by now.
///
/// # Errors
/// The statement fails.
pub async fn keep_checkpoint(
    db: &impl ConnectionTrait,
    fixed: &LogHead,
    signed: &SignedCheckpoint,
) -> StoreResult<bool> {
    let kept = Entity::update_many()
        .col_expr(Column::Checkpoint, Expr::value(signed.note.as_str()))
        .col_expr(Column::CheckpointSize, Expr::value(stored(signed.size)))
        .col_expr(Column::SignedAt, Expr::value(signed.at.as_millisecond()))
        .filter(Column::Size.eq(stored(fixed.size)))
        .filter(Column::Root.eq(fixed.root.to_string()))
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub log_key: String,
        pub size: i64,
        pub root: String,
        pub checkpoint: Option<String>,
        pub checkpoint_size: Option<i64>,
        pub signed_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<row::Model> for LogHead {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        let root: Bytes<32> = COLUMNS.parse("root", &row.root)?;
        let signed = match (row.checkpoint, row.checkpoint_size, row.signed_at) {
            (Some(note), Some(size), Some(at)) => Some(SignedCheckpoint {
                size: number(COLUMNS, "checkpoint_size", size)?,
                note,
                at: COLUMNS.time("signed_at", at)?,
            }),
            (None, None, None) => None,
            _ => return Err(COLUMNS.corrupt("checkpoint")),
        };
        Ok(Self {
            key: row.log_key,
            size: number(COLUMNS, "size", row.size)?,
            root: Hash(root.0),
            signed,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::store::tests::databases;

    #[tokio::test]
    async fn of_two_roots_for_one_size_one_is_fixed_and_only_that_is_signed() {
        for database in databases().await {
            let db = database.connection();
            let empty = read(db).await.unwrap();
            assert_eq!((empty.size, empty.root, &empty.signed), (0, tlog::EMPTY, &None));
            let (ours, theirs) = (Hash::leaf(b"ours"), Hash::leaf(b"theirs"));
            assert!(fix(db, &empty, 1, &ours).await.unwrap());
            assert!(!fix(db, &empty, 1, &theirs).await.unwrap());
            let fixed = read(db).await.unwrap();
            assert_eq!((fixed.size, fixed.root), (1, ours));
            let at = Timestamp::from_second(1_800_000_000).unwrap();
            let signed = SignedCheckpoint { size: 1, note: "note".to_owned(), at };
            let other = LogHead { root: theirs, ..fixed.clone() };
            assert!(!keep_checkpoint(db, &other, &signed).await.unwrap());
            assert!(!read(db).await.unwrap().is_signed());
            assert!(keep_checkpoint(db, &fixed, &signed).await.unwrap());
            assert!(read(db).await.unwrap().is_signed());
        }
    }

    #[tokio::test]
    async fn a_log_has_one_key() {
        for database in databases().await {
            let db = database.connection();
            assert!(begin(db, "", "first").await.unwrap());
            assert!(!begin(db, "", "second").await.unwrap());
            assert_eq!(read(db).await.unwrap().key, "first");
        }
    }
}
