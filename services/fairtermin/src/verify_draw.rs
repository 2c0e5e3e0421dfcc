//! `verify-draw`: whether a draw was honest, without any network.

use std::{fs, path::Path};

use draw::{
    AllWishes, Proof, canonical,
    check::{Finding, Outcome, auditor, entrant, stranger},
};

use crate::{arguments::VerifyDraw, command_error::CommandError};

/// Larger proofs are refused: a draw of a million entries has less.
const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// The exit code if a file cannot be read; 1 says that something is wrong with the draw.
const UNREADABLE: u8 = 2;

/// Prints every check and what it found.
pub fn run(arguments: &VerifyDraw) -> Result<(), CommandError> {
    let proof: Proof = document(&arguments.proof, "a proof of a draw")?;
    println!("{}", headline(&proof));
    let mut findings = stranger(&proof);
    findings.iter().for_each(|finding| println!("  {finding}"));
    // What an entrant or the auditor sees rests on an order and a list that hold.
    let sound = !findings.iter().any(Finding::is_wrong);
    if let (Some(path), true) = (&arguments.receipt, sound) {
        let receipt = String::from_utf8(bytes(path)?)
            .map_err(|_| unreadable(path, "it is no receipt: not UTF-8"))?;
        more("With your receipt:", entrant(&proof, &receipt), &mut findings);
    }
    if let (Some(path), true) = (&arguments.wishes, sound) {
        let wishes: AllWishes = document(path, "the wishes of a draw")?;
        more("With everybody's wishes:", auditor(&proof, &wishes), &mut findings);
    }
    keys(&proof, arguments)?;
    verdict(&findings)
}

fn headline(proof: &Proof) -> String {
    let draw = &proof.announcement;
    format!(
        "{} of {}: {} ({} entries)",
        draw.draw,
        draw.authority,
        draw.service,
        proof.entries.len()
    )
}

fn more(title: &str, found: Vec<Finding>, findings: &mut Vec<Finding>) {
    println!("{title}");
    found.iter().for_each(|finding| println!("  {finding}"));
    findings.extend(found);
}

/// The proof names the log's key itself: compare it with a copy from elsewhere.
fn keys(proof: &Proof, arguments: &VerifyDraw) -> Result<(), CommandError> {
    let log = &proof.announcement.log;
    match &arguments.log_key {
        Some(key) if *key == log.key => Ok(()),
        Some(_) => Err(CommandError::new("WRONG: the draw is in the log of another key")
            .advice(format!("the proof names {}", log.key))),
        None => {
            println!("Compare these keys with those that the authority and its witnesses publish");
            println!("elsewhere, or pass --log-key:");
            println!("  log      {}", log.key);
            log.witnesses.iter().for_each(|key| println!("  witness  {key}"));
            Ok(())
        }
    }
}

fn verdict(findings: &[Finding]) -> Result<(), CommandError> {
    let names = |wanted: fn(&Finding) -> bool| {
        let found = findings.iter().filter(|finding| wanted(finding));
        found.map(|finding| finding.check.name()).collect::<Vec<_>>().join(", ")
    };
    let wrong = names(Finding::is_wrong);
    if !wrong.is_empty() {
        return Err(CommandError::new(format!("this draw does not hold: {wrong}"))
            .advice("keep the proof and the receipt, and show them to the auditor"));
    }
    let open = names(|finding| matches!(finding.outcome, Outcome::NotShown(_)));
    match open.as_str() {
        "" => println!("This draw holds."),
        open => println!("This draw holds, as far as it is shown. Not shown: {open}."),
    }
    Ok(())
}

fn document<T>(path: &Path, what: &str) -> Result<T, CommandError>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    canonical::read(&bytes(path)?)
        .map_err(|error| unreadable(path, &format!("it is not {what}: {error}")))
}

fn bytes(path: &Path) -> Result<Vec<u8>, CommandError> {
    let size = fs::metadata(path).map_err(|error| unreadable(path, &error.to_string()))?.len();
    if size > MAX_BYTES {
        return Err(unreadable(path, "it is larger than 512 MiB"));
    }
    fs::read(path).map_err(|error| unreadable(path, &error.to_string()))
}

fn unreadable(path: &Path, why: &str) -> CommandError {
    CommandError::new(format!("cannot read {}: {why}", path.display())).exit(UNREADABLE)
}
