//! First come, first served, as the slot service does it: the rules, the holds, the return of seats.

use std::{collections::HashMap, sync::Arc};

use ambient::{Clock as _, VirtualClock, berlin};
use booking::{
    LocalDay, Reservation, ReservationKind, Seat,
    capacity::{Need, Offer},
    returning::{ReturnTerms, ReturnWindow, falls},
    rules::{Attempt, Person, Phase, RuleSettings},
};
use calendar::Channel;
use futures_util::FutureExt as _;
use ids::{BookingId, GroupId, HoldId, LocationId, Pseudonym, ReservationId, ServiceId};
use jiff::{SignedDuration, Timestamp};
use slot::{
    Asks,
    holds::{FactsNeeded, Hold, HoldRequest, Holds, MemoryHolds},
};

use super::office;
use crate::chance::Chance;

/// A Monday, a week before the day of the seats.
const NOW: &str = "2027-01-04T07:00:00Z";
const DATE: &str = "2027-01-11";
/// As long as a hold lasts.
const HOLD: SignedDuration = SignedDuration::from_mins(10);

/// The pseudonym of a person.
#[must_use]
pub const fn person(number: u128) -> Pseudonym {
    Pseudonym::from_bits(number)
}

/// No seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A rule of the office forbids it.
    Rule,
    /// None is free, or the person holds one already.
    Holds,
    /// The person asked for this seat a moment ago and waits.
    TooSoon,
}

/// One office day that is booked first come, first served.
#[derive(Debug)]
pub struct Counter {
    clock: VirtualClock,
    holds: Holds,
    asks: Asks,
    day: LocalDay,
    offers: Vec<Offer>,
    rules: RuleSettings,
    group: GroupId,
    bookings: HashMap<Pseudonym, (BookingId, Seat)>,
    made: u128,
    tick: Timestamp,
}

impl Counter {
    /// The hall, with 100 seats.
    #[must_use]
    pub fn hall() -> Self {
        Self::of("hall")
    }

    /// The booth, with one seat.
    #[must_use]
    pub fn booth() -> Self {
        Self::of("booth")
    }

    fn of(place: &str) -> Self {
        let (location, service): (LocationId, ServiceId) = (name(place), name("passport"));
        let catalogue = office();
        let plan = catalogue.day_plan(&location, name(DATE)).expect("the place is open");
        let visit = catalogue.visit(&location, std::slice::from_ref(&service), 1);
        let visit = visit.expect("the place does the service");
        let need = Need { slots: visit.slots, channel: Channel::Public, skilled: visit.desks };
        let rules = catalogue.service(&service).expect("it is there").rules.clone();
        let clock = VirtualClock::at(name(NOW));
        let holds = Holds::Memory(MemoryHolds::new(Arc::new(clock.clone())));
        let rebuild = at_once(holds.begin_rebuild()).expect("it is in memory").expect("it is new");
        at_once(holds.finish_rebuild(rebuild)).expect("it is in memory");
        Self {
            tick: clock.now(),
            clock,
            holds,
            asks: Asks::default(),
            day: LocalDay::of(&location, &plan),
            offers: need.offers(&plan).collect(),
            rules,
            group: name("papers"),
            bookings: HashMap::new(),
            made: 0,
        }
    }

    /// Books any free seat: hold, rules, confirm.
    ///
    /// # Errors
    /// There is none for this person.
    pub fn book(&mut self, who: Pseudonym) -> Result<Seat, Refused> {
        let hold = self.hold(who)?;
        self.confirm(&hold)
    }

    /// Holds any free seat for some minutes.
    ///
    /// # Errors
    /// There is none for this person.
    pub fn hold(&mut self, who: Pseudonym) -> Result<Hold, Refused> {
        self.allowed(who, Phase::Hold)?;
        let (now, time) = (self.clock.now(), (self.start(), self.end()));
        if self.asks.waits_until(who, &self.day.location, time, now).is_some() {
            return Err(Refused::TooSoon);
        }
        let request = HoldRequest {
            id: HoldId::from_bits(self.next_id()),
            person: who,
            group: &self.group,
            day: &self.day,
            offers: &self.offers,
            at_desk: false,
            replaces: None,
            lasts: HOLD,
            usable_until: self.usable_until(),
            facts: FactsNeeded::None,
            details: &[],
        };
        at_once(self.holds.hold(&request)).map_err(|_| {
            self.asks.refused(who, &self.day.location, time, now);
            Refused::Holds
        })
    }

