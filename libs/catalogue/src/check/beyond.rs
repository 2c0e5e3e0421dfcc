//! Times of a service that are longer than anybody can have an appointment ahead: they never take effect.
//!
//! How far ahead that is follows from the windows of the places, which hold for staff and for dates that the office
//! gives, too, and from draws for everybody.

use booking::rules::Finding;
use ids::ServiceId;

use super::{release::returns, windows::windows};
use crate::{
    Allocation, Assignment, Catalogue, DrawSchedule, Entrants, Location, Service, WaitingList,
};

pub(super) const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// So many hours before people are reminded if the service says nothing.
const USUAL_REMINDER: u32 = 48;

/// An offer of a waiting list stands for this part of the time that is left, at most.
const PART_OF_TIME_LEFT: i64 = 4;

/// Services in the order of their ids.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, service) in catalogue.services() {
        let Some(days) = farthest(catalogue, id, service) else { continue };
        let mut times = Times { service, days, path: format!("catalogue.services.{id}"), found };
        times.rules();
        times.waiting_list();
        times.reminders();
        found = times.found;
        found.extend(own_window(catalogue, id, service, days));
    }
    found
}

/// How many days ahead an appointment for the service can be. `None` if there is no way to one, which other
/// checks say.
pub(super) fn farthest(catalogue: &Catalogue, id: &ServiceId, service: &Service) -> Option<i64> {
    let own = service.rules.booking_window.as_ref().and_then(|own| own.to_days);
    let own = own.map_or(i64::MAX, i64::from);
    let windows = doing(catalogue, id).flat_map(windows);
    let booked = windows.map(|window| i64::from(window.to_days).min(own)).max();
    let drawn = service.draw.as_ref().filter(|draw| draw.entrants == Entrants::Everybody);
    booked.max(drawn.map(DrawSchedule::days_after_opening))
}

fn doing<'a>(catalogue: &'a Catalogue, id: &'a ServiceId) -> impl Iterator<Item = &'a Location> {
    let places = catalogue.locations().map(|(_, place)| place);
    places.filter(move |place| place.services.contains_key(id))
}

/// What is compared with the days of one service.
struct Times<'a> {
    service: &'a Service,
    days: i64,
    path: String,
    found: Vec<Finding>,
}

impl Times<'_> {
    fn rules(&mut self) {
        let service = self.service;
        // Of who enters a draw, `draw_days` says it.
        if let Some(lead) = service.rules.lead_time.as_ref().filter(|_| service.draw.is_none()) {
            let effect = "nothing can be booked so early";
            self.minutes("rules.leadTime.minutes", i64::from(lead.minutes), effect);
        }
        if returns(service) {
            let effect = "a seat that was given up returns when it is over";
            self.minutes("release.minMinutes", i64::from(service.release.min_minutes), effect);
        }
        if let Some(assign) = service.assign.filter(|own| *own != Assignment::default()) {
            let minutes = i64::from(assign.answer_days) * MINUTES_OF_A_DAY;
            self.minutes("assign.answerDays", minutes, "no date is kept so long for an answer");
        }
    }

    fn waiting_list(&mut self) {
        let (Some(list), usual) = (self.service.waiting_list, WaitingList::default()) else {
            return;
        };
        let least = i64::from(list.least_hours) * 60;
        self.minutes("waitingList.leastHours", least, "no seat is ever offered");
        if list.phoned_hours != usual.phoned_hours {
            let longer = i64::from(list.phoned_hours) * 60;
            let effect = "no offer by phone stands so much longer";
            self.minutes("waitingList.phonedHours", longer, effect);
        }
        let longest = self.most() / 60 / PART_OF_TIME_LEFT;
        if list.offer_hours != usual.offer_hours && i64::from(list.offer_hours) > longest {
            let problem = format!(
                "{}: an offer stands for a quarter of the time that is left, so for {longest} hours at most",
                self.ahead()
            );
            let right = longest.max(i64::from(list.least_hours));
            let remedy = format!("write {right} or less, or raise `toDays`");
            let path = format!("{}.waitingList.offerHours", self.path);
            self.found.push(Finding::new(path, problem, remedy));
        }
    }

    /// The default of a service that states no reminder is not the admin's mistake.
    fn reminders(&mut self) {
        let written = self.service.remind_hours_before.iter().enumerate();
        for (index, hours) in written.filter(|(_, hours)| **hours != USUAL_REMINDER) {
            let key = format!("remindHoursBefore[{index}]");
            self.minutes(&key, i64::from(*hours) * 60, "nobody gets this reminder");
        }
    }

    /// From so many minutes on nothing is so far ahead.
    fn most(&self) -> i64 {
        (self.days + 1) * MINUTES_OF_A_DAY
    }

    /// Says it of a time that is too long.
    fn minutes(&mut self, key: &str, minutes: i64, effect: &str) {
        if minutes < self.most() {
            return;
        }
        let problem = format!("{}: {effect}", self.ahead());
        let remedy = match self.service.draw {
            Some(_) => "shorten it, or raise `toDays` or `draw.weeksAhead`",
            None => "shorten it, or raise `toDays`",
        };
        self.found.push(Finding::new(format!("{}.{key}", self.path), problem, remedy));
    }

    fn ahead(&self) -> String {
        let is_booked =
            self.service.allocation == Allocation::Immediate && self.service.draw.is_none();
        let who = if is_booked { "people book" } else { "appointments lie" };
        format!("{who} at most {} ahead", counted(self.days))
    }
}

fn counted(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// Bounds of the service that narrow nothing, since no place goes so far. Where the windows never meet, `windows`
/// says so. A service that is given by draws alone has only the days of its draws.
fn own_window(
    catalogue: &Catalogue,
    id: &ServiceId,
    service: &Service,
    farthest: i64,
) -> Vec<Finding> {
    let windows: Vec<_> = doing(catalogue, id).flat_map(windows).collect();
    let own = service.rules.booking_window.as_ref();
    let Some(own) = own.filter(|_| service.allocation != Allocation::Draw) else {
        return Vec::new();
    };
    let (from, to) = (own.from_days.unwrap_or(0), own.to_days.unwrap_or(u16::MAX));
    let meets = |window: &calendar::Bookable| from.max(window.from_days) <= to.min(window.to_days);
    if !windows.iter().any(meets) {
        return Vec::new();
    }
    let path = |key: &str| format!("catalogue.services.{id}.rules.bookingWindow.{key}");
    let late = own.to_days.filter(|to| i64::from(*to) > farthest).map(|to| {
        let problem =
            format!("is {to}, and nothing is given out more than {} ahead", counted(farthest));
        let remedy =
            format!("write {farthest} or less, or raise `bookable.toDays` of the locations");
        Finding::new(path("toDays"), problem, remedy)
    });
    let soonest = windows.iter().map(|window| window.from_days).min().unwrap_or_default();
    let early = own.from_days.filter(|from| *from < soonest).map(|from| {
        let least = counted(i64::from(soonest));
        let problem = format!("is {from}, and the public books at least {least} ahead everywhere");
        let remedy = format!("write {soonest} or more, or lower `bookable.fromDays` of a location");
        Finding::new(path("fromDays"), problem, remedy)
    });
    late.into_iter().chain(early).collect()
}
