//! One day at one location.

use std::collections::BTreeMap;

use booking::{capacity::Need, state::BookingStatus};
use calendar::{Channel, DayPlan};
use catalogue::Catalogue;
use ids::{LocationId, ServiceId};
use jiff::civil::Date;

use super::{
    offered::{desk_minutes, places},
    small_counts::{suppress_small, suppress_small_parts},
    waiting_times::WaitingTimes,
};
use crate::{
    domain::{Binding, CountedAct},
    store::{counted_acts::ActCount, queries::VisitCount, queue_tickets::WalkInCount},
};

/// One day at one location.
#[derive(Debug, Clone, PartialEq)]
pub struct LocationDay {
    /// The local day.
    pub date: Date,
    /// The location.
    pub location: LocationId,
    /// Share of the desks' open time that was not booked.
    pub free_share: Option<f64>,
    /// Persons whose limits staff lifted.
    pub limits_lifted: Option<u32>,
    /// What was done there, by service.
    pub services: Vec<ServiceDay>,
}

/// One service on one day at one location. `None` is a suppressed count.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceDay {
    /// The service.
    pub service: ServiceId,
    /// How many visits of its length fitted into the day.
    pub offered: u32,
    /// Appointments that were not given up.
    pub booked: Option<u32>,
    /// What these rest on.
    pub bound: Bound,
    /// Of these: done.
    pub served: Option<u32>,
    /// Of these: missed.
    pub missed: Option<u32>,
    /// Appointments that were given up: cancelled or exchanged for another.
    pub cancelled: Option<u32>,
    /// Of these: the seat was booked again.
    pub booked_again: Option<u32>,
    /// People without an appointment who were served.
    pub walk_ins_served: Option<u32>,
    /// Numbers that were called before earlier ones.
    pub queue_jumps: Option<u32>,
    /// Half of the visits waited so many days or fewer.
    pub waited_median: Option<u32>,
    /// Nine of ten visits waited so many days or fewer.
    pub waited_p90: Option<u32>,
}

/// What the appointments of a service rest on: their parts, all suppressed if one is small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The person's own log-in.
    pub online: Option<u32>,
    /// Their own card at the desk.
    pub with_card: Option<u32>,
    /// A document that one member of staff saw.
    pub vouched: Option<u32>,
    /// The same, and a second one agreed.
    pub vouched_by_two: Option<u32>,
    /// A call.
    pub by_phone: Option<u32>,
}

/// What was counted of one service.
#[derive(Debug, Default)]
struct Counts {
    served: u32,
    missed: u32,
    /// Kept, without an outcome from the desk yet.
    open: u32,
    given_up: u32,
    booked_again: u32,
    walk_ins: u32,
    queue_jumps: u32,
    /// Kept, by what they rest on, in the order of [`Bound`].
    bound: [u32; 5],
    waiting: WaitingTimes,
}

impl LocationDay {
    /// From what was offered and what was counted; `None` if there was neither. A visit for
    /// several services counts for each of them.
    pub fn new<'a>(
        catalogue: &Catalogue,
        plan: &DayPlan,
        location: &LocationId,
        visits: impl Iterator<Item = &'a VisitCount>,
        walk_ins: impl Iterator<Item = &'a WalkInCount>,
        acts: impl Iterator<Item = &'a ActCount>,
    ) -> Option<Self> {
        let mut counts = BTreeMap::<ServiceId, Counts>::new();
        let mut booked_minutes = 0;
        for visit in visits {
            if visit.status.keeps_seat() {
                booked_minutes += visit.minutes;
            }
            for service in &visit.services {
                counts.entry(service.clone()).or_default().add(visit);
            }
        }
        for walk_in in walk_ins {
            for service in &walk_in.services {
                counts.entry(service.clone()).or_default().walk_ins += walk_in.served;
            }
        }
        let mut limits_lifted = 0;
        for act in acts {
            match (&act.service, act.act) {
                (None, CountedAct::LiftedLimits) => limits_lifted += act.number,
                (Some(service), CountedAct::JumpedQueue) => {
                    counts.entry(service.clone()).or_default().queue_jumps += act.number;
                }
                _ => {}
            }
        }
        let here = catalogue.location(location)?.services.keys();
        let mut offered: BTreeMap<_, _> = here
            .map(|service| (service.clone(), offered(catalogue, plan, location, service)))
            .filter(|(_, places)| *places > 0)
            .collect();
        counts.keys().for_each(|service| _ = offered.entry(service.clone()).or_default());
        let services: Vec<_> = offered
            .into_iter()
            .map(|(id, offered)| counts.remove(&id).unwrap_or_default().publish(id, offered))
            .collect();
        if services.is_empty() {
            return None;
        }
        // It is the rest that all bookings leave: a suppressed one would follow from it.
        let all_published = services.iter().all(|service| service.booked.is_some());
        let free_share = share(all_published.then_some(booked_minutes), desk_minutes(plan))
            .map(|booked| rounded((1.0 - booked).max(0.0)));
        let limits_lifted = suppress_small(limits_lifted);
        Some(Self {
            date: plan.date,
            location: location.clone(),
            free_share,
            limits_lifted,
            services,
        })
    }
}

