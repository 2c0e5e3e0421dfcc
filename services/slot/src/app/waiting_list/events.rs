//! What others hear of waiting lists. They name a person by pseudonym and contain no wishes.

use catalogue::Catalogue;
use jiff::Timestamp;
use messaging::Event;
use prost::{Message, Name};
use proto::waiting::v1::{OfferLapsed, PlaceLost, PlaceLostBecause, SlotOffered};

use crate::{
    app::{
        Engine,
        events::{authority, place_at, service, service_page},
        portal_page,
    },
    domain::{
        Booking,
        waiting::{AnswerToken, Notice, SeatOffer, WaitingEntry},
    },
};

/// A seat is offered.
pub(super) fn offered(
    engine: &Engine,
    catalogue: &Catalogue,
    entry: &WaitingEntry,
    offer: &SeatOffer,
    token: &AnswerToken,
    replaced: Option<Booking>,
) -> Event {
    let message = SlotOffered {
        offer_id: offer.id.to_string(),
        entry_id: entry.id.to_string(),
        authority: Some(authority(catalogue)),
        pseudonym: entry.person.to_string(),
        language: entry.language.clone(),
        service: service(catalogue, &entry.service),
        place: Some(place_at(catalogue, &offer.seat.location)),
        starts_at_ms: offer.seat.start.as_millisecond(),
        ends_at_ms: offer.seat.end.as_millisecond(),
        valid_until_ms: offer.valid_until.as_millisecond(),
        replaces_starts_at_ms: replaced.map_or(0, |booking| booking.seat.start.as_millisecond()),
        declines_left: declines_left(catalogue, entry, entry.declines),
        answer_url: answer_url(engine, catalogue, entry, token),
        assigned: false,
        drawn: false,
        left_out_until_ms: 0,
        short_notice: offer.notice == Notice::Short,
        people: entry.people.into(),
    };
    event(engine, catalogue, entry, &message)
}

/// An offer ended without an answer; do they still wait?
pub(super) fn lapsed(
    engine: &Engine,
    catalogue: &Catalogue,
    entry: &WaitingEntry,
    declines: u16,
    answer_by: Timestamp,
    token: &AnswerToken,
) -> Event {
    let message = OfferLapsed {
        entry_id: entry.id.to_string(),
        authority: Some(authority(catalogue)),
        pseudonym: entry.person.to_string(),
        language: entry.language.clone(),
        service: service(catalogue, &entry.service),
        answer_by_ms: answer_by.as_millisecond(),
        declines_left: declines_left(catalogue, entry, declines),
        answer_url: answer_url(engine, catalogue, entry, token),
    };
    event(engine, catalogue, entry, &message)
}

/// The place is lost. The list can be joined again online from `again_at` on, if not at once.
pub(super) fn lost(
    engine: &Engine,
    catalogue: &Catalogue,
    entry: &WaitingEntry,
    because: PlaceLostBecause,
    again_at: Option<Timestamp>,
) -> Event {
    let message = PlaceLost {
        entry_id: entry.id.to_string(),
        authority: Some(authority(catalogue)),
        pseudonym: entry.person.to_string(),
        language: entry.language.clone(),
        service: service(catalogue, &entry.service),
        because: because.into(),
        manage_url: service_page(engine, catalogue, &entry.language, &entry.service),
        again_at_ms: again_at.map_or(0, Timestamp::as_millisecond),
    };
    event(engine, catalogue, entry, &message)
}

fn event<M: Message + Name>(
    engine: &Engine,
    catalogue: &Catalogue,
    entry: &WaitingEntry,
    message: &M,
) -> Event {
    let authority = &catalogue.authority.id;
    Event::new(authority, entry.id, message, &*engine.clock, &*engine.entropy)
}

fn declines_left(catalogue: &Catalogue, entry: &WaitingEntry, declines: u16) -> u32 {
    let most = u16::from(super::terms(catalogue, &entry.service).declines);
    u32::from(most.saturating_sub(declines))
}

fn answer_url(
    engine: &Engine,
    catalogue: &Catalogue,
    entry: &WaitingEntry,
    token: &AnswerToken,
) -> String {
    let (portal, authority) = (engine.manage_url.as_ref(), &catalogue.authority.id);
    portal_page::answer(portal, &entry.language, authority, token.expose())
}
