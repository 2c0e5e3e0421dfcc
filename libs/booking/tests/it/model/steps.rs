//! What can happen next.

use booking::state::{Action, BookingStatus};
use stateright::{Model, Property};

use super::{
    properties,
    world::{Booking, Confirm, Flaw, HOLDS, News, PEOPLE, System, Token, World},
};

/// How much may happen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bounds {
    /// How many seats there are.
    pub seats: usize,
    /// Holds that are given in all.
    pub holds: usize,
    /// How often the hold store loses everything.
    pub losses: u8,
    /// Workers that die after a commit, before they tell the hold store.
    pub dead_workers: u8,
    /// Messages to the hold store that arrive twice.
    pub repeats: u8,
}

/// One step of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Hold {
        person: usize,
        seat: usize,
        to_move: bool,
    },
    Release(usize),
    Expire(usize),
    /// A worker checks the token.
    Confirm(usize),
    /// The worker commits.
    Commit(usize),
    Cancel(usize),
    Arrive {
        news: usize,
        twice: bool,
    },
    WorkerDies {
        news: usize,
    },
    LoseEverything,
    ReadToRebuild,
    Rebuild,
    ReadToReconcile,
    Reconcile,
}

impl Model for System {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::default()]
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        if world.tokens.iter().flatten().count() < self.bounds.holds {
            // Who comes first is number 0, and so is the first seat: the others are like them.
            let first = world.tokens[0].is_none();
            for person in 0..if first { 1 } else { PEOPLE } {
                for seat in 0..if first { 1 } else { self.bounds.seats } {
                    steps.push(Step::Hold { person, seat, to_move: false });
                    steps.push(Step::Hold { person, seat, to_move: true });
                }
            }
        }
        for hold in 0..HOLDS {
            let Some(token) = &world.tokens[hold] else { continue };
            if !token.expired {
                steps.extend([Step::Expire(hold), Step::Release(hold)]);
                // Repeating a confirm is worth a try only where it could do harm.
                if world.bookings[hold].is_none() || self.flaw == Flaw::ConfirmNotIdempotent {
                    steps.push(Step::Confirm(hold));
                }
            }
            if world.confirms[hold].is_some() {
                steps.push(Step::Commit(hold));
            }
            steps.push(Step::Cancel(hold));
        }
        for news in 0..world.news.len() {
            steps.push(Step::Arrive { news, twice: false });
            if world.repeats < self.bounds.repeats {
                steps.push(Step::Arrive { news, twice: true });
            }
            if world.dead_workers < self.bounds.dead_workers {
                steps.push(Step::WorkerDies { news });
            }
        }
        if world.losses < self.bounds.losses {
            steps.push(Step::LoseEverything);
        }
        steps.extend([Step::ReadToRebuild, Step::Rebuild]);
        // Repair runs when somebody asks for it, and after a pause in which every message that was
        // on its way has arrived or failed. New ones may come while it runs.
        if world.wanted && world.news.is_empty() {
            steps.push(Step::ReadToReconcile);
        }
        steps.push(Step::Reconcile);
    }

    fn next_state(&self, last: &World, step: Step) -> Option<World> {
        let mut world = last.clone();
        world.reconciled = false;
        world.step(step, self.flaw)?;
        (world != *last).then_some(world)
    }
}

