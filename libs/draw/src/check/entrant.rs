//! What an entrant can check with their receipt.
//!
//! Needs no secret but the receipt, and no trust in the authority: the receipt is signed, the list
//! is frozen, the wishes open the sealed hash. If every entrant does this, the whole result is
//! checked.

use tlog::{Note, VerifierKey};

use super::{Check, Finding, Outcome, finding};
use crate::{
    Ended, Entry, Proof, Receipt, Seat, Visits, Wish, canonical,
    result::{HalfDay, Visit},
};

/// Makes the checks of an entrant. The proof must have passed those of a stranger before.
///
/// `receipt` is the signed note as the entrant got it, byte for byte. The findings come in the
/// order of [`Check`], and the own result is looked at only if nothing before is wrong.
#[must_use]
pub fn entrant(proof: &Proof, receipt: &str) -> Vec<Finding> {
    let receipt = match read_receipt(proof, receipt) {
        Ok(receipt) => receipt,
        Err(text) => return vec![finding(Check::Receipt, Err(text))],
    };
    let (listed, turn) = listed(proof, &receipt);
    let mut findings = begun(Finding { check: Check::Entry, outcome: listed }, proof, &receipt);
    if let (Some(turn), false) = (turn, findings.iter().any(Finding::is_wrong)) {
        findings.push(Finding { check: Check::Own, outcome: own(proof, &receipt, turn) });
    }
    findings
}

/// Makes the checks of a person whose entry ended before the list was closed, with the signed note
/// ([`Ended`]) that says so. The proof must have passed those of a stranger before.
///
/// `receipt` is the last one of the entry, `ended` the signed end that the authority shows. If it
/// shows none, call [`entrant`]: the missing ticket is then the finding.
#[must_use]
pub fn ended(proof: &Proof, receipt: &str, ended: &str) -> Vec<Finding> {
    let receipt = match read_receipt(proof, receipt) {
        Ok(receipt) => receipt,
        Err(text) => return vec![finding(Check::Receipt, Err(text))],
    };
    let absent = read_ended(proof, ended).and_then(|ended| absent(proof, &receipt, &ended));
    begun(entry(absent), proof, &receipt)
}

/// Makes the check of a signed end alone, for an entrant whose receipt is gone: that the authority
/// signed it for this draw, and that the list keeps to it. Neither wishes nor an older promise are
/// compared.
#[must_use]
pub fn ended_alone(proof: &Proof, ended: &str) -> Vec<Finding> {
    let absent = read_ended(proof, ended).and_then(|ended| not_listed(proof, &ended));
    vec![entry(absent)]
}

/// The finding about an entry that ended.
fn entry(absent: Result<Outcome, String>) -> Finding {
    Finding { check: Check::Entry, outcome: absent.unwrap_or_else(Outcome::Wrong) }
}

/// The findings about a receipt that is genuine.
fn begun(entry: Finding, proof: &Proof, receipt: &Receipt) -> Vec<Finding> {
    let text = "signed by the authority, for this draw".to_owned();
    let wishes = finding(Check::Wishes, sealed(proof, receipt));
    vec![finding(Check::Receipt, Ok(text)), entry, wishes]
}

/// The receipt, if the announced key signed it for this draw.
fn read_receipt(proof: &Proof, receipt: &str) -> Result<Receipt, String> {
    let receipt: Receipt = signed_document(proof, receipt)?;
    if receipt.announcement != proof.announcement.digest() {
        return Err("the receipt is of another draw".into());
    }
    Ok(receipt)
}

/// The end of an entry, if the announced key signed it for this draw.
fn read_ended(proof: &Proof, ended: &str) -> Result<Ended, String> {
    let ended: Ended =
        signed_document(proof, ended).map_err(|why| format!("the end of the entry: {why}"))?;
    if ended.announcement != proof.announcement.digest() {
        return Err("the end is of an entry in another draw".into());
    }
    Ok(ended)
}

/// A document that the key of the receipts signed.
fn signed_document<T>(proof: &Proof, note: &str) -> Result<T, String>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let note: Note = note.parse().map_err(|error| format!("{error}"))?;
    let key: VerifierKey = proof.announcement.receipts.parse().map_err(|_| "the receipts' key")?;
    note.verify(&[key]).map_err(|error| error.to_string())?;
    canonical::read(note.text().as_bytes()).map_err(|error| error.to_string())
}

