//! A person takes their ticket for a draw, to enter with it.

use auth::{AccessClaims, scope};
use draw::{Bytes, Channel, Ticket, Version, seed, signed};
use ids::{DrawId, PersonId};
use problem::{Problem, types};
use vocabulary::authority_of;

use super::{DrawError, prepare_draw::stamp_key};
use crate::{
    app::{Context, set_contact::logged_in},
    store::{
        Connection,
        draw_tickets::{self, GivenTicket},
        standing, ticket_draws,
    },
    ticket_draw::{Announced, DrawKey, Stage, TicketDraw},
};

/// The ticket of the person of a token, as a note: the same one each time.
///
/// A provisional person gets none: the known person whom they may be does, so that two log-ins of
/// one human are one ticket. Whether that person has taken it is not told.
///
/// Only a keyed hash links it to the person, and that is deleted when the window is over.
pub(crate) async fn take_ticket(
    context: &Context,
    claims: &AccessClaims,
    draw: DrawId,
) -> Result<String, DrawError> {
    let may_enter = [scope::BOOKINGS, scope::BOOKINGS_WRITE_ON_BEHALF];
    if !may_enter.iter().any(|scope| claims.has_scope(scope)) {
        let forbidden = Problem::new(&types::FORBIDDEN);
        return Err(DrawError::Caller(forbidden.detail("This needs the scope `bookings`.")));
    }
    // The token must be for the authority that draws: a program of another one must not take
    // tickets.
    let authority = authority_of(&claims.aud).ok_or_else(|| {
        let problem = Problem::new(&types::WRONG_AUDIENCE);
        DrawError::Caller(problem.detail("Send a token for the authority that draws."))
    })?;
    let caller = logged_in(context, claims).await.map_err(DrawError::Caller)?;
    let key = DrawKey { authority, draw };
    let unit = context.begin().await?;
    let db = unit.transaction();
    let person = standing::keep(db, caller.person).await?;
    let (draw, announced) = open_draw(context, db, &key).await?;
    if caller.session.level < announced.level {
        return Err(DrawError::LevelTooLow(announced.level));
    }
    let mark = context.secrets.ticket_holder(&key, person);
    let is_in_doubt = caller.session.open_case.is_some();
    if is_in_doubt && draw_tickets::find(db, &key, &mark).await?.is_none() {
        return Err(DrawError::InDoubt);
    }
    let holder = Holder { person, channel: Channel::Online };
    let given = give(context, db, &key, holder).await?;
    let note = note(context, &draw, &announced, given)?;
    unit.commit().await?;
    Ok(note)
}

/// The draw, if people can enter it now. It stays so until the transaction ends.
pub(super) async fn open_draw(
    context: &Context,
    db: &impl Connection,
    key: &DrawKey,
) -> Result<(TicketDraw, Announced), DrawError> {
    let draw = ticket_draws::keep(db, key).await?.ok_or(DrawError::NoSuchDraw)?;
    let announced = match &draw.stage {
        Stage::Prepared => return Err(DrawError::NoSuchDraw),
        Stage::Counted(..) | Stage::Countersigned(..) => return Err(DrawError::NotOpen),
        Stage::Announced(announced) => announced.clone(),
    };
    let now = context.now();
    if now < announced.opens || announced.closes <= now {
        return Err(DrawError::NotOpen);
    }
    Ok((draw, announced))
}

/// The person who gets a ticket, and the way they asked. The caller keeps the person from being
/// merged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder {
    pub(super) person: PersonId,
    pub(super) channel: Channel,
}

/// The ticket of a person: the one that they have, or a new one.
pub(super) async fn give(
    context: &Context,
    db: &impl Connection,
    key: &DrawKey,
    Holder { person, channel }: Holder,
) -> Result<GivenTicket, DrawError> {
    let holder = context.secrets.ticket_holder(key, person);
    let fresh = GivenTicket { serial: Bytes(context.entropy.bytes()), channel };
    draw_tickets::insert(db, key, &holder, fresh).await?;
    Ok(draw_tickets::find(db, key, &holder).await?.unwrap_or(fresh))
}

/// What the person enters with.
pub(super) fn note(
    context: &Context,
    draw: &TicketDraw,
    announced: &Announced,
    GivenTicket { serial, channel }: GivenTicket,
) -> Result<String, DrawError> {
    let stamp_key = stamp_key(context, draw)?;
    let ticket = Ticket {
        announcement: announced.digest,
        channel,
        serial,
        stamp: seed::stamp(&draw.key.draw.to_string(), &stamp_key, &serial, channel),
        version: Version::V1,
    };
    Ok(signed(&ticket, &context.tickets).to_string())
}
