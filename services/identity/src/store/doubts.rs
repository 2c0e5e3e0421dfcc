//! Which persons may be one human: those in doubt about the same person share one booking.

use ids::PersonId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};

use super::{StoreResult, parse};

/// The doubt about these persons, named by one of them: the one that there is about any of them, or a
/// new one. `None` if there are no persons.
pub(crate) async fn about(
    db: &impl ConnectionTrait,
    candidates: &[PersonId],
) -> StoreResult<Option<PersonId>> {
    let names = candidates.iter().map(ToString::to_string);
    let rows = row::Entity::find().filter(row::Column::Person.is_in(names)).all(db).await?;
    let mut present = Vec::new();
    for row in &rows {
        present.push(parse("doubts.doubt", &row.doubt)?);
    }
    let known: Option<PersonId> = present.into_iter().min();
    let Some(doubt) = known.or(candidates.iter().min().copied()) else { return Ok(None) };
    let rows = candidates.iter().map(|candidate| row::ActiveModel {
        person: Set(candidate.to_string()),
        doubt: Set(doubt.to_string()),
    });
    let joined =
        OnConflict::column(row::Column::Person).update_column(row::Column::Doubt).to_owned();
    row::Entity::insert_many(rows).on_conflict(joined).exec_without_returning(db).await?;
    Ok(Some(doubt))
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "doubts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        pub doubt: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
