//! Whom a place phones: who it is, where to call, and in which language.

use std::borrow::Cow;

use client::Attendee;

use super::written::birth_date_shown;
use crate::{http::person_name::name_of, text::Language};

/// The person of a call in words.
pub(super) struct Called {
    pub(super) person: String,
    pub(super) birthdate: String,
    pub(super) phone: String,
    /// The same as programs dial it.
    pub(super) dial: String,
    pub(super) language: Cow<'static, str>,
}

impl Called {
    /// `language` is the tag of the language that they speak.
    pub(super) fn new(attendee: Attendee, phone: String, language: String) -> Self {
        let Attendee { given_name, family_name, birthdate } = attendee;
        let known = language.parse::<Language>();
        Self {
            person: name_of(&given_name, &family_name),
            birthdate: birth_date_shown(&birthdate),
            dial: phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            phone,
            language: known.map_or(language.into(), |known| known.own_name().into()),
        }
    }
}
