//! A service that is drawn has a schedule that can be kept, and only such a service has one.
//!
//! A draw is announced, and then nothing of it can be changed (`libs/draw`). So numbers that cannot
//! work are refused before any draw is made of them: the list must close early enough that winners
//! learn their date in time, and seats must be left for people without a quota.

use booking::rules::Finding;

use super::{Found, within};
use crate::{
    Allocation, DrawSchedule, Service,
    draw::{LONGEST_WINDOW, NOTICE_HOURS},
};

/// Quotas of one draw, at most (`apptdraw/v1`, section 2).
const QUOTAS: usize = 16;

/// `path` is that of the service. All numbers have both their bounds here and in the schema.
pub(super) fn validate(service: &Service, path: &str, found: &mut Found) {
    let schedule = match (service.allocation, &service.draw) {
        (Allocation::Immediate | Allocation::Assign, None) => return,
        (Allocation::Immediate | Allocation::Assign, Some(_)) => {
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
    within(&format!("{path}.draw.cohorts"), schedule.cohorts, 0..=20_u32, found);
    within(&format!("{path}.draw.keepDays"), schedule.keep_days, 30..=366_u32, found);
    quotas(service, schedule, &format!("{path}.draw.quotas"), found);
    let week = i64::from(schedule.weeks_ahead) * 7 * 24;
    if schedule.closes_after_hours() + NOTICE_HOURS > week {
        let problem = format!("the draw closes less than {NOTICE_HOURS} hours before its week");
        let remedy = "open it earlier, shorten `entryHours` or raise `weeksAhead`";
        found.push(Finding::new(format!("{path}.draw"), problem, remedy));
    }
}

/// Each quota says for whom, and leaves a desk for everybody.
fn quotas(service: &Service, schedule: &DrawSchedule, path: &str, found: &mut Found) {
    if schedule.quotas.len() > QUOTAS {
        let problem = format!("{} are too many", schedule.quotas.len());
        found.push(Finding::new(path, problem, format!("state {QUOTAS} at most")));
    }
    for (index, quota) in schedule.quotas.iter().enumerate() {
        let path = format!("{path}[{index}]");
        within(&format!("{path}.desks"), quota.desks, 1..=63_u32, found);
        if let Some(days) = quota.entitlement_ends_within_days {
            let path = format!("{path}.entitlementEndsWithinDays");
            within(&path, days, 1..=366_u32, found);
            if !service.requires_entitlement() {
                let remedy = "add the rule `entitlement: {}` to the service, or remove it";
                found.push(Finding::new(path, "the service asks for no entitlement", remedy));
            }
        } else if quota.channel.is_none() {
            let remedy = "add `channel` or `entitlementEndsWithinDays`, or remove the quota";
            found.push(Finding::new(path, "it does not say for whom it is", remedy));
        }
    }
    let kept: u32 = schedule.quotas.iter().map(|quota| u32::from(quota.desks)).sum();
    if let Some(desks) = schedule.desks.map(u32::from).filter(|desks| kept >= *desks && kept > 0) {
        let problem = format!("{kept} desks are kept of {desks} that are drawn");
        let remedy = "leave at least one for everybody: fewer in `quotas`, or more `desks`";
        found.push(Finding::new(path, problem, remedy));
    }
}
