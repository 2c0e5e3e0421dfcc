//! Draws to try things on.

use ambient::SeededEntropy;
use draw::{
    Detail, Proof,
    check::{Finding, stranger},
    rehearsal::{Rehearsal, Size},
};

pub const SMALL: Size =
    Size { entries: 24, places: 3, days: 3, desks: 2, slots: 3, wishes: 4, logged: true };

pub fn small(seed: u64) -> Rehearsal {
    Rehearsal::invent(&SMALL, &SeededEntropy::new(seed))
}

/// The first small draw that fits, at or after `seed`.
pub fn small_with(seed: u64, fits: impl Fn(&Rehearsal) -> bool) -> Rehearsal {
    (seed..).map(small).find(fits).expect("there are many numbers")
}

/// One that publishes exact seats and whose identity is independent.
pub fn exact(seed: u64) -> Rehearsal {
    small_with(seed, |draw| {
        draw.announcement.detail == Detail::Seat && draw.announcement.identity.independent
    })
}

/// The names of the checks that found something wrong.
pub fn wrong(findings: &[Finding]) -> Vec<&'static str> {
    let wrong = findings.iter().filter(|finding| finding.is_wrong());
    wrong.map(|finding| finding.check.name()).collect()
}

pub fn wrong_for_strangers(proof: &Proof) -> Vec<&'static str> {
    wrong(&stranger(proof))
}
