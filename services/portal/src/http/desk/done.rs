//! What staff did for a person: to be printed for them, or said on the phone.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    http::{frame::Frame, visit::Name, visitor::Visitor},
    text::Language,
};

#[derive(Template)]
#[template(path = "desk_done.html")]
struct DonePage {
    frame: Frame,
    /// The frame of the part that the person takes home.
    paper: Frame,
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
    /// The texts of what else staff should know, if there is anything.
    pub(super) notices: Vec<&'static str>,
    /// In which language the person takes it home, and service and facts are; `None`: in that of the page.
    pub(super) language: Option<Language>,
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
        let (person, service, facts) = (String::new(), Vec::new(), Vec::new());
        let (notices, language) = (Vec::new(), None);
        Self { title, body, person, service, facts, notices, language, ways }
    }

    /// The page that says it.
    pub(super) fn page(self, visitor: &Visitor) -> HttpResponse {
        let reader = visitor.clone().reading(self.language);
        visitor.page(&DonePage {
            frame: visitor.frame(visitor.texts.text(self.title)),
            paper: reader.frame(reader.texts.text(self.title)),
            done: self,
        })
    }
}
