//! `verify-draw`: whether a draw was honest, without any network.

use std::{fs, path::Path};

use draw::{
    AllWishes, Ended, Proof, Receipt, canonical,
    check::{Check, Finding, Outcome, auditor, ended, ended_alone, entrant, stranger},
};
use tlog::{Note, VerifierKey};

use crate::{arguments::VerifyDraw, command_error::CommandError};

/// Larger proofs are refused: a draw of a million entries has less.
const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// The exit code if a file cannot be read; 1 says that something is wrong with the draw, or that the entry of a receipt
/// is not in its list.
const UNREADABLE: u8 = 2;
/// The exit code if nothing is wrong, and evidence is missing that the announcement promised.
const UNPROVEN: u8 = 3;

/// Prints every check and what it found.
pub fn run(arguments: &VerifyDraw) -> Result<(), CommandError> {
    let proof: Proof = document(&arguments.proof, "a proof of a draw")?;
    let receipt = arguments.receipt.as_deref();
    let receipt = receipt.map(|path| note::<Receipt>(path, "receipt", "receipt"));
    let receipt = receipt.transpose()?;
    let end = arguments.ended.as_deref();
    let end = end.map(|path| note::<Ended>(path, "signed end of an entry", "ended"));
    let end = end.transpose()?;
    arguments.log_key.as_deref().map(log_key).transpose()?;
    println!("{}", headline(&proof));
    let mut findings = stranger(&proof);
    findings.iter().for_each(|finding| println!("  {finding}"));
    // What an entrant or the auditor sees rests on an order and a list that hold.
    let sound = !findings.iter().any(Finding::is_wrong);
    if sound {
        match (&receipt, &end) {
            (Some(receipt), Some(end)) => {
                more("With your receipt and its end:", ended(&proof, receipt, end), &mut findings);
            }
            (Some(receipt), None) => {
                more("With your receipt:", entrant(&proof, receipt), &mut findings);
            }
            (None, Some(end)) => {
                more("With the signed end:", ended_alone(&proof, end), &mut findings);
            }
            (None, None) => {}
        }
    }
    if let (Some(path), true) = (&arguments.wishes, sound) {
        let wishes: AllWishes = document(path, "the wishes of a draw")?;
        more("With everybody's wishes:", auditor(&proof, &wishes), &mut findings);
    }
    keys(&proof, arguments)?;
    match receipt.filter(|_| end.is_none() && only_entry_is_wrong(&findings)) {
        Some(receipt) => not_listed(&proof, &receipt).map_or_else(|| verdict(&findings), Err),
        None => verdict(&findings),
    }
}

fn only_entry_is_wrong(findings: &[Finding]) -> bool {
    let mut wrong = findings.iter().filter(|finding| finding.is_wrong());
    wrong.next().is_some_and(|finding| finding.check == Check::Entry) && wrong.next().is_none()
}

