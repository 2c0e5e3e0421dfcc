//! T2: fewer people than seats, and a trader who can take only what is left over.

use super::BY_HAND;
use crate::{
    Findings, Study,
    agents::{Racer, Served, Trial, race, sales},
    engine::{Counter, person},
    measures::Estimate,
    report::{Row, Target},
};

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let (chance, mut served) = (study.chance("t2"), Served::default());
    for _ in 0..study.runs(100) {
        let mut counter = Counter::hall();
        let traders = (0..20).map(|number| Racer::by_program(person(number), &chance));
        let people = (1_000..1_080).map(|number| Racer::by_hand(person(number), BY_HAND, &chance));
        race(&mut counter, traders.chain(people).collect(), &mut served);
    }
    let trial = Trial { customers: served.customers, others: served.others };
    let earned: f64 =
        [0.01, 0.1, 0.5].map(|price| price * sales(80, price, trial.sure_gap())).iter().sum();
    let share = served.others.estimate();
    findings.row(Row::new("T2", "P(by hand)", Target::rounded(1.0, 3), share));
    let row = Row::new("T2", "profit at any price", Target::AtMost(0.0), Estimate::exact(earned));
    findings.row(row);
}
