//! The session cookie, sealed and opened.

use std::sync::Arc;

use actix_web::cookie::{Cookie, SameSite};
use ambient::Entropy;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    contents::{IDLE, Session},
    owner::Owner,
    sealed::SealingKey,
};

const PURPOSE: &str = "session";

const FORM_PURPOSE: &str = "form";

/// Browsers drop a cookie of more than 4,096 bytes with its name and attributes (RFC 6265 section 6.1).
const MAX_VALUE_BYTES: usize = 3900;

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

    /// The cookie that holds `session`, without its least important parts if it would be too large for
    /// a browser.
    pub(crate) fn seal(&self, session: Session, at: Timestamp) -> Cookie<'static> {
        let (_, sealed) = self.fitted(session, at);
        self.cookie(sealed)
    }

    /// Whether the cookie that holds `session` has room for what was typed.
    pub(crate) fn has_room_for_typed(&self, session: Session, at: Timestamp) -> bool {
        self.fitted(session, at).0.typed.is_some()
    }

    /// What of `session` fits into a cookie, and the same sealed.
    fn fitted(&self, session: Session, at: Timestamp) -> (Session, String) {
        let mut opened = OpenedSession { at, session };
        loop {
            let plain = serde_json::to_vec(&opened).expect("a session is plain data");
            let sealed = self.key.seal(&plain, PURPOSE, &*self.entropy);
            if sealed.len() <= MAX_VALUE_BYTES || !opened.session.shrink() {
                return (opened.session, sealed);
            }
        }
    }

    /// The secret that the forms of a session carry. The session's person is sealed in it, so that a form
    /// shows whose it is after the session has ended, too.
    pub(crate) fn form_secret(&self, owner: &Owner) -> String {
        let plain = serde_json::to_vec(owner).expect("an owner is plain data");
        self.key.seal(&plain, FORM_PURPOSE, &*self.entropy)
    }

    /// Whose the form with this secret is; `None` if we made no such secret.
    pub(crate) fn owner_of(&self, form_secret: &str) -> Option<Owner> {
        let plain = self.key.open(form_secret, FORM_PURPOSE)?;
        serde_json::from_slice(&plain).ok()
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

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    use super::*;
    use crate::session::{NotedForm, PendingLogin, TypedForm};

    #[test]
    fn a_form_says_whose_it_is_only_to_us() {
        let key = SealingKey::from_base64(&BASE64_STANDARD.encode([7; 32])).unwrap();
        let cookie = SessionCookie::new(true, key, Arc::new(SeededEntropy::new(1)));
        let erika = Owner::new(false, "erika".to_owned());
        let secret = cookie.form_secret(&erika);
        assert_ne!(secret, cookie.form_secret(&erika), "each session has its own");
        assert_eq!(cookie.owner_of(&secret), Some(erika));
        assert_ne!(cookie.owner_of(&secret), Some(Owner::new(true, "erika".to_owned())));
        let session = cookie.seal(Session::default(), Timestamp::UNIX_EPOCH);
        for other in ["", "guessed", session.value()] {
            assert_eq!(cookie.owner_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_form_that_does_not_fit_beside_the_log_in_is_not_said_to_be_kept() {
        let key = SealingKey::from_base64(&BASE64_STANDARD.encode([7; 32])).unwrap();
        let cookie = SessionCookie::new(true, key, Arc::new(SeededEntropy::new(1)));
        let at: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let has_room = |fields: usize, back: usize| {
            let fields = [("text".to_owned(), "x".repeat(fields))];
            let owner = Some(Owner::new(false, "erika".to_owned()));
            let noted = TypedForm::note("/de/here".to_owned(), &fields, owner, at);
            let Some(NotedForm::Keepable(typed)) = noted else { panic!("it is too long") };
            let mut session = Session { typed: Some(typed), ..Session::default() };
            session.begin_login(PendingLogin {
                state: "s".repeat(43),
                nonce: "n".repeat(43),
                verifier: "v".repeat(43),
                back: "x".repeat(back),
                begun: at,
                is_staff: false,
                level: None,
                holds: false,
            });
            cookie.has_room_for_typed(session, at)
        };
        assert!(has_room(900, 900));
        assert!(!has_room(900, 2000));
    }

    #[test]
    fn a_cookie_that_a_browser_would_drop_gives_up_the_oldest_log_ins() {
        let key = SealingKey::from_base64(&BASE64_STANDARD.encode([7; 32])).unwrap();
        let cookie = SessionCookie::new(true, key, Arc::new(SeededEntropy::new(1)));
        let at: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
        let mut session = Session::default();
        for state in ["a", "b", "c"] {
            session.begin_login(PendingLogin {
                state: state.repeat(43),
                nonce: "n".repeat(43),
                verifier: "v".repeat(43),
                back: format!("/de?{}", "x".repeat(900)),
                begun: at,
                is_staff: false,
                level: None,
                holds: false,
            });
        }
        let sealed = cookie.seal(session, at);
        assert!(sealed.to_string().len() <= 4096, "{}", sealed.to_string().len());
        let mut opened = cookie.open(sealed.value(), at).unwrap().session;
        assert!(opened.take_pending(&"c".repeat(43)).is_some(), "the newest stays");
    }
}
