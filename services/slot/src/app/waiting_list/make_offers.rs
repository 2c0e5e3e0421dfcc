//! Seats that are free are offered to those who wait for them.

use std::collections::{HashMap, HashSet};

use booking::{ReservationKind, Seat};
use catalogue::{Catalogue, is_night};
use cluster::Term;
use ids::{OfferId, ReservationId, ServiceId};
use jiff::Timestamp;
use messaging::UnitOfWork;
use serde_json::json;

pub use super::matching::Look;
use super::{
    events, kept, leading,
    matching::{Match, Matching},
    stand_by::offer_to,
    terms, window,
};
use crate::{
    app::{
        AppError, Engine,
        release_seat::{NextUse, after_list, usable_until},
    },
    domain::{
        Actor,
        waiting::{AnswerToken, OfferStatus, SeatOffer},
    },
    store::{
        audit, bookings, closings, gate,
        reservations::{self, KeptSeat, ListedSeat, Purpose},
        waiting_entries::{self, whose},
        waiting_offers,
    },
};

/// Most kept seats in one look.
const KEPT: u64 = 5_000;
/// Offers in one transaction.
const BATCH: usize = 100;

/// Offers what is free, as this process leads in `term`; not at night, when it is kept for the morning.
/// Seats that the list does not want become free as all others. How many offers were made.
///
/// Done again, or by another process after this one died, it goes on from what is written.
///
/// # Errors
/// The database does not answer. What was offered by then stays offered.
pub async fn make_offers(engine: &Engine, term: Term, look: Look) -> Result<u64, AppError> {
    let (db, catalogue) = (engine.database.connection(), engine.catalogue());
    // Read once, before the seats: a look that began at night ends as one, or it would offer in the
    // morning what it found before all seats of the night were given up.
    let now = engine.now();
    let kept = reservations::listed(db, KEPT).await?;
    let has_lists = catalogue.services().any(|(_, service)| service.waiting_list.is_some());
    if kept.is_empty() && (look == Look::Kept || !has_lists) {
        return Ok(0);
    }
    let matching = Matching {
        engine,
        catalogue: &catalogue,
        now,
        kept: &kept,
        closed: closings::since(db, engine.local_date(now)).await?.into_iter().collect(),
        to_beat: waiting_entries::starts_to_beat(db).await?,
        refused: waiting_offers::refused(db).await?,
        look,
    };
    let matches = matching.matches().await?;
    let wanted: HashSet<_> = matches.iter().filter_map(|one| one.kept).collect();
    let mut offering =
        Offering { engine, catalogue: &catalogue, term, now, pieces: HashMap::new() };
    for (at, listed) in kept.iter().enumerate() {
        offering.pieces.insert(at, vec![(listed.id, listed.seat.clone(), listed.list.clone())]);
    }
    let mut made = 0;
    if is_night(now, &engine.berlin) {
        offering.keep(&matches).await?;
    } else {
        for some in matches.chunks(BATCH) {
            match offering.batch(some).await? {
                Some(offers) => made += offers,
                None => return Ok(made),
            }
        }
    }
    let unwanted = kept.iter().enumerate().filter(|(at, _)| !wanted.contains(at));
    let unwanted: Vec<_> = unwanted.map(|(_, listed)| listed).collect();
    offering.give_back(&unwanted).await?;
    Ok(made)
}

/// What is left of a kept seat.
type Piece = (ReservationId, Seat, ServiceId);

struct Offering<'a> {
    engine: &'a Engine,
    catalogue: &'a Catalogue,
    term: Term,
    /// When the look began.
    now: Timestamp,
    /// What is left of each kept seat.
    pieces: HashMap<usize, Vec<Piece>>,
}

