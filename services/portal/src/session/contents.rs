//! What the session holds, and how it changes.

use std::{cell::RefCell, rc::Rc};

use client::{Hold, TrustLevel};
use ids::{AuthorityId, BookingId, CaseCode, HoldId, LocationId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    booked_at_desk::BookedAtDesk, claimed::Claimed, declined::DeclinedDate, entered::Entered,
    must_wait::MustWait, owner::Owner, typed::TypedForm,
};

/// A session ends after this long without a page.
pub(super) const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// A log-in must be finished in this time.
const LOGIN_TIME: SignedDuration = SignedDuration::from_mins(20);

/// Log-ins begun in several tabs at once; the oldest falls out.
const MOST_PENDING: usize = 3;

/// Slots held in several tabs at once, and bookings remembered; the oldest falls out.
const MOST_HOLDS: usize = 3;

/// Everything in the cookie.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// Log-ins that were begun and not finished.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pending: Vec<PendingLogin>,
    /// The log-in that was finished last: a browser may bring its answer again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_login: Option<LastLogin>,
    /// The person who is logged in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) login: Option<Login>,
    /// The person who logged in last: everything here is theirs, also after identity has ended the log-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<Owner>,
    /// The slots that are held while the person decides, the last one taken last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) holds: Vec<HeldSlot>,
    /// Holds that became bookings: a person who goes back to their page is led to the booking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) booked: Vec<BookedHold>,
    /// Applications whose number an authority accepted: pages need not ask for it again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) claimed: Vec<Claimed>,
    /// What a member of staff booked for people a moment ago: its page can be loaded again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) booked_at_desk: Vec<BookedAtDesk>,
    /// Holds that were given up or exchanged for others: their pages say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) given_up: Vec<HoldId>,
    /// From when on they can book again after they have cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) must_wait: Option<MustWait>,
    /// The date that they declined last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) declined: Option<DeclinedDate>,
    /// A hold was given back a moment ago: the next page says so, once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) gave_back: bool,
    /// What was typed before another language was chosen could not go along: the next page says so, once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) lost_typed: bool,
    /// The page of the slot that was chosen before the log-in and shall be held after it, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to_hold: Option<String>,
    /// What was entered in a form and refused, so that it stands there again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) entered: Option<Entered>,
    /// What was typed into a form that needed another log-in, so that it stands there after it. A cookie of
    /// before it said whose it is had it by another name.
    #[serde(default, rename = "kept", skip_serializing_if = "Option::is_none")]
    pub(crate) typed: Option<TypedForm>,
    /// Set before the first log-in, to see whether the browser keeps cookies.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_probe: bool,
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
    /// The level that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<TrustLevel>,
    /// Whether `back` is the page of a slot that shall be held afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) holds: bool,
}

impl PendingLogin {
    /// Whether it took too long to be finished.
    pub(crate) fn is_late(&self, now: Timestamp) -> bool {
        now.duration_since(self.begun) > LOGIN_TIME
    }
}

/// Where the last log-in led to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LastLogin {
    /// Of its answer.
    pub(crate) state: String,
    /// A path of this site.
    pub(crate) back: String,
}

/// The person who is logged in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Login {
    /// Ends this log-in at the identity service, and gets access tokens.
    pub(crate) refresh_token: String,
    /// Names the session at the log-out at the identity service.
    pub(crate) id_token: String,
    /// The trust level of the log-in.
    pub(crate) level: TrustLevel,
    /// A member of staff, and not a citizen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_staff: bool,
    /// The open case, if the person's identity is in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<CaseCode>,
    /// Must come with each form (cross-site request forgery), and says sealed whose that is.
    pub(crate) csrf: String,
    /// The person's name as people write it, to be shown; empty if it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
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
    /// The places that were searched; empty means anywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) searched: Vec<LocationId>,
}

/// A hold that became a booking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BookedHold {
    pub(crate) hold: HoldId,
    pub(crate) authority: AuthorityId,
    pub(crate) booking: BookingId,
}

impl Session {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Remembers a log-in that begins.
    pub(crate) fn begin_login(&mut self, pending: PendingLogin) {
        drop_oldest(&mut self.pending, MOST_PENDING);
        self.is_probe = false;
        self.pending.push(pending);
    }

    /// The log-in that `state` belongs to, once.
    pub(crate) fn take_pending(&mut self, state: &str) -> Option<PendingLogin> {
        let place = self.pending.iter().position(|pending| same(&pending.state, state))?;
        Some(self.pending.remove(place))
    }

    /// A person has logged in. What another person left in this browser is dropped, but for log-ins that were begun.
    pub(crate) fn log_in(&mut self, login: Login, owner: Owner) {
        if self.owner.as_ref().is_some_and(|last| *last != owner) {
            let pending = std::mem::take(&mut self.pending);
            *self = Self { pending, ..Self::default() };
        }
        self.typed.take_if(|typed| !typed.is_by(&owner));
        self.owner = Some(owner);
        self.login = Some(login);
    }

    /// Keeps what was typed, unless another person is logged in now; whether it is kept.
    pub(crate) fn keep(&mut self, typed: TypedForm) -> bool {
        let is_owners = self.owner.as_ref().is_some_and(|owner| typed.is_by(owner));
        let is_kept = self.login.is_none() || is_owners;
        if is_kept {
            self.typed = Some(typed);
        }
        is_kept
    }

