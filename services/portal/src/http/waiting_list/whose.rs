//! Whether the place that a message is about is that of the person who is logged in.

use client::{TrustLevel, WaitingEntry, WaitingMessage, WaitingStatus};

use crate::http::{request::Authority, visitor::Visitor};

/// Whose place a message is about, as far as the log-in tells.
pub(super) enum Whose {
    /// Nobody is logged in, or it cannot be learnt.
    Unknown,
    /// The person's who is logged in.
    Own(Box<WaitingEntry>),
    /// Somebody else's, or that of another log-in.
    Another,
}

impl Whose {
    /// Looks among the places of who is logged in. The message does not name its place: an open offer says which it
    /// is, and of a lost one the newest of the service tells how the person stands now.
    pub(super) async fn of(
        visitor: &Visitor,
        authority: &Authority,
        message: &WaitingMessage,
        needed: TrustLevel,
    ) -> Self {
        let Some(places) = places(visitor, authority, needed).await else { return Self::Unknown };
        let is_it = |entry: &WaitingEntry| match message.status {
            Some(WaitingStatus::Offered) => {
                entry.offer.as_ref().is_some_and(|offered| offered.id == message.offer.offer.id)
            }
            _ => entry.service == message.service,
        };
        let own = places.into_iter().find(is_it);
        own.map_or(Self::Another, |entry| Self::Own(Box::new(entry)))
    }

    pub(super) fn is_another(&self) -> bool {
        matches!(self, Self::Another)
    }
}

/// The places of a person whose log-in is sure enough to show them, the newest first.
async fn places(
    visitor: &Visitor,
    authority: &Authority,
    needed: TrustLevel,
) -> Option<Vec<WaitingEntry>> {
    let login = visitor.session.read().login;
    login.filter(|login| !login.is_staff && login.level >= needed)?;
    let token = visitor.token(&authority.office.id).await.ok()?;
    authority.office.api.own_places(&token).await.ok()
}
