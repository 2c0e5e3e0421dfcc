//! T3: names are fixed and everybody books once (M2), but programs book for customers first.

use super::BY_HAND;
use crate::{
    Findings, Study,
    agents::{Racer, Served, race},
    engine::{Counter, person},
    measures::{Estimate, Mean},
    report::{Row, Target},
};

/// People, customers among them, and the targets: chance of a customer, of another.
const CASES: [(usize, usize, f64, f64); 7] = [
    (200, 20, 1.0, 0.444),
    (200, 50, 1.0, 0.333),
    (200, 100, 1.0, 0.0),
    (200, 150, 0.667, 0.0),
    (400, 40, 1.0, 0.167),
    (400, 100, 1.0, 0.0),
    (400, 200, 0.5, 0.0),
];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let mut spoiled = Mean::default();
    for (people, customers, of_customer, of_other) in CASES {
        let served = play(study, people, customers, &mut spoiled);
        let row = |who: &str, target, value: Estimate| {
            let what = format!("{people} people, {customers} customers: P({who})");
            Row::new("T3", what, Target::rounded(target, 3), value)
        };
        findings.row(row("customer", of_customer, served.customers.estimate()));
        findings.row(row("other", of_other, served.others.estimate()));
    }
    let row = Row::new("T3", "spoiled seats", Target::rounded(0.0, 1), spoiled.estimate());
    findings.row(row);
}

/// Through the engine's rules and holds.
pub(super) fn play(study: &Study, people: usize, customers: usize, spoiled: &mut Mean) -> Served {
    let chance = study.chance(&format!("t3 {people} {customers}"));
    let mut served = Served::default();
    for _ in 0..study.runs(60) {
        let before = served;
        let racers = (0..people).map(|number| {
            let who = person(number as u128 + 1);
            if number < customers {
                Racer::by_program(who, &chance)
            } else {
                // By hand it takes longer than a second.
                let racer = Racer::by_hand(who, BY_HAND, &chance);
                Racer { delay: racer.delay + 1.0, ..racer }
            }
        });
        race(&mut Counter::hall(), racers.collect(), &mut served);
        let hits = |served: Served| served.customers.hits + served.others.hits;
        spoiled.add(100.0 - (hits(served) - hits(before)) as f64);
    }
    served
}
