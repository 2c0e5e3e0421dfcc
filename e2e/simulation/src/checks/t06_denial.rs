//! T6: false tickets only to spoil a draw, and how identity bounds that.

use super::t05_stuffing::play;
use crate::{
    Findings, Study,
    report::{Row, Target},
};

/// False tickets, and the targets: chance of a person, seats that go to false tickets.
const WITHOUT_IDENTITY: [(usize, f64, f64); 3] =
    [(50, 0.40, 20.0), (200, 0.25, 50.0), (1_000, 0.083, 83.3)];
/// People whom the trader hires: the only tickets to be had where identity gives them.
const HIRED: usize = 5;

pub(super) fn run(study: &Study, findings: &mut Findings) {
    for (fakes, share, seats) in WITHOUT_IDENTITY {
        let stuffed = play(study, fakes);
        let row = |what: &str, target, value| {
            Row::new("T6", format!("{fakes} false tickets: {what}"), target, value)
        };
        findings.row(row("P(by hand)", Target::rounded(share, 3), stuffed.people.estimate()));
        findings.row(row("seats lost", Target::rounded(seats, 1), stuffed.seats.estimate()));
    }
    let with_identity = play(study, HIRED).people.estimate();
    let what = format!("one ticket a person, {HIRED} hired people: P(by hand)");
    findings.row(Row::new("T6", what, Target::rounded(0.488, 3), with_identity));
}
