//! A wanted visit in the terms of the catalogue: what is offered for it, and what the rules say.

use std::{borrow::Cow, sync::Arc};

use booking::{
    LocalDay,
    capacity::{Need, Offer},
    rules::{Attempt, Needs, Person, Phase, Refusal, RuleSettings},
};
use calendar::{BookingWindow, Channel, DayPlan};
use catalogue::{Allocation, Catalogue, Service, VisitError};
use ids::{GroupId, LocationId, Pseudonym, ServiceId};
use jiff::{Timestamp, civil::Date};

use super::{AppError, Engine, VisitDetails, hold_slot::HoldSlot};
use crate::holds::Hold;

/// See the module.
#[derive(Debug)]
pub struct Visit<'a> {
    /// All of these in one visit.
    pub services: Vec<(&'a ServiceId, &'a Service)>,
    /// Their group.
    pub group: &'a GroupId,
    /// The day.
    pub day: LocalDay,
    phase: Phase,
    is_move: bool,
    enters_draw: bool,
    start: Timestamp,
    people: u16,
    channel: Channel,
    plan: Arc<DayPlan>,
    offers: Vec<Offer>,
}

impl<'a> Visit<'a> {
    /// What the catalogue offers for a request.
    ///
    /// # Errors
    /// It is no visit that can be done there and then.
    pub fn plan(
        engine: &Engine,
        catalogue: &'a Catalogue,
        command: &'a HoldSlot,
    ) -> Result<Self, AppError> {
        let at = (&command.location, command.start);
        let (people, channel) = (command.people, command.channel);
        let (visit, needed) = Self::at(engine, catalogue, at, &command.services, people, channel)?;
        if channel != Channel::Staff {
            require_public(engine, &visit.services, visit.plan.date)?;
        }
        let unit = visit.plan.unit_at(command.start).ok_or(AppError::SlotOffGrid)?;
        let need = Need { slots: needed.slots, channel, skilled: needed.desks };
        let mut offers = need.offers_at(&visit.plan, unit);
        if offers.is_empty() {
            return Err(AppError::SlotNotOffered);
        }
        if let Some(end) = command.end {
            offers.retain(|offer| visit.day.time_of(offer.span.until) == end);
            if offers.is_empty() {
                return Err(AppError::WrongDuration);
            }
        }
        Ok(Self { is_move: command.replaces.is_some(), offers, ..visit })
    }

    /// What the catalogue says now of a seat that was held for this visit.
    ///
    /// # Errors
    /// It is past, or the catalogue no longer offers it: the day was closed, the hours changed, the
    /// desk or the service went.
    pub fn held(
        engine: &Engine,
        catalogue: &'a Catalogue,
        hold: &Hold,
        details: &'a VisitDetails,
    ) -> Result<Self, AppError> {
        let seat = &hold.seat;
        let at = (&seat.location, seat.start);
        let (people, channel) = (details.people, details.channel);
        let (visit, needed) = Self::at(engine, catalogue, at, &details.services, people, channel)?;
        let span = visit.day.span_of(seat);
        let minutes = visit.plan.grid.minutes();
        // The grid may be another by now; the desk must be open for the whole seat.
        let open = visit.plan.sessions.iter().find(|session| {
            let desks = session.desks(channel).intersection(needed.desks);
            desks.contains(seat.desk)
                && session.from * minutes <= span.from
                && span.until <= session.until * minutes
        });
        let open = open.ok_or(AppError::SlotNotOffered)?;
        let desks = calendar::DeskSet::one(seat.desk);
        let offers = vec![Offer { span, desks, window: open.window }];
        let phase = Phase::Confirm { held_at: hold.held_at };
        Ok(Self { phase, is_move: hold.replaces.is_some(), offers, ..visit })
    }

