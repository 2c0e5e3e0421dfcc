//! The hold store, step by step as its scripts do it.

use super::world::{Claims, Flaw, HOLDS, PEOPLE, SEATS, Token};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mark {
    #[default]
    Free,
    Held(usize),
    Booked,
}

/// What is remembered of a booking that no longer binds its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    Settled,
    Unsettled,
    Freed,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HoldStore {
    pub loaded: bool,
    pub marks: [Mark; SEATS],
    pub holding: [Option<usize>; PEOPLE],
    pub booked: [Option<usize>; PEOPLE],
    pub ended: [Option<Ended>; HOLDS],
    /// It is not clear which booking set a mark of this day.
    pub contested: bool,
    /// The step just taken counts in the version of the day's bookings.
    pub bookings_changed: bool,
}

impl Default for HoldStore {
    fn default() -> Self {
        Self {
            loaded: true,
            marks: Default::default(),
            holding: Default::default(),
            booked: Default::default(),
            ended: Default::default(),
            contested: false,
            bookings_changed: false,
        }
    }
}

impl HoldStore {
    /// `hold.lua`
    pub fn hold(&mut self, id: usize, token: &Token) -> bool {
        let may = self.loaded
            && self.holding[token.person].is_none()
            && self.booked[token.person].is_none_or(|booking| token.replaces == Some(booking))
            && self.marks[token.seat] == Mark::Free;
        if may {
            self.holding[token.person] = Some(id);
            self.marks[token.seat] = Mark::Held(id);
        }
        may
    }

    /// `release.lua`, and what time does.
    pub fn end_hold(&mut self, id: usize, token: &Token) {
        self.stop_holding(id, token);
        if self.marks[token.seat] == Mark::Held(id) {
            self.marks[token.seat] = Mark::Free;
        }
    }

    /// `settle.lua`. Whether the day needs a reconcile.
    pub fn settle(&mut self, id: usize, token: &Token, flaw: Flaw) -> bool {
        let repeated = self.booked[token.person] == Some(id);
        if repeated || self.ended[id].is_some() && flaw != Flaw::NoTombstone {
            return false;
        }
        self.bookings_changed = true;
        self.stop_holding(id, token);
        if let Some(before) = self.booked[token.person].replace(id) {
            self.ended[before].get_or_insert(Ended::Settled);
        }
        if let Some(replaced) = token.replaces {
            self.ended[replaced].get_or_insert(Ended::Unsettled);
        }
        let in_time = self.marks[token.seat] == Mark::Held(id);
        self.marks[token.seat] = Mark::Booked;
        self.contested |= !in_time;
        !in_time
    }

    /// `free.lua`. Whether the day needs a reconcile.
    pub fn free(&mut self, id: usize, person: usize, seat: usize, flaw: Flaw) -> bool {
        let binds = self.booked[person] == Some(id);
        let is_ours = match self.ended[id] {
            Some(Ended::Freed) if flaw != Flaw::NoTombstone => return false,
            Some(Ended::Settled | Ended::Freed) => true,
            Some(Ended::Unsettled) => false,
            None => binds,
        };
        if binds {
            self.booked[person] = None;
        }
        self.ended[id] = Some(Ended::Freed);
        self.bookings_changed = true;
        if self.contested && flaw != Flaw::FreeWithoutProof {
            return true;
        }
        if self.marks[seat] == Mark::Booked && (is_ours || flaw == Flaw::FreeWithoutProof) {
            self.marks[seat] = Mark::Free;
        }
        false
    }

    /// `reconcile.lua`
    pub fn reconcile(&mut self, claims: &Claims) {
        self.contested = false;
        self.load(claims);
    }

    /// What a rebuild writes.
    pub fn load(&mut self, claims: &Claims) {
        for (mark, claim) in self.marks.iter_mut().zip(claims) {
            *mark = match (*claim, *mark) {
                (Some((booking, person)), _) => {
                    self.booked[person] = Some(booking);
                    Mark::Booked
                }
                (None, Mark::Held(id)) => Mark::Held(id),
                (None, Mark::Booked | Mark::Free) => Mark::Free,
            };
        }
    }

    /// An emptied server.
    pub fn lose(&mut self) {
        *self = Self { loaded: false, ..Self::default() };
    }

    fn stop_holding(&mut self, id: usize, token: &Token) {
        if self.holding[token.person] == Some(id) {
            self.holding[token.person] = None;
        }
    }
}
