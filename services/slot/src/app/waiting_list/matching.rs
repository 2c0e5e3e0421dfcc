//! Gives free seats to people in line: down the line, each gets the best of their wishes that is
//! left.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use booking::{LocalDay, Seat, capacity::Need};
use calendar::Channel;
use catalogue::Catalogue;
use ids::{BookingId, LocationId, ServiceId, WaitingId};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date};

use super::{
    stand_by::{notice, reaches},
    wishes,
};
use crate::{
    app::{AppError, Engine, release_seat::usable_until},
    domain::waiting::{Notice, WaitingEntry},
    store::{reservations::ListedSeat, waiting_entries},
};

/// How many days ahead free seats are looked for, besides those that were given up.
const HORIZON_DAYS: i64 = 92;
/// How long before a seat opens for all it is offered to the list.
const AHEAD: SignedDuration = SignedDuration::from_mins(30);
/// Most seats that are compared with the wishes of the people for one service.
const SEATS: usize = 50_000;
/// People who are read by one statement.
const PAGE: u32 = 2_000;
/// Most of these in one look.
const PAGES: u32 = 100;

/// Which seats are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Those that were given up and wait for the list.
    Kept,
    /// Besides, whatever is free for whatever reason: hours, desks or days that were added, a booking
    /// window that opens.
    Everything,
}

/// A person and their seat.
#[derive(Debug)]
pub(super) struct Match {
    pub entry: WaitingEntry,
    pub seat: Seat,
    /// Which of the kept seats it is, or a part of it.
    pub kept: Option<usize>,
}

#[derive(Debug, Clone)]
struct Candidate {
    seat: Seat,
    notice: Notice,
    kept: Option<usize>,
}

/// What is matched.
pub(super) struct Matching<'a> {
    pub engine: &'a Engine,
    pub catalogue: &'a Arc<Catalogue>,
    /// When the look began.
    pub now: Timestamp,
    pub kept: &'a [ListedSeat],
    pub closed: HashSet<(LocationId, Date)>,
    /// When the appointments begin with which people wait for an earlier one.
    pub to_beat: HashMap<BookingId, Timestamp>,
    /// What people did not want.
    pub refused: HashSet<(WaitingId, LocationId, Timestamp)>,
    pub look: Look,
}

/// What is left for each visit: a service, and how many come together.
type Left = HashMap<(ServiceId, u16), Vec<Candidate>>;

