//! What staff did for a person, to be printed for them.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use ids::AuthorityId;

use crate::http::{frame::Frame, visit::Name, visitor::Visitor};

#[derive(Template)]
#[template(path = "desk_done.html")]
struct DonePage {
    frame: Frame,
    authority: AuthorityId,
    person: String,
    service: Vec<Name>,
    facts: Vec<Fact>,
}

/// Something that the person wants to know later.
pub(super) struct Fact {
    /// The text that says what it is.
    pub(super) key: &'static str,
    pub(super) value: Cow<'static, str>,
}

impl Fact {
    pub(super) fn new(key: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        Self { key, value: value.into() }
    }
}

/// The page that says what was `done` for the person. No address has their name: it answers the form.
pub(super) fn done(
    visitor: &Visitor,
    authority: &AuthorityId,
    done: &'static str,
    person: String,
    service: Vec<Name>,
    facts: Vec<Fact>,
) -> HttpResponse {
    let frame = visitor.frame(visitor.texts.text(done));
    visitor.page(&DonePage { frame, authority: authority.clone(), person, service, facts })
}
