//! When the window of a draw is over, the holders of its tickets are forgotten and only the number
//! of tickets is kept.

use ::store::StoreError;
use draw::Channels;

use crate::{
    app::Context,
    store::{Connection, draw_tickets, ticket_draws},
    ticket_draw::{DrawKey, Stage},
};

/// Forgets the holders of every draw whose window is over. Done again, it changes nothing.
pub(crate) async fn forget_holders(context: &Context) -> Result<(), StoreError> {
    let now = context.now();
    for key in ticket_draws::to_be_counted(context.database.connection(), now).await? {
        let unit = context.begin().await?;
        let db = unit.transaction();
        let stage = ticket_draws::lock(db, &key).await?.map(|draw| draw.stage);
        if let Some(Stage::Announced(announced)) = stage {
            let given = count_and_forget(db, &key).await?;
            ticket_draws::advance(db, &key, &Stage::Counted(announced, given)).await?;
        }
        unit.commit().await?;
    }
    Ok(())
}

/// How many tickets there were. The caller has locked the draw.
pub(super) async fn count_and_forget(
    db: &impl Connection,
    key: &DrawKey,
) -> Result<Channels, StoreError> {
    let given = draw_tickets::count(db, key).await?;
    draw_tickets::forget(db, key).await?;
    Ok(given)
}
