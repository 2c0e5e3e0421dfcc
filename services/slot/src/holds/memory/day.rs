//! One day of one location: its marks, and what keeps them.

use std::collections::BTreeMap;

use booking::{
    ReservationKind, Span,
    capacity::{DayOccupancy, Offer},
};
use calendar::Desk;
use ids::{HoldId, LocationId, Pseudonym, ReservationId};
use jiff::Timestamp;

use crate::holds::EndedHold;

/// Some minutes at a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub desk: Desk,
    pub span: Span,
}

impl Place {
    fn overlaps(self, other: Self) -> bool {
        self.desk == other.desk && self.span.overlaps(other.span)
    }

    fn contains(self, span: Span) -> bool {
        self.span.from <= span.from && span.until <= self.span.until
    }
}

/// What keeps a place and is not a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// A hold, as it will be when it ends at `ended_at`.
    Hold { hold: EndedHold, within: Option<Closed> },
    /// An ended hold with a returning seat.
    Ended(EndedHold),
    /// An offer, a draw pool, or a seat that the database lets return.
    Durable(ReservationKind, ReservationId),
    /// For the desk only.
    Closed(Closed),
}

/// Why a place is for the desk only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closed {
    pub id: ReservationId,
    /// Whether the database knows it. If not, an ended hold was kept for the desk.
    pub is_durable: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    marks: DayOccupancy,
    kept: BTreeMap<Place, Kept>,
}

impl Day {
    pub fn marks(&self) -> &DayOccupancy {
        &self.marks
    }

