//! What is free for one visit.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use booking::{
    Span,
    capacity::{Need, Offer},
    rules::{Attempt, Phase},
};
use calendar::{Channel, DayPlan, DeskSet};
use catalogue::{Catalogue, Service, VisitError};
use ids::LocationId;
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    Availability, AvailabilityError, FreeLocation, FreeSlot, VisitQuery, replica::for_staff,
};

/// One visit, at each location that can do it.
pub(super) struct Visits<'a> {
    availability: &'a Availability,
    catalogue: &'a Arc<Catalogue>,
    services: Vec<&'a Service>,
    criteria: &'a VisitQuery,
    pub needs: Vec<(&'a LocationId, Need)>,
    pub today: Date,
    now: Timestamp,
}

impl<'a> Visits<'a> {
    pub fn new(
        availability: &'a Availability,
        catalogue: &'a Arc<Catalogue>,
        criteria: &'a VisitQuery,
        today: Date,
        now: Timestamp,
    ) -> Result<Self, AvailabilityError> {
        let mut needs = Vec::new();
        let mut impossible = None;
        let mut consider = |location: &'a LocationId| -> Result<(), VisitError> {
            let (channel, services) = (criteria.channel, &criteria.services);
            match catalogue.visit_by(channel, location, services, criteria.people) {
                Ok(visit) => {
                    let need = Need {
                        slots: visit.slots,
                        channel: criteria.channel,
                        skilled: visit.desks,
                    };
                    needs.push((location, need));
                    Ok(())
                }
                // Another location may well do it.
                Err(
                    error @ (VisitError::NotDoneHere(_)
                    | VisitError::StaffOnly(_)
                    | VisitError::TooManyHere { .. }
                    | VisitError::NoCommonDesk),
                ) => {
                    impossible = Some(error);
                    Ok(())
                }
                Err(error) => Err(error),
            }
        };
        if criteria.locations.is_empty() {
            catalogue.locations().try_for_each(|(location, _)| consider(location))?;
        } else {
            criteria.locations.iter().try_for_each(consider)?;
        }
        match impossible {
            Some(error) if needs.is_empty() => return Err(error.into()),
            Some(_) | None => {}
        }
        let services = criteria.services.iter().filter_map(|id| catalogue.service(id)).collect();
        Ok(Self { availability, catalogue, services, criteria, needs, today, now })
    }

    /// The starts on a day at which at least one desk is free, earliest first.
    pub fn free_starts(&self, location: &LocationId, need: &Need, date: Date) -> Vec<FreeSlot> {
        let Some(plan) = self.plan(location, date) else {
            return Vec::new();
        };
        self.free_desks(location, need, &plan)
            .into_iter()
            .map(|(span, desks)| FreeSlot {
                location: location.clone(),
                start: minute(&plan, span.from),
                end: minute(&plan, span.until),
                free: desks.len(),
            })
            .collect()
    }

    /// How much is free at a location on a day.
    pub fn count(&self, location: &LocationId, need: &Need, plan: &DayPlan) -> FreeLocation {
        let desks = self.free_desks(location, need, plan);
        let free = desks.values().map(|desks| desks.len()).sum();
        // Ordered by start: two lengths of the same start follow each other.
        let mut starts: Vec<u16> = desks.keys().map(|span| span.from).collect();
        starts.dedup();
        let starts = u32::try_from(starts.len()).unwrap_or(u32::MAX);
        FreeLocation { location: location.clone(), free, starts }
    }

    pub fn plan(&self, location: &LocationId, date: Date) -> Option<Arc<DayPlan>> {
        self.availability.plans.get(self.catalogue, location, date)
    }

    /// Free desks by start and length. Two sessions may offer the same start.
    fn free_desks(
        &self,
        location: &LocationId,
        need: &Need,
        plan: &DayPlan,
    ) -> BTreeMap<Span, DeskSet> {
        let mut free = BTreeMap::<_, DeskSet>::new();
        self.availability.replica.read_day(location, plan.date, |day| {
            let taken = match self.criteria.channel {
                Channel::Staff => Cow::Owned(for_staff(day)),
                Channel::Public | Channel::Phone => Cow::Borrowed(&day.taken),
            };
            for offer in need.offers(plan) {
                let desks = offer.free(&taken);
                if !desks.is_empty() && self.is_allowed(plan, &offer) {
                    let known = free.entry(offer.span).or_default();
                    *known = known.union(desks);
                }
            }
        });
        free
    }

    fn is_allowed(&self, plan: &DayPlan, offer: &Offer) -> bool {
        // Most days are outside their window: that is quicker to see than what the rules say.
        if !offer.window.is_open(self.criteria.channel, self.now) {
            return false;
        }
        let Some(first) = self.services.first() else { return false };
        let zone = &self.availability.berlin;
        let not_public = |service: &&Service| service.not_public_until(plan.date, zone);
        let not_public_until = self.services.iter().filter_map(not_public).max();
        if self.criteria.channel != Channel::Staff && not_public_until > Some(self.now) {
            return false;
        }
        let attempt = Attempt {
            phase: Phase::Offer,
            now: self.now,
            today: self.today,
            start: minute(plan, offer.span.from),
            date: plan.date,
            window: offer.window,
            channel: self.criteria.channel,
            people: self.criteria.people,
            services: u16::try_from(self.services.len()).unwrap_or(u16::MAX),
            group: &first.group,
            enters_draw: false,
            person: None,
        };
        self.services.iter().all(|service| service.rules.check(&attempt).is_ok())
    }
}

/// When a minute of the plan's day begins.
fn minute(plan: &DayPlan, minute: u16) -> Timestamp {
    let elapsed = SignedDuration::from_mins(i64::from(minute));
    plan.starts_at.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
}
