//! What staff did for a person: to be printed for them, or said on the phone.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;

use crate::http::{frame::Frame, visit::Name, visitor::Visitor};

#[derive(Template)]
#[template(path = "desk_done.html")]
struct DonePage {
    frame: Frame,
    done: Done,
}

/// What was done. No address has the person's name: the page answers the form.
pub(super) struct Done {
    /// The text that says it.
    pub(super) title: &'static str,
    /// The text that says what to do with this page.
    pub(super) body: &'static str,
    /// Empty if the page does not know who it is.
    pub(super) person: String,
    pub(super) service: Vec<Name>,
    pub(super) facts: Vec<Fact>,
    /// Where it goes on, each with its text.
    pub(super) ways: Vec<(&'static str, String)>,
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

impl Done {
    /// Says no more than that it is done.
    pub(super) fn without_facts(
        title: &'static str,
        body: &'static str,
        ways: Vec<(&'static str, String)>,
    ) -> Self {
        Self { title, body, person: String::new(), service: Vec::new(), facts: Vec::new(), ways }
    }

    /// The page that says it.
    pub(super) fn page(self, visitor: &Visitor) -> HttpResponse {
        let frame = visitor.frame(visitor.texts.text(self.title));
        visitor.page(&DonePage { frame, done: self })
    }
}
