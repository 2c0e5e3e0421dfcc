//! One day at one location, as it is published.

use ids::{LocationId, ServiceId};
use jiff::civil::Date;

use super::{
    counts::{LocationCounts, ServiceCounts},
    small_counts::{MIN_CELL_COUNT, suppress_small, suppress_small_parts},
};

/// One day at one location.
#[derive(Debug, Clone, PartialEq)]
pub struct LocationDay {
    /// The local day.
    pub date: Date,
    /// The location.
    pub location: LocationId,
    /// Whether the day was over when it was counted.
    pub is_over: bool,
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

impl LocationDay {
    /// A day that is over; `None` if nothing was offered and nothing was done.
    #[must_use]
    pub fn publish(date: Date, location: LocationId, counts: LocationCounts) -> Option<Self> {
        let services = counts.services.into_iter();
        let services: Vec<_> = services.map(|(id, it)| ServiceDay::publish(id, &it)).collect();
        if services.is_empty() {
            return None;
        }
        // It is the rest that all bookings leave: a suppressed one would follow from it.
        let all_published = services.iter().all(|service| service.booked.is_some());
        let free_share = share(all_published.then_some(counts.booked_minutes), counts.open_minutes)
            .map(|booked| rounded((1.0 - booked).max(0.0)));
        let limits_lifted = suppress_small(counts.limits_lifted);
        Some(Self { date, location, is_over: true, free_share, limits_lifted, services })
    }

    /// The current day. Repeated requests would show each single visit as a difference. So counts rise in steps
    /// of [`MIN_CELL_COUNT`], and figures that need exact counts are left out.
    #[must_use]
    pub fn so_far(date: Date, location: LocationId, counts: LocationCounts) -> Option<Self> {
        let day = Self::publish(date, location, counts)?;
        Some(Self {
            is_over: false,
            free_share: None,
            limits_lifted: in_steps(day.limits_lifted),
            services: day.services.into_iter().map(ServiceDay::in_steps).collect(),
            ..day
        })
    }
}

impl ServiceDay {
    fn publish(service: ServiceId, counts: &ServiceCounts) -> Self {
        let [served, missed, _] = suppress_small_parts([counts.served, counts.missed, counts.open]);
        let not_again = counts.given_up - counts.booked_again;
        let [booked_again, _] = suppress_small_parts([counts.booked_again, not_again]);
        let [online, with_card, vouched, vouched_by_two, by_phone] =
            suppress_small_parts(counts.bound);
        Self {
            service,
            offered: counts.offered,
            bound: Bound { online, with_card, vouched, vouched_by_two, by_phone },
            booked: suppress_small(counts.booked()),
            served,
            missed,
            cancelled: suppress_small(counts.given_up),
            booked_again,
            walk_ins_served: suppress_small(counts.walk_ins),
            queue_jumps: suppress_small(counts.queue_jumps),
            waited_median: counts.waiting.median,
            waited_p90: counts.waiting.p90,
        }
    }

    fn in_steps(self) -> Self {
        let Bound { online, with_card, vouched, vouched_by_two, by_phone } = self.bound;
        Self {
            bound: Bound {
                online: in_steps(online),
                with_card: in_steps(with_card),
                vouched: in_steps(vouched),
                vouched_by_two: in_steps(vouched_by_two),
                by_phone: in_steps(by_phone),
            },
            booked: in_steps(self.booked),
            served: in_steps(self.served),
            missed: in_steps(self.missed),
            cancelled: in_steps(self.cancelled),
            booked_again: in_steps(self.booked_again),
            walk_ins_served: in_steps(self.walk_ins_served),
            queue_jumps: in_steps(self.queue_jumps),
            waited_median: None,
            waited_p90: None,
            ..self
        }
    }

    /// Appointments per place; services that share desks share the places too.
    #[must_use]
    pub fn utilisation(&self) -> Option<f64> {
        share(self.booked, self.offered)
    }

    /// How many of those with an appointment did not come.
    #[must_use]
    pub fn missed_share(&self) -> Option<f64> {
        share(self.missed, self.booked?)
    }

    /// How many of the seats that were given up were booked again.
    #[must_use]
    pub fn booked_again_share(&self) -> Option<f64> {
        share(self.booked_again, self.cancelled?)
    }
}

/// Rounded down to the last step.
fn in_steps(count: Option<u32>) -> Option<u32> {
    count.map(|count| count - count % MIN_CELL_COUNT)
}

/// `part` of `whole`, to a thousandth.
#[expect(clippy::cast_precision_loss, reason = "a month has fewer minutes than 2 to the 52nd")]
pub(super) fn share<N: Into<u64>>(part: Option<N>, whole: N) -> Option<f64> {
    let (part, whole) = (part?.into(), whole.into());
    (whole > 0).then_some(rounded(part as f64 / whole as f64))
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(served: u32, missed: u32) -> LocationCounts {
        let passport = ServiceCounts {
            served,
            missed,
            bound: [served + missed, 0, 0, 0, 0],
            ..Default::default()
        };
        let services = [("passport".parse().unwrap(), passport)].into();
        LocationCounts { open_minutes: 480, services, ..LocationCounts::default() }
    }

    fn so_far(served: u32, missed: u32) -> LocationDay {
        let (date, location) = ("2027-01-04".parse().unwrap(), "small".parse().unwrap());
        LocationDay::so_far(date, location, day(served, missed)).unwrap()
    }

    #[test]
    fn today_rises_in_steps_so_that_two_looks_show_no_single_visit() {
        let counts = |day: &LocationDay| {
            let it = &day.services[0];
            (it.booked, it.served, it.missed, it.bound.online)
        };
        let morning = so_far(11, 6);
        assert_eq!(counts(&morning), (Some(15), Some(10), Some(5), Some(15)));
        assert_eq!(so_far(12, 7), morning, "two more visits");
        assert_eq!(counts(&so_far(11, 9)), (Some(20), Some(10), Some(5), Some(20)));
        assert_eq!(counts(&so_far(11, 3)), (Some(10), None, None, Some(10)));
        assert!(!morning.is_over && morning.free_share.is_none());
    }
}
