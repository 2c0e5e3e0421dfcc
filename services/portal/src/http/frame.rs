//! What surrounds the content of each page.

use std::{borrow::Cow, sync::Arc};

use super::{
    after_login::after_login,
    in_language::translated,
    link::{Links, desk_of},
    other_booking::OtherBooking,
};
use crate::{
    portal::Site,
    text::{Language, Texts, offered},
};

/// What surrounds the content of each page.
pub(crate) struct Frame {
    pub(crate) texts: Texts,
    pub(crate) links: Links,
    pub(crate) title: String,
    /// Path and query of this page.
    pub(super) here: String,
    pub(crate) site: Arc<Site>,
    /// Set when a person is logged in.
    pub(crate) csrf: Option<String>,
    /// The open case, if it is unresolved who the person is.
    pub(crate) case: Option<String>,
    /// The name of the person who is logged in, as people write it; empty if it is not known.
    pub(crate) person: Option<String>,
    /// The page says that something did not work.
    pub(crate) is_error: bool,
    /// The slots that are held.
    pub(crate) holds: Vec<HoldNotice>,
    /// A hold was given back a moment ago.
    pub(crate) gave_back: bool,
    /// What was typed before this language was chosen could not go along.
    pub(crate) lost_typed: bool,
    /// Before the times: how to log in, if that is needed to take one.
    pub(crate) login_offer: Option<LoginOffer>,
    /// Before the times: how many people come and what for, if more can come or be done.
    pub(crate) visit: Option<VisitNotice>,
    /// Before the times: the appointment that bars another one.
    pub(crate) other_booking: Option<OtherBooking>,
}

/// A page in one of the languages.
pub(crate) struct Translation {
    pub(crate) language: Language,
    /// Path and query.
    pub(crate) link: String,
}

impl Translation {
    /// The path alone: a form writes its fields behind it.
    pub(crate) fn path(&self) -> &str {
        self.link.split('?').next().unwrap_or_default()
    }
}

/// A slot that is held, and the way to its page.
pub(crate) struct HoldNotice {
    pub(crate) link: String,
    pub(crate) until: Cow<'static, str>,
}

/// How many come and how much is done, and where that is changed.
pub(crate) struct VisitNotice {
    pub(crate) people: Cow<'static, str>,
    pub(crate) services: Cow<'static, str>,
    pub(crate) link: String,
}

/// How to log in, said before a time is chosen.
pub(crate) struct LoginOffer {
    pub(crate) link: String,
    /// The sentence that says what proves the level.
    pub(crate) level_key: &'static str,
    /// Logged in, but not surely enough.
    pub(crate) is_step_up: bool,
}

impl Frame {
    /// The text called `id`.
    pub(crate) fn t(&self, id: &str) -> Cow<'static, str> {
        self.texts.text(id)
    }

    pub(crate) fn language(&self) -> Language {
        self.texts.language()
    }

    /// This page in each language.
    pub(crate) fn translations(&self) -> Vec<Translation> {
        let link = |language: &Language| Translation {
            language: *language,
            link: translated(&self.here, *language),
        };
        offered().iter().map(link).collect()
    }

    /// Where the log-in link of the frame leads to and then back: on a page of staff, the log-in of staff.
    pub(crate) fn login_link(&self) -> String {
        let back = after_login(&self.here, self.links);
        match desk_of(&back) {
            Some(_) => self.links.staff_login(&back),
            None => self.links.login(&back, None),
        }
    }

    /// The frame of a page that says that something did not work.
    pub(crate) fn of_error(self) -> Self {
        Self { is_error: true, ..self }
    }

    pub(crate) fn csrf_field(&self) -> &str {
        self.csrf.as_deref().unwrap_or_default()
    }
}