impl World {
    /// `None` if the step is not possible now.
    fn step(&mut self, step: Step, flaw: Flaw) -> Option<()> {
        match step {
            Step::Hold { person, seat, to_move } => self.hold(person, seat, to_move),
            Step::Release(hold) => {
                let token = self.tokens[hold]?;
                // Who released a hold does not confirm it; the token would still be valid.
                self.holds.loaded.then(|| self.holds.end_hold(hold, &token))
            }
            Step::Expire(hold) => {
                let token = self.tokens[hold].as_mut()?;
                token.expired = true;
                let token = *token;
                self.holds.end_hold(hold, &token);
                Some(())
            }
            Step::Confirm(hold) => {
                self.confirms[hold] = Some(Confirm::Accepted);
                Some(())
            }
            Step::Commit(hold) => self.commit(hold, flaw),
            Step::Cancel(booking) => self.cancel(booking),
            Step::Arrive { news, twice } => self.arrive(news, twice, flaw),
            Step::WorkerDies { news } => {
                self.news.remove(news);
                self.dead_workers += 1;
                self.wanted = true;
                self.stale = self.reconcile.is_some();
                Some(())
            }
            Step::LoseEverything => {
                self.holds.lose();
                self.losses += 1;
                self.rebuild = None;
                self.reconcile = None;
                Some(())
            }
            Step::ReadToRebuild => (!self.holds.loaded).then(|| self.rebuild = Some(self.claims())),
            Step::Rebuild => {
                let claims = self.rebuild.take()?;
                self.holds.loaded = true;
                self.holds.load(&claims);
                // Whatever committed since the claims were read has got an error.
                Some(())
            }
            Step::ReadToReconcile => {
                self.holds.loaded.then(|| self.reconcile = Some(self.claims()))
            }
            Step::Reconcile => {
                let claims = self.reconcile.take()?;
                self.holds.reconcile(&claims);
                self.wanted &= self.stale;
                self.reconciled = !self.stale;
                self.stale = false;
                Some(())
            }
        }
        .map(|()| {
            // What changes a booking of the day makes the claims that were read for it void.
            // (Commits and cancellations do when their news arrives; holds do not.)
            let changed = std::mem::take(&mut self.holds.bookings_changed);
            if flaw != Flaw::BlindReconcile && (changed || matches!(step, Step::Rebuild)) {
                self.reconcile = None;
                self.stale = false;
            }
        })
    }

    fn hold(&mut self, person: usize, seat: usize, to_move: bool) -> Option<()> {
        let id = self.tokens.iter().position(Option::is_none)?;
        let replaces = self.active_of(person).filter(|_| to_move);
        if to_move && replaces.is_none() {
            return None;
        }
        let token = Token { person, seat, replaces, expired: false };
        self.holds.hold(id, &token).then(|| self.tokens[id] = Some(token))
    }

    /// The transaction of a confirm: all of it or nothing.
    fn commit(&mut self, hold: usize, flaw: Flaw) -> Option<()> {
        let confirm = self.confirms[hold]?;
        let token = self.tokens[hold]?;
        if flaw == Flaw::MoveInTwoSteps
            && confirm == Confirm::Accepted
            && let Some(old) = token.replaces
        {
            self.confirms[hold] = Some(Confirm::HalfWay);
            return self.end(old, Action::Rebook).or(Some(()));
        }
        self.confirms[hold] = None;
        if self.bookings[hold].is_some() {
            // The same hold again: the answer of the first time.
            self.twins[hold] |= flaw == Flaw::ConfirmNotIdempotent;
            return Some(());
        }
        let replaced = token.replaces.filter(|_| confirm == Confirm::Accepted);
        let gives_up = |id: usize| Some(id) == replaced;
        if let Some(old) = replaced
            && self.bookings[old].is_none_or(|old| old.status.after(Action::Rebook).is_err())
        {
            return Some(());
        }
        let seat_taken = self.active().any(|(id, b)| b.seat == token.seat && !gives_up(id));
        let person_has = self.active().any(|(id, b)| b.person == token.person && !gives_up(id));
        if (seat_taken && flaw != Flaw::NoUniqueClaims)
            || (person_has && flaw != Flaw::NoUniquePerson)
        {
            return Some(());
        }
        if let Some(old) = replaced {
            self.end(old, Action::Rebook)?;
        }
        let status = BookingStatus::Confirmed;
        self.bookings[hold] = Some(Booking { person: token.person, seat: token.seat, status });
        self.send(News::Settle(hold));
        Some(())
    }

    fn cancel(&mut self, booking: usize) -> Option<()> {
        self.end(booking, Action::Cancel)
    }

    fn end(&mut self, booking: usize, action: Action) -> Option<()> {
        let row = self.bookings[booking].as_mut()?;
        row.status = row.status.after(action).ok()?;
        self.send(News::Free(booking));
        Some(())
    }

    fn arrive(&mut self, news: usize, twice: bool, flaw: Flaw) -> Option<()> {
        let message = *self.news.get(news)?;
        if twice {
            self.repeats += 1;
        } else {
            self.news.remove(news);
        }
        if !self.holds.loaded {
            // The sender gets an error.
            self.wanted = true;
            return Some(());
        }
        match message {
            News::Settle(id) => self.wanted |= self.holds.settle(id, &self.tokens[id]?, flaw),
            News::Free(id) => {
                let token = self.tokens[id]?;
                self.wanted |= self.holds.free(id, token.person, token.seat, flaw);
            }
        }
        Some(())
    }
}
