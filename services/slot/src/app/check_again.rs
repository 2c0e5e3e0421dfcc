//! A confirm asks every rule again: what was right for the hold may not be right any more, and some
//! facts are known only now.

use auth::Attendee;
use booking::{
    capacity::{Need, Offer},
    rules::{Attempt, Phase},
};
use catalogue::{Catalogue, Service};
use ids::ServiceId;
use jiff::{SignedDuration, Timestamp};

use super::{AppError, Engine, book_on_behalf::level, facts::Subject};
use crate::holds::HoldClaims;

/// Whether the hold of `claims` may still become a booking of `attendee`.
///
/// # Errors
/// The slot is no longer offered, or a rule refuses.
pub(super) async fn check_again(
    engine: &Engine,
    claims: &HoldClaims,
    attendee: &Attendee,
) -> Result<(), AppError> {
    let catalogue = engine.catalogue();
    let services = claims
        .services
        .iter()
        .map(|id| {
            let service = catalogue.service(id);
            service.map(|service| (id, service)).ok_or(AppError::UnknownService(id.clone()))
        })
        .collect::<Result<Vec<(&ServiceId, &Service)>, _>>()?;
    let offer = offer(engine, &catalogue, claims)?;
    let subject = Subject {
        person: claims.sub,
        level: level(attendee.level),
        // What cannot be read is decided at the desk.
        birth_date: attendee.birthdate.parse().ok(),
        group: &claims.group,
        services: &services,
    };
    let person = subject.gather(engine).await?;
    let held_at = held_at(&catalogue, claims);
    let attempt = Attempt {
        phase: Phase::Confirm { held_at },
        now: engine.now(),
        today: engine.local_date(held_at),
        start: claims.seat.starts_at(&*engine.plan_of(&claims.seat)?),
        date: claims.seat.date,
        window: offer.window,
        channel: claims.channel,
        people: claims.people,
        services: u16::try_from(services.len()).unwrap_or(u16::MAX),
        group: &claims.group,
        urgent: false,
        person: Some(&person),
    };
    services.iter().try_for_each(|(_, service)| service.rules.check(&attempt))?;
    Ok(())
}

/// The offer that the held seat is of, if it is made today still.
fn offer(engine: &Engine, catalogue: &Catalogue, claims: &HoldClaims) -> Result<Offer, AppError> {
    let seat = &claims.seat;
    let plan = engine.plan_of(seat)?;
    if plan.is_closed() {
        return Err(AppError::Closed);
    }
    let visit = catalogue.visit(&seat.location, &claims.services, claims.people)?;
    let need = Need { slots: visit.slots, channel: claims.channel, skilled: visit.desks };
    need.offers_at(&plan, seat.start)
        .into_iter()
        .find(|offer| offer.units == seat.units && offer.desks.contains(seat.desk))
        .ok_or(AppError::SlotNotOffered)
}

/// When the seat was taken: as long before the hold ends as holds last.
fn held_at(catalogue: &Catalogue, claims: &HoldClaims) -> Timestamp {
    let lasts = SignedDuration::from_mins(i64::from(catalogue.authority.hold_minutes));
    let ends = Timestamp::from_second(claims.exp).unwrap_or(Timestamp::MAX);
    ends.saturating_sub(lasts).unwrap_or(Timestamp::MIN)
}
