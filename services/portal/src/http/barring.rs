//! Which appointment bars another one of its group: said before the last step, with the way to it.

use client::{Booking, OwnBookings};
use ids::{BookingId, ServiceId};

use super::{
    another_time::AnotherTime,
    other_booking::OtherBooking,
    page_error::PageError,
    request::Authority,
    search::SearchCriteria,
    visit::{Name, service_names},
    visitor::Visitor,
};

/// The open appointment that a person who is logged in has in the group of `criteria`, unless they
/// are moving it. Nothing if that cannot be learnt: the authority says it again when a slot is held.
pub(super) async fn barring(
    visitor: &Visitor,
    authority: &Authority,
    criteria: &SearchCriteria,
) -> Option<OtherBooking> {
    if criteria.replaces.is_some() {
        return None;
    }
    let booking = open_booking(visitor, authority, &criteria.services).await?;
    Some(words(visitor, authority, &booking, &criteria.services))
}

/// What is known of a person's open appointment in a group.
pub(super) enum OpenBooking {
    Is(Box<Booking>),
    None,
    /// It cannot be learnt, or was not asked for.
    Unknown,
}

/// The open appointment that a person who is logged in has in the group of `services`. Nothing if that cannot
/// be learnt.
async fn open_booking(
    visitor: &Visitor,
    authority: &Authority,
    services: &[ServiceId],
) -> Option<Booking> {
    match look_for_booking(visitor, authority, services).await {
        OpenBooking::Is(booking) => Some(*booking),
        OpenBooking::None | OpenBooking::Unknown => None,
    }
}

/// The same, where it matters that there is none.
pub(super) async fn look_for_booking(
    visitor: &Visitor,
    authority: &Authority,
    services: &[ServiceId],
) -> OpenBooking {
    let Some(own) = own_bookings(visitor, authority).await else { return OpenBooking::Unknown };
    // Those that only a surer log-in shows are missing.
    let otherwise = own.all_from_level.map_or(OpenBooking::None, |_| OpenBooking::Unknown);
    let found = of_group(visitor, authority, own.bookings, services);
    found.map_or(otherwise, |booking| OpenBooking::Is(Box::new(booking)))
}

/// All appointments of a person who is logged in.
async fn own_bookings(visitor: &Visitor, authority: &Authority) -> Option<OwnBookings> {
    visitor.session.read().login.filter(|login| !login.is_staff)?;
    let token = visitor.token(&authority.office.id).await.ok()?;
    authority.office.api.bookings(&token).await.ok()
}

fn of_group(
    visitor: &Visitor,
    authority: &Authority,
    own: Vec<Booking>,
    services: &[ServiceId],
) -> Option<Booking> {
    let is_it = |booking: &Booking| {
        booking.is_open()
            && booking.end > visitor.now()
            && authority.offer.share_a_group(&booking.services, services)
    };
    own.into_iter().find(is_it)
}

/// The failure to show if the appointment that shall be moved can no longer be: it was moved or cancelled
/// already, has begun or is over. Nothing if that cannot be learnt.
pub(super) async fn gone(
    visitor: &Visitor,
    authority: &Authority,
    criteria: &SearchCriteria,
) -> Option<PageError> {
    let replaced = criteria.replaces?;
    visitor.session.read().login.filter(|login| !login.is_staff)?;
    let token = visitor.token(&authority.office.id).await.ok()?;
    let booking = authority.office.api.booking(&token, replaced).await.ok()?;
    let anew = SearchCriteria { replaces: None, ..criteria.clone() };
    let again = visitor.links.days(&authority.office.id, &anew);
    let now = visitor.now();
    if booking.can_change(now) {
        return None;
    }
    let code = match (booking.is_over(now), booking.is_open()) {
        (true, _) => "booking-over",
        (false, true) => "booking-started",
        (false, false) => "booking-gone",
    };
    Some(PageError::refused(code, again))
}

/// `refused` with the appointment that it is about, if it names one; another one for `wanted` was refused.
pub(super) async fn named_in(
    refused: PageError,
    visitor: &Visitor,
    authority: &Authority,
    wanted: &[ServiceId],
) -> PageError {
    let PageError::Refused { refusal, .. } = &refused else { return refused };
    let id = refusal.extensions.get("booking").and_then(|id| id.as_str()?.parse().ok());
    let Some(id) = id else { return refused };
    match find(visitor, authority, id, wanted).await {
        Some(other) => refused.because_of(other),
        None => refused,
    }
}

async fn find(
    visitor: &Visitor,
    authority: &Authority,
    id: BookingId,
    wanted: &[ServiceId],
) -> Option<OtherBooking> {
    let token = visitor.token(&authority.office.id).await.ok()?;
    let booking = authority.office.api.booking(&token, id).await.ok()?;
    Some(words(visitor, authority, &booking, wanted))
}

/// The appointment in words, for who wants one for `wanted`: what both belong to is said of different services.
pub(super) fn words(
    visitor: &Visitor,
    authority: &Authority,
    booking: &Booking,
    wanted: &[ServiceId],
) -> OtherBooking {
    let Authority { office, offer } = authority;
    let criteria = SearchCriteria::instead_of(booking);
    let another_time = AnotherTime::of(offer, &booking.services);
    let service = |id: &ServiceId| offer.service(id);
    let group = booking.services.iter().find_map(service).map(|service| &service.group);
    let group = offer.groups.iter().find(|known| Some(&known.id) == group);
    let group = group.filter(|_| booking.services != wanted);
    OtherBooking {
        services: service_names(visitor.texts, offer, &booking.services),
        moment: visitor.texts.moment(booking.start),
        group: group.map(|group| Name::of(&group.name, visitor.texts)),
        link: visitor.links.appointment(&office.id, &booking.id),
        move_link: (another_time.is_chosen() && booking.can_change(visitor.now()))
            .then(|| visitor.links.days(&office.id, &criteria)),
    }
}
