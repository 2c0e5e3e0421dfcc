//! T9: how many seats stay empty if people name few of them.

use draw::Wish;

use crate::{
    Chance, Findings, Study,
    engine::{Drawing, ticket},
    measures::Mean,
    report::{Line, Plot, Row, Target},
};

/// People for 100 seats, seats that each names, the target, its digits.
const CASES: [(usize, usize, f64, i32); 4] =
    [(200, 1, 0.134, 3), (200, 3, 0.009, 3), (200, 5, 0.001, 3), (100, 10, 0.059, 3)];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    for (people, length, target, digits) in CASES {
        let unused = play(study, people, length);
        let what = format!("{people} people name {length} of 100 seats: unused");
        findings.row(Row::new("T9", what, Target::rounded(target, digits), unused.estimate()));
    }
    let line = |people: usize| Line {
        name: format!("{people} people for 100 seats"),
        points: (1..=10).map(|n| (n as f64, play(study, people, n).value() * 100.0)).collect(),
    };
    findings.plots.push(Plot {
        file: "list-length.svg",
        title: "Who names five seats or more leaves almost none empty",
        across: "seats that each person names",
        up: "seats that stay empty, per cent",
        lines: [200, 100].map(line).to_vec(),
    });
}

/// The share of seats that the engine's assignment leaves over.
fn play(study: &Study, people: usize, length: usize) -> Mean {
    let chance = study.chance(&format!("t9 {people} {length}"));
    let drawing = Drawing::of_places(100);
    let unused = (0..study.runs(1_000)).map(|_| {
        let entries: Vec<_> = (0..people).map(|_| ticket(&chance, 0)).collect();
        let lists: Vec<_> = (0..people).map(|_| list(length, 100, &chance)).collect();
        let turns = drawing.settle(&entries, |at| &lists[at][..], &chance);
        1.0 - turns.iter().filter(|(_, given)| given.is_some()).count() as f64 / 100.0
    });
    unused.collect()
}

/// `length` different places of `places`, in random order, each a wish.
pub(super) fn list(length: usize, places: u16, chance: &Chance) -> Vec<Wish> {
    let mut all: Vec<u16> = (0..places).collect();
    (0..length)
        .map(|at| {
            let other = at + chance.below(all.len() - at);
            all.swap(at, other);
            Wish { places: vec![all[at]], ..Wish::default() }
        })
        .collect()
}
