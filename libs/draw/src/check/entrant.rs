//! What somebody who entered can check with their receipt.
//!
//! Needs no secret but the receipt, and no trust in the authority: the receipt is signed, the list
//! is frozen, the wishes open the sealed hash. If every entrant does this, the whole result is
//! checked.

use tlog::{Note, VerifierKey};

use super::{Check, Finding, Outcome, finding};
use crate::{
    Entry, Proof, Receipt, Seat, Visits, Wish, canonical,
    result::{HalfDay, Visit},
};

/// Makes the checks of an entrant. The proof must have passed those of a stranger before.
#[must_use]
pub fn entrant(proof: &Proof, receipt: &str) -> Vec<Finding> {
    let receipt = match read(proof, receipt) {
        Ok(receipt) => receipt,
        Err(text) => return vec![finding(Check::Receipt, Err(text))],
    };
    let text = "signed by the authority, for this draw".to_owned();
    let mut findings = vec![finding(Check::Receipt, Ok(text))];
    let listed = listed(proof, &receipt);
    findings.push(finding(Check::Entry, listed.clone().map(|(_, text)| text)));
    findings.push(finding(Check::Wishes, sealed(proof, &receipt)));
    if let (Ok((turn, _)), false) = (listed, findings.iter().any(Finding::is_wrong)) {
        findings.push(Finding { check: Check::Own, outcome: own(proof, &receipt, turn) });
    }
    findings
}

/// The receipt, if the announced key signed it for this draw.
fn read(proof: &Proof, receipt: &str) -> Result<Receipt, String> {
    let note: Note = receipt.parse().map_err(|error| format!("{error}"))?;
    let key: VerifierKey = proof.announcement.receipts.parse().map_err(|_| "the receipts' key")?;
    note.verify(&[key]).map_err(|error| error.to_string())?;
    let receipt: Receipt =
        canonical::read(note.text().as_bytes()).map_err(|error| error.to_string())?;
    if receipt.announcement != proof.announcement.digest() {
        return Err("the receipt is of another draw".into());
    }
    Ok(receipt)
}

/// The turn of the entry.
///
/// A missing ticket or other words prove that the authority broke its promise: receipt and list
/// together are the evidence. A later revision needs the later receipt instead.
fn listed(proof: &Proof, receipt: &Receipt) -> Result<(usize, String), String> {
    let (own, entries) = (&receipt.entry, &proof.entries);
    let at = entries.binary_search_by_key(&own.serial, |entry| entry.serial).map_err(|_| {
        "the list does not have this ticket. Unless you withdrew, the receipt proves a broken \
         promise"
            .to_owned()
    })?;
    let listed = &entries[at];
    if listed.revision > own.revision {
        return Err(format!(
            "the list has a later change (revision {}, this receipt is of revision {}): use its \
             receipt. If you did not change it, somebody else did",
            listed.revision, own.revision
        ));
    }
    if listed != own {
        return Err("the list has other words than the receipt: a broken promise".into());
    }
    let turn = proof.result.order.iter().position(|listed| *listed as usize == at);
    let turn = turn.ok_or("the order does not have this ticket")?;
    Ok((turn, format!("stands in the list as promised; its turn was {}", turn + 1)))
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

/// How those fared who entered alike. Nobody can say more without the wishes of the others.
fn chance(proof: &Proof, entry: &Entry) -> String {
    let slots = proof.announcement.slots(entry.companions);
    let alike = proof.result.classes.iter().find(|class| {
        class.cohort == entry.cohort && class.quotas == entry.quotas && class.slots == slots
    });
    alike.map_or_else(String::new, |class| {
        format!("{} of {} who entered alike got a seat", class.served, class.entered)
    })
}

/// Goes through everything that the entrant would have preferred: a slot of each such seat was
/// taken by somebody whose turn was before.
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

/// Who holds each slot.
///
/// By slot, the turn that got it; `u32::MAX` where nobody did. Built from the published visits,
/// which passed the stranger's checks: the indices exist.
struct Held {
    /// Where each row begins in `turns`.
    first: Vec<usize>,
    turns: Vec<u32>,
}

impl Held {
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
