//! An office gives dates to applications on file, and only for such a service.
//!
//! The office gives a date to an application that it has on file, so the service must ask for one:
//! by the rule `entitlement`.

use booking::rules::Finding;

use super::{Found, within};
use crate::{Allocation, Service};

/// `path` is that of the service.
pub(super) fn validate(service: &Service, path: &str, found: &mut Found) {
    if service.allocation == Allocation::Assign && !service.requires_entitlement() {
        let problem =
            "the office gives dates to applications on file, and this service asks for none";
        let remedy = "add the rule `entitlement: {}` to the service";
        found.push(Finding::new(format!("{path}.allocation"), problem, remedy));
    }
    let Some(assign) = service.assign else { return };
    let path = format!("{path}.assign");
    if service.allocation != Allocation::Assign {
        let remedy = "set `allocation` to `assign`, or remove it";
        found.push(Finding::new(path.clone(), "the office gives no dates of this service", remedy));
    }
    within(&format!("{path}.answerDays"), assign.answer_days, 1..=90_u32, found);
}
