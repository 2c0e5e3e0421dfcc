//! What others hear of dates that the office gives. They name a person by pseudonym.

use catalogue::Catalogue;
use ids::Pseudonym;
use messaging::Event;
use proto::waiting::v1::{AssignedDateEnded, AssignedDateEndedBecause, SlotOffered};

use crate::{
    app::{
        Engine,
        events::{authority, place_at, service},
        portal_page,
    },
    domain::AssignedDate,
};

/// A date is given to the application of a person who has proven it. `language` is the tag of that in which they read.
pub(super) fn assigned(
    engine: &Engine,
    catalogue: &Catalogue,
    date: &AssignedDate,
    person: Pseudonym,
    language: &str,
) -> Event {
    let message = SlotOffered {
        offer_id: date.id.to_string(),
        entry_id: date.entitlement.to_string(),
        authority: Some(authority(catalogue)),
        pseudonym: person.to_string(),
        language: language.to_owned(),
        service: service(catalogue, &date.service),
        place: Some(place_at(catalogue, &date.seat.location)),
        starts_at_ms: date.seat.start.as_millisecond(),
        ends_at_ms: date.seat.end.as_millisecond(),
        valid_until_ms: date.answer_by.as_millisecond(),
        replaces_starts_at_ms: 0,
        declines_left: 0,
        answer_url: portal_page::appointments(engine.manage_url.as_ref(), language),
        assigned: true,
        drawn: false,
        left_out_until_ms: 0,
        short_notice: false,
        people: date.people.into(),
    };
    let authority = &catalogue.authority.id;
    Event::new(authority, date.entitlement, &message, &*engine.clock, &*engine.entropy)
}

/// A date ended without an answer of the person who has proven its application. `language` as of [`assigned`].
pub(super) fn ended(
    engine: &Engine,
    date: &AssignedDate,
    (person, language): (Pseudonym, &str),
    because: AssignedDateEndedBecause,
    application_ended: bool,
) -> Event {
    let catalogue = engine.catalogue();
    let message = AssignedDateEnded {
        date_id: date.id.to_string(),
        entitlement_id: date.entitlement.to_string(),
        authority: Some(authority(&catalogue)),
        pseudonym: person.to_string(),
        language: language.to_owned(),
        service: service(&catalogue, &date.service),
        place: Some(place_at(&catalogue, &date.seat.location)),
        starts_at_ms: date.seat.start.as_millisecond(),
        ends_at_ms: date.seat.end.as_millisecond(),
        because: because.into(),
        application_ended,
        manage_url: portal_page::appointments(engine.manage_url.as_ref(), language),
    };
    let authority = &catalogue.authority.id;
    Event::new(authority, date.entitlement, &message, &*engine.clock, &*engine.entropy)
}