    /// What was typed into the form of the page with this name, if its person is logged in.
    pub(crate) fn typed_into(&self, page: &str, now: Timestamp) -> Vec<(String, String)> {
        let typed = self.typed.as_ref().filter(|_| self.login.is_some());
        let own = typed.filter(|typed| self.owner.as_ref().is_some_and(|owner| typed.is_by(owner)));
        own.map(|typed| typed.fields_of(page, now)).unwrap_or_default()
    }

    /// Where the log-in that `state` belongs to has led, if it was the last one.
    pub(crate) fn led_to(&self, state: &str) -> Option<&str> {
        let last = self.last_login.as_ref().filter(|last| same(&last.state, state))?;
        Some(&last.back)
    }

    /// The slots held at the moment, the last one taken last.
    pub(crate) fn held_at(&self, now: Timestamp) -> impl DoubleEndedIterator<Item = &HeldSlot> {
        self.holds.iter().filter(move |held| held.hold.expires_at > now)
    }

    /// The hold called `id`, whether it has expired or not.
    pub(crate) fn hold(&self, id: HoldId) -> Option<&HeldSlot> {
        self.holds.iter().find(|held| held.hold.hold_id == id)
    }

    /// Whether it is known what became of the hold called `id`.
    pub(crate) fn knows_hold(&self, id: HoldId) -> bool {
        self.hold(id).is_some() || self.booking_of(id).is_some()
    }

    /// Remembers a hold; once, however often it is taken.
    pub(crate) fn begin_hold(&mut self, held: HeldSlot) {
        self.holds.retain(|known| known.hold.hold_id != held.hold.hold_id);
        drop_oldest(&mut self.holds, MOST_HOLDS);
        self.holds.push(held);
    }

    /// Forgets a hold.
    pub(crate) fn end_hold(&mut self, id: HoldId) {
        self.holds.retain(|held| held.hold.hold_id != id);
        self.entered.take_if(|entered| entered.form == id.to_string());
    }

    /// Forgets a hold that the person gave up, but for the fact that they did.
    pub(crate) fn give_up(&mut self, id: HoldId) {
        self.end_hold(id);
        self.given_up.retain(|known| *known != id);
        drop_oldest(&mut self.given_up, MOST_HOLDS);
        self.given_up.push(id);
    }

    /// Remembers what became of a hold.
    pub(crate) fn note_booking(&mut self, booked: BookedHold) {
        self.end_hold(booked.hold);
        self.booked.retain(|known| known.hold != booked.hold);
        drop_oldest(&mut self.booked, MOST_HOLDS);
        self.booked.push(booked);
    }

    /// What became of a hold.
    pub(crate) fn booking_of(&self, id: HoldId) -> Option<&BookedHold> {
        self.booked.iter().find(|booked| booked.hold == id)
    }

    /// Gives up the least important part, so that the cookie fits; false if nothing is left to give up.
    pub(super) fn shrink(&mut self) -> bool {
        if self.pending.len() > 1 {
            self.pending.remove(0);
        } else if !self.given_up.is_empty() {
            self.given_up.remove(0);
        } else if self.last_login.is_some() {
            self.last_login = None;
        } else if self.declined.is_some() {
            self.declined = None;
        } else if self.must_wait.is_some() {
            self.must_wait = None;
        } else if !self.claimed.is_empty() {
            self.claimed.remove(0);
        } else if !self.booked_at_desk.is_empty() {
            self.booked_at_desk.remove(0);
        } else if !self.booked.is_empty() {
            self.booked.remove(0);
        } else if self.holds.len() > 1 {
            self.holds.remove(0);
        } else if self.entered.is_some() {
            self.entered = None;
        } else {
            return self.typed.take().is_some();
        }
        true
    }

    /// Whether a form came from a page of ours.
    pub(crate) fn owns_form(&self, csrf: &str) -> bool {
        self.login.as_ref().is_some_and(|login| same(&login.csrf, csrf))
    }
}

/// Makes room for one more.
pub(super) fn drop_oldest<T>(list: &mut Vec<T>, most: usize) {
    if list.len() >= most {
        list.remove(0);
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
            level: None,
            holds: false,
        }
    }

    #[test]
    fn a_login_is_finished_once_and_in_time() {
        let mut session = Session::default();
        session.begin_login(pending("a", "2027-01-04T08:00:00Z"));
        session.begin_login(pending("b", "2027-01-04T08:00:00Z"));
        assert!(session.take_pending("c").is_none());
        let finished = session.take_pending("a").unwrap();
        assert!(!finished.is_late("2027-01-04T08:20:00Z".parse().unwrap()));
        assert!(finished.is_late("2027-01-04T08:20:01Z".parse().unwrap()));
        assert!(session.take_pending("a").is_none(), "once");
    }

    #[test]
    fn what_one_person_left_is_dropped_at_the_log_in_of_another() {
        for (subject, stays) in [("marlene", true), ("erika", false)] {
            let mut session = Session {
                owner: Some(Owner::new(false, "marlene".to_owned())),
                entered: Some(Entered::new("form".to_owned(), "text", "mistake")),
                ..Session::default()
            };
            let login = Login {
                refresh_token: String::new(),
                id_token: String::new(),
                level: TrustLevel::High,
                is_staff: false,
                case: None,
                csrf: String::new(),
                name: String::new(),
            };
            session.log_in(login, Owner::new(false, subject.to_owned()));
            assert_eq!(session.entered.is_some(), stays, "{subject}");
        }
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
