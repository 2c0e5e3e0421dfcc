//! Whether the documents stand in the log, and stood there early enough.
//!
//! Early enough: the announcement before entries open, the frozen list before the beacon. Those two
//! deadlines are what makes the rest binding; tickets, reveal and result only have to stand there
//! at all.
//!
//! Only a witness shows when they stood there. Where the announcement names witnesses and none of them
//! signed, the evidence is missing that was promised: else whoever is late would leave out the signatures.

use std::collections::BTreeMap;

use tlog::{ProofFile, VerifierKey};

use super::{Check, Finding, Outcome};
use crate::{Proof, Seconds, canonical, documents::LogProof};

/// Checks all proofs of inclusion that are shown.
pub(super) fn log(proof: &Proof) -> Finding {
    let outcome = documents(proof).map_or_else(Outcome::Wrong, Shown::outcome);
    Finding { check: Check::Log, outcome }
}

/// What the proofs of inclusion show, none of which is wrong.
struct Shown {
    /// Documents without a proof of inclusion, and those with one that no witness signed with a time.
    open: Vec<String>,
    /// How many witnesses saw both announcement and list in time: the fewer of the two.
    in_time: usize,
    /// How many witnesses are announced.
    announced: usize,
}

impl Shown {
    fn outcome(self) -> Outcome {
        let Self { open, in_time, announced } = self;
        if announced > 0 && in_time == 0 {
            return Outcome::Missing(open.join("; "));
        }
        if !open.is_empty() {
            return Outcome::NotShown(open.join("; "));
        }
        Outcome::Holds(format!(
            "all documents stand in the log, witnessed in time by {in_time} of {announced} witnesses"
        ))
    }
}

/// What is shown.
///
/// Errors are what is wrong: a proof that does not verify, or one that is too late. A wrong proof
/// is never counted as a missing one, else an attacker would show garbage.
fn documents(proof: &Proof) -> Result<Shown, String> {
    let (draw, logged) = (&proof.announcement, &proof.log);
    let log: VerifierKey = draw.log.key.parse().map_err(|_| "the key of the log")?;
    let keys = draw.log.witnesses.iter().map(|key| key.parse().map_err(|_| "a witness's key"));
    let witnesses: Vec<VerifierKey> = keys.collect::<Result<_, _>>()?;
    let announced = witnesses.len();
    // The flag says whether a witness has to have seen it.
    let parts = [
        ("announcement", &logged.announcement, true, canonical::write(draw), Some(draw.opens)),
        ("freeze", &logged.freeze, true, canonical::write(&proof.freeze), draw.beacon_time()),
        ("tickets", &logged.tickets, false, proof.tickets.clone().into_bytes(), None),
        ("reveal", &logged.reveal, false, canonical::write(&proof.reveal), None),
        ("result", &logged.result, false, canonical::write(&proof.result), None),
    ];
    let mut all = Shown { open: Vec::new(), in_time: announced, announced };
    for (name, shown, is_bound, document, deadline) in parts {
        let mut in_time = 0;
        if let Some(shown) = shown {
            let seen = witnessed(shown, &document, &log, &witnesses)
                .map_err(|error| format!("{name}: {error}"))?;
            in_time = before(deadline, name, &seen)?;
            if in_time == 0 && is_bound && (announced > 0 || deadline.is_some()) {
                all.open.push(unseen(name, announced));
            }
        } else {
            all.open.push(format!("{name} is not shown to stand in the log"));
        }
        if is_bound {
            all.in_time = all.in_time.min(in_time);
        }
    }
    Ok(all)
}

/// What is said of a document that stands in the log without a witness.
fn unseen(name: &str, announced: usize) -> String {
    match announced {
        0 => format!("when the {name} was in the log (no witness is announced)"),
        all => format!("when the {name} was in the log (0 of {all} witnesses signed)"),
    }
}

/// How many witnesses signed before the deadline. Fails if witnesses signed and even the first was too late.
fn before(
    deadline: Option<Seconds>,
    name: &str,
    seen: &BTreeMap<String, Seconds>,
) -> Result<usize, String> {
    let Some(deadline) = deadline else { return Ok(seen.len()) };
    match seen.values().min() {
        Some(first) if *first >= deadline => {
            Err(format!("{name}: witnessed at {first}, too late for {deadline}"))
        }
        _ => Ok(seen.values().filter(|at| **at < deadline).count()),
    }
}

/// When each witness saw the document in the log, by its name.
///
/// One honest early witness is enough to show that the document was there. The log's own word has
/// no time.
fn witnessed(
    shown: &LogProof,
    document: &[u8],
    log: &VerifierKey,
    witnesses: &[VerifierKey],
) -> Result<BTreeMap<String, Seconds>, String> {
    let file: ProofFile = shown.proof.parse().map_err(|error| format!("{error}"))?;
    let entry = tlog::entry(&shown.salt.0, document);
    let signed = file.verify(&entry.0, log, witnesses).map_err(|error| error.to_string())?;
    let mut first = BTreeMap::new();
    for (name, seen) in signed.iter().filter_map(|one| Some((one.key.name(), one.seen?))) {
        first
            .entry(name.to_owned())
            .and_modify(|at: &mut Seconds| *at = seen.min(*at))
            .or_insert(seen);
    }
    Ok(first)
}
