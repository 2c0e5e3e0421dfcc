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

/// One finding per service and place at which nothing meets, and per service that has to be booked earlier
/// than anybody can.
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
        found.extend(too_long_before(catalogue, id, service));
    }
    found
}

/// A lead time that is longer than people book ahead, at each location that does the service.
fn too_long_before(catalogue: &Catalogue, id: &ServiceId, service: &Service) -> Option<Finding> {
    if service.allocation == Allocation::Assign {
        return None;
    }
    let minutes = service.rules.lead_time.as_ref()?.minutes;
    let own = service.rules.booking_window.as_ref().and_then(|own| own.to_days);
    let doing = catalogue.locations().filter(|(_, place)| place.services.contains_key(id));
    let days = doing.flat_map(|(_, place)| windows(place)).map(|window| window.to_days).max()?;
    let days = own.unwrap_or(u16::MAX).min(days);
    if minutes < (u32::from(days) + 1) * MINUTES_OF_A_DAY {
        return None;
    }
    let path = format!("catalogue.services.{id}.rules.leadTime.minutes");
    let problem = format!(
        "{minutes} minutes are longer than the {days} days that people book ahead: nothing can be booked"
    );
    Some(Finding::new(path, problem, "shorten it, or raise `toDays`"))
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
