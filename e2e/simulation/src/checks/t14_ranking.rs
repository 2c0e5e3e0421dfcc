//! T14: the mechanisms side by side, where people outnumber seats.

use super::{BY_HAND, COST, SEATS, t01_hoarding, t03_customers_first, t05_stuffing};
use crate::{
    Findings, Study,
    agents::{Trial, Unsold, price_for, values},
    engine::{Drawing, ticket},
    measures::{Estimate, Mean, Share},
    report::{Row, Table, Target},
};

/// What a mechanism earns the trader and leaves to people, per 100 seats.
struct Outcome {
    profit: Estimate,
    surplus: Estimate,
}

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let mut lines = Vec::new();
    for people in [150, 200, 400] {
        let m1a = hoard(study, people, Unsold::Withheld);
        let m1b = hoard(study, people, Unsold::FlowBack);
        let m2 = booking_service(study, people, race_gap(study, people));
        let m6 = booking_service(study, people, freed_gap(study, people, BY_HAND));
        let limited = booking_service(study, people, freed_gap(study, people, 1.0));
        let m3 = booking_service(study, people, draw_gap(study, people));
        rank(findings, people, [&m1a, &m1b, &m2, &m6, &limited, &m3]);
        for (name, outcome) in [
            ("M1 withheld", &m1a),
            ("M1 flow back", &m1b),
            ("M2 name fixed", &m2),
            ("M6 random return", &m6),
            ("M6 with equal limits", &limited),
            ("M3, M4, M7, M8", &m3),
        ] {
            let Estimate { value, low, high } = outcome.profit;
            let profit = format!("{value:.1} ({low:.1} to {high:.1})");
            let surplus = format!("{:.1}", outcome.surplus.value);
            lines.push(vec![people.to_string(), name.to_owned(), profit, surplus]);
        }
    }
    let head = ["people for 100 seats", "mechanism", "trader's profit", "people's surplus"];
    findings.tables.push(Table {
        title: "Profit and surplus by mechanism, in values of a seat",
        head: head.map(str::to_owned).to_vec(),
        lines,
    });
    stuffing_falls(study, findings);
}

fn rank(findings: &mut Findings, people: usize, outcomes: [&Outcome; 6]) {
    let [m1a, m1b, m2, m6, limited, m3] = outcomes.map(|outcome| outcome.profit.value);
    let mut row = |what: &str, target, value: f64| {
        let what = format!("{people} people: {what}");
        findings.row(Row::new("T14", what, target, Estimate::exact(value)));
    };
    let equal = Target::Within { low: 0.95, high: 1.05 };
    row("profit M1 withheld / M1 flow back", Target::AtLeast(0.99), m1a / m1b);
    row("profit M1 flow back / M2", equal, m1b / m2);
    row("profit M6 without limits / M2", Target::AtMost(1.01), m6 / m2);
    row("profit M6 with equal limits", Target::AtMost(0.0), limited);
    row("profit M3", Target::AtMost(0.0), m3);
    let [.., surplus_m2, _, _, surplus_m3] = outcomes.map(|outcome| outcome.surplus.value);
    row("surplus M3 - surplus M2", Target::AtLeast(1.0), surplus_m3 - surplus_m2);
}

fn hoard(study: &Study, people: usize, unsold: Unsold) -> Outcome {
    let scale = t01_hoarding::scale(study);
    let deals = t01_hoarding::best_deals(study, people * scale, 100 * scale, unsold);
    let per_hundred = |mean: Mean| mean.estimate().times(1.0 / scale as f64);
    Outcome {
        profit: per_hundred(deals.iter().map(|deal| deal.profit).collect()),
        surplus: per_hundred(deals.iter().map(|deal| deal.surplus).collect()),
    }
}

