//! What was revoked before its tokens expired.
//!
//! Kept in memory only: after a restart [`Revocations`](crate::Revocations) reads the signed list
//! before long. Both maps forget nothing that could still have a valid token.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use ids::{ClientId, SessionId};

use crate::AccessClaims;

/// The revoked sessions and clients that this process knows, from events and from the list.
#[derive(Debug, Default)]
pub(crate) struct Revoked(RwLock<Lists>);

/// Seconds since 1970, as in tokens.
#[derive(Debug, Default)]
struct Lists {
    /// With the second after which no token of theirs can be valid.
    sessions: HashMap<SessionId, i64>,
    /// With the second before which every token of theirs was signed.
    clients: HashMap<ClientId, i64>,
}

impl Revoked {
    /// `until` and `now` are seconds since 1970. Each call drops the sessions whose tokens have
    /// expired, so the map is bounded by the log-outs of a token's lifetime.
    pub(crate) fn session(&self, session: SessionId, until: i64, now: i64) {
        let mut lists = self.0.write().unwrap_or_else(PoisonError::into_inner);
        lists.sessions.retain(|_, until| *until > now);
        lists.sessions.insert(session, until);
    }

    /// Revocations arrive in any order: the latest counts.
    ///
    /// Never removed: there are few programs, and one entry each.
    pub(crate) fn client(&self, client: ClientId, at: i64) {
        let mut lists = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let latest = lists.clients.entry(client).or_insert(at);
        *latest = at.max(*latest);
    }

    /// Whether the token's session ended, or its program was revoked after the token was signed. A
    /// session counts whatever its tokens' age, since a session never starts again.
    pub(crate) fn covers(&self, claims: &AccessClaims) -> bool {
        let lists = self.0.read().unwrap_or_else(PoisonError::into_inner);
        claims.sid.is_some_and(|session| lists.sessions.contains_key(&session))
            || lists.clients.get(&claims.client_id).is_some_and(|at| claims.iat <= *at)
    }
}
