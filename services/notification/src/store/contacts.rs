//! Where persons can be reached, encrypted.

use std::collections::BTreeSet;

use ids::Pseudonym;
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DbErr, QuerySelect as _, Set,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait as _, OnConflict},
};
use store::StoreError;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contacts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub pseudonym: String,
        pub sealed: Option<Vec<u8>>,
        pub changed_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Remembers the sealed contact unless something newer is known.
pub(crate) async fn learn<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
    sealed: Vec<u8>,
    changed_at: Timestamp,
) -> Result<(), StoreError> {
    set(connection, person, Some(sealed), changed_at).await
}

/// Destroys the contact.
pub(crate) async fn erase<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
    at: Timestamp,
) -> Result<(), StoreError> {
    set(connection, person, None, at).await
}

/// The sealed contact, if it is known.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = row::Entity::find_by_id(person.to_string()).one(connection).await?;
    Ok(row.and_then(|row| row.sealed))
}

/// Which of these persons can be reached.
pub(crate) async fn known<C: ConnectionTrait>(
    connection: &C,
    people: &BTreeSet<Pseudonym>,
) -> Result<BTreeSet<Pseudonym>, StoreError> {
    if people.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows: Vec<String> = row::Entity::find()
        .select_only()
        .column(row::Column::Pseudonym)
        .filter(row::Column::Pseudonym.is_in(people.iter().map(Pseudonym::to_string)))
        .filter(row::Column::Sealed.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    let corrupt = |_| DbErr::Type("contacts.pseudonym".to_owned());
    let known = rows.iter().map(|row| row.parse::<Pseudonym>().map_err(corrupt));
    Ok(known.collect::<Result<_, DbErr>>()?)
}

/// A newer change wins, whatever the order of arrival.
async fn set<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
    sealed: Option<Vec<u8>>,
    changed_at: Timestamp,
) -> Result<(), StoreError> {
    let contact = row::ActiveModel {
        pseudonym: Set(person.to_string()),
        sealed: Set(sealed),
        changed_at: Set(changed_at.as_millisecond()),
    };
    let is_newer = Expr::col((Alias::new("contacts"), row::Column::ChangedAt))
        .lte(Expr::col((Alias::new("excluded"), row::Column::ChangedAt)));
    let newer_wins = OnConflict::column(row::Column::Pseudonym)
        .update_columns([row::Column::Sealed, row::Column::ChangedAt])
        .action_and_where(is_newer)
        .to_owned();
    row::Entity::insert(contact).on_conflict(newer_wins).exec_without_returning(connection).await?;
    Ok(())
}
