//! Accidents of the store and the database, and what puts them right.

use super::{
    holds::HoldStore,
    names::NEW,
    properties,
    steps::Step,
    world::{Flaw, Rebuild, Sweep, System, World, Wrong},
};

impl System {
    pub fn accidents_and_repairs(&self, world: &World, steps: &mut Vec<Step>) {
        let (bounds, accidents) = (&self.bounds, &world.accidents);
        if accidents.losses < bounds.losses {
            steps.push(Step::LoseStore);
        }
        if accidents.restores < bounds.restores {
            steps.extend([Step::SaveStore, Step::RestoreStore]);
        }
        if accidents.splits < bounds.splits || world.is_split {
            steps.push(if world.is_split { Step::Rejoin } else { Step::Split });
        }
        if accidents.undone < bounds.undone {
            steps.extend([Step::SaveDatabase, Step::UndoDatabase]);
        }
        for process in 0..bounds.rebuilders {
            steps.extend([Step::BeginRebuild(process), Step::FinishRebuild(process)]);
        }
        for process in 0..bounds.sweepers {
            steps.extend([Step::BeginSweep(process), Step::FinishSweep(process)]);
        }
    }

    pub fn accident_or_repair(&self, world: &mut World, step: Step) -> Option<()> {
        match step {
            Step::LoseStore => world.lose_store(self.flaw),
            Step::SaveStore => {
                let may = world.saved_store.is_none() && world.stores[0].is_loaded;
                may.then(|| world.saved_store = Some(world.stores[0]))
            }
            Step::RestoreStore => world.restore_store(),
            Step::Split => world.split(),
            Step::Rejoin => world.rejoin(),
            Step::SaveDatabase => {
                let may = world.saved_database.is_none();
                may.then(|| world.saved_database = Some(world.database))
            }
            Step::UndoDatabase => {
                world.database = world.saved_database.take()?;
                world.accidents.undone += 1;
                world.outdate_sweeps();
                Some(())
            }
            Step::BeginRebuild(process) => world.begin_rebuild(process, self.flaw),
            Step::FinishRebuild(process) => world.finish_rebuild(process, self.flaw),
            Step::BeginSweep(process) => world.begin_sweep(process),
            Step::FinishSweep(process) => world.finish_sweep(process, self.flaw),
            _ => None,
        }
    }
}

impl World {
    fn lose_store(&mut self, flaw: Flaw) -> Option<()> {
        self.accidents.losses += 1;
        let server = match flaw {
            Flaw::RebuildOutlivesLoss => self.stores[0].server,
            _ => NEW,
        };
        self.stores[0] = HoldStore { server, ..HoldStore::emptied() };
        self.forget_what_was_given_up();
        Some(())
    }

    fn restore_store(&mut self) -> Option<()> {
        let store = self.saved_store.take()?;
        self.accidents.restores += 1;
        self.stores[0] = HoldStore { server: NEW, is_foreign: true, ..store };
        self.outdate_sweeps();
        self.forget_what_was_given_up();
        Some(())
    }

    /// Another server takes over. Person 1's process still sees the one before.
    fn split(&mut self) -> Option<()> {
        self.accidents.splits += 1;
        self.is_split = true;
        self.stores[1] = self.stores[0];
        self.stores[0] = HoldStore { server: NEW, is_foreign: true, ..self.stores[0] };
        self.outdate_sweeps();
        self.forget_what_was_given_up();
        Some(())
    }

    fn rejoin(&mut self) -> Option<()> {
        self.is_split = false;
        self.stores[1] = HoldStore::default();
        self.outdate_sweeps();
        self.forget_what_was_given_up();
        Some(())
    }

    /// Closes the store, then reads the database.
    pub fn begin_rebuild(&mut self, process: usize, flaw: Flaw) -> Option<()> {
        let store = &mut self.stores[0];
        let is_stale = store.is_foreign && flaw != Flaw::NoFencingNoSweep;
        if self.rebuilds[process].is_some() || store.is_loaded && !is_stale {
            return None;
        }
        if !is_stale || flaw != Flaw::StaleStoreStaysOpen {
            *store = HoldStore { server: store.server, ..HoldStore::emptied() };
            self.forget_what_was_given_up();
        }
        let (server, claims) = (self.stores[0].server, self.database.claims());
        self.rebuilds[process] = Some(Rebuild { server, claims });
        Some(())
    }

    /// Loads what was read, unless another process was faster or the store was lost since.
    pub fn finish_rebuild(&mut self, process: usize, flaw: Flaw) -> Option<()> {
        let rebuild = self.rebuilds[process].take()?;
        let store = &mut self.stores[0];
        let is_done = store.is_loaded && !store.is_foreign;
        if store.server != rebuild.server || is_done && flaw != Flaw::LastRebuildWins {
            return Some(());
        }
        store.load(&rebuild.claims, NEW);
        if properties::is_wrong_unnoticed(self) && self.accidents.splits == 0 {
            self.wrong = Some(Wrong::RebuiltWrongly);
        }
        Some(())
    }

    pub fn begin_sweep(&mut self, process: usize) -> Option<()> {
        let store = &self.stores[0];
        if self.sweeps[process].is_some() || !store.is_loaded {
            return None;
        }
        let (epoch, version, claims) = (store.epoch, store.version, self.database.claims());
        self.sweeps[process] = Some(Sweep { epoch, version, claims, is_outdated: false });
        Some(())
    }

    /// Writes what was read, unless the day has changed since.
    pub fn finish_sweep(&mut self, process: usize, flaw: Flaw) -> Option<()> {
        let sweep = self.sweeps[process].take()?;
        let store = &mut self.stores[0];
        let is_current = (store.epoch, store.version) == (sweep.epoch, sweep.version);
        if !store.is_loaded || !is_current && flaw != Flaw::NoVersion {
            return Some(());
        }
        if store.reconcile(&sweep.claims) && flaw != Flaw::CorrectionNotCounted {
            store.version = NEW;
        }
        self.is_asked &= sweep.is_outdated;
        let is_wrong = !sweep.is_outdated && !properties::seats_are_right(self);
        if is_wrong && self.news.is_empty() && !self.is_split {
            self.wrong = Some(Wrong::ReconciledWrongly);
        }
        Some(())
    }

    /// The store that knew is not there any more.
    fn forget_what_was_given_up(&mut self) {
        self.tokens.iter_mut().flatten().for_each(|token| token.is_given_up = false);
    }
}
