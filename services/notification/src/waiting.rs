//! Messages to people on a waiting list.

use ids::Pseudonym;
use jiff::Timestamp;
use prost::Message as _;
use proto::{
    booking::v1::{Authority, BookedService, Place},
    waiting::v1::{OfferLapsed, PlaceLost, PlaceLostBecause, SlotOffered},
};

use crate::{
    appointment::{InvalidField, Names, timestamp, web_address},
    notice::Kind,
    text::{Language, language_of},
};

/// News of a waiting list for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaitingNews {
    pub(crate) person: Pseudonym,
    pub(crate) language: Language,
    pub(crate) authority: Names,
    pub(crate) service: Names,
    pub(crate) news: News,
    /// Where the person can answer or act.
    pub(crate) url: Option<String>,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum News {
    /// A seat is kept for them.
    Offered {
        place: Names,
        address: String,
        starts_at: Timestamp,
        ends_at: Timestamp,
        /// How many come together; 0 if an older event does not say it.
        people: u32,
        valid_until: Timestamp,
        /// When the appointment begins that they would give back.
        replaces: Option<Timestamp>,
        /// What it costs to decline, in a waiting list.
        declining: Declining,
        /// Why it is kept for them.
        by: OfferedBy,
    },
    /// They did not answer; do they still wait?
    Lapsed {
        answer_by: Timestamp,
        /// Whether the place is lost if they decline the next offer.
        next_is_last: bool,
    },
    /// The place is lost.
    Lost {
        because: Because,
        /// From when on they can join again online, if not at once.
        again_at: Option<Timestamp>,
    },
}

/// What it costs to decline an offer of a waiting list, or not to answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declining {
    /// Nothing: it is at short notice, for people who can come at once.
    Free,
    /// The place stays, also after the next one.
    Keeps,
    /// The place stays, but not if the next one is declined, too.
    ThenLast,
    /// The place is lost.
    Last,
}

impl Declining {
    const fn of(event: &SlotOffered) -> Self {
        match (event.short_notice, event.declines_left) {
            (true, _) => Self::Free,
            (false, 0 | 1) => Self::Last,
            (false, 2) => Self::ThenLast,
            (false, _) => Self::Keeps,
        }
    }
}

/// Why a seat is kept for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfferedBy {
    /// They wait in line, and it is their turn.
    WaitingList,
    /// The office gives this date to their application; they stand in no waiting list.
    Office,
    /// They were drawn, and must confirm.
    Draw(NotTaken),
}

/// What it costs not to take a drawn seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotTaken {
    Nothing,
    /// It counts: after too many, draws are closed to the person for a time.
    Counts,
    /// Draws are closed to the person until then.
    Closes(Timestamp),
}

/// Why a place is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    Declines,
    Silence,
    ListEnded,
    LeftAtDesk,
}

impl Because {
    /// The text that says so.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Declines => "waiting-lost-declines",
            Self::Silence => "waiting-lost-silence",
            Self::ListEnded => "waiting-lost-list-ended",
            Self::LeftAtDesk => "waiting-lost-left",
        }
    }

    /// The text that says what they can do.
    pub(crate) const fn next(self) -> &'static str {
        match self {
            Self::Declines | Self::Silence => "waiting-lost-next",
            Self::ListEnded => "waiting-lost-list-ended-next",
            Self::LeftAtDesk => "waiting-lost-left-next",
        }
    }
}

impl WaitingNews {
    /// Reads the data of the event from which a message of this kind comes.
    pub(crate) fn read(kind: Kind, data: &[u8]) -> Result<Self, InvalidField> {
        match kind {
            Kind::SlotOffered => Self::offered(data),
            Kind::OfferLapsed => Self::lapsed(data),
            Kind::PlaceLost => Self::lost(data),
            _ => Err(InvalidField("kind")),
        }
    }

    /// Until when it is worth telling.
    pub(crate) const fn until(&self) -> Option<Timestamp> {
        match self.news {
            News::Offered { valid_until, .. } => Some(valid_until),
            News::Lapsed { answer_by, .. } => Some(answer_by),
            News::Lost { .. } => None,
        }
    }

    fn offered(data: &[u8]) -> Result<Self, InvalidField> {
        let event = SlotOffered::decode(data).map_err(|_| InvalidField("data"))?;
        let by = match (event.assigned, event.drawn) {
            (false, false) => OfferedBy::WaitingList,
            (true, _) => OfferedBy::Office,
            (false, true) => OfferedBy::Draw(not_taken(&event)?),
        };
        let declining = Declining::of(&event);
        let place = event.place.ok_or(InvalidField("place"))?;
        let replaces = match event.replaces_starts_at_ms {
            0 => None,
            at => Some(timestamp("replaces_starts_at_ms", at)?),
        };
        let news = News::Offered {
            address: address(&place),
            place: place.name.into(),
            starts_at: timestamp("starts_at_ms", event.starts_at_ms)?,
            ends_at: timestamp("ends_at_ms", event.ends_at_ms)?,
            people: event.people,
            valid_until: timestamp("valid_until_ms", event.valid_until_ms)?,
            replaces,
            declining,
            by,
        };
        let to = (event.pseudonym, event.language);
        Self::of(to, event.authority, event.service, news, event.answer_url)
    }

    fn lapsed(data: &[u8]) -> Result<Self, InvalidField> {
        let event = OfferLapsed::decode(data).map_err(|_| InvalidField("data"))?;
        let answer_by = timestamp("answer_by_ms", event.answer_by_ms)?;
        let news = News::Lapsed { answer_by, next_is_last: event.declines_left <= 1 };
        let to = (event.pseudonym, event.language);
        Self::of(to, event.authority, event.service, news, event.answer_url)
    }

    fn lost(data: &[u8]) -> Result<Self, InvalidField> {
        let event = PlaceLost::decode(data).map_err(|_| InvalidField("data"))?;
        let because = match event.because() {
            PlaceLostBecause::Declines => Because::Declines,
            PlaceLostBecause::Silence => Because::Silence,
            PlaceLostBecause::ListEnded => Because::ListEnded,
            PlaceLostBecause::LeftAtDesk => Because::LeftAtDesk,
            PlaceLostBecause::Unspecified => return Err(InvalidField("because")),
        };
        let again_at = match event.again_at_ms {
            0 => None,
            at => Some(timestamp("again_at_ms", at)?),
        };
        let news = News::Lost { because, again_at };
        let to = (event.pseudonym, event.language);
        Self::of(to, event.authority, event.service, news, event.manage_url)
    }

    fn of(
        (pseudonym, language): (String, String),
        authority: Option<Authority>,
        service: Option<BookedService>,
        news: News,
        url: String,
    ) -> Result<Self, InvalidField> {
        Ok(Self {
            person: pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&language),
            authority: authority.ok_or(InvalidField("authority"))?.name.into(),
            service: service.map(|service| service.name.into()).unwrap_or_default(),
            news,
            url: web_address(url),
        })
    }
}

fn not_taken(event: &SlotOffered) -> Result<NotTaken, InvalidField> {
    match (event.declines_left, event.left_out_until_ms) {
        (0, 0) => Ok(NotTaken::Nothing),
        (_, 0) => Ok(NotTaken::Counts),
        (_, until) => Ok(NotTaken::Closes(timestamp("left_out_until_ms", until)?)),
    }
}

fn address(place: &Place) -> String {
    format!("{}, {} {}", place.street, place.postal_code, place.city)
}
