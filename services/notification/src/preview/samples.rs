//! What the messages of the preview are about.

use ids::{BookingId, Pseudonym};
use jiff::Timestamp;

use crate::{
    appointment::{Appointment, Names, Service},
    notice::Notice,
    text::Language,
    waiting::{Because, Declining, News, OfferedBy},
};

/// One notice of each kind.
pub(super) fn samples() -> Vec<(&'static str, Notice)> {
    let reason = [
        ("de", "Das Haus bleibt an diesem Tag wegen eines Wasserschadens geschlossen."),
        ("en", "The building is closed on that day because of water damage."),
    ];
    let before = at("2027-01-12T10:30:00+01:00");
    vec![
        ("confirmed", Notice::Confirmed(appointment())),
        ("rebooked", Notice::Rebooked { now: appointment(), before }),
        ("won-earlier", Notice::WonEarlier { now: appointment(), before }),
        ("changed", Notice::Changed(appointment())),
        ("cancelled", Notice::Cancelled(appointment())),
        (
            "cancelled-office",
            Notice::CancelledByOffice { appointment: appointment(), reason: names(&reason) },
        ),
        (
            "cancelled-second",
            Notice::CancelledAsSecond { appointment: appointment(), kept: before },
        ),
        ("reminder", Notice::Reminder(appointment())),
        ("present", Notice::Present(appointment())),
    ]
}

/// A seat that waits for its person's answer: of a waiting list in the place of a later one, a date that the
/// office gives, or one that was drawn.
pub(super) fn offered(by: OfferedBy) -> News {
    let Appointment { place, address, starts_at, ends_at, .. } = appointment();
    let (valid_until, replaces) = match by {
        OfferedBy::WaitingList => {
            ("2027-01-05T10:00:00+01:00", Some(at("2027-02-15T08:30:00+01:00")))
        }
        OfferedBy::Office => ("2027-01-18T10:00:00+01:00", None),
        OfferedBy::Draw(_) => ("2027-01-09T10:00:00+01:00", None),
    };
    let valid_until = at(valid_until);
    let declining = Declining::Last;
    let people = 1;
    News::Offered {
        place,
        address,
        starts_at,
        ends_at,
        people,
        valid_until,
        replaces,
        declining,
        by,
    }
}

/// An offer that ended without an answer.
pub(super) fn lapsed() -> News {
    News::Lapsed { answer_by: at("2027-01-12T10:00:00+01:00"), next_is_last: true }
}

/// A place that is lost, with a time in which it cannot be taken again.
pub(super) fn lost() -> News {
    let again_at = Some(at("2027-02-03T09:00:00+01:00"));
    News::Lost { because: Because::Declines, again_at }
}

/// An appointment of a settlement permit.
pub(super) fn appointment() -> Appointment {
    Appointment {
        booking: BookingId::from_bits(2),
        series: BookingId::from_bits(1),
        sequence: 1,
        code: "K7QD-3XHM".to_owned(),
        person: Pseudonym::from_bits(1),
        language: Language::German,
        authority: names(&[("de", "Landesamt für Einwanderung"), ("en", "Immigration Office")]),
        place: names(&[("de", "Standort Keplerstraße")]),
        address: "Keplerstraße 2, 10589 Berlin".to_owned(),
        starts_at: at("2027-01-19T08:40:00+01:00"),
        ends_at: at("2027-01-19T09:00:00+01:00"),
        services: vec![Service {
            name: names(&[("de", "Niederlassungserlaubnis"), ("en", "Settlement permit")]),
            note: names(&[
                ("de", "Bitte bringen Sie ein biometrisches Foto mit."),
                ("en", "Please bring a biometric photo."),
            ]),
        }],
        reminders_minutes_before: Vec::new(),
        manage_url: Some("https://termine.example.org/appointments".to_owned()),
        again_url: Some("https://termine.example.org/lea/services/324280".to_owned()),
        identity_check: false,
        people: 1,
    }
}

/// A name in some languages.
pub(super) fn names(texts: &[(&str, &str)]) -> Names {
    let texts = texts.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()));
    Names::from(texts.collect::<std::collections::BTreeMap<_, _>>())
}

/// A literal as a time.
pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("a literal that is a time")
}