impl Offering<'_> {
    /// Several offers in one transaction. `None`: something changed meanwhile, nothing is offered.
    async fn batch(&mut self, matches: &[Match]) -> Result<Option<u64>, AppError> {
        let engine = self.engine;
        let Some(mut unit) = leading(engine, self.term).await? else { return Ok(None) };
        gate::pass_catalogue(unit.transaction()).await?;
        // Of a person who was merged since the line was read, the next look reads who they are by now. Else the
        // seat would be kept for somebody who does not exist any more.
        let line: Vec<_> = matches.iter().map(|one| &one.entry).collect();
        let are_theirs = whose::keep_persons(unit.transaction(), &line).await?;
        let theirs = matches.iter().filter(|one| are_theirs.contains(&one.entry.id));
        let drafts: Vec<_> = theirs.filter_map(|one| self.draft(one)).collect();
        let Some(drafts) = self.keep_seats(&mut unit, drafts).await? else { return Ok(None) };
        let Some(offers) = self.write(&mut unit, drafts).await? else { return Ok(None) };
        unit.commit().await?;
        for offer in &offers {
            engine.repairs.day_of(&offer.seat, &engine.berlin);
            tracing::info!(offer = %offer.id, service = %offer.service, "a seat is offered");
        }
        Ok(Some(u64::try_from(offers.len()).unwrap_or(u64::MAX)))
    }

    /// What is offered; `None` if too little time is left by now.
    fn draft<'m>(&self, one: &'m Match) -> Option<Draft<'m>> {
        let (engine, now) = (self.engine, self.now);
        let Match { entry, seat, .. } = one;
        let list = terms(self.catalogue, &entry.service);
        let usable = usable_until(self.catalogue, std::slice::from_ref(&entry.service), seat.start);
        let (notice, until) = offer_to(&list, entry, now, usable, &engine.berlin)?;
        let (person, group) = (entry.person, entry.group.clone());
        let purpose = Purpose::Offer { person, group, valid_until: until };
        let kept = kept(engine, seat.clone(), purpose);
        let token = AnswerToken::new(engine.entropy.bytes());
        let offer = SeatOffer {
            id: OfferId::mint(&*engine.clock, &*engine.entropy),
            entry: entry.id,
            reservation: kept.id,
            status: OfferStatus::Open,
            notice,
            service: entry.service.clone(),
            seat: seat.clone(),
            token_hash: token.hash(),
            made_at: now,
            valid_until: until,
            booking: None,
        };
        Some(Draft { of: one, kept, offer, token })
    }

    /// Keeps the seats for those to whom they are offered, and returns for whom; a seat that was free and is
    /// taken meanwhile is left out. `None`: what the list kept is not kept any more.
    async fn keep_seats<'m>(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        drafts: Vec<Draft<'m>>,
    ) -> Result<Option<Vec<Draft<'m>>>, AppError> {
        let (mut freed, mut rests) = (Vec::new(), Vec::new());
        for Draft { of, .. } in &drafts {
            if let Some(at) = of.kept
                && !self.take(at, &of.seat, &mut freed, &mut rests)
            {
                return Ok(None);
            }
        }
        let (db, kind) = (unit.transaction(), ReservationKind::Returning);
        if !freed.is_empty() && reservations::delete(db, &freed, kind).await?.len() < freed.len() {
            return Ok(None);
        }
        let wanted: Vec<_> = rests.iter().chain(drafts.iter().map(|draft| &draft.kept)).collect();
        let added = reservations::insert_all_free(db, &wanted).await?;
        let is_lost = |draft: &Draft<'_>| !added.contains(&draft.kept.id);
        let overtaken = rests.iter().any(|rest| !added.contains(&rest.id))
            || drafts.iter().any(|draft| draft.of.kept.is_some() && is_lost(draft));
        if overtaken {
            return Ok(None);
        }
        Ok(Some(drafts.into_iter().filter(|draft| !is_lost(draft)).collect()))
    }

    /// Takes `seat` out of a kept one, which is `freed`, and keeps the `rests`. `false`: it is not kept any
    /// more.
    fn take(
        &mut self,
        at: usize,
        seat: &Seat,
        freed: &mut Vec<ReservationId>,
        rests: &mut Vec<KeptSeat>,
    ) -> bool {
        let (engine, catalogue) = (self.engine, self.catalogue);
        let pieces = self.pieces.entry(at).or_default();
        let within = |(_, whole, _): &Piece| whole.start <= seat.start && seat.end <= whole.end;
        let Some(index) = pieces.iter().position(within) else { return false };
        let (id, whole, list) = pieces.swap_remove(index);
        match rests.iter().position(|rest| rest.id == id) {
            // A rest of the same batch, which is not written yet.
            Some(unwritten) => drop(rests.swap_remove(unwritten)),
            None => freed.push(id),
        }
        for (start, end) in [(whole.start, seat.start), (seat.end, whole.end)] {
            if start < end {
                let rest = Seat { start, end, ..whole.clone() };
                let window = window(engine, catalogue, &list, &rest);
                let rest = kept(engine, rest, Purpose::Listed(window, list.clone()));
                pieces.push((rest.id, rest.seat.clone(), list.clone()));
                rests.push(rest);
            }
        }
        true
    }

    /// Writes what was offered, and what is told of it. `None`: somebody does not wait any more as they were
    /// read.
    async fn write(
        &self,
        unit: &mut UnitOfWork<'_>,
        drafts: Vec<Draft<'_>>,
    ) -> Result<Option<Vec<SeatOffer>>, AppError> {
        let engine = self.engine;
        if drafts.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let line: Vec<_> = drafts.iter().map(|draft| &draft.of.entry).collect();
        if !waiting_entries::offer(unit.transaction(), &line, self.now).await? {
            return Ok(None);
        }
        let (mut offers, mut events, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for Draft { of, offer, token, .. } in drafts {
            let entry = &of.entry;
            let replaced = match entry.replaces {
                Some(booking) => bookings::find(unit.transaction(), booking).await?,
                None => None,
            };
            let replaced = replaced.filter(|booking| booking.status.is_active());
            events.push(events::offered(engine, self.catalogue, entry, &offer, &token, replaced));
            let SeatOffer { id, seat, valid_until, .. } = &offer;
            let details = json!({ "offer": id, "location": seat.location, "start": seat.start, "until": valid_until });
            entries.push(engine.audit(&Actor::System, "waiting.offered", entry.id, details));
            offers.push(offer);
        }
        waiting_offers::insert_all(unit.transaction(), &offers).await?;
        audit::insert(unit.transaction(), &entries).await?;
        unit.publish_all(&events).await?;
        Ok(Some(offers))
    }

    /// Keeps what was matched for the morning, out of the reach of others.
    async fn keep(&self, matches: &[Match]) -> Result<(), AppError> {
        let engine = self.engine;
        let free: Vec<_> = matches.iter().filter(|one| one.kept.is_none()).collect();
        for some in free.chunks(BATCH) {
            let Some(unit) = leading(engine, self.term).await? else { return Ok(()) };
            gate::pass_catalogue(unit.transaction()).await?;
            for one in some {
                let service = &one.entry.service;
                let window = window(engine, self.catalogue, service, &one.seat);
                let purpose = Purpose::Listed(window, service.clone());
                let kept = kept(engine, one.seat.clone(), purpose);
                reservations::insert_free(unit.transaction(), &kept).await?;
            }
            unit.commit().await?;
            for one in some {
                engine.repairs.day_of(&one.seat, &engine.berlin);
            }
        }
        Ok(())
    }

    /// Seats that the list does not want become free as any other.
    async fn give_back(&self, unwanted: &[&ListedSeat]) -> Result<(), AppError> {
        let engine = self.engine;
        for some in unwanted.chunks(BATCH) {
            let Some(unit) = leading(engine, self.term).await? else { return Ok(()) };
            for listed in some {
                let purpose = match after_list(engine, self.catalogue, &listed.list, &listed.seat) {
                    NextUse::Public(window) => Purpose::Returning(window),
                    NextUse::Desk => Purpose::Closed,
                };
                let kind = ReservationKind::Returning;
                reservations::change(unit.transaction(), listed.id, kind, &purpose).await?;
            }
            unit.commit().await?;
            for listed in some {
                engine.repairs.day_of(&listed.seat, &engine.berlin);
            }
        }
        Ok(())
    }
}

/// An offer that is about to be made, with what keeps its seat.
struct Draft<'m> {
    of: &'m Match,
    kept: KeptSeat,
    offer: SeatOffer,
    token: AnswerToken,
}

/// Since when the first who waits has waited, and how many wait, for operators.
///
/// # Errors
/// The database does not answer.
pub async fn backlog(engine: &Engine) -> Result<(u64, Option<Timestamp>), AppError> {
    let lengths = waiting_entries::lengths(engine.database.connection()).await?;
    let people = lengths.values().map(|length| u64::from(length.people)).sum();
    Ok((people, lengths.values().map(|length| length.since).min()))
}
