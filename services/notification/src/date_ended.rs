//! Dates that an office gave to an application on file and that ended without an answer of its person.

use ids::Pseudonym;
use jiff::Timestamp;
use prost::Message as _;
use proto::waiting::v1::{AssignedDateEnded, AssignedDateEndedBecause};

use crate::{
    appointment::{InvalidField, Names, timestamp, web_address},
    text::{Language, language_of},
};

/// The end of a date, for its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateEnded {
    pub(crate) person: Pseudonym,
    pub(crate) language: Language,
    pub(crate) authority: Names,
    pub(crate) service: Names,
    pub(crate) place: Names,
    pub(crate) address: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) because: Because,
    /// The application is not on file any more, so no other date follows.
    pub(crate) application_ended: bool,
    /// Where the person sees what they have.
    pub(crate) url: Option<String>,
}

/// Why a date ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    Lapsed,
    Withdrawn,
    DayClosed,
    BookedOtherwise,
}

impl Because {
    /// The kind of subject and heading.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Lapsed => "assigned-date-lapsed",
            Self::Withdrawn | Self::DayClosed | Self::BookedOtherwise => "assigned-date-withdrawn",
        }
    }

    /// The text that says why.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Lapsed => "assigned-date-lapsed-intro",
            Self::Withdrawn => "assigned-date-withdrawn-intro",
            Self::DayClosed => "assigned-date-closed-intro",
            Self::BookedOtherwise => "assigned-date-booked-intro",
        }
    }
}

impl DateEnded {
    /// Reads the event's data.
    pub(crate) fn read(data: &[u8]) -> Result<Self, InvalidField> {
        let event = AssignedDateEnded::decode(data).map_err(|_| InvalidField("data"))?;
        let because = match event.because() {
            AssignedDateEndedBecause::Lapsed => Because::Lapsed,
            AssignedDateEndedBecause::Withdrawn => Because::Withdrawn,
            AssignedDateEndedBecause::DayClosed => Because::DayClosed,
            AssignedDateEndedBecause::BookedOtherwise => Because::BookedOtherwise,
            AssignedDateEndedBecause::Unspecified => return Err(InvalidField("because")),
        };
        let place = event.place.ok_or(InvalidField("place"))?;
        Ok(Self {
            person: event.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&event.language),
            authority: event.authority.ok_or(InvalidField("authority"))?.name.into(),
            service: event.service.map(|service| service.name.into()).unwrap_or_default(),
            address: format!("{}, {} {}", place.street, place.postal_code, place.city),
            place: place.name.into(),
            starts_at: timestamp("starts_at_ms", event.starts_at_ms)?,
            ends_at: timestamp("ends_at_ms", event.ends_at_ms)?,
            because,
            application_ended: event.application_ended,
            url: web_address(event.manage_url),
        })
    }

    /// The text that says what happens next.
    pub(crate) const fn next(&self) -> &'static str {
        match (self.application_ended, self.because) {
            (true, _) => "assigned-date-next-ask",
            (false, Because::BookedOtherwise) => "assigned-date-next-booked",
            (false, Because::Lapsed | Because::Withdrawn | Because::DayClosed) => {
                "assigned-date-next-other"
            }
        }
    }
}
