//! Booking windows of services that no opening rule ever meets.
//!
//! A slot must be in both: the window that the place gives out, and that of the service
//! (`rules.bookingWindow`). Where the two do not meet, nothing can ever be booked, and no page says
//! why. A service that is given by draws alone is not looked at: its days are those of the draw
//! (`draw_days`).

use booking::rules::Finding;
use calendar::{Bookable, OwnBookable};

use crate::{Allocation, Catalogue, Location, Service};

/// One finding per service and place at which nothing meets.
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
    }
    found
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
