//! What is wrong with a form that staff sent, and how the page says it.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use client::ClientError;
use jiff::Timestamp;

use super::{
    fields::Mistake,
    trouble::{Refused, Trouble},
};
use crate::{http::page_error::PageError, text::Texts};

/// What is wrong with what was sent; nothing before it was.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    /// The form was sent: what is missing is said.
    is_sent: bool,
    trouble: Option<Trouble>,
}

impl Wrong {
    /// What the form itself shows.
    pub(super) const fn in_the_form() -> Self {
        Self { is_sent: true, trouble: None }
    }

    pub(super) const fn told_by_a_service(trouble: Trouble) -> Self {
        Self { is_sent: true, trouble: Some(trouble) }
    }

    /// There is nothing left to be done, and so no form to put right.
    pub(super) const fn over(trouble: Trouble) -> Self {
        Self { is_sent: false, trouble: Some(trouble) }
    }

    /// What the form says about a refusal. `trouble_of` knows the fields of the form.
    ///
    /// # Errors
    /// A page of its own explains it, which leads back to the form as it was filled in.
    pub(super) fn of(
        refused: Refused,
        trouble_of: fn(&Refused) -> Option<Trouble>,
    ) -> Result<Self, PageError> {
        match trouble_of(&refused) {
            Some(trouble) => Ok(Self::told_by_a_service(trouble)),
            None => Err(ClientError::from(refused).into()),
        }
    }

    /// Whether a service told this.
    pub(super) fn is(&self, trouble: &Trouble) -> bool {
        self.trouble.as_ref() == Some(trouble)
    }

    /// Until when a time is kept while a colleague is asked, if a service told this.
    pub(super) const fn kept_until(&self) -> Option<Timestamp> {
        match &self.trouble {
            Some(Trouble::SecondUntil(_, until)) => Some(*until),
            _ => None,
        }
    }

    /// The status of the page that says it.
    pub(super) fn status(&self) -> StatusCode {
        match (&self.trouble, self.is_sent) {
            (Some(_), _) => StatusCode::CONFLICT,
            (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, false) => StatusCode::OK,
        }
    }

    /// All that is wrong with fields, if `of_form` is what the form by itself lacks.
    pub(super) fn mistakes(&self, of_form: impl IntoIterator<Item = Mistake>) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        if self.is_sent {
            mistakes.extend(of_form);
        }
        if let Some(Trouble::Field(mistake)) = &self.trouble {
            mistakes.push(*mistake);
        }
        mistakes
    }

    /// The same in words. `button` is the text of the button that sends the form.
    pub(super) fn told(&self, texts: Texts, mistakes: &[Mistake], button: &str) -> Told {
        Told {
            mistakes: mistakes.iter().map(|(id, key)| ((*id).into(), texts.text(key))).collect(),
            trouble: self.trouble.as_ref().and_then(|trouble| trouble.words(texts, button)),
        }
    }
}

/// What the page says above the form.
#[derive(Default)]
pub(super) struct Told {
    /// The field and what is wrong with it.
    pub(super) mistakes: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// Title and body of why a service did not take it.
    pub(super) trouble: Option<(Cow<'static, str>, Cow<'static, str>)>,
}

impl Told {
    /// Something is wrong with a field of the rest of the form.
    pub(super) fn add_mistake(&mut self, field: String, words: Cow<'static, str>) {
        self.mistakes.push((field.into(), words));
    }

    /// Whether the page says that something is wrong.
    pub(super) fn is_wrong(&self) -> bool {
        self.trouble.is_some() || !self.mistakes.is_empty()
    }
}
