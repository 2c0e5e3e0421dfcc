//! An appointment as it stands in an event, checked once.

use std::collections::BTreeMap;

use ids::{BookingId, Pseudonym};
use jiff::Timestamp;
use proto::booking::v1 as wire;

use crate::text::{Language, language_of};

/// An appointment, active or past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appointment {
    pub(crate) booking: BookingId,
    /// The first booking of a chain of rebookings: one entry in the person's calendar.
    pub(crate) series: BookingId,
    /// Counts the changes of the series.
    pub(crate) sequence: u32,
    pub(crate) code: String,
    pub(crate) person: Pseudonym,
    pub(crate) language: Language,
    pub(crate) authority: Names,
    pub(crate) place: Names,
    pub(crate) address: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) services: Vec<Service>,
    pub(crate) reminders_minutes_before: Vec<u32>,
    pub(crate) manage_url: Option<String>,
    /// Where another one for the same is found; the page of their appointments in older events.
    pub(crate) again_url: Option<String>,
    /// Whether the desk compares the documents first, since it is unresolved who the person is.
    pub(crate) identity_check: bool,
    /// How many come together; 0 if an older event does not say it.
    pub(crate) people: u32,
}

/// One matter of an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) name: Names,
    pub(crate) note: Names,
}

/// A text by language tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// The text in the language, else in German, else in any; empty if there is none.
    pub(crate) fn get(&self, language: Language) -> &str {
        let preferred =
            [language, Language::German].iter().find_map(|known| self.0.get(known.tag()));
        preferred.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}

impl From<BTreeMap<String, String>> for Names {
    fn from(mut names: BTreeMap<String, String>) -> Self {
        names.retain(|_, name| !name.trim().is_empty());
        Self(names)
    }
}

/// A field of an event has an impossible value. Names the field only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the field `{0}` of the event is missing or impossible")]
pub(crate) struct InvalidField(pub(crate) &'static str);

impl TryFrom<Option<wire::Appointment>> for Appointment {
    type Error = InvalidField;

    fn try_from(wire: Option<wire::Appointment>) -> Result<Self, InvalidField> {
        let wire = wire.ok_or(InvalidField("appointment"))?;
        let authority = wire.authority.ok_or(InvalidField("authority"))?;
        let place = wire.place.ok_or(InvalidField("place"))?;
        let (starts_at, ends_at) = (
            timestamp("starts_at_ms", wire.starts_at_ms)?,
            timestamp("ends_at_ms", wire.ends_at_ms)?,
        );
        if ends_at <= starts_at {
            return Err(InvalidField("ends_at_ms"));
        }
        Ok(Self {
            booking: wire.booking_id.parse().map_err(|_| InvalidField("booking_id"))?,
            series: wire.series_id.parse().map_err(|_| InvalidField("series_id"))?,
            sequence: wire.sequence,
            code: wire.code,
            person: wire.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&wire.language),
            authority: authority.name.into(),
            address: format!("{}, {} {}", place.street, place.postal_code, place.city),
            place: place.name.into(),
            starts_at,
            ends_at,
            services: wire
                .services
                .into_iter()
                .map(|service| Service { name: service.name.into(), note: service.note.into() })
                .collect(),
            reminders_minutes_before: wire.reminders_minutes_before,
            again_url: web_address(wire.again_url).or_else(|| web_address(wire.manage_url.clone())),
            manage_url: web_address(wire.manage_url),
            identity_check: wire.identity_check,
            people: wire.people,
        })
    }
}

pub(crate) fn timestamp(field: &'static str, milliseconds: i64) -> Result<Timestamp, InvalidField> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| InvalidField(field))
}

/// Only web addresses become links in a message.
pub(crate) fn web_address(text: String) -> Option<String> {
    let parsed = url::Url::parse(&text).ok()?;
    matches!(parsed.scheme(), "http" | "https").then_some(text)
}
