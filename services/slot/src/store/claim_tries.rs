//! How often a person tried to claim an entitlement: a reference that is guessed takes many tries.

use ids::Pseudonym;
use jiff::civil::Date;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict},
};

use super::StoreResult;
use row::{Column, Entity};

/// Counts one more try of the person on a local day, and returns how many there were. Atomic, so
/// that tries at the same moment are all counted.
///
/// # Errors
/// The statement fails.
pub async fn count(db: &impl ConnectionTrait, person: Pseudonym, date: Date) -> StoreResult<i32> {
    let first = row::ActiveModel {
        person: Set(person.to_string()),
        date: Set(date.to_string()),
        tries: Set(1),
    };
    let one_more = Expr::col((Alias::new("claim_tries"), Column::Tries)).add(1);
    let known = OnConflict::columns([Column::Person, Column::Date])
        .value(Column::Tries, one_more)
        .to_owned();
    Ok(Entity::insert(first).on_conflict(known).exec_with_returning(db).await?.tries)
}

/// Deletes the counts of days before `date`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, date: Date) -> StoreResult<()> {
    Entity::delete_many().filter(Column::Date.lt(date.to_string())).exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "claim_tries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub date: String,
        pub tries: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
