//! T10: how many bookings a site can take so that too many come in at most one of twenty half-days.

use crate::{
    Findings, Study,
    measures::{Binomial, Estimate, Mean, Share},
    report::{Row, Target},
    town::bookings_for,
};

/// No-shows, bookings for 20 seats, for 100, and the expected fill of 100.
const CASES: [(f64, usize, usize, f64); 5] = [
    (0.05, 20, 102, 0.969),
    (0.11, 20, 107, 0.952),
    (0.17, 21, 113, 0.938),
    (0.20, 22, 116, 0.928),
    (0.25, 23, 123, 0.922),
];

pub(super) fn run(study: &Study, findings: &mut Findings) {
    for (missing, of_twenty, of_hundred, fill) in CASES {
        let name = |what: &str| format!("{:.0} % miss: {what}", missing * 100.0);
        for (seats, wanted) in [(20, of_twenty), (100, of_hundred)] {
            let bookings = bookings_for(seats, missing);
            let what = name(&format!("bookings for {seats} seats"));
            let value = Estimate::exact(bookings as f64);
            findings.row(Row::new("T10", what, Target::rounded(wanted as f64, 0), value));
            let (overflow, filled) = play(study, seats, bookings, missing);
            let exact = Binomial { n: bookings, p: 1.0 - missing };
            let above = exact.above(seats);
            let what = name(&format!("{bookings} for {seats}: too many come, at most 0.05"));
            let target = Target::Is { number: above, tolerance: 0.0 };
            findings.row(Row::new("T10", what, target, overflow.estimate()));
            if seats == 100 {
                let expected = exact.expected_up_to(seats) / seats as f64;
                let row =
                    Row::new("T10", name("fill"), Target::rounded(fill, 3), filled.estimate());
                findings.row(row.corrected(
                    Target::rounded(expected, 4),
                    "its last digit is off; the binomial expectation is exact",
                ));
            }
        }
    }
}

/// Half-days on which everybody comes or not: too many, and how full it is.
fn play(study: &Study, seats: usize, bookings: usize, missing: f64) -> (Share, Mean) {
    let chance = study.chance(&format!("t10 {seats} {missing}"));
    let (mut overflow, mut filled) = (Share::default(), Mean::default());
    for _ in 0..study.runs(40_000) {
        let come = (0..bookings).filter(|_| !chance.happens(missing)).count();
        overflow.count(come > seats);
        filled.add(come.min(seats) as f64 / seats as f64);
    }
    (overflow, filled)
}
