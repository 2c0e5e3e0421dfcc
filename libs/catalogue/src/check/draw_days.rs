//! Draws of days for which nobody could enter.
//!
//! A draw has a window of its own, which the schedule states. Beside it two numbers count that stand
//! elsewhere: the booking window of the service itself, and, if only persons with an appointment may enter,
//! how far ahead such an appointment can be.

use booking::rules::Finding;
use ids::ServiceId;

use super::windows::windows;
use crate::{Catalogue, DrawSchedule, Entrants, Service};

/// Services in the order of their ids.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, service) in catalogue.services() {
        let Some(schedule) = &service.draw else { continue };
        let path = format!("catalogue.services.{id}");
        found.extend(outside_its_window(service, schedule, &path));
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

/// How many days ahead an appointment for the service can be: by the windows of the places that do it, which
/// hold for staff and for dates that the office gives, too, or by a draw for everybody. `None` if there is no
/// way to one, which other checks say.
fn farthest(catalogue: &Catalogue, id: &ServiceId, service: &Service) -> Option<i64> {
    let own = service.rules.booking_window.as_ref().and_then(|own| own.to_days);
    let own = own.map_or(i64::MAX, i64::from);
    let doing = catalogue.locations().filter(|(_, place)| place.services.contains_key(id));
    let windows = doing.flat_map(|(_, place)| windows(place));
    let booked = windows.map(|window| i64::from(window.to_days).min(own)).max();
    let drawn = service.draw.as_ref().filter(|draw| draw.entrants == Entrants::Everybody);
    booked.max(drawn.map(DrawSchedule::days_after_opening))
}
