//! The draws for which tickets are given.

use draw::Channels;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, Select, sea_query::Expr,
};

use super::{StoreResult, corrupt, parse, time};
use crate::ticket_draw::{Announced, DrawKey, Stage, TicketDraw};
use row::{Column, Entity};

/// Adds a draw that is prepared; one that is there stays.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    key: &DrawKey,
    sealed_stamp_key: Vec<u8>,
    now: Timestamp,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        authority: Set(key.authority.to_string()),
        draw: Set(key.draw.to_string()),
        sealed_stamp_key: Set(sealed_stamp_key),
        created_at: Set(now.as_millisecond()),
        announcement: Set(None),
        opens: Set(None),
        closes: Set(None),
        level: Set(None),
        given_desk: Set(None),
        given_online: Set(None),
        root: Set(None),
    };
    Entity::insert(row).on_conflict_do_nothing().exec_without_returning(db).await?;
    Ok(())
}

/// One draw, which stays in its stage until the transaction ends: others may read it meanwhile.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    key: &DrawKey,
) -> StoreResult<Option<TicketDraw>> {
    one(db, of(key).lock_shared()).await
}

/// One draw, to be brought to another stage: no other transaction keeps or locks it until this one
/// ends.
pub(crate) async fn lock(
    db: &impl ConnectionTrait,
    key: &DrawKey,
) -> StoreResult<Option<TicketDraw>> {
    one(db, of(key).lock_exclusive()).await
}

fn of(key: &DrawKey) -> Select<Entity> {
    Entity::find_by_id((key.authority.to_string(), key.draw.to_string()))
}

async fn one(db: &impl ConnectionTrait, found: Select<Entity>) -> StoreResult<Option<TicketDraw>> {
    found.one(db).await?.map(TicketDraw::try_from).transpose()
}

/// The draws whose holders are not forgotten yet, in one order.
pub(crate) async fn uncounted(db: &impl ConnectionTrait) -> StoreResult<Vec<DrawKey>> {
    let found = Entity::find().filter(Column::Closes.is_not_null());
    keys(db, found.filter(Column::GivenOnline.is_null())).await
}

/// Those of them whose window is over.
pub(crate) async fn to_be_counted(
    db: &impl ConnectionTrait,
    now: Timestamp,
) -> StoreResult<Vec<DrawKey>> {
    let found = Entity::find().filter(Column::Closes.lte(now.as_millisecond()));
    keys(db, found.filter(Column::GivenOnline.is_null())).await
}

async fn keys(db: &impl ConnectionTrait, found: Select<Entity>) -> StoreResult<Vec<DrawKey>> {
    let mut keys = Vec::new();
    for row in found.all(db).await? {
        keys.push(row.key()?);
    }
    // All transactions lock several draws in this order.
    keys.sort_by_key(ToString::to_string);
    Ok(keys)
}

/// Writes the stage of a draw that the caller has locked.
pub(crate) async fn advance(
    db: &impl ConnectionTrait,
    key: &DrawKey,
    stage: &Stage,
) -> StoreResult<()> {
    let (announced, given, root) = match stage {
        Stage::Prepared => (None, None, None),
        Stage::Announced(announced) => (Some(announced), None, None),
        Stage::Counted(announced, given) => (Some(announced), Some(given), None),
        Stage::Countersigned(announced, given, root) => (Some(announced), Some(given), Some(root)),
    };
    let time = |at: Timestamp| at.as_millisecond();
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Entity::update_many()
        .col_expr(Column::Announcement, Expr::value(announced.map(|it| it.digest.to_string())))
        .col_expr(Column::Opens, Expr::value(announced.map(|it| time(it.opens))))
        .col_expr(Column::Closes, Expr::value(announced.map(|it| time(it.closes))))
        .col_expr(Column::Level, Expr::value(announced.map(|it| it.level.as_str().to_owned())))
        .col_expr(Column::GivenDesk, Expr::value(given.map(|given| count(given.desk))))
        .col_expr(Column::GivenOnline, Expr::value(given.map(|given| count(given.online))))
        .col_expr(Column::Root, Expr::value(root.map(ToString::to_string)))
        .filter(Column::Authority.eq(key.authority.as_str()))
        .filter(Column::Draw.eq(key.draw.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes draws that were prepared before `than`: their proofs have long been published.
pub(crate) async fn delete_older(db: &impl ConnectionTrait, than: Timestamp) -> StoreResult<u64> {
    let old = Column::CreatedAt.lt(than.as_millisecond());
    Ok(Entity::delete_many().filter(old).exec(db).await?.rows_affected)
}

impl row::Model {
    fn key(&self) -> StoreResult<DrawKey> {
        Ok(DrawKey {
            authority: parse("ticket_draws.authority", &self.authority)?,
            draw: parse("ticket_draws.draw", &self.draw)?,
        })
    }

    fn announced(&self) -> StoreResult<Option<Announced>> {
        let parts = (&self.announcement, self.opens, self.closes, &self.level);
        let (Some(digest), Some(opens), Some(closes), Some(level)) = parts else { return Ok(None) };
        Ok(Some(Announced {
            digest: parse("ticket_draws.announcement", digest)?,
            opens: time("ticket_draws.opens", opens)?,
            closes: time("ticket_draws.closes", closes)?,
            level: parse("ticket_draws.level", level)?,
        }))
    }

    fn given(&self) -> StoreResult<Option<Channels>> {
        let (Some(desk), Some(online)) = (self.given_desk, self.given_online) else {
            return Ok(None);
        };
        let count = |count: i64| u64::try_from(count).map_err(|_| corrupt("ticket_draws.given"));
        Ok(Some(Channels { desk: count(desk)?, online: count(online)? }))
    }
}

impl TryFrom<row::Model> for TicketDraw {
    type Error = ::store::StoreError;

    fn try_from(row: row::Model) -> StoreResult<Self> {
        let root = row.root.as_deref().map(|root| parse("ticket_draws.root", root)).transpose()?;
        let stage = match (row.announced()?, row.given()?, root) {
            (None, None, None) => Stage::Prepared,
            (Some(announced), None, None) => Stage::Announced(announced),
            (Some(announced), Some(given), None) => Stage::Counted(announced, given),
            (Some(announced), Some(given), Some(root)) => {
                Stage::Countersigned(announced, given, root)
            }
            _ => return Err(corrupt("ticket_draws.root")),
        };
        Ok(Self { key: row.key()?, sealed_stamp_key: row.sealed_stamp_key, stage })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ticket_draws")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub authority: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub draw: String,
        pub sealed_stamp_key: Vec<u8>,
        pub created_at: i64,
        pub announcement: Option<String>,
        pub opens: Option<i64>,
        pub closes: Option<i64>,
        pub level: Option<String>,
        pub given_desk: Option<i64>,
        pub given_online: Option<i64>,
        pub root: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
