//! Entries of a draw that got no appointment.

use ids::Pseudonym;
use jiff::Timestamp;
use prost::Message as _;
use proto::draw::v1::{EntryNotDrawn, NotDrawnBecause};

use crate::{
    appointment::{InvalidField, Names, timestamp, web_address},
    text::{Language, language_of},
};

/// The result of a draw for a person who got nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotDrawn {
    pub(crate) person: Pseudonym,
    pub(crate) language: Language,
    pub(crate) authority: Names,
    pub(crate) service: Names,
    /// The first day of the week whose seats were drawn.
    pub(crate) week: Timestamp,
    pub(crate) because: Because,
    pub(crate) manage_url: Option<String>,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    NothingLeft,
    Void,
    NotBookable,
    /// They were not in the draw: they had booked another appointment then.
    OtherAppointment(Timestamp),
}

impl Because {
    /// The text that says so.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::NothingLeft => "not-drawn-nothing-left",
            Self::Void => "not-drawn-void",
            Self::NotBookable => "not-drawn-not-bookable",
            Self::OtherAppointment(_) => "not-drawn-other-appointment",
        }
    }
}

impl NotDrawn {
    /// Reads the event's data.
    pub(crate) fn read(data: &[u8]) -> Result<Self, InvalidField> {
        let event = EntryNotDrawn::decode(data).map_err(|_| InvalidField("data"))?;
        let because = match event.because() {
            NotDrawnBecause::NothingLeft => Because::NothingLeft,
            NotDrawnBecause::Void => Because::Void,
            NotDrawnBecause::NotBookable => Because::NotBookable,
            NotDrawnBecause::OtherAppointment => {
                Because::OtherAppointment(timestamp("booked_at_ms", event.booked_at_ms)?)
            }
            NotDrawnBecause::Unspecified => return Err(InvalidField("because")),
        };
        Ok(Self {
            person: event.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&event.language),
            authority: event.authority.ok_or(InvalidField("authority"))?.name.into(),
            service: event.service.map(|service| service.name.into()).unwrap_or_default(),
            week: timestamp("week_starts_at_ms", event.week_starts_at_ms)?,
            because,
            manage_url: web_address(event.manage_url),
        })
    }
}
