//! T5: a draw without identity (M5), which the trader fills with false tickets.

use super::{COST, SEATS};
use crate::{
    Effort, Findings, Study,
    engine::{Drawing, ticket},
    measures::{Estimate, Mean, Share},
    report::{Line, Plot, Row, Target},
};

const PEOPLE: usize = 200;
const PRICE: f64 = 0.5;
const TICKETS: [usize; 9] = [0, 100, 200, 400, 600, 800, 1_000, 1_200, 1_600];

/// What so many false tickets lead to.
pub(super) struct Stuffed {
    pub seats: Mean,
    pub people: Share,
}

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let stuffed: Vec<_> = TICKETS.iter().map(|fakes| (*fakes, play(study, *fakes))).collect();
    let profit = |(fakes, stuffed): &(usize, Stuffed), cost: f64| {
        PRICE * stuffed.seats.value() - cost * *fakes as f64
    };
    let best = |cost: f64| {
        let best = stuffed.iter().reduce(|best, other| {
            if profit(other, cost) > profit(best, cost) { other } else { best }
        });
        best.expect("there are some")
    };
    let (fakes, at_best) = best(COST);
    let row = |what: &str, target, value| Row::new("T5", what, target, value);
    let exact = |number: usize| Estimate::exact(number as f64);
    findings.row(row(
        "cost 0.01: best number of false tickets",
        Target::rounded(800.0, 0),
        exact(*fakes),
    ));
    findings.row(row("trader's seats", Target::rounded(80.0, 0), at_best.seats.estimate()));
    let Estimate { value, low, high } = at_best.seats.estimate();
    let [value, low, high] = [value, low, high].map(|seats| PRICE * seats - COST * *fakes as f64);
    let profit_row = row("profit", Target::rounded(32.0, 0), Estimate { value, low, high });
    findings.row(profit_row);
    findings.row(row("P(by hand)", Target::rounded(0.1, 2), at_best.people.estimate()));
    for cost in [0.25, 0.3] {
        let what = format!("cost {cost}: best number of false tickets");
        findings.row(row(&what, Target::AtMost(0.0), exact(best(cost).0)));
    }
    let line = |cost: f64| Line {
        name: format!("a false ticket costs {cost}"),
        points: stuffed.iter().map(|one| (one.0 as f64, profit(one, cost))).collect(),
    };
    findings.plots.push(Plot {
        file: "stuffing-profit.svg",
        title: "Without identity a draw can be filled with false tickets, as long as they are cheap",
        across: "false tickets",
        up: "trader's profit, in values of a seat",
        lines: [COST, 0.03, 0.1].map(line).to_vec(),
    });
}

/// Draws with `fakes` false tickets.
pub(super) fn play(study: &Study, fakes: usize) -> Stuffed {
    let chance = study.chance(&format!("t5 {fakes}"));
    let drawing = Drawing::of_seats(SEATS);
    let mut stuffed = Stuffed { seats: Mean::default(), people: Share::default() };
    let runs = if study.effort == Effort::Full { 1_500 } else { 20 };
    for _ in 0..runs {
        let entries: Vec<_> = (0..PEOPLE + fakes).map(|_| ticket(&chance, 0)).collect();
        let won = drawing.winners(&entries, &chance);
        let hits = |some: &[bool]| some.iter().filter(|won| **won).count();
        stuffed.people.count_all(hits(&won[..PEOPLE]), PEOPLE);
        stuffed.seats.add(hits(&won[PEOPLE..]) as f64);
    }
    stuffed
}
