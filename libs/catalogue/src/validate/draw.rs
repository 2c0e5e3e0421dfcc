//! A service that is drawn has a schedule that can be kept. Another service has one only for persons who
//! want an earlier appointment.
//!
//! A draw is announced, and then nothing of it can be changed (`libs/draw`). So numbers that cannot
//! work are refused before any draw is made of them: the list must close early enough that winners
//! learn their date in time, and seats must be left for people without a quota.

use booking::rules::Finding;

use super::{Found, within};
use crate::{
    Allocation, DrawSchedule, Entrants, Service,
    draw::{LONGEST_WINDOW, MARGIN_HOURS, NOTICE_HOURS, RESULT_HOURS},
};

/// Quotas of one draw, at most (`apptdraw/v1`, section 2).
const QUOTAS: usize = 16;

/// `path` is that of the service. All numbers have both their bounds here and in the schema.
pub(super) fn validate(service: &Service, path: &str, found: &mut Found) {
    let is_drawn = matches!(service.allocation, Allocation::Draw | Allocation::DrawThenImmediate);
    let Some(schedule) = &service.draw else {
        if is_drawn {
            let remedy = "add it, for example `draw: {opensOn: monday, opensAt: \"10:00\"}`";
            found.push(Finding::new(format!("{path}.draw"), "it says when draws are", remedy));
        }
        return;
    };
    if !is_drawn && schedule.entrants == Entrants::Everybody {
        let remedy = "for persons who want an earlier appointment write `entrants: with-appointment`; for \
                      everybody set `allocation` to `draw` or `draw-then-immediate`; or remove it";
        let problem = "the service is not allocated by draws";
        found.push(Finding::new(format!("{path}.draw"), problem, remedy));
        return;
    }
    entrants(service, schedule, path, found);
    let longest = u32::from(LONGEST_WINDOW);
    within(&format!("{path}.draw.entryHours"), schedule.entry_hours, 1..=longest, found);
    within(&format!("{path}.draw.weeksAhead"), schedule.weeks_ahead, 1..=12_u32, found);
    if let Some(desks) = schedule.desks {
        within(&format!("{path}.draw.desks"), desks, 1..=64_u32, found);
    }
    within(&format!("{path}.draw.cohorts"), schedule.cohorts, 0..=20_u32, found);
    within(&format!("{path}.draw.keepDays"), schedule.keep_days, 30..=366_u32, found);
    quotas(service, schedule, &format!("{path}.draw.quotas"), found);
    confirming(service, schedule, &format!("{path}.draw.confirmWithin"), found);
    let week = i64::from(schedule.weeks_ahead) * 7 * 24;
    if schedule.closes_after_hours() + NOTICE_HOURS > week {
        let problem = format!("the draw closes less than {NOTICE_HOURS} hours before its week");
        let remedy = "open it earlier, shorten `entryHours` or raise `weeksAhead`";
        found.push(Finding::new(format!("{path}.draw"), problem, remedy));
    }
}

/// A draw of earlier appointments is not the only way to get one, and has no cohorts: a person who goes
/// without keeps their appointment.
fn entrants(service: &Service, schedule: &DrawSchedule, path: &str, found: &mut Found) {
    if schedule.entrants == Entrants::Everybody {
        return;
    }
    if service.allocation == Allocation::Draw {
        let problem =
            "only persons with an appointment can enter, and nobody gets one but by a draw";
        let remedy =
            "set `allocation` to `assign`, `immediate` or `draw-then-immediate`, or remove it";
        found.push(Finding::new(format!("{path}.draw.entrants"), problem, remedy));
    }
    if schedule.cohorts > 0 {
        let problem =
            "an appointment ends the count of draws without a seat, and all who enter have one";
        let remedy = "remove it, or `entrants`";
        found.push(Finding::new(format!("{path}.draw.cohorts"), problem, remedy));
    }
    if schedule.confirm_within.is_some() {
        let problem = "what is won replaces an appointment at once: nothing is left to confirm";
        let remedy = "remove it, or `entrants`";
        found.push(Finding::new(format!("{path}.draw.confirmWithin"), problem, remedy));
    }
}

/// Winners answer while the first seat of the week can still be used by another person, if they decline it.
fn confirming(service: &Service, schedule: &DrawSchedule, path: &str, found: &mut Found) {
    let Some(hours) = schedule.confirm_within else { return };
    within(path, hours, 1..=u32::from(LONGEST_WINDOW), found);
    let lead_time = service.rules.lead_time.as_ref();
    let ahead = lead_time.map_or(0, |rule| i64::from(rule.minutes.div_ceil(60))) + MARGIN_HOURS;
    let ends = schedule.closes_after_hours() + RESULT_HOURS + i64::from(hours);
    let week = i64::from(schedule.weeks_ahead) * 7 * 24;
    if ends + ahead > week {
        let problem = "winners could still answer when the first seats are of no more use";
        let remedy =
            "shorten it, open the draw earlier, shorten `entryHours` or raise `weeksAhead`";
        found.push(Finding::new(path, problem, remedy));
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
