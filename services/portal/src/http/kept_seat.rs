//! The page on which a person accepts or declines a seat that is kept for them: a date that the authority gave,
//! or one that they drew.

use std::borrow::Cow;

use askama::Template;

use super::{frame::Frame, visit::Summary};

#[derive(Template)]
#[template(path = "kept_seat.html")]
pub(super) struct KeptSeatPage {
    pub(super) frame: Frame,
    /// What is kept.
    pub(super) summary: Summary,
    /// How many come together, if more than one.
    pub(super) people: Option<Cow<'static, str>>,
    pub(super) until: Cow<'static, str>,
    /// To where each answer is sent.
    pub(super) accept: String,
    pub(super) decline: String,
    /// What follows from declining.
    pub(super) declining: Vec<Cow<'static, str>>,
    /// The page of who decides later.
    pub(super) later: String,
}
