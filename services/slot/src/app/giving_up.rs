//! What it means for a person to give a booking up now: what is left free afterwards, and from when
//! on they may book again. The rules themselves say it, so that a page before the step promises
//! nothing that they refuse after it.

use booking::{
    rules::{Attempt, History, HistoryEvent, HistoryKind, Person, Phase, limited_until},
    state::Action,
};
use calendar::{BookingWindow, Channel};
use catalogue::Service;
use jiff::Timestamp;

use super::{AppError, Engine, person_history};
use crate::{domain::Booking, store::history};

/// What follows for the person if they give a booking up now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivingUp {
    /// How many more cancellations and moves are free now, this one included; `None`: as many as they
    /// like.
    pub free_left: Option<u16>,
    /// From when on they may book the same again after cancelling; `None`: at once. UTC.
    pub rebook_from: Option<Timestamp>,
    /// From when on they may move or book again after moving; `None`: at once. UTC.
    pub move_again_from: Option<Timestamp>,
}

/// What follows if the person of `booking` gives it up now; `None` if that can no longer be done.
///
/// # Errors
/// The database does not answer.
pub async fn giving_up(engine: &Engine, booking: &Booking) -> Result<Option<GivingUp>, AppError> {
    if Action::Cancel.on(booking.status).is_err() {
        return Ok(None);
    }
    let now = engine.now();
    let catalogue = engine.catalogue();
    let services: Vec<&Service> =
        booking.services.iter().filter_map(|id| catalogue.service(id)).collect();
    let since = now.saturating_sub(person_history::window(engine)).unwrap_or(Timestamp::MIN);
    let known = history::of_person(engine.database.connection(), booking.person, since).await?;
    let so_far = History::new(known.iter().cloned());
    let free_left = services.iter().filter_map(|service| service.rules.cancellations.as_ref());
    let free_left = free_left.map(|rule| rule.free_left(&so_far, now)).min();
    let is_entitled = services.iter().any(|service| service.requires_entitlement());
    let after = |kind, entitled_only_date| {
        let event = person_history::event(engine, booking, kind);
        let history = with(&known, event);
        let person = Person { history, entitled_only_date, ..Person::default() };
        may_book_from(engine, booking, &services, &person, now)
    };
    Ok(Some(GivingUp {
        free_left,
        // Without an appointment, an entitled person asks for the only date again.
        rebook_from: after(HistoryKind::Cancelled, is_entitled),
        move_again_from: after(HistoryKind::Moved, false),
    }))
}

fn with(known: &[HistoryEvent], event: HistoryEvent) -> History {
    History::new(known.iter().cloned().chain([event]))
}

fn may_book_from(
    engine: &Engine,
    booking: &Booking,
    services: &[&Service],
    person: &Person,
    now: Timestamp,
) -> Option<Timestamp> {
    let attempt = Attempt {
        phase: Phase::Hold,
        now,
        today: engine.local_date(now),
        start: booking.seat.start,
        date: booking.seat.date(&engine.berlin),
        window: BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX },
        channel: Channel::Public,
        people: booking.people,
        services: u16::try_from(services.len()).unwrap_or(u16::MAX),
        group: &booking.group,
        person: Some(person),
    };
    services.iter().filter_map(|service| limited_until(&service.rules, &attempt)).max()
}
