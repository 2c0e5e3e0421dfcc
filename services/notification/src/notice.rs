//! Notices to persons.

use ids::{BookingId, Pseudonym};
use messaging::Event;
use prost::Message as _;
use proto::booking::v1::{
    BookingCancelled, BookingChanged, BookingConfirmed, BookingRebooked, CancelledBy,
};

use crate::appointment::{Appointment, InvalidField, Names, timestamp};

/// A notice to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// They have an appointment.
    Confirmed(Appointment),
    /// They have another appointment instead.
    Rebooked {
        /// The one they have now.
        now: Appointment,
        /// When the one they had would have begun.
        before: jiff::Timestamp,
    },
    /// They won an earlier appointment in a draw.
    WonEarlier {
        /// The one they have now.
        now: Appointment,
        /// When the one they had would have begun.
        before: jiff::Timestamp,
    },
    /// The office changed what the place or the services are called.
    Changed(Appointment),
    /// They cancelled it themselves.
    Cancelled(Appointment),
    /// The office cancelled it.
    CancelledByOffice {
        /// The one that will not take place.
        appointment: Appointment,
        /// Why, if the office said so.
        reason: Names,
    },
    /// Two log-ins were found to be one person, who has one appointment of a kind: the other one stays.
    CancelledAsSecond {
        /// The one that will not take place.
        appointment: Appointment,
        /// When the one begins that they keep.
        kept: jiff::Timestamp,
    },
    /// It is soon.
    Reminder(Appointment),
    /// Messages go to another address from now on, whose calendar has no entry of it yet.
    Present(Appointment),
}

/// The kind of a notice, as it is stored. One event leads to one message of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// From [`BookingConfirmed`].
    Confirmed,
    /// From [`BookingRebooked`].
    Rebooked,
    /// From [`BookingChanged`].
    Changed,
    /// From [`BookingCancelled`].
    Cancelled,
    /// Some time before the appointment.
    Reminder {
        /// How long before, as the event says.
        minutes_before: u32,
    },
    /// From `ContactChanged` or `ContactBound`: an appointment that another address got, or nobody.
    Present {
        /// Counts the appointments of the person.
        number: u32,
    },
    /// From `ContactStated`: a [`StatedAddress`](crate::address_code::StatedAddress), no notice.
    AddressCode,
    /// From `EntryNotDrawn`: a [`NotDrawn`](crate::not_drawn::NotDrawn), no notice.
    NotDrawn,
    /// From `SlotOffered`: [`WaitingNews`](crate::waiting::WaitingNews), no notice.
    SlotOffered,
    /// From `OfferLapsed`: the same.
    OfferLapsed,
    /// From `PlaceLost`: the same.
    PlaceLost,
    /// From `AssignedDateEnded`: a [`DateEnded`](crate::date_ended::DateEnded), no notice.
    DateEnded,
    /// From `ContactReplaced`: a [`FormerAddress`](crate::former_address::FormerAddress), no notice.
    AddressReplaced,
}

const ADDRESS_CODE: &str = "address-code";
const ADDRESS_REPLACED: &str = "address-replaced";
const NOT_DRAWN: &str = "not-drawn";
const SLOT_OFFERED: &str = "slot-offered";
const OFFER_LAPSED: &str = "offer-lapsed";
const PLACE_LOST: &str = "place-lost";
const DATE_ENDED: &str = "date-ended";
/// What the names of the kind of each present appointment begin with.
const PRESENT: &str = "present-";
/// What the names of all kinds of reminders begin with.
pub(crate) const REMINDER: &str = "reminder-";

impl Kind {
    /// The name in the database.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Confirmed => "confirmed".to_owned(),
            Self::Rebooked => "rebooked".to_owned(),
            Self::Changed => "changed".to_owned(),
            Self::Cancelled => "cancelled".to_owned(),
            Self::AddressCode => ADDRESS_CODE.to_owned(),
            Self::AddressReplaced => ADDRESS_REPLACED.to_owned(),
            Self::NotDrawn => NOT_DRAWN.to_owned(),
            Self::SlotOffered => SLOT_OFFERED.to_owned(),
            Self::OfferLapsed => OFFER_LAPSED.to_owned(),
            Self::PlaceLost => PLACE_LOST.to_owned(),
            Self::DateEnded => DATE_ENDED.to_owned(),
            Self::Reminder { minutes_before } => format!("{REMINDER}{minutes_before}"),
            Self::Present { number } => format!("{PRESENT}{number}"),
        }
    }

    /// The kind with that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "confirmed" => Some(Self::Confirmed),
            "rebooked" => Some(Self::Rebooked),
            "changed" => Some(Self::Changed),
            "cancelled" => Some(Self::Cancelled),
            ADDRESS_CODE => Some(Self::AddressCode),
            ADDRESS_REPLACED => Some(Self::AddressReplaced),
            NOT_DRAWN => Some(Self::NotDrawn),
            SLOT_OFFERED => Some(Self::SlotOffered),
            OFFER_LAPSED => Some(Self::OfferLapsed),
            PLACE_LOST => Some(Self::PlaceLost),
            DATE_ENDED => Some(Self::DateEnded),
            other => match other.strip_prefix(PRESENT) {
                Some(number) => Some(Self::Present { number: number.parse().ok()? }),
                None => {
                    let minutes_before = other.strip_prefix(REMINDER)?.parse().ok()?;
                    Some(Self::Reminder { minutes_before })
                }
            },
        }
    }

    /// Whether it goes to where the person can be reached, and not to an address that it names itself.
    pub(crate) const fn needs_contact(self) -> bool {
        !matches!(self, Self::AddressCode | Self::AddressReplaced)
    }

    pub(crate) const fn urgency(self) -> Urgency {
        match self {
            Self::Confirmed
            | Self::Rebooked
            | Self::Changed
            | Self::Cancelled
            | Self::Present { .. }
            | Self::AddressCode
            | Self::NotDrawn
            | Self::SlotOffered
            | Self::OfferLapsed
            | Self::PlaceLost
            | Self::DateEnded
            | Self::AddressReplaced => Urgency::Immediate,
            Self::Reminder { .. } => Urgency::Reminder,
        }
    }
}

