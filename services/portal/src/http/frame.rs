//! What surrounds the content of each page.

use std::{borrow::Cow, sync::Arc};

use super::link::{Links, own_path, translated};
use crate::{
    portal::Site,
    text::{Language, Texts},
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
    /// Until when a slot is held.
    pub(crate) held_until: Option<Cow<'static, str>>,
}

impl Frame {
    /// The text called `id`.
    pub(crate) fn t(&self, id: &str) -> Cow<'static, str> {
        self.texts.text(id)
    }

    pub(crate) fn language(&self) -> Language {
        self.texts.language()
    }

    /// This page in each other language.
    pub(crate) fn translations(&self) -> Vec<(Language, String)> {
        Language::SWITCH.map(|language| (language, translated(&self.here, language))).to_vec()
    }

    /// Where the log-in link of the frame leads to and then back.
    pub(crate) fn login_link(&self) -> String {
        self.links.login(&own_path(&self.here, self.links), None)
    }

    pub(crate) fn csrf_field(&self) -> &str {
        self.csrf.as_deref().unwrap_or_default()
    }
}
