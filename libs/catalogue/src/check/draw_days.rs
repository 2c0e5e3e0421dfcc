//! Draws of days for which nobody could enter, or whose seats nobody could book when they are left over.
//!
//! A draw has a window of its own, which the schedule states. Beside it numbers count that stand elsewhere: the booking
//! window and the lead time of the service itself; if only persons with an appointment may enter, how far ahead
//! such an appointment can be; and for what is left over the windows of the places.

use booking::rules::Finding;
use ids::ServiceId;

use super::{
    beyond::{MINUTES_OF_A_DAY, farthest},
    windows::windows,
};
use crate::{Allocation, Catalogue, DrawSchedule, Entrants, Service};

/// From the first to the last day of a week.
const LAST_DAY: i64 = 6;

/// Further ahead no week is drawn.
const MOST_WEEKS: i64 = 12;

/// Services in the order of their ids.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, service) in catalogue.services() {
        let Some(schedule) = &service.draw else { continue };
        let path = format!("catalogue.services.{id}");
        found.extend(outside_its_window(service, schedule, &path));
        found.extend(too_early(service, schedule, &path));
        if service.allocation == Allocation::DrawThenImmediate {
            found.extend(left_over(catalogue, id, service, schedule));
        }
        if schedule.entrants == Entrants::WithAppointment {
            found.extend(no_later_appointment(catalogue, service, schedule, &path));
        }
    }
    found
}

/// Who enters is asked the rules of the service, on that day and for the drawn days.
fn outside_its_window(service: &Service, schedule: &DrawSchedule, path: &str) -> Option<Finding> {
    let own = service.rules.booking_window.as_ref()?;
    let (least, most) = (schedule.days_after_closing(), schedule.days_after_opening());
    let short = own.to_days.map(i64::from).filter(|days| *days < least);
    let far = own.from_days.map(i64::from).filter(|days| *days > most);
    let (key, days) = match (short, far) {
        (Some(days), _) => ("toDays", days),
        (None, Some(days)) => ("fromDays", days),
        (None, None) => return None,
    };
    let problem = format!(
        "is {days}, and what is drawn lies {least} to {most} days ahead of the entry: nobody could enter"
    );
    let remedy = "let the two meet: change it, or `draw.weeksAhead`";
    Some(Finding::new(format!("{path}.rules.bookingWindow.{key}"), problem, remedy))
}

/// What is won must be earlier than the appointment that it replaces. Even on the last day of entering no
/// appointment of the group may be later than the first of the drawn days.
fn no_later_appointment(
    catalogue: &Catalogue,
    service: &Service,
    schedule: &DrawSchedule,
    path: &str,
) -> Option<Finding> {
    let group = catalogue.services().filter(|(_, other)| other.group == service.group);
    let farthest = group.filter_map(|(id, other)| farthest(catalogue, id, other)).max()?;
    let ahead = schedule.days_after_closing();
    if farthest > ahead {
        return None;
    }
    let problem = format!(
        "the drawn week begins {ahead} days after the list closes, and appointments of the group are at \
         most {farthest} days ahead (`toDays`): nobody has a later one, and nobody could enter"
    );
    let remedy = "lower it, or raise `bookable.toDays` of the locations";
    Some(Finding::new(format!("{path}.draw.weeksAhead"), problem, remedy))
}

/// Who enters is asked for the lead time up to the drawn days.
fn too_early(service: &Service, schedule: &DrawSchedule, path: &str) -> Option<Finding> {
    let minutes = i64::from(service.rules.lead_time.as_ref()?.minutes);
    let days = schedule.days_after_opening();
    if minutes < (days + 1) * MINUTES_OF_A_DAY {
        return None;
    }
    let problem = format!(
        "is {minutes}, and what is drawn lies at most {days} days ahead of the entry: nobody could enter"
    );
    let remedy = "shorten it, or raise `draw.weeksAhead`";
    Some(Finding::new(format!("{path}.rules.leadTime.minutes"), problem, remedy))
}

/// What is left over can be booked from the closing on, by the windows of the places. Where these end before, the
/// drawn week lies too near.
fn left_over(
    catalogue: &Catalogue,
    id: &ServiceId,
    service: &Service,
    schedule: &DrawSchedule,
) -> Option<Finding> {
    let doing = catalogue.locations().filter(|(_, place)| place.services.contains_key(id));
    let soonest =
        doing.flat_map(|(_, place)| windows(place)).map(|window| window.from_days).min()?;
    let own = service.rules.booking_window.as_ref().and_then(|own| own.from_days);
    let lead = service.rules.lead_time.as_ref().map_or(0, |rule| i64::from(rule.minutes));
    let days = i64::from(soonest.max(own.unwrap_or(0))).max(lead / MINUTES_OF_A_DAY);
    let latest = schedule.days_after_closing() + LAST_DAY;
    if latest >= days {
        return None;
    }
    let problem = format!(
        "is {}: when the list closes the drawn week ends within {latest} days, and the public books at least \
         {days} days ahead (`fromDays`, `leadTime`): nobody can book what is left over",
        schedule.weeks_ahead
    );
    // As many whole weeks more as reach these days.
    let weeks = i64::from(schedule.weeks_ahead) + (days - latest + 6) / 7;
    let remedy = if weeks <= MOST_WEEKS {
        format!("raise it to {weeks}, lower the others, or write `allocation: draw`")
    } else {
        "lower the others, or write `allocation: draw`".to_owned()
    };
    Some(Finding::new(format!("catalogue.services.{id}.draw.weeksAhead"), problem, remedy))
}
