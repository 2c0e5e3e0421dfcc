//! What the session holds, and how it changes.

use std::{cell::RefCell, rc::Rc};

use client::{Hold, TrustLevel};
use ids::{AuthorityId, CaseCode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A session ends after this long without a page.
pub(super) const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// A log-in must be finished in this time.
const LOGIN_TIME: SignedDuration = SignedDuration::from_mins(20);

/// Log-ins begun in several tabs at once; the oldest falls out.
const MOST_PENDING: usize = 3;

/// Everything in the cookie.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// Log-ins that were begun and not finished.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pending: Vec<PendingLogin>,
    /// Who is logged in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) login: Option<Login>,
    /// The slot that is held while the person decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) held: Option<HeldSlot>,
}

/// A log-in on its way through the identity service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PendingLogin {
    /// Ties the answer to this browser.
    pub(crate) state: String,
    /// Ties the ID token to this log-in.
    pub(crate) nonce: String,
    /// The PKCE verifier.
    pub(crate) verifier: String,
    /// Where to go afterwards, a path of this site.
    pub(crate) back: String,
    /// When it was begun.
    pub(crate) begun: Timestamp,
    /// For a member of staff, and not a citizen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_staff: bool,
}

/// A finished log-in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Login {
    /// Ends this log-in at the identity service, and gets access tokens.
    pub(crate) refresh_token: String,
    /// `id_token_hint` for the log-out at the identity service.
    pub(crate) id_token: String,
    /// The trust level of the log-in.
    pub(crate) level: TrustLevel,
    /// A member of staff, and not a citizen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_staff: bool,
    /// The open case, if the person's identity is in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<CaseCode>,
    /// Must come with each form (cross-site request forgery).
    pub(crate) csrf: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("level", &self.level).finish_non_exhaustive()
    }
}

/// A hold, and what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct HeldSlot {
    /// The authority.
    pub(crate) authority: AuthorityId,
    /// The hold itself.
    pub(crate) hold: Hold,
}

impl Session {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Remembers a log-in that begins.
    pub(crate) fn begin_login(&mut self, pending: PendingLogin) {
        if self.pending.len() >= MOST_PENDING {
            self.pending.remove(0);
        }
        self.pending.push(pending);
    }

    /// The log-in that `state` belongs to, once.
    pub(crate) fn take_pending(&mut self, state: &str, now: Timestamp) -> Option<PendingLogin> {
        let place = self.pending.iter().position(|pending| same(&pending.state, state))?;
        let pending = self.pending.remove(place);
        (now.duration_since(pending.begun) <= LOGIN_TIME).then_some(pending)
    }

    /// The slot held at the moment.
    pub(crate) fn held_at(&self, now: Timestamp) -> Option<&HeldSlot> {
        self.held.as_ref().filter(|held| held.hold.expires_at > now)
    }

    /// Whether a form came from a page of ours.
    pub(crate) fn owns_form(&self, csrf: &str) -> bool {
        self.login.as_ref().is_some_and(|login| same(&login.csrf, csrf))
    }
}

/// Compares secrets in constant time.
fn same(a: &str, b: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

/// The session of the request being answered. Changes reach the browser with the answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct CurrentSession(Rc<RefCell<Session>>);

impl CurrentSession {
    pub(crate) fn new(session: Session) -> Self {
        Self(Rc::new(RefCell::new(session)))
    }

    /// A copy to read from.
    pub(crate) fn read(&self) -> Session {
        self.0.borrow().clone()
    }

    /// Changes it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Session) -> T) -> T {
        change(&mut self.0.borrow_mut())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending(state: &str, begun: &str) -> PendingLogin {
        PendingLogin {
            state: state.into(),
            nonce: String::new(),
            verifier: String::new(),
            back: "/de".into(),
            begun: begun.parse().unwrap(),
            is_staff: false,
        }
    }

    #[test]
    fn a_login_is_finished_once_and_in_time() {
        let mut session = Session::default();
        session.begin_login(pending("a", "2027-01-04T08:00:00Z"));
        session.begin_login(pending("b", "2027-01-04T08:00:00Z"));
        let in_time = "2027-01-04T08:20:00Z".parse().unwrap();
        assert!(session.take_pending("c", in_time).is_none());
        assert!(session.take_pending("a", in_time).is_some());
        assert!(session.take_pending("a", in_time).is_none(), "once");
        assert!(
            session.take_pending("b", "2027-01-04T08:20:01Z".parse().unwrap()).is_none(),
            "late"
        );
    }

    #[test]
    fn the_oldest_of_too_many_logins_falls_out() {
        let mut session = Session::default();
        for state in ["a", "b", "c", "d"] {
            session.begin_login(pending(state, "2027-01-04T08:00:00Z"));
        }
        let states: Vec<_> = session.pending.iter().map(|pending| pending.state.as_str()).collect();
        assert_eq!(states, ["b", "c", "d"]);
    }
}
