//! When somebody last missed an appointment without cancelling; the rule `cool_down` asks for it.

use ids::{GroupId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};

use super::{StoreResult, value::Columns};
use row::{Column, Entity};

/// Remembers that the person missed an appointment in the group at `at`.
///
/// # Errors
/// The statement fails.
pub async fn set(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
    at: Timestamp,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        person: Set(person.to_string()),
        service_group: Set(group.to_string()),
        missed_at: Set(at.as_millisecond()),
    };
    let replace = OnConflict::columns([Column::Person, Column::ServiceGroup])
        .update_column(Column::MissedAt)
        .to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// When the person last missed an appointment in the group.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
) -> StoreResult<Option<Timestamp>> {
    let row = Entity::find_by_id((person.to_string(), group.to_string())).one(db).await?;
    Ok(row.map(|row| Columns("misses").time("missed_at", row.missed_at)).transpose()?)
}

/// Forgets it, for example because the person came late and is served after all.
///
/// # Errors
/// The statement fails.
pub async fn clear(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
) -> StoreResult<()> {
    Entity::delete_by_id((person.to_string(), group.to_string())).exec(db).await?;
    Ok(())
}

/// Gives what one person missed to another, who keeps the later moment in each group.
///
/// # Errors
/// A statement fails or a row makes no sense.
pub async fn change_person(
    db: &impl ConnectionTrait,
    from: Pseudonym,
    to: Pseudonym,
) -> StoreResult<()> {
    let of_from = Column::Person.eq(from.to_string());
    let columns = Columns("misses");
    for row in Entity::find().filter(of_from.clone()).all(db).await? {
        let group = columns.parse("service_group", &row.service_group)?;
        let missed_at = columns.time("missed_at", row.missed_at)?;
        if find(db, to, &group).await?.is_none_or(|known| known < missed_at) {
            set(db, to, &group, missed_at).await?;
        }
    }
    Entity::delete_many().filter(of_from).exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "misses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub service_group: String,
        pub missed_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
