//! T8: how long people wait, first come first served and by a draw that is entered again and again.

use std::collections::HashMap;

use draw::Entry;

use super::SEATS;
use crate::{
    Chance, Effort, Findings, Study,
    engine::{Drawing, Line, ticket},
    measures::Mean,
    report::{Row, Target},
};

/// People of the warm-up, before the measured period, are left out.
const BEFORE: usize = usize::MAX;

/// Waits in batches, of everybody in one run.
#[derive(Debug, Default)]
struct Waits {
    mean: Mean,
    counts: HashMap<usize, u64>,
}

impl Waits {
    fn add(&mut self, batches: usize) {
        self.mean.add(batches as f64);
        *self.counts.entry(batches).or_default() += 1;
    }

    /// The wait that 99 of 100 do not exceed.
    fn p99(&self) -> f64 {
        let mut counts: Vec<_> = self.counts.iter().map(|(wait, count)| (*wait, *count)).collect();
        counts.sort_unstable();
        let limit = self.mean.count() as f64 * 0.99;
        let mut seen = 0;
        let reaches = counts.into_iter().find(|(_, count)| {
            seen += count;
            seen as f64 >= limit
        });
        reaches.map_or(0.0, |(wait, _)| wait as f64)
    }
}

/// Mean, variance and 99th percentile, of several runs.
#[derive(Debug, Default)]
struct Runs {
    mean: Mean,
    variance: Mean,
    p99: Mean,
}

impl Runs {
    fn of(study: &Study, runs: usize, name: &str, play: impl Fn(&Chance) -> Waits) -> Self {
        let (chance, mut all) = (study.chance(name), Self::default());
        for _ in 0..runs {
            let waits = play(&chance);
            all.mean.add(waits.mean.value());
            all.variance.add(waits.mean.variance());
            all.p99.add(waits.p99());
        }
        all
    }
}

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let (runs, batches, long) = match study.effort {
        Effort::Full => (20, 400, 1_000),
        Effort::Short => (2, 120, 100),
    };
    let fifo = Runs::of(study, runs, "t8 fifo", |chance| list(chance, 1_000, 60, constant));
    let drawn =
        Runs::of(study, runs, "t8 draw", |chance| draws(chance, 1_000, batches, false, constant));
    let cohorts =
        Runs::of(study, runs, "t8 cohorts", |chance| draws(chance, 1_000, 60, true, constant));
    let row = |what: &str, target, mean: &Mean| Row::new("T8", what, target, mean.estimate());
    findings.row(row(
        "backlog of 10, waiting list: mean wait",
        Target::rounded(10.0, 2),
        &fifo.mean,
    ));
    findings.row(row("waiting list: variance", Target::rounded(0.0, 2), &fifo.variance));
    findings.row(row("draw entered again: mean wait", Target::rounded(10.0, 1), &drawn.mean));
    findings.row(row("draw entered again: variance", Target::rounded(110.0, 0), &drawn.variance));
    findings.row(row(
        "draw entered again: 99 of 100 wait at most",
        Target::rounded(48.0, 0),
        &drawn.p99,
    ));
    findings.row(row("draw with seniority: mean wait", Target::rounded(10.0, 2), &cohorts.mean));
    findings.row(row("draw with seniority: variance", Target::rounded(0.0, 2), &cohorts.variance));

    let poisson = |chance: &Chance| chance.poisson(97.0);
    let fifo = Runs::of(study, runs, "t8 load fifo", |chance| list(chance, 0, long, poisson));
    let drawn =
        Runs::of(study, runs, "t8 load draw", |chance| draws(chance, 0, long, false, poisson));
    findings.row(row("load 0.97, waiting list: mean wait", Target::rounded(0.11, 2), &fifo.mean));
    findings.row(row("load 0.97, draw: mean wait", Target::rounded(0.11, 2), &drawn.mean));
    findings.row(row(
        "load 0.97, waiting list: variance",
        Target::rounded(0.10, 2),
        &fifo.variance,
    ));
    findings.row(row("load 0.97, draw: variance", Target::rounded(0.16, 2), &drawn.variance));
}

fn constant(_: &Chance) -> usize {
    usize::from(SEATS)
}

/// First come, first served by the engine's line: 100 seats a batch, and a batch is a day.
fn list(
    chance: &Chance,
    backlog: usize,
    batches: usize,
    arrivals: impl Fn(&Chance) -> usize,
) -> Waits {
    let mut line = Line::new("2027-01-04".parse().expect("a day"), chance);
    let mut waits = Waits::default();
    for _ in 0..backlog {
        line.join_somebody(BEFORE, chance);
    }
    for batch in 0..batches {
        line.next_day(chance);
        for _ in 0..arrivals(chance) {
            line.join_somebody(batch, chance);
        }
        for _ in 0..SEATS {
            match line.first() {
                Some(BEFORE) | None => {}
                Some(arrived) => waits.add(batch - arrived),
            }
        }
    }
    waits
}

/// The engine's draw. People without a seat enter again next time; with seniority their cohort rises.
fn draws(
    chance: &Chance,
    backlog: usize,
    batches: usize,
    seniority: bool,
    arrivals: impl Fn(&Chance) -> usize,
) -> Waits {
    let (drawing, mut waits) = (Drawing::of_seats(SEATS), Waits::default());
    let mut people: Vec<Option<usize>> = vec![None; backlog];
    // Waits longer than what is left would not be seen, so late arrivals are not counted.
    let counted = if seniority { batches } else { batches / 2 };
    for batch in 0..batches {
        people.extend((0..arrivals(chance)).map(|_| Some(batch)));
        let cohort = |arrived: &Option<usize>| {
            let without = arrived.map_or(usize::from(u8::MAX), |arrived| batch - arrived);
            u8::try_from(without).unwrap_or(u8::MAX)
        };
        let entries: Vec<Entry> = people
            .iter()
            .map(|arrived| ticket(chance, if seniority { cohort(arrived) } else { 0 }))
            .collect();
        let won = drawing.winners(&entries, chance);
        let mut won = won.into_iter();
        people.retain(|arrived| {
            let served = won.next().unwrap_or(false);
            if let (true, Some(arrived)) = (served, arrived)
                && *arrived < counted
            {
                waits.add(batch - arrived);
            }
            !served
        });
    }
    waits
}
