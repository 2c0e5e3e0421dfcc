//! A winner of a draw who is booked already, and whom the place phones so that they know.

use std::borrow::Cow;

use client::UntoldWinner;
use ids::{DrawId, EntryId};

use super::calls::dial;
use crate::{
    directory::Offer,
    http::{
        person_name::name_of,
        visit::{LocationSummary, Name, service_names},
    },
    text::{Language, Texts},
};

/// The call in words.
pub(super) struct UntoldPart {
    pub(super) entry: EntryId,
    pub(super) draw: DrawId,
    pub(super) person: String,
    pub(super) birthdate: String,
    pub(super) phone: String,
    /// The same as programs dial it.
    pub(super) dial: String,
    pub(super) language: Cow<'static, str>,
    pub(super) service: Vec<Name>,
    pub(super) code: String,
    pub(super) when: Cow<'static, str>,
    pub(super) place: Name,
}

impl UntoldPart {
    pub(super) fn new(texts: Texts, offer: &Offer, call: UntoldWinner) -> Self {
        let language = call.language.parse::<Language>();
        Self {
            entry: call.entry,
            draw: call.draw,
            person: name_of(&call.attendee.given_name, &call.attendee.family_name),
            birthdate: call.attendee.birthdate,
            dial: dial(&call.phone),
            phone: call.phone,
            language: language.map_or(call.language.into(), |known| known.own_name().into()),
            service: service_names(texts, offer, &call.booking.services),
            code: call.booking.code.to_string(),
            when: texts.moment(call.booking.start),
            place: LocationSummary::find(offer, &call.booking.location, texts).name,
        }
    }
}
