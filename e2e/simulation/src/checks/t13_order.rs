//! T13: the order is even, does not depend on who else is in the list, and strangers accept it.

use draw::{
    check::{self, Finding},
    rehearsal::{Rehearsal, Size},
};

use crate::{
    Findings, Study,
    engine::{Drawing, ticket},
    measures::{Estimate, Share},
    report::{Row, Target},
};

const TICKETS: usize = 10;
/// What chi-square with nine degrees of freedom exceeds once in a thousand times.
const CRITICAL: f64 = 27.88;

pub(super) fn run(study: &Study, findings: &mut Findings) {
    let even = first_places(study);
    let row = |what: &str, target, value| Row::new("T13", what, target, value);
    let what = "chi-square of the first place among 10 tickets, 9 degrees of freedom";
    findings.row(row(what, Target::AtMost(CRITICAL), Estimate::exact(even)));
    let what = "removing one ticket keeps the order of all others: share";
    findings.row(row(
        what,
        Target::Is { number: 1.0, tolerance: 0.0 },
        keeps_order(study).estimate(),
    ));
    let what = "rehearsed draws that a stranger's check accepts: share (instead of the first design's \
                vectors: `libs/draw` has its own)";
    findings.row(row(what, Target::Is { number: 1.0, tolerance: 0.0 }, accepted(study).estimate()));
}

/// Chi-square of how often each ticket is first.
fn first_places(study: &Study) -> f64 {
    let chance = study.chance("t13 first");
    let drawing = Drawing::of_seats(1);
    let entries: Vec<_> = (0..TICKETS).map(|_| ticket(&chance, 0)).collect();
    let draws = study.runs(100_000);
    let mut firsts = [0_u32; TICKETS];
    for _ in 0..draws {
        firsts[drawing.key(&chance).order(&entries)[0] as usize] += 1;
    }
    let expected = draws as f64 / TICKETS as f64;
    firsts.iter().map(|first| (f64::from(*first) - expected).powi(2) / expected).sum()
}

fn keeps_order(study: &Study) -> Share {
    let (chance, mut share) = (study.chance("t13 removal"), Share::default());
    let drawing = Drawing::of_seats(1);
    for _ in 0..study.runs(1_000) {
        let mut entries: Vec<_> = (0..50).map(|_| ticket(&chance, 0)).collect();
        let key = drawing.key(&chance);
        let serials = |entries: &[draw::Entry]| {
            let order = key.order(entries);
            order.into_iter().map(|at| entries[at as usize].serial).collect::<Vec<_>>()
        };
        let mut before = serials(&entries);
        let removed = entries.swap_remove(chance.below(50)).serial;
        before.retain(|serial| *serial != removed);
        share.count(serials(&entries) == before);
    }
    share
}

/// Whole draws with proof and log, checked by the engine's verifier for strangers.
fn accepted(study: &Study) -> Share {
    let (chance, mut share) = (study.chance("t13 proofs"), Share::default());
    let size =
        Size { entries: 40, places: 3, days: 2, desks: 1, slots: 6, wishes: 3, logged: true };
    for _ in 0..study.runs(1_000).min(50) {
        let (proof, _) = Rehearsal::invent(&size, chance.entropy()).settle();
        let refused = check::stranger(&proof).iter().any(Finding::is_wrong);
        share.count(!refused);
    }
    share
}
