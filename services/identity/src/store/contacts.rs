//! Contacts of persons, and the authorities that know them.

use ids::{AuthorityId, PersonId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};

use super::{StoreResult, parse, time};

/// A person's contact, sealed.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) sealed_email: Vec<u8>,
    pub(crate) changed_at: Timestamp,
    /// Stated by the person and proven by a code; else a provider verified it.
    pub(crate) chosen: bool,
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
            chosen: row.chosen,
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
        chosen: Set(contact.chosen),
    };
    let conflict = OnConflict::column(contact_row::Column::Person)
        .update_columns([
            contact_row::Column::SealedEmail,
            contact_row::Column::ChangedAt,
            contact_row::Column::Chosen,
        ])
        .to_owned();
    contact_row::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets where `person` can be reached.
pub(crate) async fn delete(db: &impl ConnectionTrait, person: PersonId) -> StoreResult<()> {
    contact_row::Entity::delete_by_id(person.to_string()).exec(db).await?;
    Ok(())
}

/// An authority that knows a person.
#[derive(Debug, Clone)]
pub(crate) struct KnownAuthority {
    pub(crate) authority: AuthorityId,
    pub(crate) pseudonym: Pseudonym,
    /// The version of the contact that it has.
    pub(crate) contact_of: Option<Timestamp>,
}

/// The record of `authority`, if it knows the person.
pub(crate) async fn known_authority(
    db: &impl ConnectionTrait,
    person: PersonId,
    authority: &AuthorityId,
) -> StoreResult<Option<KnownAuthority>> {
    let key = (person.to_string(), authority.to_string());
    let row = known_authority_row::Entity::find_by_id(key).one(db).await?;
    row.map(KnownAuthority::try_from).transpose()
}

/// Every authority that knows the person.
pub(crate) async fn known_authorities(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Vec<KnownAuthority>> {
    let own = known_authority_row::Column::Person.eq(person.to_string());
    let rows = known_authority_row::Entity::find().filter(own).all(db).await?;
    rows.into_iter().map(KnownAuthority::try_from).collect()
}

/// The person with this `pseudonym`.
pub(crate) async fn known_as(
    db: &impl ConnectionTrait,
    pseudonym: Pseudonym,
) -> StoreResult<Option<PersonId>> {
    let called = known_authority_row::Column::Pseudonym.eq(pseudonym.to_string());
    let row = known_authority_row::Entity::find().filter(called).one(db).await?;
    row.map(|row| parse("acquaintances.person", &row.person)).transpose()
}

/// Adds or updates an authority that knows the person.
pub(crate) async fn upsert_known_authority(
    db: &impl ConnectionTrait,
    person: PersonId,
    known: &KnownAuthority,
) -> StoreResult<()> {
    let row = known_authority_row::ActiveModel {
        person: Set(person.to_string()),
        authority: Set(known.authority.to_string()),
        pseudonym: Set(known.pseudonym.to_string()),
        contact_of: Set(known.contact_of.map(Timestamp::as_millisecond)),
    };
    let conflict = OnConflict::columns([
        known_authority_row::Column::Person,
        known_authority_row::Column::Authority,
    ])
    .update_column(known_authority_row::Column::ContactOf)
    .to_owned();
    known_authority_row::Entity::insert(row)
        .on_conflict(conflict)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

impl TryFrom<known_authority_row::Model> for KnownAuthority {
    type Error = ::store::StoreError;

    fn try_from(row: known_authority_row::Model) -> StoreResult<Self> {
        let contact_of = row.contact_of.map(|at| time("acquaintances.contact_of", at));
        Ok(Self {
            authority: parse("acquaintances.authority", &row.authority)?,
            pseudonym: parse("acquaintances.pseudonym", &row.pseudonym)?,
            contact_of: contact_of.transpose()?,
        })
    }
}

/// A contact that an authority does not have yet.
pub(crate) struct ContactUpdate {
    pub(crate) contact: Option<Contact>,
    /// The version that it has.
    pub(crate) published: Option<Timestamp>,
}

/// The update that `authority` needs; `None` if it has the current contact.
pub(crate) async fn pending_update(
    db: &impl ConnectionTrait,
    person: PersonId,
    authority: &AuthorityId,
) -> StoreResult<Option<ContactUpdate>> {
    let known = known_authority(db, person, authority).await?;
    let contact = find(db, person).await?;
    let published = known.as_ref().and_then(|known| known.contact_of);
    let contact_of = contact.as_ref().map(|contact| contact.changed_at);
    let is_old = known.is_some() && published >= contact_of;
    Ok((!is_old).then_some(ContactUpdate { contact, published }))
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
        pub chosen: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod known_authority_row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "acquaintances")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub authority: String,
        pub pseudonym: String,
        pub contact_of: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
