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
    /// They were drawn, and the time of their seat was over or too soon.
    TimeOver,
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
            Self::TimeOver => "not-drawn-time-over",
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
            | Because::DayClosed
            | Because::TimeOver => match self.for_earlier {
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
            // A void draw has no order to recompute.
            Because::Void | Because::DayClosed | Because::TimeOver => match self.for_earlier {
                true => &["not-earlier-keeps", "not-drawn-next"],
                false => &["not-drawn-next"],
            },
            Because::NothingLeft | Because::NotBookable => match self.for_earlier {
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
                Because::NothingLeft
                | Because::Void
                | Because::NotBookable
                | Because::DayClosed
                | Because::TimeOver,
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
            NotDrawnBecause::TimeOver => Because::TimeOver,
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

    /// An event in English, without more than it must have.
    fn event(because: NotDrawnBecause) -> EntryNotDrawn {
        EntryNotDrawn {
            authority: Some(Authority::default()),
            pseudonym: Pseudonym::from_bits(1).to_string(),
            language: "en".to_owned(),
            because: because.into(),
            ..EntryNotDrawn::default()
        }
    }

    fn read(event: &EntryNotDrawn) -> NotDrawn {
        NotDrawn::read(&event.encode_to_vec()).unwrap()
    }

    fn letter(event: &EntryNotDrawn) -> Letter {
        Letter::not_drawn(&read(event), "Mina")
    }

    /// The same event in each language.
    fn in_each_language(event: &EntryNotDrawn) -> impl Iterator<Item = EntryNotDrawn> {
        let speaking = move |language: &Language| EntryNotDrawn {
            language: language.tag().to_owned(),
            ..event.clone()
        };
        Language::SHIPPED.iter().map(speaking)
    }

    #[test]
    fn the_letter_says_why_and_what_they_can_do() {
        use NotDrawnBecause::{
            AppointmentEnded, DayClosed, DeclinedByPhone, NotConfirmed, NothingLeft,
            WithdrawnAtDesk,
        };
        let no_appointment = "You got no appointment this time";
        let none_earlier = "You got no earlier appointment this time";
        let withdrawn = "You no longer take part in the draw";
        let next = "You can enter the next draw.";
        let not_you = "Was it not you? Then please contact the authority.";
        for (because, for_earlier, heading, intro, note) in [
            (NotConfirmed, false, no_appointment, "You were drawn, but you did not accept", next),
            (DeclinedByPhone, false, no_appointment, "on the phone", not_you),
            (DayClosed, false, no_appointment, "The authority is closed", next),
            (WithdrawnAtDesk, false, withdrawn, "The authority has withdrawn your entry.", not_you),
            (NothingLeft, true, none_earlier, "When it was your turn", "Your appointment stays."),
        ] {
            let letter = letter(&EntryNotDrawn { for_earlier, ..event(because) });
            assert_eq!(letter.heading, heading, "{because:?}");
            assert!(letter.intro.contains(intro), "{because:?}: {}", letter.intro);
            assert!(letter.notes[0].starts_with(note), "{because:?}: {:?}", letter.notes);
        }
        for because in [NotConfirmed, WithdrawnAtDesk] {
            assert_eq!(letter(&event(because)).notes.len(), 1, "{because:?}");
        }
        let ended = letter(&EntryNotDrawn { for_earlier: true, ..event(AppointmentEnded) });
        assert!(!ended.notes.iter().any(|note| note.contains("stays")), "{:?}", ended.notes);
    }

    #[test]
    fn who_did_not_take_a_seat_again_reads_until_when_they_wait_and_who_decides() {
        let until: Timestamp = "2027-03-01T09:00:00Z".parse().unwrap();
        for (because, count) in
            [(NotDrawnBecause::NotConfirmed, 1), (NotDrawnBecause::DeclinedByPhone, 2)]
        {
            let left_out_until_ms = until.as_millisecond();
            let left_out = EntryNotDrawn { left_out_until_ms, ..event(because) };
            for event in in_each_language(&left_out) {
                let notes = letter(&event).notes;
                assert_eq!(notes.len(), count, "{notes:?}");
                assert!(notes[count - 1].contains("2027"), "{notes:?}");
                if event.language == "en" {
                    assert!(notes[count - 1].contains("The authority decides"), "{notes:?}");
                }
            }
        }
    }

    /// Fault: of a draw that could not be held it was said that its order was drawn and can be recomputed.
    #[test]
    fn of_a_void_draw_nobody_reads_that_its_order_was_drawn() {
        for event in in_each_language(&event(NotDrawnBecause::Void)) {
            assert_eq!(letter(&event).notes.len(), 1, "{}", event.language);
        }
    }

    /// Fault: a reason that a newer sender knew was poison, and the mail was lost.
    #[test]
    fn a_reason_that_is_not_known_yet_is_told_without_it() {
        let unknown = |because| EntryNotDrawn { because, ..event(NotDrawnBecause::Unspecified) };
        let letter = letter(&unknown(9_999));
        assert_eq!(letter.heading, "You got no appointment this time");
        assert!(letter.intro.contains("contact the authority"), "{}", letter.intro);
        assert!(NotDrawn::read(&unknown(0).encode_to_vec()).is_err());
    }

    #[test]
    fn who_was_drawn_for_a_day_that_was_closed_or_is_over_reads_nothing_of_a_requirement() {
        let (closed, over) = (NotDrawnBecause::DayClosed, NotDrawnBecause::TimeOver);
        let (closed, over) = (event(closed), event(over));
        for event in in_each_language(&closed).chain(in_each_language(&over)) {
            let told = read(&event);
            let refused = NotDrawn { because: Because::NotBookable, ..told.clone() };
            let intro = |told: &NotDrawn| Letter::not_drawn(told, "Mina").intro;
            assert_ne!(intro(&told), intro(&refused));
        }
    }

    #[test]
    fn whoever_had_booked_otherwise_is_led_to_that_appointment_and_not_told_to_phone() {
        let url = "https://termine.test/en/lea/appointments/1";
        let manage_url = url.to_owned();
        let booked = EntryNotDrawn { manage_url, ..event(NotDrawnBecause::BookedOtherwise) };
        for event in in_each_language(&booked) {
            let letter = letter(&event);
            assert_eq!(letter.action.unwrap().url, url, "{}", event.language);
            assert_eq!(letter.notes.len(), 2, "{:?}", letter.notes);
            assert!(!letter.notes.concat().contains("115"), "{:?}", letter.notes);
            // An appointment that the authority gave, or that was drawn, cannot be moved.
            assert!(!letter.notes.concat().contains("move or cancel"), "{:?}", letter.notes);
        }
    }
}