/// The priority of a message when much is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// The person waits for this message, for example after booking.
    Immediate,
    /// Planned long before; many may be due at once.
    Reminder,
}

impl Urgency {
    /// The most urgent first.
    pub(crate) const ALL: [Self; 2] = [Self::Immediate, Self::Reminder];

    /// The column `priority`: low goes first.
    pub(crate) const fn priority(self) -> i16 {
        match self {
            Self::Immediate => 0,
            Self::Reminder => 1,
        }
    }
}

impl Notice {
    /// The notice that the event's data means.
    pub(crate) fn read(kind: Kind, data: &[u8]) -> Result<Self, InvalidField> {
        let unreadable = |_| InvalidField("data");
        Ok(match kind {
            Kind::Confirmed => {
                let event = BookingConfirmed::decode(data).map_err(unreadable)?;
                Self::Confirmed(event.appointment.try_into()?)
            }
            Kind::Rebooked => {
                let event = BookingRebooked::decode(data).map_err(unreadable)?;
                let before = timestamp("replaced_starts_at_ms", event.replaced_starts_at_ms)?;
                let now = event.appointment.try_into()?;
                match event.drawn {
                    true => Self::WonEarlier { now, before },
                    false => Self::Rebooked { now, before },
                }
            }
            Kind::Changed => {
                let event = BookingChanged::decode(data).map_err(unreadable)?;
                Self::Changed(event.appointment.try_into()?)
            }
            // Stored as the confirmation of the appointment that it reminds of.
            Kind::Reminder { .. } => {
                let event = BookingConfirmed::decode(data).map_err(unreadable)?;
                Self::Reminder(event.appointment.try_into()?)
            }
            // Stored as the event that told of it last: each of them begins with the appointment.
            Kind::Present { .. } => {
                let event = BookingConfirmed::decode(data).map_err(unreadable)?;
                Self::Present(event.appointment.try_into()?)
            }
            Kind::AddressCode
            | Kind::AddressReplaced
            | Kind::NotDrawn
            | Kind::SlotOffered
            | Kind::OfferLapsed
            | Kind::PlaceLost
            | Kind::DateEnded => {
                return Err(InvalidField("kind"));
            }
            Kind::Cancelled => {
                let event = BookingCancelled::decode(data).map_err(unreadable)?;
                let by_office = event.cancelled_by() == CancelledBy::Office;
                let appointment = event.appointment.try_into()?;
                match (by_office, event.kept_starts_at_ms) {
                    (true, 0) => {
                        Self::CancelledByOffice { appointment, reason: event.reason.into() }
                    }
                    (true, kept) => {
                        let kept = timestamp("kept_starts_at_ms", kept)?;
                        Self::CancelledAsSecond { appointment, kept }
                    }
                    (false, _) => Self::Cancelled(appointment),
                }
            }
        })
    }

    /// The appointment it is about.
    pub(crate) fn appointment(&self) -> &Appointment {
        match self {
            Self::Confirmed(appointment)
            | Self::Rebooked { now: appointment, .. }
            | Self::WonEarlier { now: appointment, .. }
            | Self::Changed(appointment)
            | Self::Cancelled(appointment)
            | Self::CancelledByOffice { appointment, .. }
            | Self::CancelledAsSecond { appointment, .. }
            | Self::Reminder(appointment)
            | Self::Present(appointment) => appointment,
        }
    }

    /// Whether the person has the appointment, as far as the notice goes.
    pub(crate) const fn is_of_present(&self) -> bool {
        match self {
            Self::Confirmed(_)
            | Self::Rebooked { .. }
            | Self::WonEarlier { .. }
            | Self::Changed(_)
            | Self::Reminder(_)
            | Self::Present(_) => true,
            Self::Cancelled(_)
            | Self::CancelledByOffice { .. }
            | Self::CancelledAsSecond { .. } => false,
        }
    }
}

/// A message to store.
#[derive(Debug)]
pub(crate) struct NewMessage<'a> {
    pub(crate) event: &'a Event,
    pub(crate) kind: Kind,
    pub(crate) person: Pseudonym,
    /// The booking it is about, if it is about one.
    pub(crate) booking: Option<BookingId>,
    /// What [`Notice::read`] or `StatedAddress::read` reads.
    pub(crate) data: &'a [u8],
    /// When to send it; at once if not stated.
    pub(crate) due_at: Option<jiff::Timestamp>,
}

/// A message that was not delivered, for staff. Names the booking, not the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undelivered {
    pub(crate) id: String,
    /// The name of a [`Kind`].
    pub(crate) kind: String,
    /// Empty if it is about no booking.
    pub(crate) booking_id: String,
    /// `waiting`: it is tried again. `failed`: it was given up.
    pub(crate) state: String,
    pub(crate) reason: String,
    pub(crate) attempts: i32,
    pub(crate) created_at: jiff::Timestamp,
}
