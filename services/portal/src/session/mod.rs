//! The session of one browser, in an encrypted cookie.
//!
//! The cookie is the only store: any instance of the portal can answer any request, and nothing
//! is lost on a restart. It exists from the first log-in on; reading availability needs none. It
//! ends after [`IDLE`] without a page, and the identity service can end the log-in at any time,
//! because every access token is fetched from there.

mod booked_at_desk;
mod claimed;
mod contents;
mod cookie;
mod declined;
mod entered;
mod must_wait;
mod owner;
mod sealed;
mod typed;

pub(crate) use booked_at_desk::BookedAtDesk;
pub(crate) use claimed::Claimed;
pub(crate) use contents::{
    BookedHold, CurrentSession, HeldSlot, LastLogin, Login, PendingLogin, Session,
};
pub(crate) use cookie::SessionCookie;
pub(crate) use declined::DeclinedDate;
pub(crate) use entered::Entered;
pub(crate) use owner::Owner;
pub use sealed::InvalidKey;
pub(crate) use sealed::SealingKey;
pub(crate) use typed::{NotedForm, TypedForm};