    /// A visit at this place and time without its offers, and what it needs there.
    ///
    /// # Errors
    /// It cannot be done there in one visit, it is past, or the day is closed.
    fn at(
        engine: &Engine,
        catalogue: &'a Catalogue,
        (location, start): (&LocationId, Timestamp),
        named: &'a [ServiceId],
        people: u16,
        channel: Channel,
    ) -> Result<(Self, catalogue::Visit), AppError> {
        let needed = catalogue.visit_by(channel, location, named, people)?;
        let (services, group) = services(catalogue, named)?;
        if start <= engine.now() {
            return Err(AppError::SlotInPast);
        }
        let plan = plan_of(engine, location, start)?;
        if plan.is_closed() {
            return Err(AppError::Closed);
        }
        let visit = Self {
            services,
            group,
            day: LocalDay::of(location, &plan),
            phase: Phase::Hold,
            is_move: false,
            enters_draw: false,
            start,
            people,
            channel,
            plan,
            offers: Vec::new(),
        };
        Ok((visit, needed))
    }

    /// What the catalogue says of a seat that a draw gives away, at the time of the entry. The
    /// booking window of opening rules is not asked: a draw has its own.
    ///
    /// # Errors
    /// As [`Visit::held`].
    pub fn drawn(
        engine: &Engine,
        catalogue: &'a Catalogue,
        entered: &Hold,
        details: &'a VisitDetails,
    ) -> Result<Self, AppError> {
        let mut visit = Self::held(engine, catalogue, entered, details)?;
        for offer in &mut visit.offers {
            offer.window = BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX };
        }
        Ok(visit)
    }

    /// The same for an entry in the draw that is made now, with whether seats that were left before count. They
    /// do not if staff make it: people who cannot log in are entered whatever they left.
    #[must_use]
    pub fn entered(self, declined_seats_count: bool) -> Self {
        Self { enters_draw: declined_seats_count, ..self }
    }

    /// The offers that every rule of every service allows, or the first refusal.
    ///
    /// # Errors
    /// No offer is allowed.
    pub fn allowed(&self, engine: &Engine, person: &Person) -> Result<Vec<Offer>, Refusal> {
        let now = engine.now();
        let today = engine.local_date(self.judged_at(now));
        let services = u16::try_from(self.services.len()).unwrap_or(u16::MAX);
        let mut refusal = None;
        let allowed: Vec<_> = self
            .offers
            .iter()
            .filter(|offer| {
                let attempt = Attempt {
                    phase: self.phase,
                    now,
                    today,
                    start: self.start,
                    date: self.plan.date,
                    window: offer.window,
                    channel: self.channel,
                    people: self.people,
                    services,
                    group: self.group,
                    enters_draw: self.enters_draw,
                    person: Some(person),
                };
                let refused = self.rules().find_map(|rules| rules.check(&attempt).err());
                let allowed = refused.is_none();
                refusal = refusal.take().or(refused);
                allowed
            })
            .copied()
            .collect();
        match refusal {
            Some(refusal) if allowed.is_empty() => Err(refusal),
            _ => Ok(allowed),
        }
    }

    /// Whether it is to take the place of an appointment.
    #[must_use]
    pub const fn is_move(&self) -> bool {
        self.is_move
    }

    /// What the rules of all services must know.
    #[must_use]
    pub fn needs(&self) -> Needs {
        self.rules().map(|rules| rules.needs()).fold(Needs::NOTHING, Needs::and)
    }

    fn rules(&self) -> impl Iterator<Item = Cow<'_, RuleSettings>> {
        self.services.iter().map(|(_, service)| match self.enters_draw {
            true => service.rules_of_entry(),
            false => Cow::Borrowed(&service.rules),
        })
    }

    const fn judged_at(&self, now: Timestamp) -> Timestamp {
        match self.phase {
            Phase::Offer | Phase::Hold => now,
            Phase::Confirm { held_at } => held_at,
        }
    }

    /// The services of the visit to which a person must be entitled.
    #[must_use]
    pub fn demanding_entitlement(&self) -> Vec<ServiceId> {
        let demanding = self.services.iter().filter(|(_, it)| it.requires_entitlement());
        demanding.map(|(id, _)| (*id).clone()).collect()
    }

    /// Whether a hold is for this visit.
    #[must_use]
    pub fn is(&self, hold: &Hold, details: &VisitDetails) -> bool {
        hold.seat.location == self.day.location
            && hold.seat.start == self.start
            && VisitDetails::from_bytes(&hold.details)
                .is_some_and(|held| VisitDetails { level: details.level, ..held } == *details)
    }

    /// Whether the person may ask for this time already.
    ///
    /// # Errors
    /// They asked for it, or for what overlaps it, a moment ago, and it was taken.
    pub fn may_ask(&self, engine: &Engine, person: Pseudonym) -> Result<(), AppError> {
        let now = engine.now();
        match engine.asks.waits_until(person, &self.day.location, self.time(), now) {
            None => Ok(()),
            Some(from) => {
                let wait = from.duration_since(now).as_millis().max(0);
                let wait_seconds = u64::try_from(wait).unwrap_or(u64::MAX).div_ceil(1_000);
                Err(AppError::AsksTooSoon { wait_seconds })
            }
        }
    }

    /// Counts that the person asked for this time and did not get it.
    pub fn refused(&self, engine: &Engine, person: Pseudonym) {
        engine.asks.refused(person, &self.day.location, self.time(), engine.now());
    }

    /// Whether nothing was free for a while by this process's copy of the occupancy, so that the
    /// store need not be asked.
    #[must_use]
    pub fn is_full(&self, engine: &Engine, person: Pseudonym, offers: &[Offer]) -> bool {
        self.channel != Channel::Staff && engine.availability.is_full(&self.day, offers, person)
    }

    /// The desk time that the visit would take at most.
    fn time(&self) -> (Timestamp, Timestamp) {
        let until = self.offers.iter().map(|offer| offer.span.until).max();
        (self.start, until.map_or(self.start, |until| self.day.time_of(until)))
    }
}

