//! Whether the documents stand in the log, and stood there early enough.
//!
//! Early enough: the announcement before entries open, the frozen list before the beacon. Those two
//! deadlines are what makes the rest binding; tickets, reveal and result only have to stand there
//! at all.

use tlog::{ProofFile, VerifierKey};

use super::{Check, Finding, Outcome};
use crate::{Proof, Seconds, canonical, documents::LogProof};

/// Checks all proofs of inclusion that are shown.
pub(super) fn log(proof: &Proof) -> Finding {
    let outcome = match documents(proof) {
        Err(text) => Outcome::Wrong(text),
        Ok(missing) if missing.is_empty() => {
            Outcome::Holds("all documents stand in the log, witnessed in time".into())
        }
        Ok(missing) => Outcome::NotShown(missing.join("; ")),
    };
    Finding { check: Check::Log, outcome }
}

/// What is not shown.
///
/// Errors are what is wrong: a proof that does not verify, or one that is too late. A wrong proof
/// is never counted as a missing one, else an attacker would show garbage.
fn documents(proof: &Proof) -> Result<Vec<String>, String> {
    let (draw, logged) = (&proof.announcement, &proof.log);
    let log: VerifierKey = draw.log.key.parse().map_err(|_| "the key of the log")?;
    let keys = draw.log.witnesses.iter().map(|key| key.parse().map_err(|_| "a witness's key"));
    let witnesses: Vec<VerifierKey> = keys.collect::<Result<_, _>>()?;
    let parts = [
        ("announcement", &logged.announcement, canonical::write(draw), Some(draw.opens)),
        ("freeze", &logged.freeze, canonical::write(&proof.freeze), draw.beacon_time()),
        ("tickets", &logged.tickets, proof.tickets.clone().into_bytes(), None),
        ("reveal", &logged.reveal, canonical::write(&proof.reveal), None),
        ("result", &logged.result, canonical::write(&proof.result), None),
    ];
    let mut missing = Vec::new();
    for (name, shown, document, deadline) in parts {
        let Some(shown) = shown else {
            missing.push(format!("{name} is not shown to stand in the log"));
            continue;
        };
        let seen = witnessed(shown, &document, &log, &witnesses)
            .map_err(|error| format!("{name}: {error}"))?;
        match (deadline, seen) {
            (Some(deadline), Some(seen)) if seen >= deadline => {
                return Err(format!("{name}: witnessed at {seen}, too late for {deadline}"));
            }
            (Some(_), None) => missing.push(format!("no witness says when it saw the {name}")),
            _ => {}
        }
    }
    Ok(missing)
}

/// When the first witness saw the document in the log, if any has.
///
/// The earliest of several witnesses counts, as one honest early witness is enough to show that the
/// document was there. The log's own word has no time.
fn witnessed(
    shown: &LogProof,
    document: &[u8],
    log: &VerifierKey,
    witnesses: &[VerifierKey],
) -> Result<Option<Seconds>, String> {
    let file: ProofFile = shown.proof.parse().map_err(|error| format!("{error}"))?;
    let entry = tlog::entry(&shown.salt.0, document);
    let signed = file.verify(&entry.0, log, witnesses).map_err(|error| error.to_string())?;
    Ok(signed.iter().filter_map(|signed| signed.seen).min())
}
