//! Whom a place phones: who it is, where to call, and in which language.

use std::borrow::Cow;

use client::Attendee;

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
        let known = language.parse::<Language>();
        Self {
            person: name_of(&attendee.given_name, &attendee.family_name),
            birthdate: attendee.birthdate,
            dial: phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            phone,
            language: known.map_or(language.into(), |known| known.own_name().into()),
        }
    }
}
