//! An exhaustive model of holding, confirming, moving, cancelling and rebuilding.
//!
//! [`World`] is the whole system in small: the database with its constraints, the hold store with
//! the steps of its scripts, workers that may die between commit and settle, messages that arrive
//! late, twice or never, and a hold store that may lose everything. stateright tries every order.
//! Each promise is an `always` property; [`Flaw`]s show that each can fail: with the guard taken
//! out, the checker finds the accident.

mod holds;
mod properties;
mod steps;
mod world;

use std::{io::Write as _, time::Duration};

use stateright::{Checker as _, HasDiscoveries, Model as _};

use steps::Bounds;
use world::{Flaw, System};

/// The number of states and the promises that were broken.
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
    let broken = discoveries.filter(|(name, _)| properties::is_promise(name));
    let broken = broken.map(|(name, path)| {
        if system.flaw == Flaw::None {
            println!("{name}: {path}");
        }
        name
    });
    (states, broken.collect())
}

/// Writes a line past the test runner's capture: how much was proven is worth seeing.
fn report(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "  {line}");
}

/// All that may go wrong once.
const STORMY: Bounds = Bounds { seats: 1, holds: 2, losses: 1, dead_workers: 1, repeats: 1 };

#[test]
fn every_promise_holds_in_every_order_of_events() {
    let mut states = 0;
    for bounds in [
        STORMY,
        // Moving needs two seats; a third hold, somebody who waits for the old one.
        Bounds { seats: 2, ..STORMY },
        Bounds { seats: 1, holds: 3, losses: 0, dead_workers: 0, repeats: 1 },
        Bounds { seats: 2, holds: 3, losses: 0, dead_workers: 0, repeats: 0 },
    ] {
        let (seen, broken) = check(System { bounds, flaw: Flaw::None });
        assert_eq!(broken, Vec::<&str>::new());
        states += seen;
    }
    report(format_args!("model: {states} states explored, no promise broken"));
}

#[test]
fn without_its_guard_each_promise_is_broken() {
    let two_seats = Bounds { seats: 2, ..STORMY };
    let marks = "once all messages arrived the marks are what the database says";
    for (flaw, bounds, promise) in [
        (Flaw::NoUniqueClaims, STORMY, "never two bookings on one seat"),
        (Flaw::NoUniquePerson, two_seats, "never two active bookings of one person"),
        (Flaw::MoveInTwoSteps, two_seats, "who moves keeps a booking throughout"),
        (Flaw::ConfirmNotIdempotent, STORMY, "never two active bookings of one person"),
        (Flaw::NoTombstone, STORMY, marks),
        (Flaw::FreeWithoutProof, STORMY, marks),
        (Flaw::BlindReconcile, STORMY, "reconcile leaves the day as the database has it"),
    ] {
        let (_, broken) = check(System { bounds, flaw });
        assert!(broken.contains(&promise), "{flaw:?} went unnoticed: {broken:?}");
    }
}
