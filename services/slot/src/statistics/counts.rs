//! What was counted on one day at one location, before anything is suppressed.

use std::collections::BTreeMap;

use booking::{capacity::Need, state::BookingStatus};
use calendar::{Channel, DayPlan};
use catalogue::Catalogue;
use ids::{LocationId, ServiceId};
use serde::{Deserialize, Serialize};

use super::{
    offered::{desk_minutes, places},
    waiting_times::{Waited, WaitingTimes},
};
use crate::{
    domain::{Binding, CountedAct},
    store::{counted_acts::ActCount, queries::VisitCount, queue_tickets::WalkInCount},
};

/// One day at one location, as counted. It holds small cells: never sent to anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationCounts {
    /// The time of all desks that were open, in minutes.
    pub open_minutes: u64,
    /// The part of it that was booked.
    pub booked_minutes: u64,
    /// Persons whose limits staff lifted.
    pub limits_lifted: u32,
    /// What was offered or done, by service. A visit for several services counts for each of them.
    pub services: BTreeMap<ServiceId, ServiceCounts>,
}

/// One service on one day at one location, as counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct ServiceCounts {
    /// How many visits of its length fitted into the day.
    pub offered: u32,
    /// Appointments that were kept.
    pub served: u32,
    /// Appointments that were missed.
    pub missed: u32,
    /// Neither kept nor missed yet.
    pub open: u32,
    /// Cancelled or exchanged for another.
    pub given_up: u32,
    /// Of these: the seat was booked again.
    pub booked_again: u32,
    /// People without an appointment who were served.
    pub walk_ins: u32,
    /// Numbers that were called before earlier ones.
    pub queue_jumps: u32,
    /// Appointments that were not given up, by what they rest on: own log-in, card,
    /// vouched, vouched by two, phone.
    pub bound: [u32; 5],
    /// How long these waited.
    pub waiting: Waited,
}

/// As the database keeps it: hundreds of these are read for one answer, so their names are left out.
#[derive(Serialize, Deserialize)]
struct Row([u32; 8], [u32; 5], Waited);

impl LocationCounts {
    /// From what was offered and what the database counted.
    pub fn new<'a>(
        catalogue: &Catalogue,
        plan: &DayPlan,
        location: &LocationId,
        visits: impl Iterator<Item = &'a VisitCount>,
        walk_ins: impl Iterator<Item = &'a WalkInCount>,
        acts: impl Iterator<Item = &'a ActCount>,
    ) -> Self {
        let mut counts = Self { open_minutes: desk_minutes(plan), ..Self::default() };
        let mut waiting = BTreeMap::<&ServiceId, WaitingTimes>::new();
        for visit in visits {
            visit.services.iter().for_each(|service| counts.of(service).add(visit));
            if visit.status.keeps_seat() {
                counts.booked_minutes += visit.minutes;
                for service in &visit.services {
                    waiting.entry(service).or_default().add(visit.waited_days, visit.visits);
                }
            }
        }
        for (service, times) in waiting {
            counts.of(service).waiting = times.sum_up();
        }
        for walk_in in walk_ins {
            walk_in.services.iter().for_each(|id| counts.of(id).walk_ins += walk_in.served);
        }
        for act in acts {
            match (&act.service, act.act) {
                (None, CountedAct::LiftedLimits) => counts.limits_lifted += act.number,
                (Some(id), CountedAct::JumpedQueue) => counts.of(id).queue_jumps += act.number,
                _ => {}
            }
        }
        let here = catalogue.location(location).into_iter().flat_map(|it| it.services.keys());
        for service in here {
            let offered = offered(catalogue, plan, location, service);
            if offered > 0 {
                counts.of(service).offered = offered;
            }
        }
        counts
    }

    fn of(&mut self, service: &ServiceId) -> &mut ServiceCounts {
        self.services.entry(service.clone()).or_default()
    }
}

impl ServiceCounts {
    /// Appointments that were not given up.
    #[must_use]
    pub fn booked(&self) -> u32 {
        self.served + self.missed + self.open
    }

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
            self.bound[place(visit.binding)] += visit.visits;
        }
    }
}

impl From<Row> for ServiceCounts {
    fn from(Row(counts, bound, waiting): Row) -> Self {
        let [offered, served, missed, open, given_up, booked_again, walk_ins, queue_jumps] = counts;
        Self {
            offered,
            served,
            missed,
            open,
            given_up,
            booked_again,
            walk_ins,
            queue_jumps,
            bound,
            waiting,
        }
    }
}

impl From<ServiceCounts> for Row {
    fn from(it: ServiceCounts) -> Self {
        let counts = [
            it.offered,
            it.served,
            it.missed,
            it.open,
            it.given_up,
            it.booked_again,
            it.walk_ins,
            it.queue_jumps,
        ];
        Self(counts, it.bound, it.waiting)
    }
}

/// The place in [`ServiceCounts::bound`].
#[must_use]
pub const fn place(binding: Binding) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_database_keeps_is_read_as_it_was_written() {
        let waiting = Waited { median: Some(9), p90: Some(9), soon: 6, total_days: 54 };
        let card = ServiceCounts {
            offered: 24,
            served: 1,
            missed: 2,
            open: 3,
            given_up: 4,
            booked_again: 5,
            walk_ins: 6,
            queue_jumps: 7,
            bound: [1, 2, 3, 4, 5],
            waiting,
        };
        let services = BTreeMap::from([("card".parse().unwrap(), card)]);
        let counts =
            LocationCounts { open_minutes: 480, booked_minutes: 90, limits_lifted: 1, services };
        let text = serde_json::to_string(&counts).unwrap();
        let kept = r#""card":[[24,1,2,3,4,5,6,7],[1,2,3,4,5],[9,9,6,54]]"#;
        assert!(text.contains(kept), "{text}");
        assert_eq!(serde_json::from_str::<LocationCounts>(&text).unwrap(), counts);
        // As earlier versions kept it.
        let text = text.replace("[9,9,6,54]", r#"{"9":6}"#);
        assert_eq!(serde_json::from_str::<LocationCounts>(&text).unwrap(), counts);
    }
}
