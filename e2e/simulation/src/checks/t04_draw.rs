//! T4: a draw with one ticket a person and fixed names (M3). What a program is worth in it, and what
//! the trader had best do.

use draw::Entry;

use super::{COST, SEATS};
use crate::{
    Chance, Findings, Study,
    agents::{Offer, Trial, best_reply, sales},
    engine::{Drawing, ticket},
    measures::{Estimate, Ratio},
    report::{Line, Plot, Row, Target},
};

/// People whose program enters for them, at the first moment and again and again.
const CUSTOMERS: usize = 20;
const IDENTITIES: [usize; 7] = [0, 1, 5, 10, 20, 50, 100];
const PRICES: [f64; 6] = [0.01, 0.05, 0.1, 0.25, 0.5, 1.0];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    for people in [80, 200] {
        let trial = play(study, people, 0, study.runs(10_000));
        let ratio = Ratio { of: trial.customers, to: trial.others };
        let what = format!("{people} people: P(with a program) / P(by hand)");
        let target = Target::Within { low: 0.98, high: 1.02 };
        findings.row(Row::new("T4", what, target, ratio.estimate()));
    }
    let trials: Vec<_> = IDENTITIES
        .into_iter()
        .map(|identities| (identities, play(study, 200, identities, study.runs(3_000))))
        .collect();
    let earned = |price: f64, identities: usize, trial: &Trial| {
        price * sales(CUSTOMERS, price, trial.sure_gap()) - COST * identities as f64
    };
    let offers = trials.iter().flat_map(|(identities, trial)| {
        PRICES.map(|price| {
            let offer = Offer { price, identities: *identities };
            (offer, earned(price, *identities, trial))
        })
    });
    let best = best_reply(offers);
    let identities = Estimate::exact(best.offer.identities as f64);
    let row = |what: &str, value| Row::new("T4", what, Target::AtMost(0.0), value);
    findings.row(row("trader's best reply: identities", identities));
    findings.row(row("trader's best reply: profit", Estimate::exact(best.profit)));
    for (identities, trial) in &trials[1..] {
        let ratio = Ratio { of: trial.customers, to: trial.others };
        let what =
            format!("{identities} rented log-ins hand their seats back: P(customer) / P(other)");
        // A rented log-in keeps a ticket from everybody alike.
        findings.row(Row::new(
            "T4",
            what,
            Target::Within { low: 0.96, high: 1.04 },
            ratio.estimate(),
        ));
    }
    let points = |price: f64| {
        let point = |(identities, trial): &(usize, Trial)| {
            (*identities as f64, earned(price, *identities, trial))
        };
        trials.iter().map(point).collect::<Vec<_>>()
    };
    let line = |price| Line { name: format!("price {price}"), points: points(price) };
    findings.plots.push(Plot {
        file: "draw-profit.svg",
        title: "With one ticket a person, each identity costs the trader and earns nothing",
        across: "rented identities",
        up: "trader's profit, in values of a seat",
        lines: [0.05, 0.25, 1.0].map(line).to_vec(),
    });
}

/// Draws among `people`, some of them customers, and `rented` log-ins whose seats go down the line
/// again as they are given back.
fn play(study: &Study, people: usize, rented: usize, runs: usize) -> Trial {
    let chance = study.chance(&format!("t4 {people} {rented}"));
    let (drawing, mut trial) = (Drawing::of_seats(SEATS), Trial::default());
    for _ in 0..runs {
        let mut entries: Vec<_> = (0..people + rented).map(|_| ticket(&chance, 0)).collect();
        enter_again(&mut entries[..CUSTOMERS]);
        let served = served(&drawing, &entries, people, &chance);
        let (customers, others) = served.split_at(CUSTOMERS);
        let hits = |some: &[bool]| some.iter().filter(|won| **won).count();
        trial.customers.count_all(hits(customers), customers.len());
        trial.others.count_all(hits(others), others.len());
    }
    trial
}

/// A program changes its entry a hundred times. The ticket stays the same: identity gives one.
fn enter_again(entries: &mut [Entry]) {
    entries.iter_mut().for_each(|entry| entry.revision += 100);
}

/// Which of the first `people` entries got a seat, at once or because a seat was handed back.
fn served(drawing: &Drawing, entries: &[Entry], people: usize, chance: &Chance) -> Vec<bool> {
    let order = drawing.key(chance).order(entries);
    let any = [draw::Wish::default()];
    let given = drawing.assign(entries, &order, |_| &any[..]);
    let mut served = vec![false; people];
    let mut returned = 0;
    for (at, given) in order.iter().map(|at| *at as usize).zip(given) {
        match (served.get_mut(at), given) {
            (Some(person), Some(_)) => *person = true,
            (Some(person), None) if returned > 0 => {
                *person = true;
                returned -= 1;
            }
            (None, Some(_)) => returned += 1,
            // Nothing is left, or a rented log-in declines and the next in line is asked.
            (Some(_) | None, None) => {}
        }
    }
    served
}
