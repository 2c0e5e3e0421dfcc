//! The share of freed seats that reach the person for whom they were freed.

use super::t07_freed_seat::play;
use crate::{
    Chance, Findings, Study,
    engine::{Counter, Line, person},
    measures::Share,
    report::{Row, Target},
};

/// How many people wait, and on how many days they joined.
const WAITING: usize = 500;
const DAYS: usize = 14;

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let row =
        |what: &str, target, share: Share| Row::new("handover", what, target, share.estimate());
    let at_once = at_once(study);
    findings.row(row(
        "freed at once, known moment: to the accomplice",
        Target::AtLeast(0.95),
        at_once,
    ));
    let by_coin = play(study, WAITING, 300.0, |chance| chance.exponential(300.0));
    findings.row(row(
        "freed by a coin, equal limits: to the accomplice",
        Target::AtMost(0.01),
        by_coin,
    ));
    let late = waiting_list(study, |_| WAITING - 1);
    let what = "waiting list: to the accomplice who joins the moment before";
    findings.row(row(what, Target::Is { number: 0.0, tolerance: 0.0 }, late));
    let anywhere = waiting_list(study, |chance| chance.below(WAITING));
    let what = "waiting list: to one of 500 who wait, who was next anyway";
    findings.row(row(what, Target::rounded(1.0 / WAITING as f64, 3), anywhere));
}

/// Today's way: a cancelled seat is free in the same moment.
fn at_once(study: &Study) -> Share {
    let (chance, mut share) = (study.chance("handover at once"), Share::default());
    for _ in 0..study.runs(500) {
        let mut counter = Counter::booth();
        counter.book(person(1)).expect("it is free");
        let (id, seat) = counter.cancel(person(1)).expect("it was booked");
        counter.release(id, &seat);
        // The seller's program asks within a hundredth of a second, the first of 500 people later.
        let program = chance.unit() * 0.01;
        let first = chance.exponential(300.0 / WAITING as f64);
        let order = if program < first { [2, 3] } else { [3, 2] };
        let winner = order.into_iter().find(|who| counter.book(person(*who)).is_ok());
        share.count(winner == Some(2));
    }
    share
}

/// The engine's line. The seat goes to the first in it, by whatever person it was given up.
/// `accomplice` says as which of all who wait the accomplice joined.
fn waiting_list(study: &Study, accomplice: impl Fn(&Chance) -> usize) -> Share {
    let (chance, mut share) = (study.chance("handover list"), Share::default());
    for _ in 0..study.runs(2_000) {
        let mut line = Line::new("2027-01-04".parse().expect("a day"), &chance);
        let accomplice = accomplice(&chance);
        for number in 0..WAITING {
            if number > 0 && number.is_multiple_of(WAITING / DAYS) {
                line.next_day(&chance);
            }
            line.join_somebody(number, &chance);
        }
        share.count(line.first() == Some(accomplice));
    }
    share
}
