//! Refresh tokens. They are not rotated: only confidential clients have them, several requests
//! of one may use one at once, and FAPI 2.0 discourages rotation.

use ids::{ClientId, SessionId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
};

use super::{StoreResult, parse};
use crate::secrets::Opaque;

/// What a refresh token stands for.
#[derive(Debug, Clone)]
pub(crate) struct RefreshGrant {
    pub(crate) session: SessionId,
    pub(crate) client: ClientId,
    pub(crate) scope: String,
}

pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    token: &Opaque,
    grant: &RefreshGrant,
    expires_at: Timestamp,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        hash: Set(token.hash()),
        session: Set(grant.session.to_string()),
        client: Set(grant.client.to_string()),
        scope: Set(grant.scope.clone()),
        expires_at: Set(expires_at.as_millisecond()),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn find(
    db: &impl ConnectionTrait,
    token: &Opaque,
    now: Timestamp,
) -> StoreResult<Option<RefreshGrant>> {
    let row = row::Entity::find_by_id(token.hash())
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?;
    row.map(|row| {
        Ok(RefreshGrant {
            session: parse("refresh_tokens.session", &row.session)?,
            client: parse("refresh_tokens.client", &row.client)?,
            scope: row.scope,
        })
    })
    .transpose()
}

/// Deletes expired tokens.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<u64> {
    ::store::delete_expired::<row::Entity>(db, row::Column::ExpiresAt, now).await
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "refresh_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub session: String,
        pub client: String,
        pub scope: String,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
