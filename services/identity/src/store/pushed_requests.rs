//! Requests to log in that programs pushed (RFC 9126).

use ids::ClientId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
};

use super::{StoreResult, corrupt};
use crate::{login_request::LoginRequest, secrets::Opaque};

pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: &Opaque,
    request: &LoginRequest,
    expires_at: Timestamp,
) -> StoreResult<()> {
    let text = serde_json::to_string(request).map_err(|_| corrupt("pushed_requests.request"))?;
    let row = row::ActiveModel {
        hash: Set(id.hash()),
        client: Set(request.client.to_string()),
        request: Set(text),
        expires_at: Set(expires_at.as_millisecond()),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What `client` pushed, if it was not used for a log-in yet. Looking does not use it up: people
/// reload pages, and mail programs open links.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    id: &Opaque,
    client: &ClientId,
    now: Timestamp,
) -> StoreResult<Option<LoginRequest>> {
    let row = row::Entity::find_by_id(id.hash())
        .filter(row::Column::Client.eq(client.to_string()))
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?;
    let read = |row: row::Model| {
        serde_json::from_str(&row.request).map_err(|_| corrupt("pushed_requests.request"))
    };
    row.map(read).transpose()
}

/// Uses a request up; `false` if it was before. Of two log-ins at once one finds it.
pub(crate) async fn use_up(db: &impl ConnectionTrait, hash: &str) -> StoreResult<bool> {
    Ok(row::Entity::delete_by_id(hash).exec(db).await?.rows_affected == 1)
}

/// Deletes requests that expired before `then`. Until then a log-in that began in time may end.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, then: Timestamp) -> StoreResult<u64> {
    ::store::delete_expired::<row::Entity>(db, row::Column::ExpiresAt, then).await
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "pushed_requests")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub client: String,
        pub request: String,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
