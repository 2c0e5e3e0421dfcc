//! T1: the trader takes every seat under false names (M1) and sells at the best price.

use super::SEATS;
use crate::{
    Effort, Findings, Study,
    agents::{Deal, Unsold, best_price, sell, values},
    engine::{Drawing, ticket},
    measures::{Binomial, Estimate, Mean},
    report::{Row, Target},
};

/// People for 100 seats, and the targets: price, profit, spoiled seats, welfare, surplus.
const WITHHELD: [(usize, [f64; 5]); 5] = [
    (80, [0.5, 20.0, 60.0, 30.0, 10.0]),
    (100, [0.5, 25.0, 50.0, 37.5, 12.5]),
    (150, [0.5, 37.5, 25.0, 56.3, 18.8]),
    (200, [0.5, 50.0, 0.0, 75.0, 25.0]),
    (400, [0.75, 75.0, 0.0, 87.5, 12.5]),
];
/// The same if unsold seats flow back.
const FLOW_BACK: [(usize, [f64; 5]); 5] = [
    (80, [0.0, 0.0, 0.0, 40.0, 40.0]),
    (100, [0.0, 0.0, 0.0, 50.0, 50.0]),
    (150, [0.333, 33.3, 0.0, 66.7, 33.3]),
    (200, [0.5, 50.0, 0.0, 75.0, 25.0]),
    (400, [0.75, 75.0, 0.0, 87.5, 12.5]),
];
const NAMES: [&str; 5] = ["price", "profit", "spoiled seats", "welfare", "surplus"];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let scale = scale(study);
    for (unsold, name, targets) in
        [(Unsold::Withheld, "withheld", WITHHELD), (Unsold::FlowBack, "flow back", FLOW_BACK)]
    {
        for (people, wanted) in targets {
            let deals = best_deals(study, people * scale, 100 * scale, unsold);
            for ((what, wanted), pick) in NAMES.into_iter().zip(wanted).zip(PICKS) {
                let per_hundred = if what == "price" { 1.0 } else { 1.0 / scale as f64 };
                let value = deals.iter().map(|deal| pick(deal) * per_hundred).collect::<Mean>();
                let least = if what == "price" { 0.01 } else { 1.5 };
                let tolerance = (wanted * 0.02).max(least);
                let what = format!("unsold {name}, {people} people: {what}");
                let target = Target::Is { number: wanted, tolerance };
                findings.row(Row::new("T1", what, target, value.estimate()));
            }
        }
    }
    findings.row(small_market(study));
    lottery(study, findings);
}

const PICKS: [fn(&Deal) -> f64; 5] = [
    |deal| deal.price,
    |deal| deal.profit,
    |deal| deal.spoiled,
    |deal| deal.welfare,
    |deal| deal.surplus,
];

/// The targets hold in the limit of a large market. So 20,000 seats are played, and the numbers are given per 100.
pub(super) fn scale(study: &Study) -> usize {
    if study.effort == Effort::Full { 200 } else { 5 }
}

/// Several markets at the price that earns most over all of them.
pub(super) fn best_deals(study: &Study, people: usize, seats: usize, unsold: Unsold) -> Vec<Deal> {
    let chance = study.chance(&format!("t1 {people} {unsold:?}"));
    let markets: Vec<_> = (0..study.runs(20)).map(|_| values(people, &chance)).collect();
    let price = best_price(&markets, seats, unsold);
    let deal = |values: &Vec<f64>| sell(values, seats, price, unsold);
    let mut deals: Vec<_> = markets.iter().map(deal).collect();
    if deals.iter().all(|deal| deal.profit == 0.0) {
        deals.iter_mut().for_each(|deal| deal.price = 0.0);
    }
    deals
}

/// The same with 100 seats and no more, at one price for all.
fn small_market(study: &Study) -> Row {
    let chance = study.chance("t1 small");
    let deals = (0..study.runs(20_000))
        .map(|_| sell(&values(200, &chance), 100, 0.5, Unsold::Withheld).profit);
    let value = deals.collect::<Mean>().estimate();
    let exact = 0.5 * Binomial { n: 200, p: 0.5 }.expected_up_to(100);
    Row::new(
        "T1",
        "100 seats in all, 200 people, price 0.5: profit",
        Target::rounded(50.0, 1),
        value,
    )
    .corrected(
        Target::rounded(exact, 2),
        "it is the limit of large markets; with 100 seats, half of 200 people are sometimes fewer \
             buyers than seats, and the exact expectation is 48.6",
    )
}

/// The draw beside it: the engine's.
fn lottery(study: &Study, findings: &mut Findings) {
    let (drawing, chance) = (Drawing::of_seats(SEATS), study.chance("t1 draw"));
    for (people, welfare, share) in
        [(80, 40.0, 1.0), (100, 50.0, 1.0), (150, 50.0, 0.667), (200, 50.0, 0.5), (400, 50.0, 0.25)]
    {
        let (mut sums, mut shares) = (Mean::default(), Mean::default());
        for _ in 0..study.runs(1_000) {
            let values = values(people, &chance);
            let entries: Vec<_> = values.iter().map(|_| ticket(&chance, 0)).collect();
            let won = drawing.winners(&entries, &chance);
            let served = values.iter().zip(&won).filter(|(_, won)| **won);
            sums.add(served.map(|(value, _)| value).sum());
            shares.add(won.iter().filter(|won| **won).count() as f64 / people as f64);
        }
        let row = |what: &str, target, value: Estimate| {
            Row::new("T1", format!("draw, {people} people: {what}"), target, value)
        };
        let tolerance = welfare * 0.005;
        let target = Target::Is { number: welfare, tolerance };
        findings.row(row("welfare and surplus", target, sums.estimate()));
        findings.row(row("share served", Target::rounded(share, 3), shares.estimate()));
    }
}
