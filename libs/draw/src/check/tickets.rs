//! Identity's part in the list: the ticket of one entry, and the number of all.
//!
//! The authority makes both checks too: [`Ticket::read`] when a person enters, [`countersigned`]
//! when the list is frozen. So what it accepts is what a stranger will accept later.

use tlog::{Note, VerifierKey};

use crate::{
    Announcement, Bytes, Channels, Entry, Secret, Ticket, Tickets,
    canonical::{self, Unreadable},
};

/// A text that is no ticket for this draw.
#[derive(Debug, thiserror::Error)]
pub enum NoTicket {
    /// It is no note, or none that identity signed with the announced key. An authority that makes
    /// up entrants gets this error.
    #[error("the announced key of identity has not signed it")]
    Signature,
    /// What was signed is something else.
    #[error("what was signed is no ticket: {0}")]
    Document(#[from] Unreadable),
    /// It is for another draw, or for another announcement of this one.
    #[error("it is for another draw")]
    OtherDraw,
}

impl Ticket {
    /// Reads the note that identity gave a person for `draw`.
    ///
    /// The stamp cannot be checked yet, as only identity has its key: the signature vouches for it
    /// until the freeze, [`countersigned`] then shows it to everybody.
    ///
    /// # Errors
    /// It is no ticket of the announced identity for this announcement.
    pub fn read(note: &str, draw: &Announcement) -> Result<Self, NoTicket> {
        let text = signed_text(note, draw).ok_or(NoTicket::Signature)?;
        let ticket: Self = canonical::read(text.as_bytes())?;
        if ticket.announcement == draw.digest() { Ok(ticket) } else { Err(NoTicket::OtherDraw) }
    }
}

/// The text of a note that identity signed with its announced key.
fn signed_text(note: &str, draw: &Announcement) -> Option<String> {
    let note: Note = note.parse().ok()?;
    let key: VerifierKey = draw.identity.key.parse().ok()?;
    note.verify(&[key]).ok()?;
    Some(note.text().to_owned())
}

/// Why identity's note does not vouch for a list.
#[derive(Debug, thiserror::Error)]
pub enum NotCountersigned {
    /// It is no note, or none that identity signed with the announced key.
    #[error("identity's note: the announced key has not signed it")]
    Signature,
    /// What was signed is something else.
    #[error("identity's note: {0}")]
    Document(#[from] Unreadable),
    /// It is about another announcement.
    #[error("identity speaks of another announcement")]
    OtherAnnouncement,
    /// It is about another list.
    #[error("identity has seen another list")]
    OtherList,
    /// Its key is not the one to which identity was bound.
    #[error("the key of the stamps is not the one announced")]
    OtherKey,
    /// A ghost: identity has not stamped this ticket.
    #[error("ticket {0} is not from identity")]
    Ghost(crate::Serial),
    /// There are more entries than tickets.
    #[error(
        "{} online and {} desk entries, but identity gave {} and {} tickets",
        .entered.online, .entered.desk, .given.online, .given.desk
    )]
    TooMany {
        /// How many entered.
        entered: Channels,
        /// How many tickets there were.
        given: Channels,
    },
}

/// What identity said of the frozen list with this `root`, if it vouches for all of `entries`: its
/// signature, its announced key, each stamp, and that no channel has more entries than tickets.
///
/// One HMAC per entry.
///
/// # Errors
/// The first thing that is wrong.
pub fn countersigned(
    draw: &Announcement,
    entries: &[Entry],
    root: &Bytes<32>,
    note: &str,
) -> Result<Tickets, NotCountersigned> {
    let text = signed_text(note, draw).ok_or(NotCountersigned::Signature)?;
    let said: Tickets = canonical::read(text.as_bytes())?;
    if said.announcement != draw.digest() {
        return Err(NotCountersigned::OtherAnnouncement);
    }
    if said.root != *root {
        return Err(NotCountersigned::OtherList);
    }
    if Secret::StampKey.commitment(&draw.draw, &said.key) != draw.identity.stamp {
        return Err(NotCountersigned::OtherKey);
    }
    let is_ghost = |entry: &&Entry| !entry.is_stamped(&draw.draw, &said.key);
    if let Some(ghost) = entries.iter().find(is_ghost) {
        return Err(NotCountersigned::Ghost(ghost.serial));
    }
    let (entered, given) = (Channels::of(entries), said.given);
    if entered.desk > given.desk || entered.online > given.online {
        return Err(NotCountersigned::TooMany { entered, given });
    }
    Ok(said)
}
