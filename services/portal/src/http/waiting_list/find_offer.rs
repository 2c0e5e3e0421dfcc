//! The offer of a page, or where to read what became of it.

use client::{WaitingEntry, WaitingOffer, WaitingStatus};
use ids::{OfferId, ServiceId};

use crate::http::{
    barring::{OpenBooking, look_for_booking},
    page_error::PageError,
    request::{Authority, Person, Request},
    visit,
};

/// What is known of an offer.
pub(super) enum FoundOffer {
    /// It waits for an answer, for this place in line.
    Open(Box<(WaitingEntry, WaitingOffer)>),
    /// The place came to this appointment: the address of its page.
    Booked(String),
}

/// Finds the offer, for a log-in that is sure enough to answer it.
///
/// # Errors
/// `offer-elsewhere`: whose it is only the authority knows, so it may be the offer of another log-in.
pub(super) async fn find_offer(
    request: &Request<Person, Authority, OfferId>,
) -> Result<FoundOffer, PageError> {
    let Request { visitor, authority: Authority { office, offer }, asked: wanted, .. } = request;
    let places = office.api.own_places(&request.token().await?).await?;
    let open = places.iter().find_map(|entry| {
        let offered = entry.offer.as_ref().filter(|offered| offered.id == *wanted)?;
        Some((entry.clone(), offered.clone()))
    });
    if let Some((entry, offered)) = open {
        visitor.demand(visit::needed_level(offer, std::slice::from_ref(&entry.service)))?;
        return Ok(FoundOffer::Open(Box::new((entry, offered))));
    }
    // One that was accepted is no offer any more. Whoever goes back to it is led to the appointment.
    let booked = places.iter().filter(|entry| entry.status == Some(WaitingStatus::Booked));
    let services: Vec<ServiceId> = booked.map(|entry| entry.service.clone()).collect();
    if !services.is_empty()
        && let OpenBooking::Is(booking) =
            look_for_booking(visitor, &request.authority, &services).await
    {
        return Ok(FoundOffer::Booked(visitor.links.appointment(&office.id, &booking.id)));
    }
    Err(PageError::refused("offer-elsewhere", visitor.links.start()))
}
