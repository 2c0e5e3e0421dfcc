//! A service that is drawn has a schedule that can be kept, and only such a service has one.

use booking::rules::Finding;

use super::{Found, within};
use crate::{
    Allocation, Service,
    draw::{LONGEST_WINDOW, NOTICE_HOURS},
};

pub(super) fn validate(service: &Service, path: &str, found: &mut Found) {
    let schedule = match (service.allocation, &service.draw) {
        (Allocation::Immediate, None) => return,
        (Allocation::Immediate, Some(_)) => {
            let remedy = "set `allocation` to `draw` or `draw-then-immediate`, or remove it";
            let problem = "the service is not allocated by draws";
            found.push(Finding::new(format!("{path}.draw"), problem, remedy));
            return;
        }
        (Allocation::Draw | Allocation::DrawThenImmediate, None) => {
            let remedy = "add it, for example `draw: {opensOn: monday, opensAt: \"10:00\"}`";
            found.push(Finding::new(format!("{path}.draw"), "it says when draws are", remedy));
            return;
        }
        (Allocation::Draw | Allocation::DrawThenImmediate, Some(schedule)) => schedule,
    };
    let longest = u32::from(LONGEST_WINDOW);
    within(&format!("{path}.draw.entryHours"), schedule.entry_hours, 1..=longest, found);
    within(&format!("{path}.draw.weeksAhead"), schedule.weeks_ahead, 1..=12_u32, found);
    if let Some(desks) = schedule.desks {
        within(&format!("{path}.draw.desks"), desks, 1..=64_u32, found);
    }
    let week = i64::from(schedule.weeks_ahead) * 7 * 24;
    if schedule.closes_after_hours() + NOTICE_HOURS > week {
        let problem = format!("the draw closes less than {NOTICE_HOURS} hours before its week");
        let remedy = "open it earlier, shorten `entryHours` or raise `weeksAhead`";
        found.push(Finding::new(format!("{path}.draw"), problem, remedy));
    }
}