impl ServiceDay {
    /// Appointments per place; services that share desks share the places too.
    pub fn utilisation(&self) -> Option<f64> {
        share(self.booked, self.offered)
    }

    /// How many of those with an appointment did not come.
    pub fn missed_share(&self) -> Option<f64> {
        share(self.missed, self.booked?)
    }

    /// How many of the seats that were given up were booked again.
    pub fn booked_again_share(&self) -> Option<f64> {
        share(self.booked_again, self.cancelled?)
    }
}

impl Counts {
    fn add(&mut self, visit: &VisitCount) {
        match visit.status {
            BookingStatus::Served => self.served += visit.visits,
            BookingStatus::Missed => self.missed += visit.visits,
            BookingStatus::Confirmed
            | BookingStatus::CheckedIn
            | BookingStatus::Called
            | BookingStatus::Parked => self.open += visit.visits,
            BookingStatus::Cancelled | BookingStatus::Rebooked => {
                self.given_up += visit.visits;
                if visit.booked_again {
                    self.booked_again += visit.visits;
                }
            }
        }
        if visit.status.keeps_seat() {
            self.waiting.add(visit.waited_days, visit.visits);
            self.bound[place(visit.binding)] += visit.visits;
        }
    }

    fn publish(self, service: ServiceId, offered: u32) -> ServiceDay {
        let [served, missed, _] = suppress_small_parts([self.served, self.missed, self.open]);
        let not_again = self.given_up - self.booked_again;
        let [booked_again, _] = suppress_small_parts([self.booked_again, not_again]);
        let [online, with_card, vouched, vouched_by_two, by_phone] =
            suppress_small_parts(self.bound);
        ServiceDay {
            service,
            offered,
            bound: Bound { online, with_card, vouched, vouched_by_two, by_phone },
            booked: suppress_small(self.served + self.missed + self.open),
            served,
            missed,
            cancelled: suppress_small(self.given_up),
            booked_again,
            walk_ins_served: suppress_small(self.walk_ins),
            queue_jumps: suppress_small(self.queue_jumps),
            waited_median: self.waiting.percentile(50),
            waited_p90: self.waiting.percentile(90),
        }
    }
}

/// The place in [`Counts::bound`].
const fn place(binding: Binding) -> usize {
    match binding {
        Binding::Online => 0,
        Binding::Card => 1,
        Binding::Vouched => 2,
        Binding::VouchedByTwo => 3,
        Binding::Phone | Binding::PhoneCompared => 4,
    }
}

fn offered(
    catalogue: &Catalogue,
    plan: &DayPlan,
    location: &LocationId,
    service: &ServiceId,
) -> u32 {
    let visit = catalogue.visit(location, std::slice::from_ref(service), 1);
    visit.map_or(0, |visit| {
        // Staff see all desks.
        let channel = Channel::Staff;
        places(&Need { slots: visit.slots, channel, skilled: visit.desks }, plan)
    })
}

/// `part` of `whole`, to a thousandth.
#[expect(clippy::cast_precision_loss, reason = "a day has fewer minutes than 2 to the 52nd")]
fn share<N: Into<u64>>(part: Option<N>, whole: N) -> Option<f64> {
    let (part, whole) = (part?.into(), whole.into());
    (whole > 0).then_some(rounded(part as f64 / whole as f64))
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}
