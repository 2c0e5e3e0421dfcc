//! What it means for a person to give a booking or a hold up now: what is left free afterwards, and
//! from when on they may book again. The rules themselves say it, so that a page before the step
//! promises nothing that they refuse after it.

use booking::{
    Seat,
    rules::{Attempt, History, HistoryEvent, HistoryKind, Person, Phase, limited_until},
    state::Action,
};
use calendar::{BookingWindow, Channel};
use catalogue::{Catalogue, Service};
use ids::{GroupId, Pseudonym, ServiceId};
use jiff::Timestamp;

use super::{AppError, Engine, hold_slot::Held, person_history};
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

/// What follows for the person if they give a hold up now, or let it run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivingUpHold {
    /// How many more holds may be given up or run out now, this one included; `None`: as many as they
    /// like.
    pub free_left: Option<u16>,
    /// From when on they may hold the same again; `None`: at once. UTC.
    pub hold_again_from: Option<Timestamp>,
}

/// What follows if the person of `booking` gives it up now; `None` if that can no longer be done.
///
/// # Errors
/// The database does not answer.
pub async fn giving_up(engine: &Engine, booking: &Booking) -> Result<Option<GivingUp>, AppError> {
    if Action::Cancel.on(booking.status).is_err() || booking.seat.start <= engine.now() {
        return Ok(None);
    }
    let catalogue = engine.catalogue();
    let services = services(&catalogue, &booking.services);
    let known = known(engine, booking.person).await?;
    let now = engine.now();
    let so_far = History::new(known.iter().cloned());
    let limits = services.iter().filter_map(|service| service.rules.cancellations.as_ref());
    let free_left = limits.map(|rule| rule.free_left(&so_far, now)).min();
    let given_up =
        Given { engine, services: &services, group: &booking.group, seat: &booking.seat };
    let after = |kind, entitled_only_date| {
        let event = person_history::event(engine, booking, kind);
        given_up.may_book_from(&known, event, entitled_only_date)
    };
    Ok(Some(GivingUp {
        free_left,
        // Without an appointment, an entitled person asks for the only date again.
        rebook_from: after(HistoryKind::Cancelled, need_entitlement(&services)),
        move_again_from: after(HistoryKind::Moved, false),
    }))
}

/// What follows if the person of `held` gives it up now.
///
/// # Errors
/// The database does not answer.
pub async fn giving_up_hold(engine: &Engine, held: &Held) -> Result<GivingUpHold, AppError> {
    let Held { hold, details, .. } = held;
    let catalogue = engine.catalogue();
    let services = services(&catalogue, &details.services);
    let known = known(engine, hold.person).await?;
    let now = engine.now();
    let so_far = History::new(known.iter().cloned());
    let limits = services.iter().filter_map(|service| service.rules.abandoned_holds.as_ref());
    let free_left = limits.map(|rule| rule.free_left(&so_far, now)).min();
    let entitled_only_date = hold.replaces.is_none() && need_entitlement(&services);
    let event = person_history::abandoned(engine, &hold.group, &hold.seat, now);
    let given_up = Given { engine, services: &services, group: &hold.group, seat: &hold.seat };
    let hold_again_from = given_up.may_book_from(&known, event, entitled_only_date);
    Ok(GivingUpHold { free_left, hold_again_from })
}

fn services<'c>(catalogue: &'c Catalogue, ids: &[ServiceId]) -> Vec<&'c Service> {
    ids.iter().filter_map(|id| catalogue.service(id)).collect()
}

fn need_entitlement(services: &[&Service]) -> bool {
    services.iter().any(|service| service.requires_entitlement())
}

/// What the person did, as far back as a rule asks.
async fn known(engine: &Engine, person: Pseudonym) -> Result<Vec<HistoryEvent>, AppError> {
    let since = engine.now().saturating_sub(person_history::window(engine));
    let since = since.unwrap_or(Timestamp::MIN);
    Ok(history::of_person(engine.database.connection(), person, since).await?)
}

/// What is given up.
struct Given<'g> {
    engine: &'g Engine,
    services: &'g [&'g Service],
    group: &'g GroupId,
    seat: &'g Seat,
}

impl Given<'_> {
    /// From when on the limits allow the same again, if `event` happens now; `None`: at once.
    fn may_book_from(
        &self,
        known: &[HistoryEvent],
        event: HistoryEvent,
        entitled_only_date: bool,
    ) -> Option<Timestamp> {
        let now = self.engine.now();
        // The event is of this moment or a moment ago.
        let now = now.max(event.at);
        let history = History::new(known.iter().cloned().chain([event]));
        let person = Person { history, entitled_only_date, ..Person::default() };
        let attempt = Attempt {
            phase: Phase::Hold,
            now,
            today: self.engine.local_date(now),
            start: self.seat.start,
            date: self.seat.date(&self.engine.berlin),
            window: BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX },
            channel: Channel::Public,
            people: 1,
            services: u16::try_from(self.services.len()).unwrap_or(u16::MAX),
            group: self.group,
            enters_draw: false,
            person: Some(&person),
        };
        self.services.iter().filter_map(|it| limited_until(&it.rules, &attempt)).max()
    }
}
