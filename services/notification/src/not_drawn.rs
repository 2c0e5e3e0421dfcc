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
    /// The draw was among persons with an appointment, who keep it unless it ended.
    pub(crate) for_earlier: bool,
    pub(crate) manage_url: Option<String>,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    NothingLeft,
    Void,
    NotBookable,
    /// They were drawn, and did not confirm in time. Until when draws are closed to them now, if it was not
    /// the first time.
    NotConfirmed(Option<Timestamp>),
    WithdrawnAtDesk,
    /// They were drawn, and staff declined the seat for them. Until when draws are closed to them now, if it was
    /// not the first time.
    DeclinedByPhone(Option<Timestamp>),
    /// They were drawn, and had booked another appointment by then.
    BookedOtherwise,
    /// They were not in the draw: they had booked another appointment then.
    OtherAppointment(Timestamp),
    /// The draw was for persons with an appointment, and theirs had ended.
    AppointmentEnded,
    /// They were drawn, and the office is closed on the day of their seat.
    DayClosed,
    /// What a newer sender says, and this program does not know yet.
    Unknown,
}

impl Because {
    /// The text that says so.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::NothingLeft => "not-drawn-nothing-left",
            Self::Void => "not-drawn-void",
            Self::NotBookable => "not-drawn-not-bookable",
            Self::NotConfirmed(_) => "not-drawn-not-confirmed",
            Self::BookedOtherwise => "not-drawn-booked-otherwise",
            Self::WithdrawnAtDesk => "entry-withdrawn-intro",
            Self::DeclinedByPhone(_) => "not-drawn-declined-by-phone",
            Self::Unknown => "not-drawn-unknown",
            Self::OtherAppointment(_) => "not-drawn-other-appointment",
            Self::AppointmentEnded => "not-earlier-ended",
            Self::DayClosed => "not-drawn-day-closed",
        }
    }
}

impl NotDrawn {
    /// The kind of its subject and heading: a withdrawn entry has one of its own, since no draw
    /// took place yet.
    pub(crate) const fn kind(&self) -> &'static str {
        match self.because {
            Because::WithdrawnAtDesk => "entry-withdrawn",
            Because::AppointmentEnded => "not-earlier",
            Because::OtherAppointment(_) | Because::BookedOtherwise => "not-drawn",
            Because::NothingLeft
            | Because::Void
            | Because::NotBookable
            | Because::NotConfirmed(_)
            | Because::DeclinedByPhone(_)
            | Because::Unknown
            | Because::DayClosed => match self.for_earlier {
                true => "not-earlier",
                false => "not-drawn",
            },
        }
    }

    /// The texts that say how it came and what they can do.
    pub(crate) const fn notes(&self) -> &'static [&'static str] {
        match self.because {
            Because::NotConfirmed(None) => &["not-drawn-next"],
            Because::NotConfirmed(Some(_)) | Because::Unknown => &[],
            Because::WithdrawnAtDesk | Because::DeclinedByPhone(_) => &["entry-withdrawn-next"],
            Because::OtherAppointment(_) => &["not-drawn-other-stays"],
            Because::BookedOtherwise => &["not-drawn-other-stays", "not-drawn-other-change"],
            Because::AppointmentEnded => &["not-earlier-ended-next"],
            Because::DayClosed => match self.for_earlier {
                true => &["not-earlier-keeps", "not-drawn-next"],
                false => &["not-drawn-next"],
            },
            Because::NothingLeft | Because::Void | Because::NotBookable => match self.for_earlier {
                true => &["not-earlier-keeps", "not-drawn-fair", "not-drawn-next"],
                false => &["not-drawn-fair", "not-drawn-next"],
            },
        }
    }

    /// The text of the way on: to the appointment that they keep, or to a new one.
    pub(crate) const fn action(&self) -> &'static str {
        match (self.for_earlier, self.because) {
            (
                true,
                Because::NothingLeft | Because::Void | Because::NotBookable | Because::DayClosed,
            )
            | (_, Because::BookedOtherwise) => "manage",
            _ => "book-again",
        }
    }

    /// Reads the event's data.
    pub(crate) fn read(data: &[u8]) -> Result<Self, InvalidField> {
        let event = EntryNotDrawn::decode(data).map_err(|_| InvalidField("data"))?;
        let because = match event.because() {
            NotDrawnBecause::NothingLeft => Because::NothingLeft,
            NotDrawnBecause::Void => Because::Void,
            NotDrawnBecause::NotBookable => Because::NotBookable,
            NotDrawnBecause::NotConfirmed => Because::NotConfirmed(left_out_until(&event)?),
            NotDrawnBecause::WithdrawnAtDesk => Because::WithdrawnAtDesk,
            NotDrawnBecause::AppointmentEnded => Because::AppointmentEnded,
            NotDrawnBecause::DayClosed => Because::DayClosed,
            NotDrawnBecause::BookedOtherwise => Because::BookedOtherwise,
            NotDrawnBecause::OtherAppointment => {
                Because::OtherAppointment(timestamp("booked_at_ms", event.booked_at_ms)?)
            }
            NotDrawnBecause::DeclinedByPhone => Because::DeclinedByPhone(left_out_until(&event)?),
            NotDrawnBecause::Unspecified if event.because == 0 => {
                return Err(InvalidField("because"));
            }
            NotDrawnBecause::Unspecified => Because::Unknown,
        };
        Ok(Self {
            person: event.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&event.language),
            authority: event.authority.ok_or(InvalidField("authority"))?.name.into(),
            service: event.service.map(|service| service.name.into()).unwrap_or_default(),
            week: timestamp("week_starts_at_ms", event.week_starts_at_ms)?,
            because,
            for_earlier: event.for_earlier,
            manage_url: web_address(event.manage_url),
        })
    }
}

