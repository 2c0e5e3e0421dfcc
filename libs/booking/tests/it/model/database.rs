//! The database: its rows, its constraints and its transactions, each all or nothing.

use booking::state::{Action, BookingStatus};

use super::{
    holds::Mark,
    keys::Keys,
    world::{CLOSURE, Flaw, HOLDS, MINUTES, PEOPLE, RESERVATIONS, Seat, Token},
};

/// A booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Booking {
    pub person: usize,
    pub service: usize,
    pub group: usize,
    pub seat: Seat,
    pub status: BookingStatus,
}

/// What a rebuild and a sweep read: the durable reservation of each minute, and who is bound by
/// which booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Claims {
    pub marks: [Mark; MINUTES],
    pub booked: Keys,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Database {
    pub bookings: [Option<Booking>; HOLDS],
    pub returning: [Option<Seat>; RESERVATIONS],
    pub is_closed: bool,
    /// The catalogue in force has moved service 1 to the group of service 0.
    pub is_regrouped: bool,
    /// What became of a person who turned out to be another one.
    pub dissolved_into: [Option<usize>; PEOPLE],
}

impl Database {
    pub fn active(&self) -> impl Iterator<Item = (usize, Booking)> + '_ {
        let rows = self.bookings.iter().enumerate();
        rows.filter_map(|(id, row)| row.map(|row| (id, row)))
            .filter(|(_, booking)| booking.status.is_active())
    }

    /// Every durable reservation that keeps a seat.
    fn reservations(&self) -> impl Iterator<Item = (Mark, Seat)> + '_ {
        let bookings = self.active().map(|(id, booking)| (Mark::Booked(id), booking.seat));
        let returning = self.returning.iter().enumerate();
        let returning = returning.filter_map(|(id, seat)| Some((Mark::Returning(id), (*seat)?)));
        let closed = self.is_closed.then_some((Mark::Closed, Seat::LONG));
        bookings.chain(returning).chain(closed)
    }

    pub fn claims(&self) -> Claims {
        let mut claims = Claims::default();
        for (mark, seat) in self.reservations() {
            seat.minutes().for_each(|minute| claims.marks[minute] = mark);
        }
        for (id, booking) in self.active() {
            claims.booked.set(booking.person, booking.group, id);
        }
        claims
    }

    /// Whether a booking does not bind this person in this group (any more).
    pub fn is_over(&self, booking: usize, person: usize, group: usize, flaw: Flaw) -> bool {
        !self.active().any(|(id, row)| {
            let binds = (row.person, row.group) == (person, group);
            id == booking && (binds || flaw == Flaw::ClearOnlyWhatIsOver)
        })
    }

    pub fn group_of(&self, service: usize) -> usize {
        match service {
            0 => 0,
            1 => usize::from(!self.is_regrouped),
            _ => 1,
        }
    }

    /// Whether nothing is left of what set this mark.
    pub fn has_forgotten(&self, mark: Mark) -> bool {
        match mark {
            Mark::Booked(id) | Mark::Returning(id) => {
                self.returning[id].is_none() && self.active().all(|(active, _)| active != id)
            }
            Mark::Closed => !self.is_closed && self.returning[CLOSURE].is_none(),
            Mark::Free | Mark::Held(_) | Mark::Ended(_) | Mark::ForDesk(_) => true,
        }
    }

    /// The person that this one was merged into.
    pub fn present(&self, person: usize) -> usize {
        self.dissolved_into[person].map_or(person, |into| self.present(into))
    }

    /// What the indexes refuse.
    fn is_refused(&self, flaw: Flaw) -> bool {
        let overlap = pairs(&self.reservations().collect::<Vec<_>>()).any(|[a, b]| {
            let ignored = flaw == Flaw::ClosedCheckedBefore && [a.0, b.0].contains(&Mark::Closed);
            a.1.overlaps(b.1) && !ignored
        });
        let twice = pairs(&self.active().collect::<Vec<_>>())
            .any(|[(_, a), (_, b)]| (a.person, a.group) == (b.person, b.group));
        overlap && flaw != Flaw::NoExclusion || twice && flaw != Flaw::NoUniquePerson
    }

    /// Does all of `change`, or nothing if that is refused.
    fn transaction(
        &mut self,
        flaw: Flaw,
        change: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let mut after = *self;
        change(&mut after)?;
        if after.is_refused(flaw) {
            return None;
        }
        *self = after;
        Some(())
    }

    /// A booking, in the place of another one if the hold says so. Person and group are decided
    /// here, not in the token: both may have changed since.
    pub fn confirm(
        &mut self,
        id: usize,
        token: &Token,
        replaces: Option<usize>,
        flaw: Flaw,
    ) -> Option<()> {
        let person = match flaw {
            Flaw::MergeWithoutTombstone => token.person,
            _ => self.present(token.person),
        };
        let group = match flaw {
            Flaw::ConfirmByOldCatalogue => token.group,
            _ => self.group_of(token.service),
        };
        self.transaction(flaw, |rows| {
            if let Some(old) = replaces {
                rows.bookings[old].filter(|old| old.person == person)?;
                rows.end(old, Action::Rebook)?;
            }
            let (service, seat, status) = (token.service, token.seat, BookingStatus::Confirmed);
            rows.bookings[id] = Some(Booking { person, service, group, seat, status });
            Some(())
        })
    }

    /// Cancelled or moved: the seat is returning from now on.
    pub fn end(&mut self, id: usize, action: Action) -> Option<()> {
        let booking = self.bookings[id].as_mut()?;
        booking.status = action.on(booking.status).ok()?;
        self.returning[id] = Some(booking.seat);
        Some(())
    }

    /// The job's coin fell: the seat is free from now on.
    pub fn give_back(&mut self, id: usize) -> Option<()> {
        self.returning[id].take().map(drop)
    }

    /// Closes the day and ends its bookings.
    pub fn close(&mut self) -> Option<()> {
        if self.is_closed {
            return None;
        }
        let ended: Vec<usize> = self.active().map(|(id, _)| id).collect();
        ended.iter().try_for_each(|id| self.end(*id, Action::Cancel))?;
        self.returning = Default::default();
        self.is_closed = true;
        Some(())
    }

    pub fn reopen(&mut self) -> Option<()> {
        if !std::mem::take(&mut self.is_closed) {
            return None;
        }
        self.returning[CLOSURE] = Some(Seat::LONG);
        Some(())
    }

    /// Service 1 moves to the group of service 0, and every booking with it; or nothing happens.
    pub fn regroup(&mut self, flaw: Flaw) -> Option<()> {
        if self.is_regrouped {
            return None;
        }
        let checks = if flaw == Flaw::RegroupUnchecked { Flaw::NoUniquePerson } else { flaw };
        self.transaction(checks, |rows| {
            rows.is_regrouped = true;
            for row in 0..HOLDS {
                if let Some(mut booking) = rows.bookings[row] {
                    booking.group = rows.group_of(booking.service);
                    rows.bookings[row] = Some(booking);
                }
            }
            Some(())
        })
    }

    /// What was one person's belongs to another one from now on. Who then has two bookings in a
    /// group loses the later one. Which bookings it ended.
    pub fn merge(&mut self, dissolved: usize, kept: usize, flaw: Flaw) -> Vec<usize> {
        let kept = if flaw == Flaw::MergeWithoutTombstone { kept } else { self.present(kept) };
        self.dissolved_into[dissolved] = Some(kept);
        for booking in self.bookings.iter_mut().flatten() {
            if booking.person == dissolved {
                booking.person = kept;
            }
        }
        let rows = self.active().collect::<Vec<_>>();
        let second =
            |[(_, a), (_, b)]: &[(usize, Booking); 2]| (a.person, a.group) == (b.person, b.group);
        let ended: Vec<usize> = pairs(&rows).filter(second).map(|[_, (id, _)]| id).collect();
        ended.into_iter().filter(|id| self.end(*id, Action::Cancel).is_some()).collect()
    }
}

/// Every two of them, in their order.
pub fn pairs<T: Copy>(rows: &[T]) -> impl Iterator<Item = [T; 2]> + '_ {
    rows.iter().enumerate().flat_map(|(at, a)| rows[at + 1..].iter().map(|b| [*a, *b]))
}