type Named<'a> = (&'a ServiceId, &'a Service);

/// Refuses what the public cannot choose on that day: seats that are drawn, or given by the office.
fn require_public(engine: &Engine, services: &[Named<'_>], date: Date) -> Result<(), AppError> {
    if services.iter().any(|(_, service)| service.allocation == Allocation::Assign) {
        return Err(AppError::AssignedByOffice);
    }
    let not_public = |(_, service): &Named<'_>| service.not_public_until(date, &engine.berlin);
    match services.iter().filter_map(not_public).max() {
        Some(until) if until > engine.now() => Err(AppError::AllocatedByDraw),
        Some(_) | None => Ok(()),
    }
}

/// The services of a visit, and the group that they are of.
fn services<'a>(
    catalogue: &'a Catalogue,
    ids: &'a [ServiceId],
) -> Result<(Vec<Named<'a>>, &'a GroupId), AppError> {
    let services: Vec<_> = ids.iter().filter_map(|id| Some((id, catalogue.service(id)?))).collect();
    // All services of a visit are of one group; the catalogue sees to that.
    let group = services.first().map(|(_, service)| &service.group);
    let group = group.ok_or(VisitError::NoService)?;
    Ok((services, group))
}

fn plan_of(
    engine: &Engine,
    location: &LocationId,
    start: Timestamp,
) -> Result<Arc<DayPlan>, AppError> {
    engine
        .availability
        .day_plan(location, engine.local_date(start))
        .ok_or_else(|| AppError::UnknownLocation(location.clone()))
}

impl From<VisitError> for AppError {
    fn from(error: VisitError) -> Self {
        match error {
            VisitError::UnknownLocation(location) => Self::UnknownLocation(location),
            VisitError::UnknownService(service) => Self::UnknownService(service),
            VisitError::NotDoneHere(_)
            | VisitError::StaffOnly(_)
            | VisitError::TooManyHere { .. }
            | VisitError::NoService
            | VisitError::Repeated(_)
            | VisitError::NotCombinable(_)
            | VisitError::AnotherGroup(_)
            | VisitError::NoCommonDesk
            | VisitError::NoPerson
            | VisitError::TooLong => Self::NotOneVisit(error.to_string()),
        }
    }
}