fn left_out_until(event: &EntryNotDrawn) -> Result<Option<Timestamp>, InvalidField> {
    match event.left_out_until_ms {
        0 => Ok(None),
        at => timestamp("left_out_until_ms", at).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use proto::booking::v1::Authority;

    use super::*;
    use crate::mail::letter::Letter;

    #[test]
    fn who_did_not_confirm_reads_that_others_get_the_appointment() {
        let event = EntryNotDrawn {
            authority: Some(Authority::default()),
            pseudonym: Pseudonym::from_bits(1).to_string(),
            language: "en".to_owned(),
            because: NotDrawnBecause::NotConfirmed.into(),
            ..EntryNotDrawn::default()
        };
        let told = NotDrawn::read(&event.encode_to_vec()).unwrap();
        let letter = Letter::not_drawn(&told, "Mina");
        assert_eq!(letter.heading, "You got no appointment this time");
        assert!(letter.intro.starts_with("You were drawn, but you did not accept"));
        assert_eq!(letter.notes.len(), 1);
        assert!(letter.notes[0].starts_with("You can enter the next draw."));
    }

    #[test]
    fn who_did_not_confirm_again_reads_from_when_on_they_can_enter_and_who_decides() {
        let until: Timestamp = "2027-03-01T09:00:00Z".parse().unwrap();
        for language in Language::SHIPPED {
            let event = EntryNotDrawn {
                authority: Some(Authority::default()),
                pseudonym: Pseudonym::from_bits(1).to_string(),
                language: language.tag().to_owned(),
                because: NotDrawnBecause::NotConfirmed.into(),
                left_out_until_ms: until.as_millisecond(),
                ..EntryNotDrawn::default()
            };
            let told = NotDrawn::read(&event.encode_to_vec()).unwrap();
            let letter = Letter::not_drawn(&told, "Mina");
            assert_eq!(letter.notes.len(), 1, "{:?}", letter.notes);
            assert!(letter.notes[0].contains("2027"), "{}", letter.notes[0]);
            if *language == Language::English {
                assert!(letter.notes[0].contains("The authority decides"), "{}", letter.notes[0]);
            }
        }
    }

    /// Fault: a reason that a newer sender knew was poison, and the mail was lost.
    #[test]
    fn a_reason_that_is_not_known_yet_is_told_without_it() {
        let event = |because| EntryNotDrawn {
            authority: Some(Authority::default()),
            pseudonym: Pseudonym::from_bits(1).to_string(),
            language: "en".to_owned(),
            because,
            ..EntryNotDrawn::default()
        };
        let told = NotDrawn::read(&event(9_999).encode_to_vec()).unwrap();
        let letter = Letter::not_drawn(&told, "Mina");
        assert_eq!(letter.heading, "You got no appointment this time");
        assert!(letter.intro.contains("contact the authority"), "{}", letter.intro);
        assert!(NotDrawn::read(&event(0).encode_to_vec()).is_err());
    }

    #[test]
    fn who_was_declined_for_on_the_phone_reads_whom_to_ask_and_until_when_they_wait() {
        let until: Timestamp = "2027-03-01T09:00:00Z".parse().unwrap();
        for language in Language::SHIPPED {
            let event = EntryNotDrawn {
                authority: Some(Authority::default()),
                pseudonym: Pseudonym::from_bits(1).to_string(),
                language: language.tag().to_owned(),
                because: NotDrawnBecause::DeclinedByPhone.into(),
                left_out_until_ms: until.as_millisecond(),
                ..EntryNotDrawn::default()
            };
            let told = NotDrawn::read(&event.encode_to_vec()).unwrap();
            let letter = Letter::not_drawn(&told, "Mina");
            assert_eq!(letter.notes.len(), 2, "{:?}", letter.notes);
            assert!(letter.notes[1].contains("2027"), "{}", letter.notes[1]);
            if *language == Language::English {
                assert!(letter.intro.contains("on the phone"), "{}", letter.intro);
                assert!(letter.notes[0].starts_with("Was it not you?"), "{}", letter.notes[0]);
            }
        }
    }

    #[test]
    fn who_was_drawn_for_a_day_that_was_closed_reads_that_and_nothing_of_a_requirement() {
        for language in Language::SHIPPED {
            let event = EntryNotDrawn {
                authority: Some(Authority::default()),
                pseudonym: Pseudonym::from_bits(1).to_string(),
                language: language.tag().to_owned(),
                because: NotDrawnBecause::DayClosed.into(),
                ..EntryNotDrawn::default()
            };
            let told = NotDrawn::read(&event.encode_to_vec()).unwrap();
            let letter = Letter::not_drawn(&told, "Mina");
            let refused = NotDrawn { because: Because::NotBookable, ..told };
            assert_ne!(letter.intro, Letter::not_drawn(&refused, "Mina").intro);
            if *language == Language::English {
                assert!(letter.intro.contains("The authority is closed"), "{}", letter.intro);
                assert!(letter.notes[0].starts_with("You can enter the next draw."));
            }
        }
    }

    #[test]
    fn whoever_had_booked_otherwise_is_led_to_that_appointment_and_not_told_to_phone() {
        let url = "https://termine.test/en/lea/appointments/1";
        for language in Language::SHIPPED {
            let event = EntryNotDrawn {
                authority: Some(Authority::default()),
                pseudonym: Pseudonym::from_bits(1).to_string(),
                language: language.tag().to_owned(),
                because: NotDrawnBecause::BookedOtherwise.into(),
                manage_url: url.to_owned(),
                ..EntryNotDrawn::default()
            };
            let told = NotDrawn::read(&event.encode_to_vec()).unwrap();
            let letter = Letter::not_drawn(&told, "Mina");
            assert_eq!(letter.action.unwrap().url, url, "{language}");
            assert_eq!(letter.notes.len(), 2, "{:?}", letter.notes);
            assert!(!letter.notes.concat().contains("115"), "{:?}", letter.notes);
            // An appointment that the authority gave, or that was drawn, cannot be moved.
            assert!(!letter.notes.concat().contains("move or cancel"), "{:?}", letter.notes);
        }
    }

    #[test]
    fn who_was_withdrawn_at_the_office_reads_that_and_nothing_of_a_lot() {
        let event = EntryNotDrawn {
            authority: Some(Authority::default()),
            pseudonym: Pseudonym::from_bits(1).to_string(),
            language: "en".to_owned(),
            because: NotDrawnBecause::WithdrawnAtDesk.into(),
            ..EntryNotDrawn::default()
        };
        let told = NotDrawn::read(&event.encode_to_vec()).unwrap();
        let letter = Letter::not_drawn(&told, "Mina");
        assert_eq!(letter.heading, "You no longer take part in the draw");
        assert!(letter.intro.starts_with("The authority has withdrawn your entry."));
        assert_eq!(letter.notes, ["Was it not you? Then please contact the authority."]);
    }
    #[test]
    fn who_won_no_earlier_appointment_reads_that_theirs_stays() {
        let letter = |because: NotDrawnBecause| {
            let event = EntryNotDrawn {
                authority: Some(Authority::default()),
                pseudonym: Pseudonym::from_bits(1).to_string(),
                language: "en".to_owned(),
                because: because.into(),
                for_earlier: true,
                ..EntryNotDrawn::default()
            };
            Letter::not_drawn(&NotDrawn::read(&event.encode_to_vec()).unwrap(), "Mina")
        };
        let without = letter(NotDrawnBecause::NothingLeft);
        assert_eq!(without.heading, "You got no earlier appointment this time");
        assert!(without.notes[0].starts_with("Your appointment stays."), "{:?}", without.notes);
        let ended = letter(NotDrawnBecause::AppointmentEnded);
        assert!(!ended.notes.iter().any(|note| note.contains("stays")), "{:?}", ended.notes);
    }
}
