//! What the auditor can check with everybody's wishes.
//!
//! Settling again is the whole check: random serial dictatorship has exactly one result for an
//! order and its wishes. Wishes that were deleted are replaced by the seat that was published, and
//! the finding says that this is taken as given.
//!
//! The auditor is the only reader who sees exact seats where a draw publishes half days, so their
//! check also compares what was sealed with what was published.

use super::{Check, Finding, Outcome, finding};
use crate::{
    AllWishes, Proof, Visits,
    result::{HalfDay, Visit, seats_by_turn},
    settle::settle,
};

/// Makes the checks of the auditor. The proof must have passed those of a stranger before.
///
/// `all` is what the authority hands over sealed ([`crate::Escrow`]): the wishes of every entrant,
/// which are for the auditor alone.
#[must_use]
pub fn auditor(proof: &Proof, all: &AllWishes) -> Vec<Finding> {
    let opened = finding(Check::Wishes, opened(proof, all));
    if opened.is_wrong() {
        return vec![opened];
    }
    let deleted = all.wishes.iter().filter(|wishes| wishes.is_none()).count();
    let outcome = match (settled(proof, all), deleted) {
        (Err(text), _) => Outcome::Wrong(text),
        (Ok(text), 0) => Outcome::Holds(text),
        (Ok(text), _) => Outcome::NotShown(format!(
            "{text}, taking as given what {deleted} got whose wishes are deleted"
        )),
    };
    vec![opened, Finding { check: Check::Settlement, outcome }]
}

/// Each set of wishes opens the hash in its entry and could be meant. Positions are those of the
/// list.
fn opened(proof: &Proof, all: &AllWishes) -> Result<String, String> {
    if all.announcement != proof.announcement.digest() {
        return Err("the wishes are of another draw".into());
    }
    if all.wishes.len() != proof.entries.len() {
        return Err(format!("{} wishes for {} entries", all.wishes.len(), proof.entries.len()));
    }
    for (entry, wishes) in proof.entries.iter().zip(&all.wishes) {
        let Some(wishes) = wishes else { continue };
        let ticket = |error| format!("ticket {}: {error}", entry.serial);
        wishes.check(proof.announcement.places.len()).map_err(|e| ticket(e.to_string()))?;
        if wishes.commitment() != entry.wishes {
            return Err(ticket("its wishes are not the sealed ones".into()));
        }
    }
    Ok("all wishes are the sealed ones".into())
}

/// Compares by turn and names the first turn that differs.
fn settled(proof: &Proof, all: &AllWishes) -> Result<String, String> {
    let shown = exact(proof, all)?;
    let mut known = vec![None; proof.result.order.len()];
    for visit in shown {
        let turn = (visit.turn as usize).wrapping_sub(1);
        *known.get_mut(turn).ok_or(format!("turn {} is none", visit.turn))? = Some(visit.seat());
    }
    let wishes = |at: usize| all.wishes[at].as_ref().map(|wishes| wishes.wishes.as_slice());
    let (draw, entries) = (&proof.announcement, &proof.entries);
    let given = settle(draw, entries, &proof.result.order, wishes, |turn| known[turn]);
    let own = seats_by_turn(&given);
    match own.iter().zip(shown).find(|(own, shown)| own != shown) {
        Some((own, shown)) => {
            Err(format!("turn {} should not have got what is shown", own.turn.min(shown.turn)))
        }
        None if own.len() != shown.len() => {
            Err(format!("{} should have got a seat, {} did", own.len(), shown.len()))
        }
        None => Ok("everybody got the best that was left at their turn".into()),
    }
}

/// The exact seats, from the result or out of their seal.
fn exact<'a>(proof: &'a Proof, all: &'a AllWishes) -> Result<&'a [Visit], String> {
    match (&proof.result.visits, &all.seats) {
        (Visits::Seats(visits), None) => Ok(visits),
        (Visits::Seats(_), Some(_)) => Err("exact seats are sealed that are public".into()),
        (Visits::HalfDays { .. }, None) => Err("the exact seats are missing".into()),
        (Visits::HalfDays { seal, visits }, Some(sealed)) => {
            if sealed.commitment() != *seal {
                return Err("the exact seats are not the sealed ones".into());
            }
            let draw = &proof.announcement;
            let halves = sealed.seats.iter().map(|visit| HalfDay::of(draw, visit));
            match halves.eq(visits.iter().copied().map(Some)) {
                true => Ok(&sealed.seats),
                false => Err("the exact seats do not fit the published half days".into()),
            }
        }
    }
}
