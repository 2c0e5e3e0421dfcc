//! What anybody can check with the proof alone.
//!
//! What a stranger cannot see is whether an entry was passed over, as that takes wishes:
//! [`entrant`](super::entrant) and [`auditor`](super::auditor) can. If the announcement contradicts
//! itself, nothing after it means anything, and only that is reported.

use std::collections::HashMap;

use super::{Check, Finding, Outcome, finding, log, tickets::countersigned};
use crate::{
    Announcement, Beacon, Bytes, Day, Detail, HalfDay, OrderKey, Proof, Seats, Visit, Visits,
    documents::{Channels, Freeze},
    entry,
    result::{Half, Turn, classes},
    seed::randomness,
};

/// Makes every check that needs nothing but the proof.
///
/// Nothing is fetched: the proof has all documents, the beacon's signature and the proofs of
/// inclusion. The findings come in the order of [`Check`]. A finding that is wrong stops none of
/// the others, except one about the announcement.
#[must_use]
pub fn stranger(proof: &Proof) -> Vec<Finding> {
    let sound = proof.announcement.check().map_err(|error| error.to_string());
    let announced = sound.map(|()| {
        let slots: u64 = proof.announcement.rows.iter().map(|row| u64::from(row.slots)).sum();
        format!("{slots} slots at {} places", proof.announcement.places.len())
    });
    let mut findings = vec![finding(Check::Announcement, announced)];
    if findings[0].is_wrong() {
        return findings;
    }
    let digest = proof.announcement.digest();
    let order = order(proof, &digest);
    findings.extend([
        finding(Check::List, list(proof, &digest)),
        tickets(proof),
        finding(Check::Seed, seed(proof, &digest)),
        finding(Check::Beacon, beacon(proof)),
    ]);
    // Seats and counts are told by turn: without an order they say nothing.
    if order.is_ok() {
        findings.push(seats(proof));
        findings.push(finding(Check::Classes, counted(proof)));
    }
    findings.push(finding(Check::Order, order));
    findings.push(log::log(proof));
    findings.sort_by_key(|finding| finding.check);
    findings
}

/// The list as frozen: of this draw, between closing and beacon, sorted, each entry allowed, counts
/// and root right.
fn list(proof: &Proof, digest: &Bytes<32>) -> Result<String, String> {
    let Proof { announcement: draw, entries, freeze, .. } = proof;
    let Freeze { announcement, at, channels, entries: count, root, version: _ } = freeze;
    if announcement != digest {
        return Err("the frozen list is of another announcement".into());
    }
    if *at < draw.closes {
        return Err("the list was frozen before the entry window closed".into());
    }
    if draw.beacon_time().is_some_and(|known| *at >= known) {
        return Err("the list was frozen after the beacon was known".into());
    }
    if *count != entries.len() as u64 {
        return Err(format!("{} entries are shown, {count} were frozen", entries.len()));
    }
    if !entries.is_sorted_by(|a, b| a.serial < b.serial) {
        return Err("the entries are not in ascending order, or a ticket stands twice".into());
    }
    for entry in entries {
        entry.check(draw).map_err(|error| format!("ticket {}: {error}", entry.serial))?;
    }
    if *channels != Channels::of(entries) {
        return Err("the counts of desk and online entries are wrong".into());
    }
    if *root != entry::root(entries) {
        return Err("the entries are not those that were frozen".into());
    }
    let Channels { desk, online } = channels;
    Ok(format!("{count} entries, {online} online and {desk} with a clerk's help"))
}

/// Whether identity vouches for the list. Where the authority runs identity itself it could give
/// tickets to people who do not exist, so the finding says what stays open.
fn tickets(proof: &Proof) -> Finding {
    let Proof { announcement: draw, entries, freeze, .. } = proof;
    let said = countersigned(draw, entries, &freeze.root, &proof.tickets);
    let checked = said.map(|said| {
        let given = said.given.desk + said.given.online;
        format!("identity gave {given} tickets, and every ticket of the list is its own")
    });
    match checked.map_err(|why| why.to_string()) {
        Ok(text) if proof.announcement.identity.independent => finding(Check::Tickets, Ok(text)),
        Ok(text) => {
            let open = "but the authority runs identity itself: invented entries are not excluded";
            Finding { check: Check::Tickets, outcome: Outcome::NotShown(format!("{text}, {open}")) }
        }
        Err(text) => finding(Check::Tickets, Err(text)),
    }
}

/// The seed was bound by its hash in the announcement, before anybody entered. It opens that hash
/// or it is another one.
fn seed(proof: &Proof, digest: &Bytes<32>) -> Result<String, String> {
    if proof.reveal.announcement != *digest {
        return Err("the seed is of another announcement".into());
    }
    match proof.reveal.opens(&proof.announcement) {
        true => Ok("the seed is the one that the authority was bound to".into()),
        false => Err("the seed is not the one announced".into()),
    }
}

/// The second source of chance, which the authority can neither know before nor choose: a signature
/// of drand, or the auditor's seed.
fn beacon(proof: &Proof) -> Result<String, String> {
    let draw = &proof.announcement;
    randomness(&draw.draw, &draw.beacon, &proof.reveal.beacon)?;
    Ok(match draw.beacon {
        Beacon::Drand { round, .. } => format!("round {round} of drand, signed"),
        Beacon::Auditor { .. } => "the auditor's seed is the one announced".into(),
    })
}

