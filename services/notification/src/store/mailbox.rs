//! The built-in mailbox of a demo: what would have been sent, encrypted.

use ids::{MessageId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryOrder as _, QuerySelect as _, Set, entity::prelude::*};
use store::{Database, StoreError};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "mailbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub message_id: String,
        pub pseudonym: String,
        pub delivered_at: i64,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A message in the mailbox, still encrypted.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) delivered_at: Timestamp,
    pub(crate) sealed: Vec<u8>,
}

/// Puts a message in. One that is there already stays as it is.
pub(crate) async fn put(
    database: &Database,
    id: MessageId,
    person: Option<Pseudonym>,
    delivered_at: Timestamp,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    let message = row::ActiveModel {
        message_id: Set(id.to_string()),
        pseudonym: Set(person.map(|person| person.to_string()).unwrap_or_default()),
        delivered_at: Set(delivered_at.as_millisecond()),
        sealed: Set(sealed),
    };
    row::Entity::insert(message)
        .on_conflict_do_nothing()
        .exec_without_returning(database.connection())
        .await?;
    Ok(())
}

/// The newest messages, newest first.
pub(crate) async fn newest(database: &Database, limit: u64) -> Result<Vec<Stored>, StoreError> {
    let rows = row::Entity::find()
        .order_by_desc(row::Column::DeliveredAt)
        .order_by_desc(row::Column::MessageId)
        .limit(limit)
        .all(database.connection())
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// One message.
pub(crate) async fn find(database: &Database, id: MessageId) -> Result<Option<Stored>, StoreError> {
    let row = row::Entity::find_by_id(id.to_string()).one(database.connection()).await?;
    row.map(Stored::try_from).transpose()
}

/// Removes everything that the person was sent.
pub(super) async fn erase<C: ConnectionTrait>(
    connection: &C,
    person: Pseudonym,
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::Pseudonym.eq(person.to_string()))
        .exec(connection)
        .await?;
    Ok(())
}

impl TryFrom<row::Model> for Stored {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let delivered_at = Timestamp::from_millisecond(row.delivered_at)
            .map_err(|_| DbErr::Type(format!("mailbox.delivered_at of {}", row.message_id)))?;
        Ok(Self { id: row.message_id, delivered_at, sealed: row.sealed })
    }
}
