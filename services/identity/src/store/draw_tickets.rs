//! The holders of tickets for draws with an open window, by keyed hashes that only identity can
//! make.

use draw::{Bytes, Channel, Channels, Serial};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, Select, sea_query::Expr,
};

use super::{StoreResult, corrupt, parse};
use crate::ticket_draw::DrawKey;
use row::{Column, Entity};

/// A ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GivenTicket {
    pub(crate) serial: Serial,
    pub(crate) channel: Channel,
}

/// Adds a ticket, unless this holder has one.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    draw: &DrawKey,
    holder: &str,
    ticket: GivenTicket,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        authority: Set(draw.authority.to_string()),
        draw: Set(draw.draw.to_string()),
        holder: Set(holder.to_owned()),
        former_holder: Set(None),
        serial: Set(ticket.serial.to_string()),
        channel: Set(name(ticket.channel).to_owned()),
    };
    Entity::insert(row).on_conflict_do_nothing().exec_without_returning(db).await?;
    Ok(())
}

/// The ticket of a holder.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    draw: &DrawKey,
    holder: &str,
) -> StoreResult<Option<GivenTicket>> {
    let row = of(draw).filter(Column::Holder.eq(holder)).one(db).await?;
    row.map(|row| {
        let serial: Bytes<16> = parse("draw_tickets.serial", &row.serial)?;
        Ok(GivenTicket { serial, channel: channel(&row.channel)? })
    })
    .transpose()
}

/// Gives the ticket of one holder to another without a ticket.
pub(crate) async fn hand_over(
    db: &impl ConnectionTrait,
    draw: &DrawKey,
    from: &str,
    to: &str,
) -> StoreResult<()> {
    change(db, draw, (Column::Holder, from), (to, Some(from))).await
}

/// The opposite of [`hand_over`], if the ticket came by that.
pub(crate) async fn hand_back(
    db: &impl ConnectionTrait,
    draw: &DrawKey,
    to: &str,
) -> StoreResult<()> {
    change(db, draw, (Column::FormerHolder, to), (to, None)).await
}

async fn change(
    db: &impl ConnectionTrait,
    draw: &DrawKey,
    (column, is): (Column, &str),
    (holder, former): (&str, Option<&str>),
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Holder, Expr::value(holder.to_owned()))
        .col_expr(Column::FormerHolder, Expr::value(former.map(str::to_owned)))
        .filter(Column::Authority.eq(draw.authority.as_str()))
        .filter(Column::Draw.eq(draw.draw.to_string()))
        .filter(column.eq(is))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes a holder's ticket back.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    draw: &DrawKey,
    holder: &str,
) -> StoreResult<()> {
    let own = Entity::delete_many()
        .filter(Column::Authority.eq(draw.authority.as_str()))
        .filter(Column::Draw.eq(draw.draw.to_string()));
    own.filter(Column::Holder.eq(holder)).exec(db).await?;
    Ok(())
}

/// How many tickets there are, by the way they were asked for.
pub(crate) async fn count(db: &impl ConnectionTrait, draw: &DrawKey) -> StoreResult<Channels> {
    let by = |channel| of(draw).filter(Column::Channel.eq(name(channel)));
    Ok(Channels {
        desk: by(Channel::Desk).count(db).await?,
        online: by(Channel::Online).count(db).await?,
    })
}

/// Forgets the holders.
pub(crate) async fn forget(db: &impl ConnectionTrait, draw: &DrawKey) -> StoreResult<()> {
    Entity::delete_many()
        .filter(Column::Authority.eq(draw.authority.as_str()))
        .filter(Column::Draw.eq(draw.draw.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

fn of(draw: &DrawKey) -> Select<Entity> {
    Entity::find()
        .filter(Column::Authority.eq(draw.authority.as_str()))
        .filter(Column::Draw.eq(draw.draw.to_string()))
}

/// As it is written in a ticket.
pub(crate) const fn name(channel: Channel) -> &'static str {
    match channel {
        Channel::Desk => "desk",
        Channel::Online => "online",
    }
}

fn channel(text: &str) -> StoreResult<Channel> {
    let known = [Channel::Desk, Channel::Online].into_iter().find(|known| name(*known) == text);
    known.ok_or_else(|| corrupt("draw_tickets.channel"))
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "draw_tickets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub authority: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub draw: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub holder: String,
        pub former_holder: Option<String>,
        pub serial: String,
        pub channel: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