/// Where the entry stands, and its turn.
///
/// Other words prove that the authority broke its promise: receipt and list together are the
/// evidence. A missing ticket proves it if the authority shows no signed end. A later revision
/// needs the later receipt instead.
fn listed(proof: &Proof, receipt: &Receipt) -> (Outcome, Option<usize>) {
    let wrong = |text: &str| (Outcome::Wrong(text.to_owned()), None);
    let (own, entries) = (&receipt.entry, &proof.entries);
    let Ok(at) = entries.binary_search_by_key(&own.serial, |entry| entry.serial) else {
        return wrong(
            "the list does not have this ticket. If you withdrew, booked otherwise or were \
             merged, the authority must show a signed end: check with it. If it shows none, the \
             receipt proves a broken promise",
        );
    };
    let listed = &entries[at];
    if listed.revision > own.revision {
        let text = format!(
            "a later revision replaced this receipt (the list has revision {}, this one is {}): \
             use the receipt of that one. If you changed nothing, show both to the auditor",
            listed.revision, own.revision
        );
        return (Outcome::NotShown(text), None);
    }
    if listed != own {
        return wrong("the list has other words than the receipt: a broken promise");
    }
    match proof.result.order.iter().position(|listed| *listed as usize == at) {
        None => wrong("the order does not have this ticket"),
        Some(turn) => {
            let text = format!("stands in the list as promised; its turn was {}", turn + 1);
            (Outcome::Holds(text), Some(turn))
        }
    }
}

/// That the entry of the receipt ended as the authority signed, and is not in the list.
fn absent(proof: &Proof, receipt: &Receipt, ended: &Ended) -> Result<Outcome, String> {
    let own = &receipt.entry;
    if ended.serial != own.serial {
        return Err("the end is of another entry".into());
    }
    if ended.revision < own.revision {
        return Err("the receipt is of a later revision than the one that ended".into());
    }
    not_listed(proof, ended)
}

/// That an entry ended before the list was closed, and is not in it.
fn not_listed(proof: &Proof, ended: &Ended) -> Result<Outcome, String> {
    if ended.at > proof.freeze.at {
        return Err("the entry ended after the list was closed: a broken promise".into());
    }
    let listed = proof.entries.binary_search_by_key(&ended.serial, |entry| entry.serial);
    match listed.map(|at| proof.entries[at].revision > ended.revision) {
        Err(_) => Ok(Outcome::Holds(format!(
            "ended before the list was closed: {}. If that is not so, show it to the auditor, with \
             the receipt",
            ended.why
        ))),
        Ok(true) => Ok(Outcome::NotShown(
            "it was entered again after this end: check with the later receipt".into(),
        )),
        Ok(false) => Err("the list has the entry that ended: a broken promise".into()),
    }
}

/// Whether the receipt's wishes are the ones in the list, and could be meant at all.
fn sealed(proof: &Proof, receipt: &Receipt) -> Result<String, String> {
    let wishes = &receipt.wishes;
    wishes.check(proof.announcement.places.len()).map_err(|error| error.to_string())?;
    match wishes.commitment() == receipt.entry.wishes {
        true => Ok(format!("the {} sealed wishes are yours", wishes.wishes.len())),
        false => Err("the sealed wishes are not those of the receipt".into()),
    }
}

/// Whether the entrant got the best that was left at their turn. Of a draw that publishes half days
/// this cannot be said fully, and the finding says so.
fn own(proof: &Proof, receipt: &Receipt, turn: usize) -> Outcome {
    let entry = &receipt.entry;
    let chance = chance(proof, entry);
    let wishes = &receipt.wishes.wishes;
    match &proof.result.visits {
        Visits::Seats(visits) => match best_left(proof, entry, wishes, visits, turn) {
            Ok(text) => Outcome::Holds(format!("{text}. {chance}")),
            Err(text) => Outcome::Wrong(text),
        },
        Visits::HalfDays { visits, .. } => match half_day(proof, wishes, visits, turn) {
            Ok(text) => Outcome::NotShown(format!(
                "{text}; whether an earlier wish was still free only the auditor sees. {chance}"
            )),
            Err(text) => Outcome::Wrong(text),
        },
    }
}

