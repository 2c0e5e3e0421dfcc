//! Days on which ZMS is closed: common days off, those of a department or a scope, closures.

use calendar::FederalState;
use jiff::civil::{Date, Weekday};

use super::{
    collect::{Found, Within},
    stub::day,
};
use crate::{json::Node, model::Offer, report::Report};

/// Adds closures to the authority and to its places. `department` is the one that is imported. Public
/// holidays of `state` are closed already.
pub(super) fn close(
    offer: &mut Offer,
    found: &Found<'_>,
    department: Option<&str>,
    today: Date,
    state: FederalState,
    report: &mut Report,
) {
    let mut common = Vec::new();
    for (within, node) in &found.dayoffs {
        let Some(date) = day(node, "date") else {
            report.left_out(node.path(), "a day off without a day", "");
            continue;
        };
        if date < today {
            continue;
        }
        if is_common(within) {
            common.push(date);
        }
        // Sundays are closed by having no hours.
        if state.is_holiday(date) || date.weekday() == Weekday::Sunday {
            continue;
        }
        let reason = node.text("name").unwrap_or_default();
        put(offer, within, department, date, reason);
    }
    for (within, node) in &found.closures {
        let date = closed_day(node).filter(|date| *date >= today);
        if let Some(date) = date {
            put(offer, within, department, date, String::new());
        }
    }
    unknown_holidays(&common, state, report);
}

const fn is_common(within: &Within) -> bool {
    within.department.is_none() && within.scope.is_none()
}

fn put(offer: &mut Offer, within: &Within, department: Option<&str>, date: Date, reason: String) {
    match (&within.scope, &within.department) {
        (Some(scope), _) => {
            if let Some(place) = offer.places.get_mut(scope) {
                place.closures.insert(date, reason);
            }
        }
        (None, Some(own)) if Some(own.as_str()) != department => {}
        (None, _) => {
            offer.closures.insert(date, reason);
        }
    }
}

fn closed_day(node: &Node<'_>) -> Option<Date> {
    Date::new(node.small("year")?, node.small("month")?, node.small("day")?).ok()
}

/// ZMS computes its days off and lacks those of one year only.
fn unknown_holidays(common: &[Date], state: FederalState, report: &mut Report) {
    let (Some(first), Some(last)) = (common.iter().min(), common.iter().max()) else { return };
    for year in first.year()..=last.year() {
        let holidays = state.holidays(year).into_iter();
        for holiday in holidays.filter(|day| first <= day && day <= last && !common.contains(day)) {
            let problem = "a public holiday that is no day off in ZMS: closed here";
            report.changed(&holiday.to_string(), problem, "an exception opens it");
        }
    }
}
