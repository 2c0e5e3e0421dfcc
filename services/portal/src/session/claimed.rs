//! Applications that the person has proven in this session.

use ids::{AuthorityId, ServiceId};
use serde::{Deserialize, Serialize};

use super::contents::{Session, drop_oldest};

/// Applications that are remembered; the oldest falls out.
const MOST_CLAIMED: usize = 3;

/// An application that an authority knows as the person's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Claimed {
    pub(crate) authority: AuthorityId,
    /// What it permits to book.
    pub(crate) service: ServiceId,
}

impl Session {
    /// Remembers that an application is the person's.
    pub(crate) fn note_claim(&mut self, claimed: Claimed) {
        self.claimed.retain(|known| *known != claimed);
        drop_oldest(&mut self.claimed, MOST_CLAIMED);
        self.claimed.push(claimed);
    }

    /// Whether the person has proven an application for `service`.
    pub(crate) fn has_claimed(&self, authority: &AuthorityId, service: &ServiceId) -> bool {
        let is_it = |known: &Claimed| known.authority == *authority && known.service == *service;
        self.login.is_some() && self.claimed.iter().any(is_it)
    }
}
