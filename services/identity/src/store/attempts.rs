//! Pending log-ins.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{StoreResult, corrupt, parse};
use crate::{login_request::LoginRequest, secrets::Opaque, settings::ProviderId};

/// A log-in that waits for the provider's answer.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) request: LoginRequest,
    pub(crate) provider: ProviderId,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// The authorization request that was sent, for its callback.
pub(crate) struct SentRequest<'a> {
    pub(crate) provider: &'a ProviderId,
    pub(crate) state: &'a Opaque,
    pub(crate) nonce: &'a str,
    pub(crate) verifier: &'a str,
}

/// Begins a log-in in the browser that carries the secret `browser`.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: &Opaque,
    browser: &Opaque,
    request: &LoginRequest,
    expires_at: Timestamp,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        id: Set(id.hash()),
        browser: Set(browser.hash()),
        request: Set(serde_json::to_string(request).map_err(|_| corrupt("attempts.request"))?),
        provider: Set(None),
        state: Set(None),
        nonce: Set(None),
        verifier: Set(None),
        expires_at: Set(expires_at.as_millisecond()),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The request of a log-in that began in this browser and was not answered yet.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    id: &Opaque,
    browser: &Opaque,
    now: Timestamp,
) -> StoreResult<Option<LoginRequest>> {
    let row = row::Entity::find_by_id(id.hash())
        .filter(row::Column::Browser.eq(browser.hash()))
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .filter(row::Column::State.is_null().or(row::Column::Verifier.is_not_null()))
        .one(db)
        .await?;
    row.map(|row| request(&row)).transpose()
}

/// The request of a log-in that was answered in this browser already, by its own name or by `state`.
pub(crate) async fn answered(
    db: &impl ConnectionTrait,
    name: &Opaque,
    browser: &Opaque,
    now: Timestamp,
) -> StoreResult<Option<LoginRequest>> {
    let named = row::Column::Id.eq(name.hash()).or(row::Column::State.eq(name.hash()));
    let row = row::Entity::find()
        .filter(named)
        .filter(row::Column::State.is_not_null())
        .filter(row::Column::Verifier.is_null())
        .filter(row::Column::Browser.eq(browser.hash()))
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?;
    row.map(|row| request(&row)).transpose()
}

/// Records the authorization request. Another choice of provider replaces it.
pub(crate) async fn record_request(
    db: &impl ConnectionTrait,
    id: &Opaque,
    sent: &SentRequest<'_>,
) -> StoreResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::Provider, Expr::value(sent.provider.as_str()))
        .col_expr(row::Column::State, Expr::value(sent.state.hash()))
        .col_expr(row::Column::Nonce, Expr::value(sent.nonce))
        .col_expr(row::Column::Verifier, Expr::value(sent.verifier))
        .filter(row::Column::Id.eq(id.hash()))
        .filter(row::Column::State.is_null().or(row::Column::Verifier.is_not_null()))
        .exec(db)
        .await?;
    Ok(())
}

/// Uses up and returns the log-in of `state`, if it began in this browser: of two callbacks with the same
/// state only one finds it. The request stays until it expires, for a person who goes back and answers again.
pub(crate) async fn take(
    db: &impl ConnectionTrait,
    state: &Opaque,
    browser: &Opaque,
    now: Timestamp,
) -> StoreResult<Option<Pending>> {
    let row = row::Entity::find()
        .filter(row::Column::State.eq(state.hash()))
        .filter(row::Column::Browser.eq(browser.hash()))
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .filter(row::Column::Verifier.is_not_null())
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let used = row::Entity::update_many()
        .col_expr(row::Column::Nonce, Expr::value(Option::<String>::None))
        .col_expr(row::Column::Verifier, Expr::value(Option::<String>::None))
        .filter(row::Column::Id.eq(row.id.as_str()))
        .filter(row::Column::State.eq(state.hash()))
        .filter(row::Column::Verifier.is_not_null())
        .exec(db)
        .await?;
    if used.rows_affected != 1 {
        return Ok(None);
    }
    let missing = || corrupt("attempts.provider");
    Ok(Some(Pending {
        request: request(&row)?,
        provider: parse("attempts.provider", &row.provider.ok_or_else(missing)?)?,
        nonce: row.nonce.ok_or_else(missing)?,
        verifier: row.verifier.ok_or_else(missing)?,
    }))
}

/// Deletes expired log-ins.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<u64> {
    ::store::delete_expired::<row::Entity>(db, row::Column::ExpiresAt, now).await
}

fn request(row: &row::Model) -> StoreResult<LoginRequest> {
    serde_json::from_str(&row.request).map_err(|_| corrupt("attempts.request"))
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub browser: String,
        pub request: String,
        pub provider: Option<String>,
        pub state: Option<String>,
        pub nonce: Option<String>,
        pub verifier: Option<String>,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
