//! A draw is announced: its seats are kept, and the authority is bound to its seed, before anybody
//! enters.

use std::collections::HashSet;

use aws_lc_rs::digest;
use catalogue::{Allocation, Catalogue, DrawSchedule, ScheduledDraw, Service};
use cluster::Term;
use draw::{
    Announcement, Beacon, Detail, Escrow, Identity, MAX_SLOTS, MAX_VISIT, Secret, Version,
    VisitLength,
};
use ids::{DrawId, ReservationId, ServiceId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use vocabulary::Language;

use super::{
    candidates::Wanted,
    canonical_text,
    secrets::Secrets,
    standing,
    terms::{announced_rule, terms},
    ticket_terms::ticket_terms,
};
use crate::{
    app::{AppError, Engine, log},
    domain::{
        Actor,
        draw::{Draw, DrawStatus, Leftover, Pool, PoolRow},
    },
    store::{
        Transaction,
        draw_pool::{self, PoolSeat},
        draws::{self, DocumentKind},
        gate, good_catalogue, leader_leases,
    },
};

/// How long before its entry window a draw is announced.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);
/// Draws that expect fewer entries, or have fewer slots, publish half days only: by an exact time, a person at a desk
/// could be recognised.
const MIN_FOR_EXACT_SEATS: u32 = 50;

/// Announces the draws that are due, as this process leads in `term`. Done again, it announces
/// nothing twice. One that fails does not keep the others waiting.
///
/// How many failed: the database does not answer, a source of chance does not, or another catalogue came
/// into force meanwhile.
pub async fn open_draws(engine: &Engine, term: Term) -> i64 {
    let (since, catalogue) = engine.decides_by();
    let now = engine.now();
    let mut failed = 0;
    for (id, service) in catalogue.services() {
        let Some(schedule) = service.draw.as_ref() else { continue };
        for scheduled in schedule.current(now, AHEAD, &engine.berlin) {
            let opening = Opening { engine, catalogue: &catalogue, since, id, service, schedule };
            if let Err(error) = opening.announce(scheduled, term).await {
                tracing::warn!(service = %id, %error, "a draw that is due cannot be announced; it is tried again");
                failed += 1;
            }
        }
    }
    failed
}

/// Whether [`open_draws`] has something to announce.
///
/// # Errors
/// The database does not answer.
pub async fn is_draw_due(engine: &Engine) -> Result<bool, AppError> {
    let catalogue = engine.catalogue();
    let now = engine.now();
    for (service, its) in catalogue.services() {
        let Some(schedule) = its.draw.as_ref() else { continue };
        for scheduled in schedule.current(now, AHEAD, &engine.berlin) {
            let id = id_of(&catalogue, service, &scheduled);
            if draws::find(engine.database.connection(), id).await?.is_none() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The same for the same authority, service and week, so that no draw is announced twice.
fn id_of(catalogue: &Catalogue, service: &ServiceId, scheduled: &ScheduledDraw) -> DrawId {
    let text = format!("{}\n{service}\n{}", catalogue.authority.id, scheduled.week);
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let mut bits = [0; 16];
    bits.copy_from_slice(&hash.as_ref()[..16]);
    DrawId::from_bits(u128::from_be_bytes(bits))
}

struct Opening<'a> {
    engine: &'a Engine,
    catalogue: &'a Catalogue,
    /// Since when that catalogue is in force.
    since: Timestamp,
    id: &'a ServiceId,
    service: &'a Service,
    schedule: &'a DrawSchedule,
}

impl Opening<'_> {
    async fn announce(&self, scheduled: ScheduledDraw, term: Term) -> Result<(), AppError> {
        let engine = self.engine;
        let id = id_of(self.catalogue, self.id, &scheduled);
        if draws::find(engine.database.connection(), id).await?.is_some() {
            return Ok(());
        }
        let tickets = ticket_terms(engine, &self.catalogue.authority.id, id).await?;
        let closes = seconds(scheduled.closes);
        let beacon = engine.draws.beacon.announced(&id.to_string(), closes).await;
        let beacon = beacon.map_err(|why| AppError::Unavailable(why.into()))?;
        let mut unit = engine.begin().await?;
        if !leader_leases::may_act(unit.transaction(), term).await? {
            tracing::info!(term = term.number(), "another process leads now; no draw is announced");
            return Ok(());
        }
        gate::pass_catalogue(unit.transaction()).await?;
        let kept = good_catalogue::find(unit.transaction()).await?;
        if kept.map_or(Timestamp::UNIX_EPOCH, |kept| kept.since) != self.since {
            return Err(AppError::CatalogueChanged);
        }
        let pool = self.keep_seats(unit.transaction(), id, scheduled).await?;
        let secrets = Secrets::new(&*engine.entropy, tickets.stamp_key);
        let chance = (beacon, tickets.identity);
        let detail = self.detail(unit.transaction(), &pool).await?;
        let announcement = self.announcement(id, scheduled, &pool, &secrets, chance, detail);
        let Some(announcement) = announcement else {
            // Nothing is left to be drawn. A seat may be given back until the window closes.
            return Ok(());
        };
        announcement.check().map_err(|error| AppError::Internal(error.into()))?;
        let draw = self.draw(id, scheduled, &pool, &secrets)?;
        let db = unit.transaction();
        if !draws::insert(db, &draw).await? {
            return Ok(());
        }
        let text = canonical_text(&announcement)?;
        log::keep(engine, db, id, DocumentKind::Announcement, text).await?;
        self.deposit(db, id, &announcement, &secrets).await?;
        draws::keep(db, id, DocumentKind::Pool, json!(pool).to_string()).await?;
        let details = json!({ "service": self.id, "week": scheduled.week, "slots": draw.slots });
        engine.record(&mut unit, &Actor::System, "draw.announced", id, details).await?;
        unit.commit().await?;
        for seat in pool.slots() {
            engine.repairs.day_of(&seat, &engine.berlin);
        }
        tracing::info!(draw = %id, service = %self.id, slots = draw.slots, "a draw is announced");
        Ok(())
    }

    /// Encrypts the seed to the auditor, where there is one, in the transaction of the announcement: what
    /// is announced has its deposit from the first moment.
    async fn deposit(
        &self,
        transaction: &Transaction,
        id: DrawId,
        announcement: &Announcement,
        secrets: &Secrets,
    ) -> Result<(), AppError> {
        let engine = self.engine;
        let Some(auditor) = engine.draws.auditor else { return Ok(()) };
        let digest = announcement.digest();
        let escrow = Escrow::seal(&secrets.seed, digest, auditor, &*engine.entropy)
            .map_err(|error| AppError::Internal(error.into()))?;
        let text = canonical_text(&escrow)?;
        Ok(log::keep(engine, transaction, id, DocumentKind::Escrow, text).await?)
    }

    /// Keeps what is free in the week for the draw.
    async fn keep_seats(
        &self,
        transaction: &Transaction,
        id: DrawId,
        scheduled: ScheduledDraw,
    ) -> Result<Pool, AppError> {
        let Self { engine, catalogue, service, schedule, .. } = *self;
        let week = scheduled.week;
        let is_long = service.slots > 1 || self.companions() > 0;
        let wanted = Wanted { engine, catalogue, id: self.id, service, schedule, week, is_long };
        let mut pool = wanted.pool(transaction).await?;
        let mut left = MAX_SLOTS;
        pool.rows.retain(|row| {
            let fits = usize::from(row.slots) <= left && row_is_plain(engine, row);
            left -= if fits { usize::from(row.slots) } else { 0 };
            fits
        });
        pool.drop_empty_places();
        let mint = || ReservationId::mint(&*engine.clock, &*engine.entropy);
        let mut seats: Vec<_> = pool.slots().map(|seat| PoolSeat { id: mint(), seat }).collect();
        // In the order of their seats, so that two transactions do not wait for each other crosswise.
        seats.sort_by(|a, b| a.seat.cmp(&b.seat));
        let kept = draw_pool::insert_free(transaction, id, &seats, engine.now()).await?;
        let kept = seats.into_iter().filter(|seat| kept.contains(&seat.id)).map(|it| it.seat);
        let kept: HashSet<_> = kept.collect();
        Ok(pool.only(|seat| kept.contains(seat)))
    }

    /// How many people may come with the person, so far as a visit is not too long then.
    fn companions(&self) -> u8 {
        let most = self.service.rules.party_size.as_ref().map_or(1, |rule| rule.max);
        let further = self.further_slots();
        let fits = |companions: u16| {
            let rest = companions.checked_mul(further);
            let slots = rest.and_then(|rest| rest.checked_add(self.service.slots));
            slots.is_some_and(|slots| slots <= MAX_VISIT)
        };
        let companions = (0..most).take_while(|companions| fits(*companions)).last().unwrap_or(0);
        u8::try_from(companions).unwrap_or(u8::MAX)
    }

    fn further_slots(&self) -> u16 {
        self.service.slots_per_further_person.unwrap_or(self.service.slots)
    }

    /// When people can begin to enter: witnesses must have seen the announcement before.
    fn opens(&self, scheduled: ScheduledDraw) -> Timestamp {
        scheduled.opens.max(self.engine.log.earliest_opening(self.engine.now()))
    }

    /// How much of the result is published. It is announced before anybody enters, so the latest draw of the service tells
    /// how many are to be expected; the first draw expects few.
    async fn detail(&self, transaction: &Transaction, pool: &Pool) -> Result<Detail, AppError> {
        let names: Vec<&ServiceId> = self.service.formerly.iter().chain([self.id]).collect();
        let expected = draws::latest_entered(transaction, &names).await?.unwrap_or(0);
        let is_large = expected.min(slots(pool)) >= MIN_FOR_EXACT_SEATS;
        Ok(if is_large { Detail::Seat } else { Detail::HalfDay })
    }

    /// `None` if there is nothing to be drawn.
    fn announcement(
        &self,
        id: DrawId,
        scheduled: ScheduledDraw,
        pool: &Pool,
        secrets: &Secrets,
        (beacon, identity): (Beacon, Identity),
        detail: Detail,
    ) -> Option<Announcement> {
        let (engine, draw) = (self.engine, id.to_string());
        let closes = seconds(scheduled.closes);
        let keys = &engine.draws.keys;
        let places = pool.locations.iter().filter_map(|id| self.catalogue.location(id));
        let rows = pool.announced(&engine.berlin).filter(|rows| !rows.is_empty())?;
        let opens = Some(self.opens(scheduled)).filter(|opens| *opens < scheduled.closes)?;
        Some(Announcement {
            authority: self.catalogue.authority.name.get(Language::German).to_owned(),
            beacon,
            closes,
            cohorts: self.schedule.cohorts,
            commitment: Secret::Seed.commitment(&draw, &secrets.seed),
            detail,
            identity,
            log: engine.log.announced(),
            opens: seconds(opens),
            places: places.map(|place| place.name.get(Language::German).to_owned()).collect(),
            quotas: standing::announced(self.schedule),
            receipts: keys.receipts.verifier().to_string(),
            rows,
            rule: announced_rule(self.service),
            service: self.service.name.get(Language::German).to_owned(),
            version: Version::V1,
            visit: VisitLength {
                companion_slots: self.further_slots(),
                companions: self.companions(),
                slots: self.service.slots,
            },
            draw,
        })
    }

    fn draw(
        &self,
        id: DrawId,
        scheduled: ScheduledDraw,
        pool: &Pool,
        secrets: &Secrets,
    ) -> Result<Draw, AppError> {
        let engine = self.engine;
        let now = engine.now();
        Ok(Draw {
            id,
            service: self.id.clone(),
            group: self.service.group.clone(),
            status: DrawStatus::Announced,
            week: scheduled.week,
            opens: self.opens(scheduled),
            closes: scheduled.closes,
            slots: slots(pool),
            leftover: match self.service.allocation {
                Allocation::Draw => Leftover::Desk,
                // As every other seat of the service: the office gives it away, or people book it.
                Allocation::DrawThenImmediate | Allocation::Immediate | Allocation::Assign => {
                    Leftover::Public
                }
            },
            terms: terms(self.service),
            secrets: engine.draws.keys.seal(secrets, id, &*engine.entropy)?,
            entered: None,
            served: None,
            ended_at: None,
            changed_at: now,
        })
    }
}

/// Whether a row can be written in wall time.
fn row_is_plain(engine: &Engine, row: &PoolRow) -> bool {
    let alone = Pool { locations: Vec::new(), rows: vec![row.clone()] };
    alone.announced(&engine.berlin).is_some()
}

fn slots(pool: &Pool) -> u32 {
    pool.rows.iter().map(|row| u32::from(row.slots)).sum()
}

/// As the documents of a draw have instants.
pub(in crate::app) fn seconds(instant: Timestamp) -> draw::Seconds {
    u64::try_from(instant.as_second()).unwrap_or(0)
}
