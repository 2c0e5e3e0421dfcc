//! The hold store, step by step as its scripts do it.

use super::{
    database::Claims,
    keys::Keys,
    news::News,
    world::{CLOSURE, Flaw, MINUTES, Seat, Token},
};

/// What keeps a minute from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mark {
    #[default]
    Free,
    Held(usize),
    /// Of a hold that is over: its seat is returning. The database knows nothing of it.
    Ended(usize),
    /// The same, kept for the desk.
    ForDesk(usize),
    Booked(usize),
    Returning(usize),
    Closed,
}

impl Mark {
    /// Whether the database keeps it.
    pub fn is_durable(self) -> bool {
        matches!(self, Self::Booked(_) | Self::Returning(_) | Self::Closed)
    }
}

/// Why an operation changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    NotLoaded,
    NeedsReconcile,
}

/// What the store knows of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldState {
    InForce,
    Over,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HoldStore {
    pub is_loaded: bool,
    /// It is not the one that was loaded: it may be older.
    pub is_foreign: bool,
    pub epoch: u8,
    /// Which server it is, since which loss of its memory.
    pub server: u8,
    pub marks: [Mark; MINUTES],
    pub holding: Keys,
    pub booked: Keys,
    /// Which durable change was the last one.
    pub version: u8,
}

impl Default for HoldStore {
    fn default() -> Self {
        Self { is_loaded: true, ..Self::emptied() }
    }
}

impl HoldStore {
    pub fn emptied() -> Self {
        Self {
            is_loaded: false,
            is_foreign: false,
            epoch: 0,
            server: 0,
            marks: Default::default(),
            holding: Keys::default(),
            booked: Keys::default(),
            version: 0,
        }
    }

    /// Whether every minute of the seat has this mark.
    pub fn is(&self, seat: Seat, mark: Mark) -> bool {
        seat.minutes().all(|minute| self.marks[minute] == mark)
    }

    fn set(&mut self, seat: Seat, mark: Mark) {
        seat.minutes().for_each(|minute| self.marks[minute] = mark);
    }

    /// Whether it was possible.
    fn turn(&mut self, seat: Seat, from: Mark, to: Mark) -> bool {
        let is_possible = self.is_loaded && self.is(seat, from);
        if is_possible {
            self.set(seat, to);
        }
        is_possible
    }

    pub fn hold(&mut self, id: usize, token: &Token) -> bool {
        let booked = self.booked.get(token.person, token.group);
        let may = self.holding.get(token.person, token.group).is_none()
            && booked.is_none_or(|booking| token.replaces == Some(booking))
            && self.turn(token.seat, Mark::Free, Mark::Held(id));
        if may {
            self.holding.set(token.person, token.group, id);
        }
        may
    }

    /// Whether the hold's end may be put off.
    pub fn extend(&mut self, id: usize, token: &Token, flaw: Flaw) -> bool {
        let may = self.is_loaded && self.is(token.seat, Mark::Held(id));
        if !may && flaw == Flaw::ExtendBlindly {
            self.set(token.seat, Mark::Held(id));
            return true;
        }
        may
    }

    pub fn state_of(&self, id: usize, token: &Token) -> Result<HoldState, StoreError> {
        if !self.is_loaded {
            Err(StoreError::NotLoaded)
        } else if self.epoch != token.epoch {
            Ok(HoldState::Unknown)
        } else if self.is(token.seat, Mark::Held(id)) && !token.is_expired {
            Ok(HoldState::InForce)
        } else {
            Ok(HoldState::Over)
        }
    }

    /// Given up, or expired and found by the job. Whether there was something to end.
    pub fn end_hold(&mut self, id: usize, token: &Token, flaw: Flaw) -> bool {
        self.let_go(id, token);
        let to = if flaw == Flaw::EndedHoldIsFree { Mark::Free } else { Mark::Ended(id) };
        self.turn(token.seat, Mark::Held(id), to)
    }

    /// The job's coin fell.
    pub fn free(&mut self, id: usize, seat: Seat) -> bool {
        self.turn(seat, Mark::Ended(id), Mark::Free)
    }