    /// Makes a hold a booking.
    ///
    /// # Errors
    /// A rule refuses, or the hold is over.
    pub fn confirm(&mut self, hold: &Hold) -> Result<Seat, Refused> {
        self.allowed(hold.person, Phase::Confirm { held_at: hold.held_at })?;
        let booking = BookingId::from_bits(hold.id.to_bits());
        at_once(self.holds.confirm(hold, booking)).map_err(|_| Refused::Holds)?;
        self.bookings.insert(hold.person, (booking, hold.seat.clone()));
        Ok(hold.seat.clone())
    }

    /// Gives a hold up: its seat is returning from now on.
    pub fn give_up(&mut self, hold: &Hold) {
        at_once(self.holds.give_up(hold)).expect("it is in memory");
    }

    /// Cancels a booking. Its seat is kept from all until [`release`](Self::release).
    pub fn cancel(&mut self, who: Pseudonym) -> Option<(ReservationId, Seat)> {
        let (booking, seat) = self.bookings.remove(&who)?;
        let id = ReservationId::from_bits(booking.to_bits());
        let kind = ReservationKind::Returning;
        let kept = Reservation { id, kind, seat: seat.clone(), holder: None, until: None };
        at_once(self.holds.place(&kept)).expect("the booking was there");
        at_once(self.holds.clear_active_booking(who, &self.group, booking, Some(&seat)))
            .expect("it is in memory");
        Some((id, seat))
    }

    /// Frees the seat of a cancelled booking for everybody.
    pub fn release(&mut self, id: ReservationId, seat: &Seat) {
        at_once(self.holds.remove(id, seat)).expect("it was returning");
    }

    /// A second passes: as the slot service does each second, a coin is thrown for each seat whose
    /// hold ended.
    pub fn second(&mut self, chance: &Chance) {
        self.clock.advance(SignedDuration::from_secs(1));
        let now = self.clock.now();
        let before = std::mem::replace(&mut self.tick, now);
        let _ = at_once(self.holds.end_expired(1_000)).expect("it is in memory");
        let returning = at_once(self.holds.returning()).expect("it is in memory");
        let free: Vec<_> = returning
            .holds
            .into_iter()
            .filter(|ended| {
                let window = hold_window(ended.ended_at, ended.seat.start, ended.usable_until);
                window.is_some_and(|window| falls(chance.bits(), window.chance(before, now)))
            })
            .collect();
        at_once(self.holds.free(&free)).expect("it is in memory");
    }

    fn allowed(&self, who: Pseudonym, phase: Phase) -> Result<(), Refused> {
        let now = self.clock.now();
        let other_active_booking = self.bookings.get(&who).map(|(booking, _)| *booking);
        let known = Person { other_active_booking, ..Person::default() };
        let attempt = Attempt {
            phase,
            now,
            today: berlin().to_datetime(now).date(),
            start: self.start(),
            date: self.day.date,
            window: self.offers[0].window,
            channel: Channel::Public,
            people: 1,
            services: 1,
            group: &self.group,
            enters_draw: false,
            person: Some(&known),
        };
        self.rules.check(&attempt).map_err(|_| Refused::Rule)
    }

    fn start(&self) -> Timestamp {
        self.day.time_of(self.offers[0].span.from)
    }

    fn end(&self) -> Timestamp {
        self.day.time_of(self.offers[self.offers.len() - 1].span.until)
    }

    fn usable_until(&self) -> Timestamp {
        self.start() - SignedDuration::from_mins(30)
    }

    fn next_id(&mut self) -> u128 {
        self.made += 1;
        self.made
    }
}

/// The window of a hold that ended, with the slot service's defaults: within three minutes, at
/// least one.
fn hold_window(
    ended: Timestamp,
    start: Timestamp,
    usable_until: Timestamp,
) -> Option<ReturnWindow> {
    let terms = ReturnTerms {
        not_before: SignedDuration::ZERO,
        not_after: SignedDuration::from_secs(180),
        least: SignedDuration::from_secs(60),
        ahead: start.duration_since(usable_until),
    };
    ReturnWindow::of(ended, start, terms)
}

/// Holds in memory never wait.
fn at_once<T>(answer: impl Future<Output = T>) -> T {
    answer.now_or_never().expect("holds in memory answer at once")
}

fn name<T: std::str::FromStr>(text: &str) -> T {
    text.parse().ok().expect("it is written in this file or in office.yaml")
}
