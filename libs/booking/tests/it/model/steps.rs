//! What can happen next: people, workers and the messages between database and store.

use booking::state::Action;
use stateright::{Model, Property};

use super::{
    holds::HoldState,
    names::NEW,
    news::News,
    properties,
    world::{CLOSURE, Confirm, Flaw, Seat, System, Token, World, Wrong},
};

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Hold {
        person: usize,
        seat: Seat,
        service: usize,
        to_move: bool,
    },
    Extend(usize),
    GiveUp(usize),
    /// The time of a hold is over: its token is worth nothing, and its person's key is gone.
    TimePasses(usize),
    /// The job finds a hold whose time is over.
    EndExpired(usize),
    /// The job's coin fell for an ended hold.
    FreeEnded(usize),
    KeepForDesk(usize),
    /// A worker looks at the token and asks the store.
    Check(usize),
    /// The worker commits.
    Commit(usize),
    Cancel(usize),
    /// The job's coin fell for a seat that the database has as returning.
    GiveBack(usize),
    Close,
    Reopen,
    /// The visits of the day begin.
    Begin,
    Regroup,
    /// One of the merges, by its place in the list.
    Merge(usize),
    Arrive {
        news: News,
        twice: bool,
    },
    LoseMessage(News),
    LoseStore,
    SaveStore,
    RestoreStore,
    Split,
    Rejoin,
    SaveDatabase,
    UndoDatabase,
    BeginRebuild(usize),
    FinishRebuild(usize),
    BeginSweep(usize),
    FinishSweep(usize),
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
        if world.wrong.is_some() {
            return;
        }
        self.holds_to_ask_for(world, steps);
        let holds = world.tokens.iter().flatten().count();
        for hold in 0..holds {
            steps.extend([Step::GiveUp(hold), Step::FreeEnded(hold)]);
            if self.bounds.expires {
                steps.extend([Step::TimePasses(hold), Step::EndExpired(hold)]);
            }
            steps.extend([Step::Check(hold), Step::Commit(hold), Step::Cancel(hold)]);
            steps.push(Step::GiveBack(hold));
            if self.bounds.extends {
                steps.extend([Step::Extend(hold), Step::KeepForDesk(hold)]);
            }
        }
        if self.bounds.closings > 0 {
            steps.extend([Step::GiveBack(CLOSURE), Step::Close, Step::Reopen]);
        }
        if self.bounds.begins {
            steps.push(Step::Begin);
        }
        if self.bounds.regroups {
            steps.push(Step::Regroup);
        }
        steps.extend((0..self.bounds.merges.len()).map(Step::Merge));
        for news in world.news.iter() {
            steps.push(Step::Arrive { news, twice: false });
            if world.accidents.repeats < self.bounds.repeats {
                steps.push(Step::Arrive { news, twice: true });
            }
            if world.accidents.lost_messages < self.bounds.lost_messages {
                steps.push(Step::LoseMessage(news));
            }
        }
        self.accidents_and_repairs(world, steps);
    }

    fn next_state(&self, last: &World, step: Step) -> Option<World> {
        let mut world = *last;
        self.step(&mut world, step)?;
        world.wrong = world.wrong.or_else(|| properties::wrong_in(last, &world, step));
        world.simplify();
        (world != *last).then_some(world)
    }
}

impl System {
    fn holds_to_ask_for(&self, world: &World, steps: &mut Vec<Step>) {
        if world.tokens.iter().flatten().count() >= self.bounds.holds || world.is_past {
            return;
        }
        // The first person is number 0: the others are symmetric.
        let is_first = world.tokens[0].is_none() && self.bounds.people_are_alike();
        for person in 0..if is_first { 1 } else { self.bounds.people } {
            for seat in self.bounds.seats.iter().copied() {
                for service in 0..self.bounds.services {
                    steps.push(Step::Hold { person, seat, service, to_move: false });
                    steps.push(Step::Hold { person, seat, service, to_move: true });
                }
            }
        }
    }

