//! Authorization codes.

use auth::Thumbprint;
use ids::{ClientId, SessionId};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::Expr,
};

use super::{StoreResult, parse, time};
use crate::secrets::Opaque;

/// What a code stands for.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) session: SessionId,
    pub(crate) client: ClientId,
    pub(crate) redirect_uri: String,
    /// PKCE, always S256.
    pub(crate) challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) scope: String,
    /// The key that the tokens must be bound to, if the program named one (RFC 9449 section 10).
    pub(crate) dpop_jkt: Option<Thumbprint>,
    pub(crate) expires_at: Timestamp,
}

/// What came of presenting a code.
#[derive(Debug)]
pub(crate) enum Presented {
    /// It is used up from now on.
    First(Grant),
    /// It was presented before: one of the two presenters stole it.
    Again(Grant),
    /// There is no such code.
    Unknown,
}

pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    code: &Opaque,
    grant: &Grant,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        hash: Set(code.hash()),
        session: Set(grant.session.to_string()),
        client: Set(grant.client.to_string()),
        redirect_uri: Set(grant.redirect_uri.clone()),
        challenge: Set(grant.challenge.clone()),
        nonce: Set(grant.nonce.clone()),
        scope: Set(grant.scope.clone()),
        dpop_jkt: Set(grant.dpop_jkt.as_ref().map(ToString::to_string)),
        expires_at: Set(grant.expires_at.as_millisecond()),
        used_at: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Presents a code. The update decides: of two at once, one is the first.
pub(crate) async fn present(
    db: &impl ConnectionTrait,
    code: &Opaque,
    now: Timestamp,
) -> StoreResult<Presented> {
    let used = row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Expr::value(now.as_millisecond()))
        .filter(row::Column::Hash.eq(code.hash()))
        .filter(row::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    let Some(row) = row::Entity::find_by_id(code.hash()).one(db).await? else {
        return Ok(Presented::Unknown);
    };
    let grant = Grant {
        session: parse("codes.session", &row.session)?,
        client: parse("codes.client", &row.client)?,
        redirect_uri: row.redirect_uri,
        challenge: row.challenge,
        nonce: row.nonce,
        scope: row.scope,
        dpop_jkt: row.dpop_jkt.map(|jkt| parse("codes.dpop_jkt", &jkt)).transpose()?,
        expires_at: time("codes.expires_at", row.expires_at)?,
    };
    Ok(if used.rows_affected == 1 { Presented::First(grant) } else { Presented::Again(grant) })
}

/// Deletes codes an hour after they expired: until then a second presentation is noticed.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<u64> {
    let an_hour_ago = now - SignedDuration::from_hours(1);
    ::store::delete_expired::<row::Entity>(db, row::Column::ExpiresAt, an_hour_ago).await
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "codes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub session: String,
        pub client: String,
        pub redirect_uri: String,
        pub challenge: String,
        pub nonce: Option<String>,
        pub scope: String,
        pub dpop_jkt: Option<String>,
        pub expires_at: i64,
        pub used_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
