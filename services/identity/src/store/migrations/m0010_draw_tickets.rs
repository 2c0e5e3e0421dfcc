//! Tickets for draws: what identity keeps of a draw, and until it closes who has a ticket.

use sea_orm_migration::prelude::*;

use super::columns::{bytes, maybe, number, table, text};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_0010_draw_tickets"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let draws = vec![
            text("authority"),
            text("draw"),
            bytes("sealed_stamp_key"),
            number("created_at"),
            maybe(text("announcement")),
            maybe(number("opens")),
            maybe(number("closes")),
            maybe(text("level")),
            maybe(number("given_desk")),
            maybe(number("given_online")),
            maybe(text("root")),
        ];
        manager.create_table(table("ticket_draws", &["authority", "draw"], draws)).await?;
        let tickets = vec![
            text("authority"),
            text("draw"),
            text("holder"),
            maybe(text("former_holder")),
            text("serial"),
            text("channel"),
        ];
        let key = &["authority", "draw", "holder"];
        manager.create_table(table("draw_tickets", key, tickets)).await
    }
}
