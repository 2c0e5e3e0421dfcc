//! The ticket with which a person enters a draw.

use draw::{Announcement, Bytes, Channel, Entry, Serial, Ticket, seed};

use super::secrets::Secrets;
use crate::{
    app::{AppError, DrawRefusal, Engine, SeatRequest},
    domain::draw::Draw,
};

/// What an entry carries of its ticket.
#[derive(Debug, Clone, Copy)]
pub(super) struct EntryTicket {
    pub channel: Channel,
    pub serial: Serial,
    pub stamp: Bytes<16>,
}

impl EntryTicket {
    /// The ticket of an entry that is changed: it stays.
    pub(super) fn of(entry: &Entry) -> Self {
        Self { channel: entry.channel, serial: entry.serial, stamp: entry.stamp }
    }
}

/// By which way they enter.
pub(super) const fn way(request: &SeatRequest) -> Channel {
    match request.at_desk {
        Some(_) => Channel::Desk,
        None => Channel::Online,
    }
}

/// The ticket of a new entry: identity's `note`, or one of our own where identity is ours. The note
/// says by which way it was asked for; `channel` counts for our own alone.
///
/// # Errors
/// There is no note although this draw asks for one, it is not identity's for this draw, or this draw
/// takes none.
pub(super) fn new_ticket(
    engine: &Engine,
    draw: &Draw,
    announcement: &Announcement,
    note: Option<&str>,
    channel: Channel,
) -> Result<EntryTicket, AppError> {
    if announcement.identity.independent {
        let note = note.ok_or(DrawRefusal::TicketNeeded)?;
        let ticket = Ticket::read(note, announcement)
            .map_err(|why| DrawRefusal::TicketInvalid(why.to_string()))?;
        let Ticket { channel, serial, stamp, .. } = ticket;
        return Ok(EntryTicket { channel, serial, stamp });
    }
    if note.is_some() {
        let why = "the authority makes the tickets of this draw itself: leave `ticket` out";
        return Err(DrawRefusal::TicketInvalid(why.to_owned()).into());
    }
    let secrets: Secrets = engine.draws.keys.open(&draw.secrets, draw.id)?;
    let serial: Serial = Bytes(engine.entropy.bytes());
    let stamp_key = secrets.own_stamp_key()?;
    let stamp = seed::stamp(&announcement.draw, &stamp_key, &serial, channel);
    Ok(EntryTicket { channel, serial, stamp })
}
