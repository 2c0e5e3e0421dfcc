//! A person takes a slot for a few minutes, to decide.

use std::sync::Arc;

use aws_lc_rs::digest;
use booking::{
    TrustLevel,
    capacity::{Need, Offer},
    rules::{Attempt, Person, Phase, Refusal},
};
use calendar::{Channel, DayPlan};
use catalogue::{Catalogue, Service, VisitError};
use ids::{BookingId, GroupId, HoldId, LocationId, Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{AppError, Engine, facts::Subject};
use crate::{
    holds::{Day, Hold, HoldClaims, HoldError, HoldRefusal, HoldRequest, HoldsError},
    store::{
        audit::{self, Actor},
        bookings,
    },
};

/// What somebody wants to hold.
#[derive(Debug, Clone)]
pub struct HoldSlot {
    /// Who does it: the person, or somebody for them.
    pub actor: Actor,
    /// For whom.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// By which way.
    pub channel: Channel,
    /// Where.
    pub location: LocationId,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends, if the caller wants to be sure.
    pub end: Option<Timestamp>,
    /// What for.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
    /// The booking that it shall take the place of.
    pub replaces: Option<BookingId>,
    /// The caller's `Idempotency-Key`, if there is one.
    pub key: Option<String>,
}

impl HoldSlot {
    /// The same id for the same wish with the same key, so that a repeat finds the same hold.
    fn id(&self, engine: &Engine) -> HoldId {
        let Some(key) = &self.key else {
            return HoldId::mint(&*engine.clock, &*engine.entropy);
        };
        let Self { person, location, start, services, people, replaces, .. } = self;
        let wish =
            format!("{key}\n{person}\n{location}\n{start}\n{services:?}\n{people}\n{replaces:?}");
        let digest = digest::digest(&digest::SHA256, wish.as_bytes());
        let (bits, _) = digest.as_ref().split_first_chunk().expect("SHA-256 has 32 bytes");
        HoldId::from_bits(u128::from_be_bytes(*bits))
    }
}

/// A slot that is held.
#[derive(Debug, Clone)]
pub struct Held {
    /// The hold.
    pub hold: Hold,
    /// What proves it.
    pub token: String,
    /// When the visit begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// Holds the slot.
///
/// # Errors
/// The slot is not offered or taken, a rule refuses, or the person has another one in the group.
pub async fn hold_slot(engine: &Engine, wish: HoldSlot) -> Result<Held, AppError> {
    let catalogue = engine.catalogue();
    let visit = Visit::plan(engine, &catalogue, &wish)?;
    check_replaced(engine, &visit, &wish).await?;
    let subject = Subject {
        person: wish.person,
        level: wish.level,
        birth_date: None,
        group: visit.group,
        services: &visit.services,
    };
    let person = subject.gather(engine).await?;
    let offers = visit.allowed(engine, &wish, &person)?;

    let request = HoldRequest {
        id: wish.id(engine),
        person: wish.person,
        group: visit.group,
        day: &Day::of(&wish.location, &visit.plan),
        offers: &offers,
        replaces: wish.replaces,
        lasts: SignedDuration::from_mins(i64::from(catalogue.authority.hold_minutes)),
    };
    let hold = take(engine, &request).await?;
    if let Err(failure) = note(engine, &wish.actor, "hold.taken", &hold).await {
        engine.holds.release(&hold).await?;
        return Err(failure);
    }
    let (starts_at, ends_at) = (hold.seat.starts_at(&visit.plan), hold.seat.ends_at(&visit.plan));
    let token = engine.hold_tokens.sign(&HoldClaims {
        jti: hold.id,
        sub: hold.person,
        exp: hold.expires_at.as_second(),
        seat: hold.seat.clone(),
        group: hold.group.clone(),
        services: wish.services,
        people: wish.people,
        channel: wish.channel,
        replaces: wish.replaces,
    });
    Ok(Held { hold, token, starts_at, ends_at })
}

/// The wanted visit in the terms of the catalogue.
struct Visit<'a> {
    services: Vec<(&'a ServiceId, &'a Service)>,
    group: &'a GroupId,
    plan: Arc<DayPlan>,
    offers: Vec<Offer>,
}

impl<'a> Visit<'a> {
    fn plan(
        engine: &Engine,
        catalogue: &'a Catalogue,
        wish: &'a HoldSlot,
    ) -> Result<Self, AppError> {
        let needed = catalogue.visit(&wish.location, &wish.services, wish.people)?;
        let services: Vec<_> =
            wish.services.iter().filter_map(|id| Some((id, catalogue.service(id)?))).collect();
        // All services of a visit are of one group; the catalogue sees to that.
        let (_, first) = services.first().ok_or(VisitError::NoService)?;
        let group = &first.group;
        let date = engine.local_date(wish.start);
        let plan = engine
            .availability
            .day_plan(&wish.location, date)
            .ok_or_else(|| AppError::UnknownLocation(wish.location.clone()))?;
        if wish.start <= engine.now() {
            return Err(AppError::SlotInPast);
        }
        if plan.is_closed() {
            return Err(AppError::Closed);
        }
        let unit = plan.unit_at(wish.start).ok_or(AppError::SlotOffGrid)?;
        let need = Need { slots: needed.slots, channel: wish.channel, skilled: needed.desks };
        let mut offers = need.offers_at(&plan, unit);
        if offers.is_empty() {
            return Err(AppError::SlotNotOffered);
        }
        if let Some(end) = wish.end {
            offers.retain(|offer| plan.time_of(offer.start + offer.units) == end);
            if offers.is_empty() {
                return Err(AppError::WrongDuration);
            }
        }
        Ok(Self { services, group, plan, offers })
    }

    /// The offers that every rule of every service allows, or the first refusal.
    fn allowed(
        &self,
        engine: &Engine,
        wish: &HoldSlot,
        person: &Person,
    ) -> Result<Vec<Offer>, Refusal> {
        let now = engine.now();
        let mut refusal = None;
        let allowed: Vec<_> = self
            .offers
            .iter()
            .filter(|offer| {
                let attempt = Attempt {
                    phase: Phase::Hold,
                    now,
                    today: engine.local_date(now),
                    start: wish.start,
                    date: self.plan.date,
                    window: offer.window,
                    channel: wish.channel,
                    people: wish.people,
                    services: u16::try_from(wish.services.len()).unwrap_or(u16::MAX),
                    group: self.group,
                    urgent: false,
                    person: Some(person),
                };
                let refused = self
                    .services
                    .iter()
                    .find_map(|(_, service)| service.rules.check(&attempt).err());
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
}

/// The booking that the visit would replace must be one that can be.
async fn check_replaced(
    engine: &Engine,
    visit: &Visit<'_>,
    wish: &HoldSlot,
) -> Result<(), AppError> {
    let Some(replaced) = wish.replaces else { return Ok(()) };
    let booking = bookings::find(engine.database.connection(), replaced)
        .await?
        .filter(|booking| booking.person == wish.person)
        .ok_or(AppError::BookingNotFound)?;
    super::rebook::can_be_replaced(&booking, visit.group, engine.now())
}

async fn take(engine: &Engine, request: &HoldRequest<'_>) -> Result<Hold, AppError> {
    match engine.holds.hold(request).await {
        Err(HoldError::Refused(HoldRefusal::AlreadyBooked { booking })) => {
            let known = bookings::find(engine.database.connection(), booking).await?;
            if known.is_some_and(|booking| booking.status.is_active()) {
                return Err(AppError::AlreadyBooked);
            }
            // The news that it ended was lost on its way to the holds.
            engine.holds.forget(request.person, request.group, booking).await?;
            Ok(engine.holds.hold(request).await?)
        }
        outcome => Ok(outcome?),
    }
}

/// What others do for a person is in the audit log. What people do with holds of their own is not:
/// it leaves nothing behind.
pub(super) async fn note(
    engine: &Engine,
    actor: &Actor,
    action: &str,
    hold: &Hold,
) -> Result<(), AppError> {
    if let Actor::Citizen(_) = actor {
        return Ok(());
    }
    let details = json!({ "location": hold.seat.location, "date": hold.seat.date });
    let entry = engine.audit(actor, action, hold.id, details);
    Ok(audit::insert(engine.database.connection(), [&entry]).await?)
}

impl From<VisitError> for AppError {
    fn from(error: VisitError) -> Self {
        match error {
            VisitError::UnknownLocation(location) => Self::UnknownLocation(location),
            VisitError::UnknownService(service) => Self::UnknownService(service),
            VisitError::NotDoneHere(_)
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

impl From<HoldError> for AppError {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Refused(HoldRefusal::SlotTaken) => Self::SlotTaken,
            HoldError::Refused(HoldRefusal::AlreadyHolding) => Self::AlreadyHolding,
            HoldError::Refused(HoldRefusal::AlreadyBooked { .. }) => Self::AlreadyBooked,
            HoldError::Failed(error) => error.into(),
        }
    }
}

impl From<HoldsError> for AppError {
    fn from(error: HoldsError) -> Self {
        match error {
            HoldsError::NotLoaded | HoldsError::Contested | HoldsError::Unavailable(_) => {
                Self::HoldsUnavailable(error.into())
            }
            HoldsError::Unexpected(_) => Self::Internal(error.into()),
        }
    }
}
