//! The session cookie, sealed and opened.

use std::sync::Arc;

use actix_web::cookie::{Cookie, SameSite};
use ambient::Entropy;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    contents::{IDLE, Session},
    sealed::SealingKey,
};

const PURPOSE: &str = "session";

/// While pages are read, the cookie is renewed this often and not each time.
const RENEW: SignedDuration = SignedDuration::from_mins(1);

/// Reads and writes the cookie.
pub(crate) struct SessionCookie {
    name: &'static str,
    secure: bool,
    key: SealingKey,
    entropy: Arc<dyn Entropy>,
}

/// What a cookie held.
#[derive(Serialize, Deserialize)]
pub(crate) struct OpenedSession {
    at: Timestamp,
    pub(crate) session: Session,
}

impl OpenedSession {
    /// Whether the cookie must be sent again so that the session does not end.
    pub(crate) fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) >= RENEW
    }
}

impl SessionCookie {
    /// The cookie of a portal that browsers reach by `https` (`secure`) or, in a demonstration,
    /// by `http`.
    pub(crate) fn new(secure: bool, key: SealingKey, entropy: Arc<dyn Entropy>) -> Self {
        // The prefix makes browsers refuse a cookie set by another host of the same domain.
        let name = if secure { "__Host-fairtermin" } else { "fairtermin" };
        Self { name, secure, key, entropy }
    }

    /// What the cookie is called.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Opens a cookie; `None` if it is not ours, or too old.
    pub(crate) fn open(&self, value: &str, now: Timestamp) -> Option<OpenedSession> {
        let plain = self.key.open(value, PURPOSE)?;
        let opened: OpenedSession = serde_json::from_slice(&plain).ok()?;
        (now.duration_since(opened.at) <= IDLE).then_some(opened)
    }

    /// The cookie that holds `session`.
    pub(crate) fn seal(&self, session: Session, at: Timestamp) -> Cookie<'static> {
        let plain = serde_json::to_vec(&OpenedSession { at, session });
        let plain = plain.expect("a session is plain data");
        self.cookie(self.key.seal(&plain, PURPOSE, &*self.entropy))
    }

    /// The cookie that makes the browser forget ours.
    pub(crate) fn removal(&self) -> Cookie<'static> {
        let mut removal = self.cookie(String::new());
        removal.make_removal();
        removal
    }

    fn cookie(&self, value: String) -> Cookie<'static> {
        Cookie::build(self.name, value)
            .path("/")
            .http_only(true)
            .secure(self.secure)
            // Lax and not Strict: the way back from the log-in starts at another site.
            .same_site(SameSite::Lax)
            .finish()
    }
}