/// What is said to a person whose ticket the list does not have: whether that is wrong only the signed end can say.
/// `None`: the list has it.
fn not_listed(proof: &Proof, receipt: &str) -> Option<CommandError> {
    let note: Note = receipt.parse().ok()?;
    let receipt: Receipt = canonical::read(note.text().as_bytes()).ok()?;
    let serial = receipt.entry.serial;
    if proof.entries.iter().any(|entry| entry.serial == serial) {
        return None;
    }
    let draw = &proof.announcement.draw;
    let message = "the draw itself holds, but the entry of this receipt is not in its list";
    Some(CommandError::new(message).advice(format!(
        "who left the draw or was left out has a signed end: get it under \"My entry\" in the portal, or from the \
         authority's API at /v1/draws/{draw}/ends/{serial}, and pass it with --ended FILE; if the authority shows none, \
         it broke its promise: keep the proof and the receipt, and show them to the auditor"
    )))
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
    let missing = names(Finding::is_missing);
    if !missing.is_empty() {
        let message = format!("this draw is not shown to be right: {missing}");
        return Err(CommandError::new(message).exit(UNPROVEN).advice(
            "nothing in it is wrong, but no witness of the announcement has signed: get the proof anew from the \
             authority; if it stays so, ask the authority why, and show the proof to the auditor",
        ));
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

/// The text of a signed note around a `T`: a file of its own, or the `member` of an answer of the API. Whether its
/// signature holds is checked with the proof.
fn note<T>(path: &Path, what: &str, member: &str) -> Result<String, CommandError>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let wrong = |why: &dyn std::fmt::Display| {
        unreadable(path, &format!("this is no {what}: {why}"))
            .advice(format!(
                "pass the file as the portal gave it, unchanged, or the answer of the API that has it as `{member}`"
            ))
    };
    let text = String::from_utf8(bytes(path)?).map_err(|error| wrong(&error))?;
    let answer = serde_json::from_str::<serde_json::Value>(&text).ok();
    let in_answer = answer.and_then(|answer| Some(answer.get(member)?.as_str()?.to_owned()));
    let text = in_answer.unwrap_or(text);
    let note = text.parse::<Note>().map_err(|error| wrong(&error))?;
    canonical::read::<T>(note.text().as_bytes()).map_err(|error| wrong(&error))?;
    Ok(text)
}

/// A key as logs publish theirs.
fn log_key(key: &str) -> Result<VerifierKey, CommandError> {
    key.parse::<VerifierKey>().map_err(|error| {
        CommandError::from_error("cannot read --log-key", &error)
            .advice("a key is one line: NAME+HASH+BASE64")
            .exit(UNREADABLE)
    })
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use ambient::SeededEntropy;
    use draw::rehearsal::{Rehearsal, Size};

    use super::*;

    const SIZE: Size =
        Size { entries: 8, places: 2, days: 2, desks: 2, slots: 3, wishes: 2, logged: true };

    /// What the command says, and its exit code. An empty receipt is not passed.
    fn verified(
        draw: &Rehearsal,
        receipt: &str,
        end: Option<&str>,
        key: Option<&str>,
    ) -> (u8, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &[u8]| -> PathBuf {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            path
        };
        let receipt = (!receipt.is_empty()).then(|| file("receipt.txt", receipt.as_bytes()));
        let outcome = run(&VerifyDraw {
            proof: file("proof.json", &canonical::write(&draw.settle().0)),
            receipt,
            ended: end.map(|end| file("ended.txt", end.as_bytes())),
            wishes: None,
            log_key: key.map(ToOwned::to_owned),
        });
        outcome.map_or_else(|error| (error.code(), error.to_string()), |()| (0, String::new()))
    }

    #[test]
    fn what_is_no_receipt_and_no_key_is_unreadable_and_says_nothing_of_the_draw() {
        let draw = Rehearsal::invent(&SIZE, &SeededEntropy::new(1));
        let (code, text) = verified(&draw, "thank you for entering", None, None);
        assert!(code == UNREADABLE && text.contains("this is no receipt"), "{code} {text}");
        let (code, text) = verified(&draw, &draw.receipt(0), None, Some("log"));
        assert!(code == UNREADABLE && text.contains("--log-key"), "{code} {text}");
        let receipt = draw.receipt(0);
        let (code, text) = verified(&draw, &receipt, Some(&receipt), None);
        assert!(code == UNREADABLE && text.contains("no signed end"), "{code} {text}");
    }

    #[test]
    fn a_draw_that_no_announced_witness_signed_is_not_called_right() {
        let draw = Rehearsal::invent(&Size { logged: false, ..SIZE }, &SeededEntropy::new(1));
        let (code, text) = verified(&draw, "", None, None);
        assert!(code == UNPROVEN && text.contains("not shown to be right: log"), "{code} {text}");
        let logged = Rehearsal::invent(&SIZE, &SeededEntropy::new(1));
        assert_eq!(verified(&logged, "", None, None), (0, String::new()));
    }

    #[test]
    fn an_older_receipt_and_an_entry_that_ended_accuse_nobody() {
        let mut draw = Rehearsal::invent(&SIZE, &SeededEntropy::new(1));
        let (first, second) = (draw.receipt(0), draw.receipt(1));
        let end = draw.ended(1, draw::EndReason::Booked);
        draw.entries[0].revision += 1;
        draw.entries.remove(1);
        draw.wishes.remove(1);
        assert_eq!(verified(&draw, &first, None, None).0, 0);
        let (code, text) = verified(&draw, &second, None, None);
        assert!(code == 1 && text.contains("the draw itself holds"), "{code} {text}");
        let serial = text.split("/ends/").nth(1).expect("where the end is").split(',').next();
        assert!(end.contains(serial.unwrap()) && text.contains("--ended FILE"), "{text}");
        assert_eq!(verified(&draw, &second, Some(&end), None).0, 0);
        assert_eq!(verified(&draw, "", Some(&end), None).0, 0);
    }

    #[test]
    fn the_answer_of_the_api_is_taken_as_well_as_the_note_in_it() {
        let mut draw = Rehearsal::invent(&SIZE, &SeededEntropy::new(1));
        let end = draw.ended(1, draw::EndReason::Withdrawn);
        draw.entries.remove(1);
        draw.wishes.remove(1);
        let answer = |member: &str, note: &str| {
            let all = serde_json::json!({ "status": "withdrawn", member: note });
            all.to_string()
        };
        let receipt = answer("receipt", &draw.receipt(0));
        assert_eq!(verified(&draw, &receipt, None, None), (0, String::new()));
        let ended = answer("ended", &end);
        assert_eq!(verified(&draw, "", Some(&ended), None), (0, String::new()));
        let (code, text) = verified(&draw, "", Some(&answer("other", &end)), None);
        assert!(code == UNREADABLE && text.contains("has it as `ended`"), "{code} {text}");
    }

    #[test]
    fn an_end_of_an_entry_that_is_in_the_list_is_wrong_also_without_a_receipt() {
        let draw = Rehearsal::invent(&SIZE, &SeededEntropy::new(1));
        let end = draw.ended(1, draw::EndReason::Withdrawn);
        let (code, text) = verified(&draw, "", Some(&end), None);
        assert!(code == 1 && text.contains("entry"), "{code} {text}");
    }
}