/// Recomputes the order from seed and beacon and compares it turn by turn.
fn order(proof: &Proof, digest: &Bytes<32>) -> Result<String, String> {
    let Proof { announcement: draw, entries, reveal, result, .. } = proof;
    if result.announcement != *digest {
        return Err("the result is of another announcement".into());
    }
    let randomness = randomness(&draw.draw, &draw.beacon, &reveal.beacon)?;
    let order = OrderKey::new(&reveal.seed, digest, &randomness).order(entries);
    if result.order.len() != order.len() {
        return Err(format!("{} turns for {} entries", result.order.len(), order.len()));
    }
    match order.iter().zip(&result.order).position(|(own, shown)| own != shown) {
        None => Ok(format!("all {} turns follow from seed and beacon", order.len())),
        Some(at) => Err(format!("turn {} is another ticket's", at + 1)),
    }
}

/// Exact seats are checked one by one, half days by counting.
fn seats(proof: &Proof) -> Finding {
    match &proof.result.visits {
        Visits::Seats(visits) => finding(Check::Seats, exact(proof, visits)),
        Visits::HalfDays { visits, .. } => match half_days(proof, visits) {
            Err(text) => finding(Check::Seats, Err(text)),
            Ok(()) => {
                let text = "no half day is overfull; exact seats are for the auditor";
                Finding { check: Check::Seats, outcome: Outcome::NotShown(text.into()) }
            }
        },
    }
}

/// The entry of each turn, and that turns ascend.
fn entry_of(proof: &Proof, turn: Turn, last: &mut Turn) -> Result<usize, String> {
    let at = (turn as usize).checked_sub(1).and_then(|at| proof.result.order.get(at));
    let at = at.filter(|_| turn > *last).ok_or(format!("turn {turn} is none, or out of order"))?;
    *last = turn;
    Ok(*at as usize)
}

/// Takes each seat from a fresh set of free ones: one that is given twice fails at the second.
fn exact(proof: &Proof, visits: &[Visit]) -> Result<String, String> {
    let draw = &proof.announcement;
    if draw.detail != Detail::Seat {
        return Err("exact seats are shown, half days were announced".into());
    }
    let (mut seats, mut last) = (Seats::new(draw), 0);
    for visit in visits {
        let entry = &proof.entries[entry_of(proof, visit.turn, &mut last)?];
        let row = draw.rows.get(visit.row as usize);
        let row = row.ok_or(format!("turn {}: there is no row {}", visit.turn, visit.row))?;
        if !entry.may_take(row.quota) {
            return Err(format!("turn {}: the seat is kept for others", visit.turn));
        }
        if !seats.take(visit.seat(), draw.slots(entry.companions)) {
            return Err(format!("turn {}: the seat went before, or ends too late", visit.turn));
        }
    }
    Ok(format!("{} visits, no slot went twice, {} are left", visits.len(), seats.free()))
}

/// Exact seats are sealed here, so this proves less: per place and day, no more slots than there
/// are, and no more visits than slots that start in that half.
fn half_days(proof: &Proof, visits: &[HalfDay]) -> Result<(), String> {
    let draw = &proof.announcement;
    if draw.detail != Detail::HalfDay {
        return Err("half days are shown, exact seats were announced".into());
    }
    let (mut rooms, mut last) = (rooms(draw), 0);
    for visit in visits {
        let entry = &proof.entries[entry_of(proof, visit.turn, &mut last)?];
        let slots = u64::from(draw.slots(entry.companions));
        let room = rooms.get_mut(&(visit.day, visit.place));
        if !room.is_some_and(|room| room.take(visit.half, slots)) {
            return Err(format!("turn {}: there were not so many seats", visit.turn));
        }
    }
    Ok(())
}

/// What is left at one place on one day.
#[derive(Default)]
struct Room {
    /// Slots.
    slots: u64,
    /// Slots that start in each half.
    am: u64,
    pm: u64,
}

impl Room {
    /// The slots that still start in this half.
    const fn starts(&mut self, half: Half) -> &mut u64 {
        match half {
            Half::Am => &mut self.am,
            Half::Pm => &mut self.pm,
        }
    }

    /// Takes a visit that starts in this half; false if there is no room.
    const fn take(&mut self, half: Half, slots: u64) -> bool {
        if self.slots < slots || *self.starts(half) == 0 {
            return false;
        }
        self.slots -= slots;
        *self.starts(half) -= 1;
        true
    }
}

/// Counts what the announcement offers, per day and place. Quotas and rows are not told apart, as
/// the result does not name them.
fn rooms(draw: &Announcement) -> HashMap<(Day, u16), Room> {
    let mut rooms: HashMap<_, Room> = HashMap::new();
    for row in &draw.rows {
        let room = rooms.entry((row.day, row.place)).or_default();
        room.slots += u64::from(row.slots);
        for slot in 0..row.slots {
            *room.starts(Half::of(row.start(slot))) += 1;
        }
    }
    rooms
}

/// The classes again from the published turns: counts cannot be embellished.
fn counted(proof: &Proof) -> Result<String, String> {
    let Proof { announcement: draw, entries, result, .. } = proof;
    let mut served = vec![false; result.order.len()];
    for turn in result.served() {
        let at = (turn as usize).wrapping_sub(1);
        *served.get_mut(at).ok_or(format!("turn {turn} is none"))? = true;
    }
    let own = classes(draw, entries, &result.order, |turn| served[turn]);
    if own == result.classes {
        let total = served.iter().filter(|served| **served).count();
        Ok(format!("{total} of {} got a seat; the counts and cutoffs follow", entries.len()))
    } else {
        Err("the published counts or cutoffs do not follow from the result".into())
    }
}