/// How entries with the same wishes fared. Without the wishes of the others, no more can be said.
fn chance(proof: &Proof, entry: &Entry) -> String {
    let slots = proof.announcement.slots(entry.companions);
    let alike = proof.result.classes.iter().find(|class| {
        class.cohort == entry.cohort && class.quotas == entry.quotas && class.slots == slots
    });
    alike.map_or_else(String::new, |class| {
        format!("{} of {} who entered alike got a seat", class.served, class.entered)
    })
}

/// Goes through everything that the entrant would have preferred: each slot of such a seat was
/// taken by an entry whose turn was before.
fn best_left(
    proof: &Proof,
    entry: &Entry,
    wishes: &[Wish],
    visits: &[Visit],
    turn: usize,
) -> Result<String, String> {
    let held = Held::new(proof, visits);
    let got = visits.iter().find(|visit| visit.turn as usize == turn + 1).map(Visit::seat);
    let slots = proof.announcement.slots(entry.companions);
    for (number, wish) in (1..).zip(wishes) {
        for seat in wanted(proof, entry, wish, slots) {
            if got == Some(seat) {
                return Ok(format!("you got the best that was left: wish {number}"));
            }
            if !held.before(seat, slots, turn) {
                return Err(format!(
                    "wish {number} was still free at your turn: row {}, slot {}",
                    seat.row, seat.slot
                ));
            }
        }
    }
    match got {
        None => Ok("at your turn nothing was left of what you wished".into()),
        Some(seat) => {
            Err(format!("you got row {}, slot {}, which you did not wish", seat.row, seat.slot))
        }
    }
}

/// Everything that a wish means, in the order in which it is given.
fn wanted(proof: &Proof, entry: &Entry, wish: &Wish, slots: u16) -> Vec<Seat> {
    let rows = (0u32..).zip(&proof.announcement.rows).filter(|(_, row)| {
        entry.may_take(row.quota) && wish.wants_place(row.place) && wish.wants_day(row.day)
    });
    let mut seats: Vec<_> = rows
        .flat_map(|(at, row)| {
            let starts = 0..(row.slots + 1).saturating_sub(slots);
            let suits =
                starts.filter(|slot| wish.wants_time(row.start(*slot), row.start(*slot + slots)));
            suits.map(move |slot| {
                (row.day, row.start(slot), row.quota.is_none(), Seat { row: at, slot })
            })
        })
        .collect();
    seats.sort_unstable();
    seats.into_iter().map(|(.., seat)| seat).collect()
}

/// The turn that holds each slot.
///
/// By slot, the turn that got it; `u32::MAX` where it is free. Built from the published visits,
/// which passed the stranger's checks: the indices exist.
struct Held {
    /// Where each row begins in `turns`.
    first: Vec<usize>,
    turns: Vec<u32>,
}

impl Held {
    /// The turn of each slot, from the visits of the result.
    fn new(proof: &Proof, visits: &[Visit]) -> Self {
        let draw = &proof.announcement;
        let (mut first, mut total) = (Vec::new(), 0);
        for row in &draw.rows {
            first.push(total);
            total += usize::from(row.slots);
        }
        let mut turns = vec![u32::MAX; total];
        for visit in visits {
            let entry = &proof.entries[proof.result.order[visit.turn as usize - 1] as usize];
            let from = first[visit.row as usize] + usize::from(visit.slot);
            turns[from..from + usize::from(draw.slots(entry.companions))].fill(visit.turn);
        }
        Self { first, turns }
    }

    /// Whether a slot of this seat went before turn `turn`, counted from 0.
    fn before(&self, seat: Seat, slots: u16, turn: usize) -> bool {
        let from = self.first[seat.row as usize] + usize::from(seat.slot);
        let held = &self.turns[from..from + usize::from(slots)];
        held.iter().any(|holder| (*holder as usize) <= turn)
    }
}

/// Day and place are public, so they must fit one of the wishes; the time of day is sealed and not
/// compared.
fn half_day(
    proof: &Proof,
    wishes: &[Wish],
    visits: &[HalfDay],
    turn: usize,
) -> Result<String, String> {
    let Some(got) = visits.iter().find(|visit| visit.turn as usize == turn + 1) else {
        return Ok("you got nothing".into());
    };
    let wished = wishes.iter().position(|wish| {
        wish.wants_day(got.day)
            && proof.announcement.places.len() > usize::from(got.place)
            && wish.wants_place(got.place)
    });
    match wished {
        Some(number) => Ok(format!("your seat is on a day and place of wish {}", number + 1)),
        None => Err("you got a day and place that you did not wish".into()),
    }
}
