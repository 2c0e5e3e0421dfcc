//! Waiting lists of one authority: who waits, in which order, and what was offered to them.

use std::fmt;

use aws_lc_rs::hmac;
use booking::{Seat, TrustLevel};
use ids::{
    BookingId, DoubtId, GroupId, HoldId, LocationId, OfferId, Pseudonym, ReservationId, ServiceId,
    WaitingId,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    Binding, BookedBy,
    draw::{UnknownName, names},
};

names! {
    /// Where a place in a waiting list stands.
    WaitingStatus {
        /// In line.
        Waiting = "waiting",
        /// In line, and a seat is offered.
        Offered = "offered",
        /// In line, but asked whether they still wait: they let an offer lapse.
        Asked = "asked",
        /// It came to an appointment.
        Booked = "booked",
        /// The place is lost; `reason` says why.
        Ended = "ended",
    }
}

names! {
    /// Where an offer stands.
    OfferStatus {
        /// It can be accepted.
        Open = "open",
        /// It is an appointment.
        Accepted = "accepted",
        /// The person does not want it.
        Declined = "declined",
        /// There was no answer in time.
        Lapsed = "lapsed",
        /// The person left, or booked something else; or the office took back a date that it gave.
        Withdrawn = "withdrawn",
    }
}

names! {
    /// How much notice an offer gives.
    Notice {
        /// Hours or days to decide.
        Usual = "usual",
        /// Minutes: for people who can come at once.
        Short = "short",
    }
}

/// A person's place in a waiting list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEntry {
    /// Its identifier.
    pub id: WaitingId,
    /// For what they wait.
    pub service: ServiceId,
    /// In which group: a person has one place in a group.
    pub group: GroupId,
    /// The person in line.
    pub person: Pseudonym,
    /// Where it stands.
    pub status: WaitingStatus,
    /// For which the name is sealed; the booking that comes of it has the same.
    pub hold: HoldId,
    /// How many come together.
    pub people: u16,
    /// How sure the log-in was.
    pub level: TrustLevel,
    /// In which language to write to the person.
    pub language: String,
    /// The member of staff who joined for them, if not they.
    pub booked_by: Option<BookedBy>,
    /// What ties it to the person.
    pub binding: Binding,
    /// Until the end of this local day they can come at once, so they get offers at short notice.
    pub stand_by: Option<Date>,
    /// How the desk reaches them, if they have no e-mail.
    pub phone: Option<Phone>,
    /// Set while the person's identity is in doubt.
    pub doubt: Option<DoubtId>,
    /// The appointment that they have: they wait for an earlier one.
    pub replaces: Option<BookingId>,
    /// Where in line.
    pub place: Place,
    /// What they wish, encrypted.
    pub wishes: Vec<u8>,
    /// Name and date of birth, encrypted.
    pub attendee: Vec<u8>,
    /// How many offers they declined or let lapse.
    pub declines: u16,
    /// Until when they can say that they still wait, if they are asked.
    pub answer_by: Option<Timestamp>,
    /// Why the place is lost.
    pub reason: Option<String>,
    /// When they joined. Only its day counts.
    pub joined_at: Timestamp,
    /// When it changed last.
    pub changed_at: Timestamp,
}

/// A person without e-mail, whom an office phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Which office: its staff alone see the number.
    pub office: LocationId,
    /// The number, encrypted.
    pub number: Vec<u8>,
}

/// A place in line: first by day of joining, then by what chance made of the day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The local day of joining.
    pub day: Date,
    /// 64 hexadecimal digits; smaller comes first.
    pub drawn: String,
}

/// The random key of a day. It is bound by its commitment from the first joining of the day on and
/// shown when the day is over, so that people can recompute their place.
#[derive(Clone, PartialEq, Eq)]
pub struct DayKey(pub [u8; 32]);

impl fmt::Debug for DayKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DayKey")
    }
}

impl DayKey {
    /// A person's place among those who join on `day`: HMAC-SHA-256 over day and pseudonym. The
    /// same for a person who leaves and joins again on that day, so that there is no second draw.
    #[must_use]
    pub fn place(&self, day: Date, person: Pseudonym) -> Place {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(&key, format!("{day}\n{person}").as_bytes());
        Place { day, drawn: hex(tag.as_ref()) }
    }

    /// SHA-256 of the key.
    #[must_use]
    pub fn commitment(&self) -> String {
        sha256(&self.0)
    }

    /// The key as it is shown.
    #[must_use]
    pub fn shown(&self) -> String {
        hex(&self.0)
    }
}

/// A seat that is offered to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatOffer {
    /// Its identifier.
    pub id: OfferId,
    /// To whom.
    pub entry: WaitingId,
    /// What keeps the seat.
    pub reservation: ReservationId,
    /// Where it stands.
    pub status: OfferStatus,
    /// How much notice it gives.
    pub notice: Notice,
    /// For what.
    pub service: ServiceId,
    /// Which seat.
    pub seat: Seat,
    /// SHA-256 of the token in the message.
    pub token_hash: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it can be accepted.
    pub valid_until: Timestamp,
    /// What came of it.
    pub booking: Option<BookingId>,
}

impl SeatOffer {
    /// Whether it can be accepted at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.status == OfferStatus::Open && now < self.valid_until
    }
}

/// What a link in a message proves: that its sender got the message. It can decline, and confirm
/// that the person still waits, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerToken(String);

impl fmt::Debug for AnswerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerToken")
    }
}

impl AnswerToken {
    /// A new one, of 128 random bits.
    #[must_use]
    pub fn new(bits: [u8; 16]) -> Self {
        Self(hex(&bits))
    }

    /// The one in a request; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex =
            text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (text.len() == 32 && is_hex).then(|| Self(text.to_owned()))
    }

    /// For the message.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.0.as_bytes())
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_follows_from_day_key_and_person_alone() {
        let (key, day) = (DayKey([7; 32]), "2027-01-04".parse().unwrap());
        let place = |person| key.place(day, Pseudonym::from_bits(person));
        assert_eq!(place(1), place(1));
        assert_ne!(place(1), place(2));
        let other = DayKey([8; 32]);
        assert_ne!(other.place(day, Pseudonym::from_bits(1)), place(1));
        assert_ne!(other.commitment(), key.commitment());
        // An earlier day comes first, whatever was drawn.
        let before = Place { day: "2027-01-03".parse().unwrap(), drawn: "f".repeat(64) };
        assert!(before < place(1) && before < place(2));
    }

    #[test]
    fn a_token_is_what_it_was_and_its_hash_is_not() {
        let token = AnswerToken::new([171; 16]);
        assert_eq!(AnswerToken::parse(token.expose()), Some(token.clone()));
        assert_ne!(token.hash(), token.expose());
        for wrong in ["", "ab", &"g".repeat(32), &"A".repeat(32)] {
            assert_eq!(AnswerToken::parse(wrong), None);
        }
    }
}