    pub fn keep_for_desk(&mut self, id: usize, seat: Seat) -> bool {
        self.turn(seat, Mark::Ended(id), Mark::ForDesk(id))
    }

    /// The person may hold again. The key has a time to live, so this happens by itself, too.
    pub fn let_go(&mut self, id: usize, token: &Token) {
        self.holding.clear(token.person, token.group, id);
    }

    /// What a message does. `seat` is that of the reservation, `token` that of the hold. Whether
    /// there was anything to do.
    pub fn tell(
        &mut self,
        news: News,
        seat: Seat,
        token: Option<&Token>,
        flaw: Flaw,
    ) -> Result<bool, StoreError> {
        if !self.is_loaded {
            return Err(StoreError::NotLoaded);
        }
        match (news, token) {
            (News::Confirm(id), Some(token)) => self.confirm(id, token, flaw),
            (News::Return(id), _) => {
                if let Some(token) = token {
                    self.booked.clear(token.person, token.group, id);
                }
                let to = match flaw {
                    Flaw::CancelledIsFree => Mark::Free,
                    _ => Mark::Returning(id),
                };
                self.place(seat, to)
            }
            (News::Close, _) => self.place(seat, Mark::Closed),
            (News::Remove(id), _) => {
                if self.turn(seat, Mark::Returning(id), Mark::Free) {
                    Ok(true)
                } else if self.is(seat, Mark::Free) {
                    Ok(false)
                } else {
                    Err(StoreError::NeedsReconcile)
                }
            }
            (News::Confirm(_), None) => Ok(false),
        }
    }

    fn confirm(&mut self, id: usize, token: &Token, flaw: Flaw) -> Result<bool, StoreError> {
        if self.is(token.seat, Mark::Booked(id)) {
            return Ok(false);
        }
        if !self.is(token.seat, Mark::Held(id)) && flaw != Flaw::ConfirmBlindly {
            return Err(StoreError::NeedsReconcile);
        }
        self.set(token.seat, Mark::Booked(id));
        self.let_go(id, token);
        self.booked.set(token.person, token.group, id);
        Ok(true)
    }

    /// A durable reservation takes a free seat, the whole seat of a booking, or that of the closed
    /// day that it comes from.
    fn place(&mut self, seat: Seat, mark: Mark) -> Result<bool, StoreError> {
        let before = seat.minutes().next().map_or(mark, |minute| self.marks[minute]);
        let is_expected = match before {
            Mark::Free => true,
            Mark::Booked(_) => self.is_all_of(seat, before),
            Mark::Closed => mark == Mark::Returning(CLOSURE),
            Mark::Held(_) | Mark::Ended(_) | Mark::ForDesk(_) | Mark::Returning(_) => false,
        };
        if !self.is(seat, before) || !is_expected && before != mark {
            return Err(StoreError::NeedsReconcile);
        }
        self.set(seat, mark);
        Ok(before != mark)
    }

    /// Whether nothing but this seat has this mark.
    fn is_all_of(&self, seat: Seat, mark: Mark) -> bool {
        let with_mark = self.marks.iter().filter(|other| **other == mark).count();
        with_mark == seat.minutes().count()
    }

    /// Makes the day what the database says: its reservations, and the holds and ended holds that
    /// overlap none of them. Whether anything was wrong.
    pub fn reconcile(&mut self, claims: &Claims) -> bool {
        let before = *self;
        for minute in 0..MINUTES {
            let mark = before.marks[minute];
            let mut all = (0..MINUTES).filter(|other| before.marks[*other] == mark);
            let collides = all.any(|other| claims.marks[other] != Mark::Free);
            if claims.marks[minute] != Mark::Free {
                self.marks[minute] = claims.marks[minute];
            } else if collides || mark.is_durable() {
                self.marks[minute] = Mark::Free;
            }
        }
        self.booked.update(claims.booked);
        *self != before
    }

    /// What a rebuild loads into an empty store.
    pub fn load(&mut self, claims: &Claims, epoch: u8) {
        let Claims { marks, booked } = *claims;
        let server = self.server;
        *self = Self { is_loaded: true, epoch, server, marks, booked, ..Self::emptied() };
    }
}
