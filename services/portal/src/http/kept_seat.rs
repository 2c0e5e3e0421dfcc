//! The pages on which a person answers for a seat that is kept for them: a date that the authority gave, one that they
//! drew, or one that a waiting list offers. To decline takes a page of its own, since others get the seat at once.

use std::borrow::Cow;

use askama::Template;
use ids::WaitingId;

use super::{frame::Frame, visit::Summary};

/// Asks whether they accept.
#[derive(Template)]
#[template(path = "kept_seat.html")]
pub(super) struct KeptSeatPage {
    pub(super) frame: Frame,
    /// What is kept.
    pub(super) summary: Summary,
    /// How many come together, if more than one.
    pub(super) people: Option<Cow<'static, str>>,
    pub(super) until: Cow<'static, str>,
    /// To where the seat's acceptance is sent.
    pub(super) accept: String,
    /// The page that asks before the seat is declined.
    pub(super) decline: String,
    /// What follows from declining.
    pub(super) declining: Vec<Cow<'static, str>>,
    /// The page of who decides later.
    pub(super) later: String,
}

/// Asks once more before the seat is declined.
#[derive(Template)]
#[template(path = "decline.html")]
pub(super) struct DeclinePage {
    pub(super) frame: Frame,
    /// What is kept.
    pub(super) summary: Summary,
    /// What follows.
    pub(super) declining: Vec<Cow<'static, str>>,
    /// Whose offer it is, in a waiting list.
    pub(super) place: Option<WaitingId>,
    /// To where the answer is sent.
    pub(super) decline: String,
    /// The page on which it can be accepted.
    pub(super) back: String,
}
