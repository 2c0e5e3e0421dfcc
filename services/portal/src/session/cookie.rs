//! The session cookie on its way in and out.

use std::sync::Arc;

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    cookie::{Cookie, SameSite},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};
use ambient::Entropy;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{CurrentSession, IDLE, SealingKey, Session};
use crate::portal::Portal;

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

#[derive(Serialize, Deserialize)]
struct Sealed {
    at: Timestamp,
    session: Session,
}

impl SessionCookie {
    /// The cookie of a portal that browsers reach by `https` (`secure`) or, in a demonstration,
    /// by `http`.
    pub(crate) fn new(secure: bool, key: SealingKey, entropy: Arc<dyn Entropy>) -> Self {
        // The prefix makes browsers refuse a cookie set by another host of the same domain.
        let name = if secure { "__Host-fairtermin" } else { "fairtermin" };
        Self { name, secure, key, entropy }
    }

    fn open(&self, value: &str, now: Timestamp) -> Option<Sealed> {
        let plain = self.key.open(value, PURPOSE)?;
        let sealed: Sealed = serde_json::from_slice(&plain).ok()?;
        (now.duration_since(sealed.at) <= IDLE).then_some(sealed)
    }

    fn seal(&self, session: Session, at: Timestamp) -> Cookie<'static> {
        let plain = serde_json::to_vec(&Sealed { at, session }).expect("a session is plain data");
        self.cookie(self.key.seal(&plain, PURPOSE, &*self.entropy))
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

/// Middleware: opens the cookie for the handlers and sends it back if it changed.
pub(crate) async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let portal = request.app_data::<web::Data<Portal>>().cloned();
    let Some(portal) = portal else { return next.call(request).await };
    let now = portal.clock.now();
    let came = request.cookie(portal.cookie.name);
    let opened = came.as_ref().and_then(|cookie| portal.cookie.open(cookie.value(), now));
    let (before, at) = match opened {
        Some(sealed) => (sealed.session, Some(sealed.at)),
        None => (Session::default(), None),
    };
    let current = CurrentSession::new(before.clone());
    request.extensions_mut().insert(current.clone());

    let mut response = next.call(request).await?;

    let after = current.read();
    let stale = at.is_some_and(|at| now.duration_since(at) >= RENEW);
    let cookie = if after.is_empty() {
        came.map(|_| {
            let mut removal = portal.cookie.cookie(String::new());
            removal.make_removal();
            removal
        })
    } else {
        (after != before || stale).then(|| portal.cookie.seal(after, now))
    };
    if let Some(cookie) = cookie {
        response.response_mut().add_cookie(&cookie)?;
    }
    Ok(response)
}
