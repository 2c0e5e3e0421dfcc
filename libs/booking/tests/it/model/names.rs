//! Worlds that differ in nothing that matters are the same world. That keeps the model small.

use super::{
    database::Database,
    holds::{HoldStore, Mark},
    world::{HOLDS, MINUTES, Seat, Token, World},
};

/// A number that no epoch, version or server has, until the step is over.
pub const NEW: u8 = u8::MAX;

/// A hold that has left no trace.
const BURIED: Token = Token {
    person: 0,
    service: 0,
    group: 0,
    seat: Seat::EARLY,
    replaces: None,
    epoch: 0,
    is_extended: false,
    is_expired: true,
    is_given_up: false,
};

impl HoldStore {
    fn knows(&self, hold: usize) -> bool {
        self.holding.name(hold) || self.booked.name(hold) || name(&self.marks, hold)
    }
}

impl World {
    /// Forgets what is over, and gives epochs, versions and servers, which only have to differ,
    /// the smallest names.
    pub fn simplify(&mut self) {
        for hold in 0..HOLDS {
            let Some(token) = self.tokens[hold].filter(|token| token.is_expired) else { continue };
            let token = Token { epoch: 0, is_extended: false, is_given_up: false, ..token };
            let follows = token.replaces.is_some_and(|old| self.database.bookings[old].is_some());
            let is_over = !follows && self.is_over(hold);
            self.tokens[hold] = Some(if is_over { BURIED } else { token });
            if is_over {
                self.database.bookings[hold] = None;
            }
        }
        self.rename_epochs();
        self.rename_servers();
        self.rename_versions();
    }

    /// Whether a hold that has expired makes no difference to anything any more.
    fn is_over(&self, hold: usize) -> bool {
        let keeps = |row: &Database| {
            row.returning[hold].is_some()
                || row.bookings[hold].is_some_and(|booking| booking.status.is_active())
        };
        let read = self.sweeps.iter().flatten().map(|sweep| sweep.claims);
        let read = read.chain(self.rebuilds.iter().flatten().map(|rebuild| rebuild.claims));
        self.confirms[hold].is_none()
            && !self.has_twin
            && !self.news.is_about(hold)
            && !keeps(&self.database)
            && self.saved_database.is_none()
            && !self.stores.iter().chain(&self.saved_store).any(|store| store.knows(hold))
            && !read.into_iter().any(|it| it.booked.name(hold) || name(&it.marks, hold))
    }

    fn rename_epochs(&mut self) {
        let stores = self.stores.iter_mut().chain(&mut self.saved_store);
        let tokens = self.tokens.iter_mut().flatten().map(|token| &mut token.epoch);
        let sweeps = self.sweeps.iter_mut().flatten().map(|sweep| &mut sweep.epoch);
        rename(stores.map(|store| &mut store.epoch).chain(tokens).chain(sweeps));
    }

    fn rename_servers(&mut self) {
        let stores = self.stores.iter_mut().chain(&mut self.saved_store);
        let rebuilds = self.rebuilds.iter_mut().flatten().map(|rebuild| &mut rebuild.server);
        rename(stores.map(|store| &mut store.server).chain(rebuilds));
    }

    fn rename_versions(&mut self) {
        let stores = self.stores.iter_mut().chain(&mut self.saved_store);
        let sweeps = self.sweeps.iter_mut().flatten().map(|sweep| &mut sweep.version);
        rename(stores.map(|store| &mut store.version).chain(sweeps));
    }
}

fn name(marks: &[Mark; MINUTES], hold: usize) -> bool {
    marks.iter().any(|mark| match mark {
        Mark::Held(id) | Mark::Ended(id) | Mark::ForDesk(id) => *id == hold,
        Mark::Booked(id) | Mark::Returning(id) => *id == hold,
        Mark::Free | Mark::Closed => false,
    })
}

fn rename<'a>(names: impl Iterator<Item = &'a mut u8>) {
    let mut seen = [0; 16];
    let mut count = 0;
    for name in names {
        let at = seen[..count].iter().position(|other| other == name).unwrap_or(count);
        if at == count {
            seen[count] = *name;
            count += 1;
        }
        *name = u8::try_from(at).unwrap_or(NEW);
    }
}
