//! Random draws with our verdict on each, one JSON object a line, for another verifier to agree.
//!
//! `draws COUNT SEED`: the same numbers give the same lines. Five of six draws were tampered with, and in two of three
//! an entry ended before the list was closed, or is said to.

use std::{
    env,
    io::{self, BufWriter, Write as _},
    process::ExitCode,
};

use ambient::{Entropy, SeededEntropy};
use draw::{
    AllWishes, EndReason, Proof, Visits, canonical,
    check::{self, Finding},
    rehearsal::{Rehearsal, Size, alteration},
};
use serde_json::json;

fn main() -> ExitCode {
    let mut numbers = env::args().skip(1).map_while(|number| number.parse::<u64>().ok());
    let (Some(count), Some(seed)) = (numbers.next(), numbers.next()) else {
        eprintln!("usage: draws COUNT SEED");
        return ExitCode::from(2);
    };
    match print(count, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("draws: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(count: u64, seed: u64) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for number in 0..count {
        let entropy = SeededEntropy::new(seed.wrapping_mul(1_000_003).wrapping_add(number));
        writeln!(out, "{}", line(number, &entropy))?;
    }
    out.flush()
}

fn line(number: u64, entropy: &dyn Entropy) -> serde_json::Value {
    let below = |bound: u64| usize::try_from(entropy.below(bound)).unwrap_or(0);
    let small = |bound: u64| u16::try_from(1 + entropy.below(bound)).unwrap_or(1);
    let size = Size {
        entries: 2 + below(30),
        places: small(3),
        days: 1 + u8::try_from(below(6)).unwrap_or(0),
        desks: small(2),
        slots: small(6),
        wishes: 1 + entropy.below(5),
        // A log takes twelve more signatures: one draw in twenty has one.
        logged: number.is_multiple_of(20),
    };
    let mut draw = Rehearsal::invent(&size, entropy);
    let at = below(size.entries as u64);
    let shown = Shown::of(number / 6, at, &mut draw);
    let (mut proof, mut all) = draw.settle();
    let altered = match number % 6 {
        1 => Some(alteration(&proof, below(10_000)).1),
        kind => {
            tamper(kind, below(proof.entries.len() as u64), &mut proof, &mut all);
            None
        }
    };
    let proof = altered.unwrap_or_else(|| canonical::write(&proof));
    let wrong = verdict(&proof, &all, &shown);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    json!({
        "proof": text(&proof),
        "receipt": shown.receipt,
        "ended": shown.ended,
        "wishes": text(&canonical::write(&all)),
        "wrong": wrong,
    })
}

/// What a person shows beside the proof.
struct Shown {
    receipt: Option<String>,
    /// The signed end of their entry.
    ended: Option<String>,
}

impl Shown {
    /// Of the entry `at`: the receipt, or an end beside it or alone. An entry that ended is not in the list,
    /// but for one kind.
    fn of(kind: u64, at: usize, draw: &mut Rehearsal) -> Self {
        let (receipt, end) = (draw.receipt(at), draw.ended(at, EndReason::Withdrawn));
        let may_end = draw.entries.len() > 2;
        let kind = if may_end { kind % 6 } else { 4 };
        if matches!(kind, 0 | 2 | 3) {
            draw.entries.remove(at);
            draw.wishes.remove(at);
        }
        let (receipt, ended) = match kind {
            0 | 1 => (Some(receipt), Some(end)),
            2 => (None, Some(end)),
            3 => (Some(receipt), Some(end.replace("withdrawn", "merged"))),
            _ => (Some(receipt), None),
        };
        Self { receipt, ended }
    }
}

/// What a dishonest office could do to the result, the list or the wishes.
fn tamper(kind: u64, at: usize, proof: &mut Proof, all: &mut AllWishes) {
    let at_next = (at + 1) % proof.entries.len();
    match (kind, &mut proof.result.visits) {
        (2, Visits::Seats(visits)) if visits.len() > 1 => {
            let last = visits.len() - 1;
            let (first, second) = (visits[0].seat(), visits[last].seat());
            (visits[0].row, visits[0].slot) = (second.row, second.slot);
            (visits[last].row, visits[last].slot) = (first.row, first.slot);
        }
        (3, Visits::Seats(visits)) => visits.truncate(visits.len().saturating_sub(1)),
        (3, Visits::HalfDays { visits, .. }) => visits.truncate(visits.len().saturating_sub(1)),
        (4, _) => drop(proof.entries.remove(at)),
        (5, _) => all.wishes.swap(at, at_next),
        _ => {}
    }
}

/// The checks that fail, by name: those of a stranger, or else those of entrant and auditor.
fn verdict(proof: &[u8], all: &AllWishes, shown: &Shown) -> Vec<String> {
    let Ok(proof) = canonical::read::<Proof>(proof) else { return vec!["document".into()] };
    let mut findings = check::stranger(&proof);
    if !findings.iter().any(Finding::is_wrong) {
        findings.extend(match (shown.receipt.as_deref(), shown.ended.as_deref()) {
            (Some(receipt), Some(ended)) => check::ended(&proof, receipt, ended),
            (Some(receipt), None) => check::entrant(&proof, receipt),
            (None, Some(ended)) => check::ended_alone(&proof, ended),
            (None, None) => Vec::new(),
        });
        findings.extend(check::auditor(&proof, all));
    }
    let wrong = findings.iter().filter(|finding| finding.is_wrong());
    let mut names: Vec<_> = wrong.map(|finding| finding.check.to_string()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
