//! Booking windows of services that no opening rule ever meets.
//!
//! A slot must be in both: the window that the place gives out, and that of the service
//! (`rules.bookingWindow`). Where the two do not meet, nothing can ever be booked, and no page says
//! why. A service that is given by draws alone is not looked at: its days are those of the draw
//! (`draw_days`).

use booking::rules::Finding;
use calendar::{Bookable, OwnBookable};
use ids::ServiceId;

use crate::{Allocation, Catalogue, Location, Service};

const MINUTES_OF_A_DAY: u32 = 24 * 60;

/// So many hours before people are reminded if the service says nothing.
const USUAL_REMINDER: u32 = 48;

/// One finding per service and place at which nothing meets, and per time of a service that is longer
/// than people book ahead.
pub(super) fn check(catalogue: &Catalogue) -> Vec<Finding> {
    let mut found = Vec::new();
    let drawn = Allocation::Draw;
    for (id, service) in catalogue.services().filter(|(_, it)| it.allocation != drawn) {
        let doing = catalogue.locations().filter(|(_, place)| place.services.contains_key(id));
        for (place_id, place) in doing {
            found.extend(never_meets(service, place).map(|problem| {
                let path = format!("catalogue.services.{id}.rules.bookingWindow");
                let problem = format!("{problem} of `{place_id}`");
                let remedy = "let the two overlap: change it, or `bookable` of the location";
                Finding::new(path, problem, remedy)
            }));
        }
        found.extend(beyond(catalogue, id, service));
    }
    found
}

/// Times of a service that are longer than people book ahead: at no seat they have an effect. Dates that
/// a draw or the office gives may lie further ahead.
fn beyond(catalogue: &Catalogue, id: &ServiceId, service: &Service) -> Vec<Finding> {
    let days = days_ahead(catalogue, id, service).filter(|_| service.draw.is_none());
    let Some(days) = days.filter(|_| service.allocation == Allocation::Immediate) else {
        return Vec::new();
    };
    let path = format!("catalogue.services.{id}");
    let most = (u32::from(days) + 1) * MINUTES_OF_A_DAY;
    let ahead = match days {
        1 => "people book at most 1 day ahead".to_owned(),
        days => format!("people book at most {days} days ahead"),
    };
    let mut found = Vec::new();
    let mut say = |key: &str, minutes: u32, effect: &str| {
        if minutes >= most {
            let problem = format!("{ahead}: {effect}");
            let remedy = "shorten it, or raise `toDays`";
            found.push(Finding::new(format!("{path}.{key}"), problem, remedy));
        }
    };
    if let Some(lead) = &service.rules.lead_time {
        say("rules.leadTime.minutes", lead.minutes, "nothing can be booked so early");
    }
    if let Some(list) = &service.waiting_list {
        let minutes = u32::from(list.least_hours) * 60;
        say("waitingList.leastHours", minutes, "no seat is ever offered");
    }
    let returns = service.release.min_minutes;
    say("release.minMinutes", returns, "a seat that was given up returns when it is over");
    // The default of a service that states no reminder is not the admin's mistake.
    let written = service.remind_hours_before.iter().enumerate();
    for (index, hours) in written.filter(|(_, hours)| **hours != USUAL_REMINDER) {
        let key = format!("remindHoursBefore[{index}]");
        say(&key, hours.saturating_mul(60), "nobody gets this reminder");
    }
    found
}

/// The longest window of all locations that do the service, within its own.
fn days_ahead(catalogue: &Catalogue, id: &ServiceId, service: &Service) -> Option<u16> {
    let doing = catalogue.locations().filter(|(_, place)| place.services.contains_key(id));
    let days = doing.flat_map(|(_, place)| windows(place)).map(|window| window.to_days).max()?;
    let own = service.rules.booking_window.as_ref().and_then(|own| own.to_days);
    Some(own.unwrap_or(u16::MAX).min(days))
}

/// What never meets; `None` if one rule of the place does, or there is none.
fn never_meets(service: &Service, place: &Location) -> Option<String> {
    let own = service.rules.booking_window.as_ref()?;
    let (from, to) = (own.from_days.unwrap_or(0), own.to_days.unwrap_or(u16::MAX));
    let windows = windows(place);
    let meets = |window: &Bookable| from.max(window.from_days) <= to.min(window.to_days);
    if windows.iter().any(meets) {
        return None;
    }
    let window = windows.first()?;
    let until = own.to_days.map(|to| format!(" to {to}")).unwrap_or_default();
    Some(format!(
        "{from}{until} days ahead never meets the {} to {} days",
        window.from_days, window.to_days
    ))
}

/// That of each rule and of each exception.
pub(crate) fn windows(place: &Location) -> Vec<Bookable> {
    let rules = place.opening.values().map(|rule| rule.bookable);
    let exceptions = place.exceptions.values().map(|exception| exception.bookable);
    let over = |own: Option<OwnBookable>| own.unwrap_or_default().over(place.bookable);
    rules.chain(exceptions).map(over).collect()
}