impl Matching<'_> {
    /// Goes down the line, as far as seats are left: whoever is behind the last of them is not read.
    ///
    /// # Errors
    /// The database does not answer, or wishes cannot be read.
    pub(super) async fn matches(&self) -> Result<Vec<Match>, AppError> {
        let db = self.engine.database.connection();
        let mut left = Left::new();
        for (service, people) in waiting_entries::visits(db).await? {
            let candidates = self.candidates(&service, people).unwrap_or_default();
            left.insert((service, people), candidates);
        }
        let (mut matches, mut behind) = (Vec::new(), None);
        for _ in 0..PAGES {
            if left.values().all(Vec::is_empty) {
                break;
            }
            let page = waiting_entries::line(db, behind.as_ref(), PAGE).await?;
            let Some(last) = page.last() else { break };
            behind = Some((last.place.clone(), last.id));
            for entry in page {
                matches.extend(self.choose(entry, &mut left)?);
            }
        }
        Ok(matches)
    }

    /// The best of what the person wishes that is left; nobody else gets it.
    fn choose(&self, entry: WaitingEntry, left: &mut Left) -> Result<Option<Match>, AppError> {
        let key = (entry.service.clone(), entry.people);
        // One who joined since the visits were read waits for the next look.
        let Some(free) = left.get(&key).filter(|free| !free.is_empty()) else { return Ok(None) };
        let before = entry.replaces.and_then(|booking| self.to_beat.get(&booking).copied());
        let chosen = wishes(self.engine, &entry)?.iter().find_map(|wish| {
            free.iter().find(|candidate| {
                let seat = &candidate.seat;
                wish.allows(seat, &self.engine.berlin)
                    && reaches(&entry, candidate.notice, seat.date(&self.engine.berlin))
                    && before.is_none_or(|before| seat.start < before)
                    && !self.refused.contains(&(entry.id, seat.location.clone(), seat.start))
            })
        });
        let Some(Candidate { seat, kept, .. }) = chosen.cloned() else { return Ok(None) };
        for free in left.values_mut() {
            free.retain(|candidate| !candidate.seat.overlaps(&seat));
        }
        Ok(Some(Match { entry, seat, kept }))
    }

    /// The seats that could be offered for a visit, the earliest first; `None` if there is no list.
    fn candidates(&self, service: &ServiceId, people: u16) -> Option<Vec<Candidate>> {
        self.catalogue.service(service)?.waiting_list?;
        let mut found = Vec::new();
        for (location, _) in self.catalogue.locations() {
            for date in self.dates(location) {
                self.of_day(service, people, location, date, &mut found);
            }
        }
        found.sort_by(|a, b| (a.seat.start, &a.seat).cmp(&(b.seat.start, &b.seat)));
        if found.len() > SEATS {
            tracing::warn!(%service, seats = found.len(), "more seats are free than are compared with wishes; the earliest come first");
            found.truncate(SEATS);
        }
        Some(found)
    }

    fn dates(&self, location: &LocationId) -> BTreeSet<Date> {
        let zone = &self.engine.berlin;
        let here = self.kept.iter().filter(|kept| kept.seat.location == *location);
        let mut dates: BTreeSet<_> = here.map(|kept| kept.seat.date(zone)).collect();
        if self.look == Look::Everything {
            let today = self.engine.local_date(self.now);
            dates.extend((0..=HORIZON_DAYS).map(|days| today.saturating_add(days.days())));
        }
        dates
    }

    fn of_day(
        &self,
        id: &ServiceId,
        people: u16,
        location: &LocationId,
        date: Date,
        found: &mut Vec<Candidate>,
    ) -> Option<()> {
        let Self { engine, catalogue, now, .. } = *self;
        let service = catalogue.service(id)?;
        let list = service.waiting_list?;
        let service_alone = std::slice::from_ref(id);
        let visit = catalogue.visit_by(Channel::Public, location, service_alone, people).ok()?;
        let plan = engine.availability.day_plan(location, date)?;
        if plan.is_closed() || self.closed.contains(&(location.clone(), date)) {
            return None;
        }
        let need = Need { slots: visit.slots, channel: Channel::Public, skilled: visit.desks };
        let (day, soon) = (LocalDay::of(location, &plan), now + AHEAD);
        let opens = service.not_public_until(date, &engine.berlin);
        let is_public_day = opens.is_none_or(|until| until <= now);
        let taken = match self.look {
            Look::Everything if is_public_day => Some(engine.availability.taken(location, date)),
            Look::Everything | Look::Kept => None,
        };
        let kept = self.kept.iter().enumerate();
        let here: Vec<_> = kept
            .filter(|(_, kept)| kept.seat.location == *location)
            .filter(|(_, kept)| kept.seat.date(&engine.berlin) == date)
            .collect();
        for offer in need.offers(&plan) {
            let seat = |desk| day.seat(offer.span, desk);
            let start = day.time_of(offer.span.from);
            let usable = usable_until(catalogue, std::slice::from_ref(id), start);
            let Some(notice) = notice(&list, now, usable, &engine.berlin) else { continue };
            let is_public = offer.window.opens <= soon && now < offer.window.closes;
            for seat in offer.desks.iter().map(seat) {
                let whole = here.iter().find(|(_, kept)| holds(&kept.seat, &seat));
                let kept = whole.map(|(at, _)| *at);
                let is_free = || {
                    let taken = taken.as_ref().map(|taken| taken.taken(offer.span));
                    // A seat that everybody can book at once needs no offer at short notice.
                    notice == Notice::Usual
                        && is_public
                        && taken.is_some_and(|taken| !taken.contains(seat.desk))
                };
                if kept.is_some() || is_free() {
                    found.push(Candidate { seat, notice, kept });
                }
            }
        }
        Some(())
    }
}

/// Whether `seat` is a part of `whole`.
fn holds(whole: &Seat, seat: &Seat) -> bool {
    whole.location == seat.location
        && whole.desk == seat.desk
        && whole.start <= seat.start
        && seat.end <= whole.end
}
