//! Confirmed appointments.

use booking::{Seat, TrustLevel, state::BookingStatus};
use calendar::Channel;
use ids::{BookingCode, BookingId, DoubtId, GroupId, HoldId, Pseudonym, ServiceId};
use jiff::Timestamp;

use super::{Binding, BookedBy, BookedTexts};

/// One appointment of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its identifier.
    pub id: BookingId,
    /// What the citizen reads aloud at the desk.
    pub code: BookingCode,
    /// The hold that it was made from.
    pub hold: HoldId,
    /// The person.
    pub person: Pseudonym,
    /// The group in which a person has at most one active booking.
    pub group: GroupId,
    /// Where it stands.
    pub status: BookingStatus,
    /// Which desk, from when, until when.
    pub seat: Seat,
    /// What it is about.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
    /// What location and services were called when it was made.
    pub texts: BookedTexts,
    /// By which way it was booked.
    pub channel: Channel,
    /// How sure the log-in was by which it was booked.
    pub level: TrustLevel,
    /// The booking party, if not the person.
    pub booked_by: Option<BookedBy>,
    /// Set while the person's identity is in doubt: the desk compares
    /// the documents first.
    pub doubt: Option<DoubtId>,
    /// What ties it to the person who comes.
    pub binding: Binding,
    /// BCP 47 tag of the language in which the person wants to be written to.
    pub language: String,
    /// Counts the changes that a calendar entry must follow (iCalendar `SEQUENCE`).
    pub sequence: u32,
    /// The booking that it took the place of.
    pub replaces: Option<BookingId>,
    /// The first booking of the chain of rebookings: one entry in the person's calendar.
    pub series: BookingId,
    /// Name and date of birth, encrypted.
    pub attendee: Vec<u8>,
    /// When its hold began.
    pub held_at: Timestamp,
    /// When it was confirmed.
    pub created_at: Timestamp,
    /// When its state changed last.
    pub changed_at: Timestamp,
}
