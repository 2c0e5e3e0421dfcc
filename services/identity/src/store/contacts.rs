//! Where persons can be reached, and which authorities were told.

use ids::{AuthorityId, PersonId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait as _, sea_query::OnConflict};

use super::{StoreResult, time};

/// A person's contact, sealed.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) sealed_email: Vec<u8>,
    pub(crate) changed_at: Timestamp,
}

pub(crate) async fn find(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Option<Contact>> {
    let row = contact_row::Entity::find_by_id(person.to_string()).one(db).await?;
    row.map(|row| {
        Ok(Contact {
            sealed_email: row.sealed_email,
            changed_at: time("contacts.changed_at", row.changed_at)?,
        })
    })
    .transpose()
}

pub(crate) async fn put(
    db: &impl ConnectionTrait,
    person: PersonId,
    contact: &Contact,
) -> StoreResult<()> {
    let row = contact_row::ActiveModel {
        person: Set(person.to_string()),
        sealed_email: Set(contact.sealed_email.clone()),
        changed_at: Set(contact.changed_at.as_millisecond()),
    };
    let conflict = OnConflict::column(contact_row::Column::Person)
        .update_columns([contact_row::Column::SealedEmail, contact_row::Column::ChangedAt])
        .to_owned();
    contact_row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// As of when `authority` knows the person's contact.
pub(crate) async fn told(
    db: &impl ConnectionTrait,
    person: PersonId,
    authority: &AuthorityId,
) -> StoreResult<Option<Timestamp>> {
    let key = (person.to_string(), authority.to_string());
    let row = told_row::Entity::find_by_id(key).one(db).await?;
    row.map(|row| time("acquaintances.contact_of", row.contact_of)).transpose()
}

/// Notes that `authority` was told the contact as of `contact_of`.
pub(crate) async fn note_told(
    db: &impl ConnectionTrait,
    person: PersonId,
    authority: &AuthorityId,
    contact_of: Timestamp,
) -> StoreResult<()> {
    let row = told_row::ActiveModel {
        person: Set(person.to_string()),
        authority: Set(authority.to_string()),
        contact_of: Set(contact_of.as_millisecond()),
    };
    let conflict = OnConflict::columns([told_row::Column::Person, told_row::Column::Authority])
        .update_column(told_row::Column::ContactOf)
        .to_owned();
    told_row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

mod contact_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contacts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        pub sealed_email: Vec<u8>,
        pub changed_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod told_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "acquaintances")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub authority: String,
        pub contact_of: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
