//! The numbers of a waiting list fit each other.
//!
//! Hours are hours of the clock. An offer stands for `offerHours`, shortened down to `leastHours`
//! if the seat begins soon.

use booking::rules::Finding;

use super::{Found, within};
use crate::Service;

/// `path` is that of the service.
pub(super) fn validate(service: &Service, path: &str, found: &mut Found) {
    let Some(list) = service.waiting_list else { return };
    let path = format!("{path}.waitingList");
    within(&format!("{path}.offerHours"), list.offer_hours, 1..=168_u32, found);
    within(&format!("{path}.leastHours"), list.least_hours, 1..=48_u32, found);
    within(&format!("{path}.declines"), list.declines, 1..=10_u32, found);
    within(&format!("{path}.answerHours"), list.answer_hours, 24..=720_u32, found);
    // A place that ended is kept for 30 days.
    within(&format!("{path}.rejoinAfterDays"), list.rejoin_after_days, 0..=30_u32, found);
    within(&format!("{path}.phonedHours"), list.phoned_hours, 0..=168_u32, found);
    within(&format!("{path}.maxPeople"), list.max_people, 1..=1_000_000_u32, found);
    if let Some(stand_by) = list.stand_by {
        let path = format!("{path}.standBy.offerMinutes");
        within(&path, stand_by.offer_minutes, 5..=120_u32, found);
    }
    if list.least_hours > list.offer_hours {
        let problem = format!("{} is more than offerHours {}", list.least_hours, list.offer_hours);
        let remedy = "an offer stands for at least the one and at most the other, exchange the two";
        found.push(Finding::new(format!("{path}.leastHours"), problem, remedy));
    }
}
