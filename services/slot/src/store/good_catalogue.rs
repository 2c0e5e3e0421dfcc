//! The text of the catalogue that was last in force, so that a process can start while the present
//! one has a mistake.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait as _, sea_query::OnConflict};

use super::StoreResult;
use row::{Column, Entity};

/// There is one row.
const ID: i32 = 1;

/// Remembers `text` in place of the one before.
///
/// # Errors
/// The statement fails.
pub async fn keep(db: &impl ConnectionTrait, text: &str, at: Timestamp) -> StoreResult<()> {
    let row = row::ActiveModel {
        id: Set(ID),
        text: Set(text.to_owned()),
        applied_at: Set(at.as_millisecond()),
    };
    let replace =
        OnConflict::column(Column::Id).update_columns([Column::Text, Column::AppliedAt]).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// The text, unless nothing was ever in force.
///
/// # Errors
/// The statement fails.
pub async fn find(db: &impl ConnectionTrait) -> StoreResult<Option<String>> {
    Ok(Entity::find_by_id(ID).one(db).await?.map(|row| row.text))
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "good_catalogue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub text: String,
        pub applied_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
