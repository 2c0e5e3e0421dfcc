//! Why an entry got no appointment though there was one for it, or was not in the draw.

use client::{DrawEntry, EntryStatus};

/// Why an entry ends whose person has no later appointment any more.
const NEEDS_APPOINTMENT: &str = "later-appointment-needed";
/// Why a person who was drawn gets nothing beside another appointment.
const ALREADY_BOOKED: &str = "already-booked";
/// Why a drawn seat is nobody's whose day was closed.
const DAY_CLOSED: &str = "closed";
/// Why a drawn seat is nobody's whose time was over, or too soon.
const TIME_OVER: [&str; 2] = ["slot-in-past", "too-short-notice"];

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotBooked {
    /// The draw was for people with an appointment, and theirs had ended.
    AppointmentEnded,
    /// The office is closed on the day of the seat.
    DayClosed,
    /// The time of the seat was over, or too soon.
    TimeOver,
    /// Not in the draw, because of another appointment.
    OtherAppointment,
    /// Drawn, but they have booked another appointment by then.
    BookedOtherwise,
    /// Drawn, but something else was in the way.
    Refused,
}

impl NotBooked {
    /// `None` if the entry did not end like this.
    pub(super) fn of(entry: &DrawEntry, for_earlier: bool) -> Option<Self> {
        if entry.status != Some(EntryStatus::NotBooked) {
            return None;
        }
        let reason = entry.reason.as_deref();
        Some(match reason {
            Some(NEEDS_APPOINTMENT) => Self::AppointmentEnded,
            Some(DAY_CLOSED) => Self::DayClosed,
            Some(reason) if TIME_OVER.contains(&reason) => Self::TimeOver,
            _ if entry.ended.is_some() => Self::OtherAppointment,
            Some(ALREADY_BOOKED) if !for_earlier => Self::BookedOtherwise,
            Some(_) | None => Self::Refused,
        })
    }

    /// The text that says it in a sentence.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::AppointmentEnded => "draw-earlier-ended",
            Self::DayClosed => "draw-day-closed-body",
            Self::TimeOver => "draw-time-over-body",
            Self::OtherAppointment => "draw-other",
            Self::BookedOtherwise => "draw-booked-otherwise",
            Self::Refused => "draw-not-booked",
        }
    }
}