    /// `None` if the step is not possible now.
    fn step(&self, world: &mut World, step: Step) -> Option<()> {
        match step {
            Step::Hold { person, seat, service, to_move } => {
                world.hold(person, seat, service, to_move, self.flaw)
            }
            Step::Extend(hold) => self.extend(world, hold),
            Step::GiveUp(hold) => world.give_up(hold, self.flaw),
            Step::TimePasses(hold) => world.time_passes(hold),
            Step::EndExpired(hold) => {
                let token = world.tokens[hold].filter(|token| token.is_expired)?;
                world.stores[0].end_hold(hold, &token, self.flaw).then_some(())
            }
            Step::FreeEnded(hold) => {
                world.stores[0].free(hold, world.tokens[hold]?.seat).then_some(())
            }
            Step::KeepForDesk(hold) => {
                world.stores[0].keep_for_desk(hold, world.tokens[hold]?.seat).then_some(())
            }
            Step::Check(hold) => world.check(hold, self.flaw),
            Step::Commit(hold) => world.commit(hold, self.flaw),
            Step::Cancel(booking) => {
                world.database.end(booking, Action::Cancel)?;
                world.news.send(News::Return(booking));
                Some(())
            }
            Step::GiveBack(id) => world.give_back(id, self.flaw),
            Step::Close => {
                if world.closings == self.bounds.closings {
                    return None;
                }
                world.closings += 1;
                world.database.close()?;
                world.news.send(News::Close);
                Some(())
            }
            Step::Reopen => {
                world.database.reopen()?;
                world.news.send(News::Return(CLOSURE));
                Some(())
            }
            Step::Begin => {
                world.is_past = true;
                Some(())
            }
            Step::Regroup => {
                world.is_asked = true;
                world.database.regroup(self.flaw)
            }
            Step::Merge(at) => self.merge(world, at),
            Step::Arrive { news, twice } => self.arrive(world, news, twice),
            Step::LoseMessage(news) => {
                world.accidents.lost_messages += 1;
                world.outdate_sweeps();
                world.news.take(news)
            }
            step => self.accident_or_repair(world, step),
        }
    }

    fn extend(&self, world: &mut World, hold: usize) -> Option<()> {
        let token = world.tokens[hold].filter(|token| !token.is_extended && !token.is_expired)?;
        let may = world.store_of(token.person).extend(hold, &token, self.flaw);
        may.then(|| world.tokens[hold] = Some(Token { is_extended: true, ..token }))
    }

    fn merge(&self, world: &mut World, at: usize) -> Option<()> {
        if world.merged & (1 << at) != 0 {
            return None;
        }
        world.merged |= 1 << at;
        let (dissolved, kept) = self.bounds.merges[at];
        let ended = world.database.merge(dissolved, kept, self.flaw);
        ended.into_iter().for_each(|id| world.news.send(News::Return(id)));
        world.is_asked = true;
        Some(())
    }

    fn arrive(&self, world: &mut World, news: News, twice: bool) -> Option<()> {
        if twice {
            world.accidents.repeats += 1;
        } else {
            world.news.take(news)?;
        }
        let (token, seat) = (world.token_of(news), world.seat_of(news));
        let is_remote = world.is_split && token.is_some_and(|token| token.person == 1);
        let store = &mut world.stores[usize::from(is_remote)];
        let told = store.tell(news, seat, token.as_ref(), self.flaw);
        // Whatever it found, even nothing to do: earlier reads of the database are outdated.
        if store.is_loaded && (told == Ok(true) || self.flaw != Flaw::NothingToDoNotCounted) {
            store.version = NEW;
        }
        // The caller asks for a reconcile, whether the store is lost or finds something else.
        world.is_asked |= told.is_err();
        if is_remote || told.is_err() {
            world.outdate_sweeps();
        }
        Some(())
    }
}

impl World {
    fn hold(
        &mut self,
        person: usize,
        seat: Seat,
        service: usize,
        to_move: bool,
        flaw: Flaw,
    ) -> Option<()> {
        let id = self.tokens.iter().position(Option::is_none)?;
        let group = self.database.group_of(service);
        let theirs = self.database.claims().booked.get(person, group);
        let replaces = theirs.filter(|_| to_move);
        if to_move && replaces.is_none() {
            return None;
        }
        // "Already booked" is worth a question to the database: what it does not know as active in
        // this group is cleared.
        let database = self.database;
        let store = self.store_of(person);
        if let Some(booked) = store.booked.get(person, group)
            && database.is_over(booked, person, group, flaw)
        {
            store.booked.clear(person, group, booked);
        }
        let token = Token {
            person,
            service,
            group,
            seat,
            replaces,
            epoch: store.epoch,
            is_extended: false,
            is_expired: false,
            is_given_up: false,
        };
        store.hold(id, &token).then(|| self.tokens[id] = Some(token))
    }

