//! A winner of a draw who is booked already, and whom the place phones so that they know.

use std::borrow::Cow;

use client::UntoldWinner;
use ids::EntryId;

use super::called::Called;
use crate::{
    directory::Offer,
    http::visit::{LocationSummary, Name, service_names},
    text::Texts,
};

/// The call in words.
pub(super) struct UntoldPart {
    pub(super) entry: EntryId,
    pub(super) called: Called,
    pub(super) service: Vec<Name>,
    pub(super) code: String,
    pub(super) when: Cow<'static, str>,
    pub(super) place: Name,
    /// Where staff are asked before they note that the person knows it.
    pub(super) told: String,
}

impl UntoldPart {
    pub(super) fn new(texts: Texts, offer: &Offer, call: UntoldWinner, told: String) -> Self {
        Self {
            entry: call.entry,
            called: Called::new(call.attendee, call.phone, call.language),
            service: service_names(texts, offer, &call.booking.services),
            code: call.booking.code.to_string(),
            when: texts.moment(call.booking.start),
            place: LocationSummary::find(offer, &call.booking.location, texts).name,
            told,
        }
    }
}