    pub fn for_desk(&self) -> impl Iterator<Item = (Span, Desk)> + '_ {
        let closed = self.kept.iter().filter(|(_, kept)| matches!(kept, Kept::Closed(_)));
        closed.map(|(place, _)| (place.span, place.desk))
    }

    /// The holders of places, in order.
    pub fn holders(&self) -> Vec<Pseudonym> {
        let held = self.kept.values().filter_map(|kept| match kept {
            Kept::Hold { hold, .. } => Some(hold.person),
            Kept::Ended(_) | Kept::Durable(..) | Kept::Closed(_) => None,
        });
        let mut holders: Vec<_> = held.collect();
        holders.sort_unstable();
        holders
    }

    pub fn kept(&self) -> impl Iterator<Item = (Place, &Kept)> + '_ {
        self.kept.iter().map(|(place, kept)| (*place, kept))
    }

    /// Finds a place for a hold: the lowest free desk of the first offer that has one. Staff also
    /// get what is closed.
    pub fn find(&self, offers: &[Offer], at_desk: bool) -> Option<(Place, Option<Closed>)> {
        offers.iter().find_map(|offer| {
            let span = offer.span;
            if let Some(desk) = offer.free(&self.marks).lowest() {
                return Some((Place { desk, span }, None));
            }
            let closed = self.kept.iter().filter_map(|(place, kept)| match kept {
                Kept::Closed(closed) if at_desk => Some((*place, *closed)),
                _ => None,
            });
            let mut usable = closed
                .filter(|(place, _)| place.contains(span) && offer.desks.contains(place.desk));
            // Places are in the order of their desks.
            usable.next().map(|(place, closed)| (Place { span, ..place }, Some(closed)))
        })
    }

    /// Gives a place that was found to a hold.
    pub fn hold(&mut self, place: Place, hold: EndedHold, within: Option<Closed>) {
        if within.is_some() {
            self.cut_closed(place);
        }
        self.marks.take(place.span, place.desk);
        self.kept.insert(place, Kept::Hold { hold, within });
    }

    /// Takes a place out of the closed one around it.
    fn cut_closed(&mut self, place: Place) {
        let around = self.kept.iter().find(|(around, kept)| {
            matches!(kept, Kept::Closed(_)) && around.overlaps(place) && around.contains(place.span)
        });
        let Some((around, closed)) = around.map(|(around, kept)| (*around, kept.clone())) else {
            return;
        };
        self.kept.remove(&around);
        let before = Span { from: around.span.from, until: place.span.from };
        let after = Span { from: place.span.until, until: around.span.until };
        for span in [before, after].into_iter().filter(|span| span.minutes() > 0) {
            self.kept.insert(Place { span, ..place }, closed.clone());
        }
    }

    /// Closes a place again that was cut out of a closed one.
    fn close_again(&mut self, place: Place, closed: Closed) {
        let mut span = place.span;
        self.kept.retain(|other, kept| {
            let joins = other.desk == place.desk
                && *kept == Kept::Closed(closed)
                && (other.span.until == place.span.from || other.span.from == place.span.until);
            if joins {
                span.from = span.from.min(other.span.from);
                span.until = span.until.max(other.span.until);
            }
            !joins
        });
        self.kept.insert(Place { span, ..place }, Kept::Closed(closed));
    }

    /// Puts the end of a hold off.
    pub fn extend(&mut self, place: Place, id: HoldId, ends_at: Timestamp) {
        if let Some(Kept::Hold { hold, .. }) = self.kept.get_mut(&place)
            && hold.id == id
        {
            hold.ended_at = ends_at;
        }
    }

    /// Ends a hold; its seat is returning, or for the desk again.
    pub fn end(&mut self, place: Place, id: HoldId, at: Timestamp) -> Option<EndedHold> {
        let (hold, within) = match self.kept.get(&place) {
            Some(Kept::Hold { hold, within }) if hold.id == id => (hold.clone(), *within),
            _ => return None,
        };
        let ended = EndedHold { ended_at: at.min(hold.ended_at), ..hold };
        match within {
            Some(closed) => {
                self.kept.remove(&place);
                self.close_again(place, closed);
            }
            None => {
                self.kept.insert(place, Kept::Ended(ended.clone()));
            }
        }
        Some(ended)
    }

    /// Makes a hold a booking.
    pub fn confirm(&mut self, place: Place, id: HoldId) -> bool {
        let is_held = |kept: &Kept| matches!(kept, Kept::Hold { hold, .. } if hold.id == id);
        let found = self.kept.get(&place).is_some_and(is_held);
        if found {
            self.kept.remove(&place);
        }
        found
    }

    /// Whether an ended hold is still returning; it is not any more then.
    pub fn take_ended(&mut self, place: Place, id: HoldId) -> bool {
        let is_ended = |kept: &Kept| matches!(kept, Kept::Ended(ended) if ended.id == id);
        let found = self.kept.get(&place).is_some_and(is_ended);
        if found {
            self.kept.remove(&place);
        }
        found
    }

    pub fn unmark(&mut self, place: Place) {
        self.marks.free(place.span, place.desk);
    }

    pub fn keep_for_desk(&mut self, place: Place, id: ReservationId) {
        self.kept.insert(place, Kept::Closed(Closed { id, is_durable: false }));
    }

    /// Places a durable reservation; `false` if something else is there.
    pub fn place(&mut self, place: Place, kind: ReservationKind, id: ReservationId) -> bool {
        let overlapping: Vec<_> =
            self.kept.iter().filter(|(other, _)| other.overlaps(place)).collect();
        let may = match overlapping.as_slice() {
            [] => self.is_free(place) || self.is_full(place),
            parts
                if kind == ReservationKind::Closed
                    && parts.iter().all(|(_, kept)| kept.is_within(id)) =>
            {
                // It is there already; staff may hold parts of it.
                return true;
            }
            [(other, kept)] => **other == place && kept.id() == id,
            _ => false,
        };
        if may {
            self.kept.remove(&place);
            self.load(place, kind, id);
        }
        may
    }

    /// Removes a durable reservation; `false` if something else is there.
    pub fn remove(&mut self, place: Place, id: ReservationId) -> bool {
        let places: Vec<_> =
            self.kept.keys().copied().filter(|other| other.overlaps(place)).collect();
        let mut found = false;
        for other in places {
            match self.kept.get_mut(&other) {
                Some(Kept::Hold { within, .. }) if within.is_some_and(|closed| closed.id == id) => {
                    *within = None;
                    found = true;
                }
                Some(kept) if kept.is_reservation(id) => {
                    self.kept.remove(&other);
                    self.unmark(other);
                    found = true;
                }
                _ => {}
            }
        }
        found || self.is_free(place)
    }

    /// Puts a durable reservation in as the database says.
    pub fn load(&mut self, place: Place, kind: ReservationKind, id: ReservationId) {
        self.marks.take(place.span, place.desk);
        self.kept.extend(Kept::of(kind, id).map(|kept| (place, kept)));
    }

    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.kept.is_empty()
    }

    /// Takes away what keeps places; they stay marked.
    pub fn take_kept(&mut self) -> BTreeMap<Place, Kept> {
        std::mem::take(&mut self.kept)
    }

    /// Adds what comes from the same day of a location that is called `location` now. What is here
    /// already stays.
    pub fn join(
        &mut self,
        marks: &DayOccupancy,
        kept: BTreeMap<Place, Kept>,
        location: &LocationId,
    ) {
        let (mut all, others) = (self.marks.to_bytes(), marks.to_bytes());
        all.resize(all.len().max(others.len()), 0);
        for (mark, other) in all.iter_mut().zip(others) {
            *mark |= other;
        }
        self.marks = DayOccupancy::from_bytes(&all);
        let here: Vec<_> = self.kept.keys().copied().collect();
        for (place, mut kept) in kept {
            if let Kept::Hold { hold, .. } | Kept::Ended(hold) = &mut kept {
                hold.seat.location = location.clone();
            }
            if !here.iter().any(|other| other.overlaps(place)) {
                self.kept.insert(place, kept);
            }
        }
    }

    /// Takes over what is not durable from the day before it was compared.
    pub fn keep_from(&mut self, before: &Self) {
        for (place, kept) in &before.kept {
            let is_free = self.is_free(*place);
            match kept {
                Kept::Hold { hold, within: Some(closed) } if self.closes(*place, *closed) => {
                    self.hold(*place, hold.clone(), Some(*closed));
                }
                Kept::Hold { hold, within } if is_free => {
                    self.hold(*place, hold.clone(), within.filter(|closed| !closed.is_durable));
                }
                Kept::Ended(_) | Kept::Closed(Closed { is_durable: false, .. }) if is_free => {
                    self.marks.take(place.span, place.desk);
                    self.kept.insert(*place, kept.clone());
                }
                _ => {}
            }
        }
    }

    fn closes(&self, place: Place, closed: Closed) -> bool {
        self.kept.iter().any(|(around, kept)| {
            *kept == Kept::Closed(closed) && around.overlaps(place) && around.contains(place.span)
        })
    }

    fn is_free(&self, place: Place) -> bool {
        !self.marks.taken(place.span).contains(place.desk)
    }

    fn is_full(&self, place: Place) -> bool {
        (place.span.from..place.span.until)
            .all(|from| !self.is_free(Place { span: Span { from, until: from + 1 }, ..place }))
    }
}

