//! Persons are merged, split, or ask what is kept about them, while they have tickets.

use ::store::StoreError;
use draw::Channel;
use ids::PersonId;

use crate::{
    app::Context,
    store::{Connection, draw_tickets, ticket_draws},
    ticket_draw::DrawKey,
};

/// Two persons are one human now: one ticket is left of two. If one was taken at the desk and one
/// online, both stay counted, since only the authority knows with which one they entered; the
/// dissolved person's ticket is not given out any more.
pub(crate) async fn merge_tickets(
    context: &Context,
    db: &impl Connection,
    kept: PersonId,
    dissolved: PersonId,
) -> Result<(), StoreError> {
    for key in ticket_draws::uncounted(db).await? {
        // The number of tickets is not taken meanwhile.
        ticket_draws::keep(db, &key).await?;
        let [to, from] = [kept, dissolved].map(|it| context.secrets.ticket_holder(&key, it));
        let Some(theirs) = draw_tickets::find(db, &key, &from).await? else { continue };
        match draw_tickets::find(db, &key, &to).await? {
            None => draw_tickets::hand_over(db, &key, &from, &to).await?,
            Some(own) if own.channel == theirs.channel => {
                draw_tickets::delete(db, &key, &from).await?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// A merge is undone: a ticket that came from the restored person is theirs again.
pub(crate) async fn split_tickets(
    context: &Context,
    db: &impl Connection,
    restored: PersonId,
) -> Result<(), StoreError> {
    for key in ticket_draws::uncounted(db).await? {
        ticket_draws::keep(db, &key).await?;
        let holder = context.secrets.ticket_holder(&key, restored);
        draw_tickets::hand_back(db, &key, &holder).await?;
    }
    Ok(())
}

/// The draws for which a person has a ticket at this moment.
pub(crate) async fn held_by(
    context: &Context,
    db: &impl Connection,
    person: PersonId,
) -> Result<Vec<(DrawKey, Channel)>, StoreError> {
    let mut held = Vec::new();
    for key in ticket_draws::uncounted(db).await? {
        let holder = context.secrets.ticket_holder(&key, person);
        if let Some(ticket) = draw_tickets::find(db, &key, &holder).await? {
            held.push((key, ticket.channel));
        }
    }
    Ok(held)
}
