//! What was revoked before its tokens expired.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use ids::{ClientId, SessionId};

use crate::AccessClaims;

/// The revoked sessions and clients that this process knows, from events and from the list.
#[derive(Debug, Default)]
pub(crate) struct Revoked(RwLock<Lists>);

#[derive(Debug, Default)]
struct Lists {
    /// With the second after which no token of theirs can be valid.
    sessions: HashMap<SessionId, i64>,
    /// With the second before which every token of theirs was signed.
    clients: HashMap<ClientId, i64>,
}

impl Revoked {
    pub(crate) fn session(&self, session: SessionId, until: i64, now: i64) {
        let mut lists = self.0.write().unwrap_or_else(PoisonError::into_inner);
        lists.sessions.retain(|_, until| *until > now);
        lists.sessions.insert(session, until);
    }

    /// Revocations arrive in any order: the latest counts.
    pub(crate) fn client(&self, client: ClientId, at: i64) {
        let mut lists = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let latest = lists.clients.entry(client).or_insert(at);
        *latest = at.max(*latest);
    }

    pub(crate) fn covers(&self, claims: &AccessClaims) -> bool {
        let lists = self.0.read().unwrap_or_else(PoisonError::into_inner);
        claims.sid.is_some_and(|session| lists.sessions.contains_key(&session))
            || lists.clients.get(&claims.client_id).is_some_and(|at| claims.iat <= *at)
    }
}