    fn give_up(&mut self, hold: usize, flaw: Flaw) -> Option<()> {
        let mut token = self.tokens[hold]?;
        if self.store_of(token.person).end_hold(hold, &token, flaw) {
            token.is_given_up = true;
            self.tokens[hold] = Some(token);
        }
        Some(())
    }

    fn time_passes(&mut self, hold: usize) -> Option<()> {
        let token = self.tokens[hold].as_mut().filter(|token| !token.is_expired)?;
        token.is_expired = true;
        let token = *token;
        let stores = self.stores.iter_mut().chain(&mut self.saved_store);
        stores.for_each(|store| store.let_go(hold, &token));
        Some(())
    }

    fn check(&mut self, hold: usize, flaw: Flaw) -> Option<()> {
        let token = self.tokens[hold].filter(|token| !token.is_expired)?;
        // Repeating a confirm is worth a try only where it could do harm.
        let may_repeat = flaw == Flaw::ConfirmNotIdempotent;
        let is_new = self.confirms[hold].is_none() && self.database.bookings[hold].is_none();
        let refused = !(is_new || may_repeat) || self.database.is_closed || self.is_past;
        let state = self.store_of(token.person).state_of(hold, &token);
        let is_over = state == Ok(HoldState::Over) && flaw != Flaw::ConfirmWithoutAsking;
        if refused || is_over && !may_repeat {
            return None;
        }
        let is_worthless = token.is_given_up && state.is_ok();
        self.confirms[hold] = Some(Confirm::Checked { is_worthless });
        Some(())
    }

    /// The transaction of a confirm.
    fn commit(&mut self, hold: usize, flaw: Flaw) -> Option<()> {
        let token = self.tokens[hold]?;
        let confirm = self.confirms[hold].take()?;
        let mut replaces = token.replaces.filter(|_| confirm != Confirm::HalfWay);
        if flaw == Flaw::MoveInTwoSteps
            && let Some(old) = replaces.take()
        {
            if self.database.end(old, Action::Rebook).is_some() {
                self.news.send(News::Return(old));
                self.confirms[hold] = Some(Confirm::HalfWay);
            }
            return Some(());
        }
        if self.database.bookings[hold].is_some() {
            self.has_twin |= flaw == Flaw::ConfirmNotIdempotent;
            return Some(());
        }
        if self.is_past && flaw != Flaw::PastCheckedBefore {
            return Some(());
        }
        if self.database.confirm(hold, &token, replaces, flaw).is_none() {
            return Some(());
        }
        if confirm == (Confirm::Checked { is_worthless: true }) {
            self.wrong = Some(Wrong::GivenUpHoldBooked);
        } else if self.is_past {
            self.wrong = Some(Wrong::BookedInThePast);
        }
        self.news.send(News::Confirm(hold));
        if let Some(old) = replaces {
            self.news.send(News::Return(old));
        }
        Some(())
    }

    fn give_back(&mut self, id: usize, flaw: Flaw) -> Option<()> {
        // A message arrives or fails within seconds. The coin is not thrown before that.
        let seat = self.database.returning[id]?;
        let mut news = self.news.iter();
        if news.any(|news| self.seat_of(news).overlaps(seat)) && flaw != Flaw::CoinBeforeNews {
            return None;
        }
        if flaw != Flaw::RemoveBeforeCommit {
            self.database.give_back(id)?;
        }
        self.news.send(News::Remove(id));
        Some(())
    }

    fn token_of(&self, news: News) -> Option<Token> {
        match news {
            News::Confirm(id) | News::Return(id) | News::Remove(id) => *self.tokens.get(id)?,
            News::Close => None,
        }
    }

    fn seat_of(&self, news: News) -> Seat {
        self.token_of(news).map_or(Seat::LONG, |token| token.seat)
    }

    pub fn outdate_sweeps(&mut self) {
        self.sweeps.iter_mut().flatten().for_each(|sweep| sweep.is_outdated = true);
    }
}
