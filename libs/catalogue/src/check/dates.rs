//! What is over, and what lies on a day that decides otherwise.
//!
//! A rule that ended last month may stay for the record; one that ended years ago is forgotten. So
//! the first is a note and the second a finding.

use std::collections::{BTreeMap, BTreeSet};

use booking::rules::Finding;
use calendar::{Closure, Exception, OpeningRule};
use jiff::{ToSpan, civil::Date};

use super::Dated;
use crate::{Catalogue, Holidays, Location};

/// What ended longer ago than this, in days, is reported as left over.
const KEPT_DAYS: i64 = 366;

/// A later date is a slip: `2207` for `2027`.
const FAR_DAYS: i64 = 10 * 366;

/// More single days than a year has are a weekly rule that was written out.
const MOST_DATES: usize = 366;

/// Of a rule that holds for so many days at most, each day is looked at.
const FEW_DAYS: i32 = 31;

/// In the order: closures everywhere, then each location.
pub(super) fn check(catalogue: &Catalogue, today: Date, dated: &mut Dated) {
    let mut look = Look { today, holidays: catalogue.holidays, dated };
    look.closures(&catalogue.closures, "catalogue");
    for (id, location) in catalogue.locations() {
        look.location(location, &format!("catalogue.locations.{id}"));
    }
}

/// One pass over the dates of a catalogue, with what was found so far.
struct Look<'a> {
    today: Date,
    holidays: Holidays,
    dated: &'a mut Dated,
}

impl Look<'_> {
    /// Rules, exceptions and closures of one location.
    fn location(&mut self, location: &Location, path: &str) {
        for (name, rule) in &location.opening {
            self.rule(rule, &format!("{path}.opening.{name}"));
        }
        for (name, exception) in &location.exceptions {
            self.exception(exception, &format!("{path}.exceptions.{name}"));
        }
        self.closures(&location.closures, path);
        if let Some(last) = location.closed_times.keys().next_back() {
            self.over(*last, &format!("{path}.closedTimes"));
        }
        if let Some(until) = location.keeps_bookings_until {
            let path = format!("{path}.keepsBookingsUntil");
            self.over(until, &path);
            self.far(until, &path);
        }
    }

    /// The first and the last day of an opening rule.
    fn rule(&mut self, rule: &OpeningRule, path: &str) {
        if let Some(last) = rule.valid_to {
            self.over(last, &format!("{path}.validTo"));
            self.far(last, &format!("{path}.validTo"));
        }
        if let Some(first) = rule.valid_from {
            self.far(first, &format!("{path}.validFrom"));
        }
        if let Some(holiday) = only_on_holidays(rule, self.holidays) {
            let problem = format!(
                "opens on no day: {holiday} is a public holiday, on which a weekly rule does not hold"
            );
            let remedy = "write the day under `exceptions`, which open on holidays, too";
            self.dated.findings.push(Finding::new(path, problem, remedy));
        }
    }

    /// The days of an exception.
    fn exception(&mut self, exception: &Exception, path: &str) {
        let days: BTreeSet<Date> = exception.dates.iter().copied().collect();
        let path = format!("{path}.dates");
        if exception.dates.len() > MOST_DATES {
            let problem = format!("{} dates", exception.dates.len());
            let remedy =
                "a weekly rule under `opening` says it in one line, with `validFrom` and `validTo`";
            self.dated.findings.push(Finding::new(&path, problem, remedy));
        } else if days.len() < exception.dates.len() {
            let problem = match exception.dates.len() - days.len() {
                1 => "1 date stands there twice".to_owned(),
                many => format!("{many} dates stand there twice"),
            };
            self.dated.findings.push(Finding::new(&path, problem, "remove the second ones"));
        }
        let Some(last) = days.last() else { return };
        self.far(*last, &path);
        let past = days.iter().filter(|day| **day < self.today).count();
        if past == days.len() {
            self.over(*last, &path);
        } else if past > 0 {
            let problem = format!("{past} of {} dates are past", days.len());
            self.dated.notes.push(Finding::new(&path, problem, "they can go"));
        }
        let is_holiday = |day: &&Date| **day >= self.today && self.holidays.is_holiday(**day);
        if let Some(holiday) = days.iter().find(is_holiday) {
            let problem = format!("opens on {holiday}, which is a public holiday");
            let remedy = "nothing is to be done if that is meant";
            self.dated.notes.push(Finding::new(path, problem, remedy));
        }
    }

    /// The days of closures, of the authority or of a location.
    fn closures(&mut self, closures: &BTreeMap<String, Closure>, path: &str) {
        for (name, closure) in closures {
            let path = format!("{path}.closures.{name}");
            if let Some(last) = closure.date.or(closure.to) {
                self.over(last, &path);
                self.far(last, &path);
            }
        }
    }

    /// Says that it is over, if it is.
    fn over(&mut self, last: Date, path: &str) {
        if last >= self.today {
            return;
        }
        let is_old = last < self.today.saturating_sub(KEPT_DAYS.days());
        let list = if is_old { &mut self.dated.findings } else { &mut self.dated.notes };
        let problem = format!("is over since {last}");
        list.push(Finding::new(path, problem, "remove it, or correct the date"));
    }

    /// A date that is so far away that its year is a slip.
    fn far(&mut self, date: Date, path: &str) {
        if date > self.today.saturating_add(FAR_DAYS.days()) {
            let problem = format!("{date} is more than ten years ahead");
            self.dated.findings.push(Finding::new(path, problem, "correct the year"));
        }
    }
}

/// The first day of a rule that holds on few days, of which each that it would open is a public
/// holiday. `None` if it opens one day, or never for another reason.
fn only_on_holidays(rule: &OpeningRule, holidays: Holidays) -> Option<Date> {
    let (first, last) = (rule.valid_from?, rule.valid_to?);
    if last < first || (last - first).get_days() > FEW_DAYS {
        return None;
    }
    let days = first.series(1.day()).take_while(|day| *day <= last);
    let mut open = days.filter(|day| rule.hours_on(*day).is_some()).peekable();
    let holiday = open.peek().copied()?;
    open.all(|day| holidays.is_holiday(day)).then_some(holiday)
}