impl Kept {
    fn of(kind: ReservationKind, id: ReservationId) -> Option<Self> {
        match kind {
            ReservationKind::Booking | ReservationKind::Hold => None,
            ReservationKind::Closed => Some(Self::Closed(Closed { id, is_durable: true })),
            ReservationKind::Offer | ReservationKind::DrawPool | ReservationKind::Returning => {
                Some(Self::Durable(kind, id))
            }
        }
    }

    /// Under which id the database would know it: a hold becomes a booking with its bits.
    fn id(&self) -> ReservationId {
        match self {
            Self::Hold { hold, .. } | Self::Ended(hold) => {
                ReservationId::from_bits(hold.id.to_bits())
            }
            Self::Durable(_, id) | Self::Closed(Closed { id, .. }) => *id,
        }
    }

    fn is_reservation(&self, id: ReservationId) -> bool {
        matches!(self, Self::Durable(..) | Self::Closed(_)) && self.id() == id
    }

    /// Whether it is a part of closed time.
    fn is_within(&self, id: ReservationId) -> bool {
        match self {
            Self::Closed(closed) | Self::Hold { within: Some(closed), .. } => closed.id == id,
            Self::Hold { within: None, .. } | Self::Ended(_) | Self::Durable(..) => false,
        }
    }
}