/// The trader books for as many customers as there are seats, at the price that those pay whose chance
/// becomes greater by `gap`. Without a gap no customer pays, and seats go by chance.
fn booking_service(study: &Study, people: usize, gap: f64) -> Outcome {
    let chance = study.chance(&format!("t14 service {people}"));
    let seats = usize::from(SEATS);
    let markets: Vec<_> = (0..study.runs(2_000)).map(|_| values(people, &chance)).collect();
    let profit = price_for(&markets, seats, gap).estimate();
    let welfare = |values: &Vec<f64>| {
        let (customers, others) = values.split_at(seats);
        let share = seats as f64 / people as f64;
        let all = (customers.iter().sum::<f64>() + others.iter().sum::<f64>()) * share;
        all + gap * (customers.iter().sum::<f64>() - all)
    };
    let welfare = markets.iter().map(welfare).collect::<Mean>().estimate();
    Outcome { profit, surplus: Estimate::exact(welfare.value - profit.value) }
}

/// M2: how much greater a customer's chance is at the engine's counter.
fn race_gap(study: &Study, people: usize) -> f64 {
    let served = t03_customers_first::play(study, people, usize::from(SEATS), &mut Mean::default());
    Trial { customers: served.customers, others: served.others }.sure_gap()
}

/// M6: seats come back one by one at random moments, and a program asks `faster` times as often.
fn freed_gap(study: &Study, people: usize, faster: f64) -> f64 {
    let chance = study.chance(&format!("t14 freed {people} {faster}"));
    let (mut customers, mut others) = (Share::default(), Share::default());
    let runs = study.runs(1_000);
    for _ in 0..runs {
        let (mut programs, mut by_hand) = (usize::from(SEATS), people - usize::from(SEATS));
        for _ in 0..SEATS {
            let rate = programs as f64 * faster;
            if chance.happens(rate / (rate + by_hand as f64)) {
                programs -= 1;
            } else {
                by_hand -= 1;
            }
        }
        customers.count_all(usize::from(SEATS) - programs, usize::from(SEATS));
        let all = people - usize::from(SEATS);
        others.count_all(all - by_hand, all);
    }
    Trial { customers, others }.sure_gap()
}

/// M3: how much greater the chance of the first hundred entries is in the engine's draw.
fn draw_gap(study: &Study, people: usize) -> f64 {
    let chance = study.chance(&format!("t14 draw {people}"));
    let (drawing, mut trial) = (Drawing::of_seats(SEATS), Trial::default());
    for _ in 0..study.runs(1_000) {
        let entries: Vec<_> = (0..people).map(|_| ticket(&chance, 0)).collect();
        let won = drawing.winners(&entries, &chance);
        let (customers, others) = won.split_at(usize::from(SEATS));
        let hits = |some: &[bool]| some.iter().filter(|won| **won).count();
        trial.customers.count_all(hits(customers), customers.len());
        trial.others.count_all(hits(others), others.len());
    }
    trial.sure_gap()
}

/// M5 earns less the dearer a false ticket is, and nothing from price times seats by people on.
fn stuffing_falls(study: &Study, findings: &mut Findings) {
    let seats: Vec<_> = [200, 800]
        .map(|fakes| (fakes as f64, t05_stuffing::play(study, fakes).seats.value()))
        .to_vec();
    let best = |cost: f64| {
        seats.iter().map(|(fakes, seats)| 0.5 * seats - cost * fakes).fold(0.0, f64::max)
    };
    let profits = [COST, 0.05, 0.1, 0.25].map(best);
    let falls = profits.is_sorted_by(|a, b| a > b || *b == 0.0);
    let row = |what: &str, target, value| Row::new("T14", what, target, Estimate::exact(value));
    let what = "profit M5 falls with the cost of a false ticket (1 is yes)";
    findings.row(row(what, Target::AtLeast(1.0), f64::from(u8::from(falls))));
    let what = "profit M5 at cost price × seats / people";
    findings.row(row(what, Target::AtMost(0.5), profits[3]));
}
