//! What a person did with earlier holds and bookings.
//!
//! The facts, without a judgement: the rules that limit a person count them, each in its own
//! way. They are kept per authority and per pseudonym, and only as long as a rule of the
//! present catalogue looks back. What staff lifted, or was not the person's doing, is marked
//! and not deleted, so that staff still see it.

use ids::GroupId;
use jiff::Timestamp;

/// Something that a person did with a hold or a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEvent {
    /// What it was.
    pub kind: HistoryKind,
    /// When it happened.
    ///
    /// UTC.
    pub at: Timestamp,
    /// The group of the services.
    ///
    /// So that a rule can keep to it; others count all groups.
    pub group: GroupId,
    /// When the visit would have started.
    ///
    /// UTC. With `at` it says how early the seat was given up.
    pub starts_at: Timestamp,
    /// How many minutes of desk time the visit took, companions included.
    pub seat_minutes: u32,
    /// The last moment at which the seat can still be returning; never before `at`. Until then
    /// it cannot be booked by others.
    ///
    /// Fixed when the seat is given up and possibly later than the true moment, which chance
    /// decides: so the event reveals nothing about that.
    pub returned_by: Timestamp,
    /// Whether staff lifted it, with a reason that is in the audit log.
    ///
    /// It can be lifted once and for all, not in part.
    pub lifted: bool,
}

/// What a person did with a hold or a booking.
///
/// Confirmed and served bookings are no events: no rule counts them against anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HistoryKind {
    /// A hold was given up, or expired without a booking.
    ///
    /// Not one that was confirmed or refused.
    HoldAbandoned,
    /// A booking was cancelled.
    Cancelled,
    /// A booking gave way to another one.
    Moved,
    /// Staff marked a booking as missed.
    ///
    /// Taken out again if the person comes after all.
    Missed,
    /// A drawn seat that was kept for the person was declined, or not accepted in time.
    ///
    /// Not one that ended because its day was closed or the person had an appointment by then.
    SeatDeclined,
}

/// The newest events of one person at one authority, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(Vec<HistoryEvent>);

impl History {
    /// At most so many events are kept. No rule needs more: 50 events are the greatest count,
    /// and 960 minutes the greatest sum, which are 192 visits of five minutes.
    ///
    /// A bound on memory per person. Events of all kinds share it, so only a person who
    /// abandons hundreds of holds can push out older ones, and such a person waits in any case.
    pub const MAX_EVENTS: usize = 256;

    /// The newest [`MAX_EVENTS`](Self::MAX_EVENTS) of `events`, in any order.
    ///
    /// Which events of equal time are dropped first is not defined.
    #[must_use]
    pub fn new(events: impl IntoIterator<Item = HistoryEvent>) -> Self {
        let mut events: Vec<_> = events.into_iter().collect();
        events.sort_by_key(|event| event.at);
        events.drain(..events.len().saturating_sub(Self::MAX_EVENTS));
        Self(events)
    }

    /// What counts against the person at `at`, the oldest first: what happened until then and was
    /// not lifted.
    ///
    /// Nothing after `at` counts, so what a person does while a seat is held does not spoil its
    /// confirm.
    pub fn counted(&self, at: Timestamp) -> impl Iterator<Item = &HistoryEvent> {
        self.0.iter().filter(move |event| event.at <= at && !event.lifted)
    }
}

/// An event of the group and the moment of [`attempt::example`](super::attempt::example), `ago`
/// before it: a visit of half an hour that was two weeks ahead and is free again.
#[cfg(test)]
pub(crate) fn example(kind: HistoryKind, ago: jiff::SignedDuration) -> HistoryEvent {
    let attempt = super::attempt::example();
    let at = attempt.now - ago;
    HistoryEvent {
        kind,
        at,
        group: attempt.group.clone(),
        starts_at: at + jiff::SignedDuration::from_hours(14 * 24),
        seat_minutes: 30,
        returned_by: at,
        lifted: false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn what_was_lifted_or_is_still_to_come_does_not_count() {
        let event = || example(HistoryKind::Cancelled, SignedDuration::from_hours(1));
        let now = event().at;
        let history = History::new([
            event(),
            HistoryEvent { lifted: true, ..event() },
            HistoryEvent { at: now + SignedDuration::from_secs(1), ..event() },
        ]);
        assert_eq!(history.counted(now).count(), 1);
    }

    #[test]
    fn the_newest_events_are_kept_the_oldest_first() {
        let hours = 0..300;
        let events =
            hours.map(|ago| example(HistoryKind::HoldAbandoned, SignedDuration::from_hours(ago)));
        let history = History::new(events);
        let kept: Vec<_> = history.counted(Timestamp::MAX).map(|event| event.at).collect();
        assert_eq!(kept.len(), History::MAX_EVENTS);
        assert!(kept.is_sorted());
        assert_eq!(kept.last().copied(), Some(crate::rules::attempt::example().now));
    }
}
