//! An exhaustive model of what keeps a seat from others, and of how it becomes free.
//!
//! [`World`](world::World) is the whole system in small: the database with its constraints, the
//! hold store with the steps of its scripts, the jobs, workers that may die between commit and
//! message, messages that arrive late, twice or never, and a store and a database that may come
//! back older than they were. stateright tries every order. Each promise is an `always` property;
//! [`Flaw`]s show that each can fail: with the guard taken out, the checker finds the accident.

mod bounds;
mod database;
mod holds;
mod keys;
mod names;
mod news;
mod properties;
mod repair;
mod steps;
mod world;

use std::{collections::BTreeSet, io::Write as _, time::Duration};

use stateright::{Checker as _, HasDiscoveries, Model as _};

use bounds::{
    CALM, CLOSING, EXTENDING, GROUPS, LOSSES, LOST_MESSAGES, MERGES, MOVES, OVERLAP, PAST,
    RESTORES, RESTORES_AND_SWEEPS, SPLIT, TWO_LOSSES, TWO_SWEEPERS, UNDONE, UNDONE_AND_SWEEPS,
};
use world::{Flaw, System};

/// The number of states, and the properties that were decided: broken promises, and what happened.
fn check(system: System) -> (usize, Vec<&'static str>) {
    let started = std::time::Instant::now();
    let builder = system.checker().threads(2).timeout(Duration::from_secs(300));
    let builder = match system.flaw {
        Flaw::None => builder,
        _ => builder.finish_when(HasDiscoveries::AnyFailures),
    };
    let checker = builder.spawn_bfs().join();
    let states = checker.unique_state_count();
    report(format_args!("{system}: {states} states in {:.1} s", started.elapsed().as_secs_f32()));
    if system.flaw == Flaw::None {
        assert!(checker.is_done(), "not every state was seen");
    }
    let discoveries = checker.discoveries().into_iter();
    let discoveries = discoveries.map(|(name, path)| {
        if system.flaw == Flaw::None && properties::is_promise(name) {
            println!("{name}: {path}");
        }
        name
    });
    (states, discoveries.collect())
}

/// Writes a line past the test runner's capture: how much was proven is worth seeing.
fn report(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "  model: {line}");
}

#[test]
fn every_promise_holds_in_every_order_of_events() {
    let mut states = 0;
    let mut happened = BTreeSet::new();
    for bounds in [
        CALM,
        TWO_SWEEPERS,
        LOST_MESSAGES,
        LOSSES,
        TWO_LOSSES,
        RESTORES,
        RESTORES_AND_SWEEPS,
        SPLIT,
        UNDONE,
        UNDONE_AND_SWEEPS,
        CLOSING,
        PAST,
        EXTENDING,
        OVERLAP,
        MOVES,
        GROUPS,
        MERGES,
    ] {
        let (seen, found) = check(System { bounds, flaw: Flaw::None });
        let (broken, possible): (Vec<&str>, Vec<&str>) =
            found.into_iter().partition(|name| properties::is_promise(name));
        assert_eq!(broken, Vec::<&str>::new(), "{}", bounds.name);
        happened.extend(possible);
        states += seen;
    }
    report(format_args!("{states} states explored, no promise broken"));
    let never: Vec<&str> =
        properties::possibilities().map(|it| it.name).filter(|it| !happened.contains(it)).collect();
    assert_eq!(never, Vec::<&str>::new(), "what never happens proves nothing");
}

#[test]
fn without_its_guard_each_promise_is_broken() {
    let overlap = "never two bookings that overlap";
    let twice = "never two active bookings of one person in a group";
    let freed = "only the job frees a seat that was given up";
    let given_up = "a hold that was given up never becomes a booking";
    let reconcile = "reconcile leaves the day as the database has it";
    let rebuild = "a rebuild leaves nothing wrong that nobody knows of";
    let unnoticed = "without accidents nothing is wrong that nobody knows of";
    let heals = "the sweep heals the day without being asked";
    for (flaw, bounds, promise) in [
        (Flaw::NoExclusion, OVERLAP, overlap),
        (Flaw::NoUniquePerson, MOVES, twice),
        (Flaw::ConfirmNotIdempotent, CALM, twice),
        (Flaw::ConfirmByOldCatalogue, GROUPS, twice),
        (Flaw::RegroupUnchecked, GROUPS, twice),
        (Flaw::MoveInTwoSteps, MOVES, "who moves keeps a booking throughout"),
        (Flaw::ClosedCheckedBefore, CLOSING, "closing wins"),
        (Flaw::PastCheckedBefore, PAST, "nothing is booked that has begun"),
        (Flaw::EndedHoldIsFree, CALM, freed),
        (Flaw::CancelledIsFree, CALM, freed),
        (Flaw::RemoveBeforeCommit, CALM, freed),
        (Flaw::ConfirmWithoutAsking, CALM, given_up),
        (Flaw::ExtendBlindly, EXTENDING, given_up),
        (Flaw::ConfirmBlindly, CALM, "nobody loses a hold to a late message"),
        (Flaw::CoinBeforeNews, CALM, unnoticed),
        (Flaw::NoVersion, CALM, reconcile),
        (Flaw::NothingToDoNotCounted, CALM, reconcile),
        (Flaw::CorrectionNotCounted, TWO_SWEEPERS, "only the job frees a seat that was given up"),
        (Flaw::LastRebuildWins, LOSSES, rebuild),
        (Flaw::RebuildOutlivesLoss, TWO_LOSSES, rebuild),
        (Flaw::StaleStoreStaysOpen, RESTORES, rebuild),
        (Flaw::NoFencingNoSweep, RESTORES, heals),
        (Flaw::NoFencingNoSweep, LOST_MESSAGES, heals),
        (Flaw::ClearOnlyWhatIsOver, GROUPS, "nobody stays locked out"),
        (
            Flaw::MergeWithoutTombstone,
            MERGES,
            "nobody keeps a booking who turned out to be somebody else",
        ),
    ] {
        let (_, found) = check(System { bounds, flaw });
        assert!(found.contains(&promise), "{flaw:?} went unnoticed: {found:?}");
    }
}
