//! Any sequence of what people do, on every adapter, compared step by step with a model that is
//! too simple to be wrong: the minutes of each desk on paper, and what each person has.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use ids::{BookingId, ReservationId};
use jiff::SignedDuration;
use proptest::{prelude::*, test_runner::TestRunner};
use slot::holds::{Hold, HoldRefusal, HoldRequest, Reconciled};

use super::site::{Booking, Closed, Returning, Site, booking, offer, reservation, seat};

const PEOPLE: u8 = 5;
/// Two hours, across a boundary of the groups of marks.
const MINUTES: std::ops::Range<u16> = 476..600;
/// On both sides of the halves and at the end of the 64 desks.
const DESKS: [u8; 4] = [0, 31, 32, 63];

#[derive(Debug, Clone)]
enum Step {
    /// People take seats, all at the same moment, which must be as good as one after the other.
    Rush(Vec<Wish>),
    GiveUp(u8),
    Extend(u8),
    Confirm(u8),
    Cancel(u8),
    /// A job lets every second seat return that can.
    Return,
    /// Staff close a desk for some time, if it is free, or open it.
    Close(u16, u16, u8),
    Open,
    /// All holds run out. (Where time is real nobody waits for that.)
    Pass,
    /// The day is compared with the database, and is right.
    Reconcile,
}

/// A seat that somebody wants; who has a booking either says so, and wants to move, or forgets it.
#[derive(Debug, Clone)]
struct Wish {
    person: u8,
    /// First minute, minutes, desks.
    offers: Vec<(u16, u16, u64)>,
    moving: bool,
    at_desk: bool,
}

/// The catalogue of the moment has one of these grids, and a slot some of its units.
fn span() -> impl Strategy<Value = (u16, u16)> {
    let grid = prop_oneof![Just(1_u16), Just(5), Just(7), Just(10), Just(15)];
    (grid, 1..=3_u16, 0..90_u16).prop_map(|(grid, units, at)| {
        let from = (480 + at).next_multiple_of(grid);
        (from, grid * units)
    })
}

fn step() -> impl Strategy<Value = Step> {
    let desks = prop::sample::subsequence(DESKS.to_vec(), 1..=DESKS.len());
    let desks = desks.prop_map(|desks| desks.iter().map(|desk| 1 << desk).sum::<u64>());
    let offer = (span(), desks).prop_map(|((from, minutes), desks)| (from, minutes, desks));
    let offers = prop::collection::vec(offer, 1..3);
    let wish = (0..PEOPLE, offers, any::<bool>(), prop::bool::weighted(0.2));
    let wish =
        wish.prop_map(|(person, offers, moving, at_desk)| Wish { person, offers, moving, at_desk });
    let close = (span(), prop::sample::select(DESKS.to_vec()));
    prop_oneof![
        6 => prop::collection::vec(wish, 1..5).prop_map(Step::Rush),
        3 => (0..PEOPLE).prop_map(Step::GiveUp),
        1 => (0..PEOPLE).prop_map(Step::Extend),
        4 => (0..PEOPLE).prop_map(Step::Confirm),
        2 => (0..PEOPLE).prop_map(Step::Cancel),
        2 => Just(Step::Return),
        2 => close.prop_map(|((from, minutes), desk)| Step::Close(from, minutes, desk)),
        1 => Just(Step::Open),
        1 => Just(Step::Pass),
        1 => Just(Step::Reconcile),
    ]
}

/// A hold, and the closed place that it was cut from.
#[derive(Clone)]
struct Held {
    hold: Hold,
    within: bool,
}

/// What should be.
#[derive(Default)]
struct Paper {
    held: BTreeMap<u8, Held>,
    booked: BTreeMap<u8, (u128, Hold)>,
    /// Holds that ended, and bookings that were cancelled.
    ended: Vec<Hold>,
    cancelled: Vec<(u128, Hold)>,
    /// Minutes that are closed, but for what is held or booked in them.
    closed: BTreeSet<(u8, u16)>,
    closings: Vec<(u128, u16, u16, u8)>,
    ids: u128,
}

impl Paper {
    fn minutes(&self, site: &Site, hold: &Hold) -> std::ops::Range<u16> {
        let span = site.day.span_of(&hold.seat);
        span.from..span.until
    }

    fn is_free(&self, site: &Site, minute: u16, desk: u8) -> bool {
        let held = self.held.values().map(|held| &held.hold);
        let booked = self.booked.values().map(|(_, hold)| hold);
        let cancelled = self.cancelled.iter().map(|(_, hold)| hold);
        let mut all = held.chain(booked).chain(cancelled).chain(&self.ended);
        !self.closed.contains(&(desk, minute))
            && !all.any(|hold| {
                hold.seat.desk.index() == desk && self.minutes(site, hold).contains(&minute)
            })
    }

    /// The seat that somebody should get: the lowest free desk of the first offer that has one.
    fn best(&self, site: &Site, wish: &Wish) -> Option<(u16, u16, u8)> {
        wish.offers.iter().find_map(|&(from, minutes, desks)| {
            let wanted = || DESKS.into_iter().filter(|desk| desks & (1 << desk) != 0);
            let mut span = from..from + minutes;
            let free =
                wanted().find(|desk| span.clone().all(|minute| self.is_free(site, minute, *desk)));
            let mut closed = || {
                wanted().find(|desk| {
                    let whole = |(_, first, length, closed): &(u128, u16, u16, u8)| {
                        closed == desk && *first <= from && from + minutes <= first + length
                    };
                    self.closings.iter().any(whole)
                        && span.all(|minute| self.closed.contains(&(*desk, minute)))
                })
            };
            free.or_else(|| if wish.at_desk { closed() } else { None })
                .map(|desk| (from, minutes, desk))
        })
    }

    fn expected(&self, site: &Site, wish: &Wish) -> Result<(u16, u16, u8), HoldRefusal> {
        if let Some(held) = self.held.get(&wish.person) {
            return Err(HoldRefusal::AlreadyHolding(Box::new(held.hold.clone())));
        }
        match self.booked.get(&wish.person) {
            Some((booking, _)) if !wish.moving => {
                Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(*booking) })
            }
            _ => self.best(site, wish).ok_or(HoldRefusal::SlotTaken),
        }
    }

    async fn rush(&mut self, site: &Site, wishes: &[Wish]) {
        let all = wishes.iter().map(async |wish| {
            let booked = self.booked.get(&wish.person).filter(|_| wish.moving);
            let replaces = booked.map(|(booking, _)| BookingId::from_bits(*booking));
            let wanted: Vec<_> = wish.offers.iter().map(|o| offer(o.0, o.1, o.2)).collect();
            let request = site.request(wish.person.into(), &wanted);
            site.ask(&HoldRequest { replaces, at_desk: wish.at_desk, ..request }).await
        });
        for (wish, got) in wishes.iter().zip(join_all(all).await) {
            let expected = self.expected(site, wish);
            let seat = got.as_ref().map(|hold| &hold.seat).map_err(Clone::clone);
            let seat = seat.map(|seat| {
                let span = site.day.span_of(seat);
                (span.from, span.minutes(), seat.desk.index())
            });
            assert_eq!(seat, expected, "{}", site.name);
            if let Ok(hold) = got {
                let desk = hold.seat.desk.index();
                let mut within = false;
                for minute in self.minutes(site, &hold) {
                    within |= self.closed.remove(&(desk, minute));
                }
                self.held.insert(wish.person, Held { hold, within });
            }
        }
    }

    /// What becomes of a hold that ended.
    fn end(&mut self, site: &Site, held: Held) {
        if held.within {
            let desk = held.hold.seat.desk.index();
            let minutes = self.minutes(site, &held.hold);
            self.closed.extend(minutes.map(|minute| (desk, minute)));
        } else {
            self.ended.push(held.hold);
        }
    }

    async fn take(&mut self, site: &Site, step: Step) {
        match step {
            Step::Rush(wishes) => self.rush(site, &wishes).await,
            Step::GiveUp(person) => {
                if let Some(held) = self.held.remove(&person) {
                    assert!(site.holds.give_up(&held.hold).await.unwrap(), "{}", site.name);
                    assert!(!site.holds.give_up(&held.hold).await.unwrap(), "{}", site.name);
                    self.end(site, held);
                }
            }
            Step::Extend(person) => {
                if let Some(held) = self.held.get_mut(&person) {
                    let lasts = SignedDuration::from_mins(10);
                    if let Ok(extended) = site.holds.extend(&held.hold, lasts).await {
                        assert!(!held.hold.is_extended);
                        held.hold = extended;
                    }
                }
            }
            Step::Confirm(person) => self.confirm(site, person).await,
            Step::Cancel(person) => {
                if let Some((booking, hold)) = self.booked.remove(&person) {
                    // A hold that wanted to move stays an ordinary hold.
                    site.cancel(&hold, booking).await;
                    self.cancelled.push((booking, hold));
                }
            }
            Step::Return => self.give_back(site).await,
            Step::Close(from, minutes, desk) => self.close(site, from, minutes, desk).await,
            Step::Open => {
                if let Some((id, from, minutes, desk)) = self.closings.pop() {
                    let seat = seat(from, minutes, desk);
                    site.holds
                        .remove(ReservationId::from_bits(id), &seat)
                        .await
                        .unwrap_or_default();
                    for minute in from..from + minutes {
                        self.closed.remove(&(desk, minute));
                    }
                    for held in self.held.values_mut() {
                        let span = site.day.span_of(&held.hold.seat);
                        let inside = from <= span.from && span.until <= from + minutes;
                        held.within &= held.hold.seat.desk.index() != desk || !inside;
                    }
                }
            }
            Step::Pass => {
                if site.moves_time() {
                    site.advance(SignedDuration::from_mins(21));
                    let over = std::mem::take(&mut self.held);
                    assert_eq!(site.holds.end_expired(100).await.unwrap().len(), over.len());
                    over.into_values().for_each(|held| self.end(site, held));
                }
            }
            Step::Reconcile => {
                let outcome = site.reconcile(&self.database(site)).await;
                assert_eq!(outcome, Reconciled::AsExpected, "{}", site.name);
            }
        }
    }

    async fn confirm(&mut self, site: &Site, person: u8) {
        let Some(Held { hold, .. }) = self.held.remove(&person) else { return };
        self.ids += 1;
        let booking = self.ids;
        site.holds.confirm(&hold, BookingId::from_bits(booking)).await.unwrap();
        if let Some((old, seat)) = self.booked.insert(person, (booking, hold)) {
            site.cancel(&seat, old).await;
            self.cancelled.push((old, seat));
        }
    }

    async fn give_back(&mut self, site: &Site) {
        let returning = site.holds.returning().await.unwrap().holds;
        let ids = |holds: &mut dyn Iterator<Item = ids::HoldId>| holds.collect::<BTreeSet<_>>();
        let expected = ids(&mut self.ended.iter().map(|hold| hold.id));
        assert_eq!(ids(&mut returning.iter().map(|hold| hold.id)), expected, "{}", site.name);
        let half = self.ended.len() / 2;
        let gone: Vec<_> = self.ended.drain(half..).map(|hold| hold.id).collect();
        let gone: Vec<_> = returning.into_iter().filter(|ended| gone.contains(&ended.id)).collect();
        assert_eq!(site.holds.free(&gone).await.unwrap(), gone.len());
        let half = self.cancelled.len() / 2;
        for (booking, hold) in self.cancelled.drain(half..) {
            site.holds.remove(ReservationId::from_bits(booking), &hold.seat).await.unwrap();
        }
    }

    async fn close(&mut self, site: &Site, from: u16, minutes: u16, desk: u8) {
        if !(from..from + minutes).all(|minute| self.is_free(site, minute, desk)) {
            return;
        }
        self.ids += 1;
        let closed = reservation(Closed, self.ids, &seat(from, minutes, desk));
        site.holds.place(&closed).await.unwrap();
        self.closings.push((self.ids, from, minutes, desk));
        self.closed.extend((from..from + minutes).map(|minute| (desk, minute)));
    }

    /// What the database has: what is closed is cut where something was booked in it.
    fn database(&self, site: &Site) -> Vec<::booking::Reservation> {
        let mut all = Vec::new();
        for (person, (id, hold)) in &self.booked {
            all.push(booking(*id, (*person).into(), &hold.seat));
        }
        for (id, hold) in &self.cancelled {
            all.push(reservation(Returning, *id, &hold.seat));
        }
        for (id, from, minutes, desk) in &self.closings {
            let held = |minute: u16| {
                self.held.values().any(|held| {
                    held.within
                        && held.hold.seat.desk.index() == *desk
                        && self.minutes(site, &held.hold).contains(&minute)
                })
            };
            let mut first = None;
            for minute in *from..=*from + *minutes {
                let is_closed = minute < *from + *minutes
                    && (self.closed.contains(&(*desk, minute)) || held(minute));
                match (is_closed, first) {
                    (true, None) => first = Some(minute),
                    (false, Some(begin)) => {
                        all.push(reservation(Closed, *id, &seat(begin, minute - begin, *desk)));
                        first = None;
                    }
                    _ => {}
                }
            }
        }
        assert!(all.iter().all(|it| it.kind != Booking || it.holder.is_some()));
        all
    }

    async fn compare(&self, site: &Site) {
        let day = (site.day.location.clone(), site.day.date);
        let snapshot = site.holds.snapshots(&[day]).await.unwrap().remove(0);
        for minute in MINUTES {
            let span = ::booking::Span { from: minute, until: minute + 1 };
            let taken = snapshot.taken.taken(span);
            for desk in DESKS {
                let is_taken = taken.contains(calendar::Desk::new(desk).unwrap());
                let expected = !self.is_free(site, minute, desk);
                assert_eq!(is_taken, expected, "{}: {minute} at {desk}", site.name);
                let for_desk = snapshot.for_desk.iter().any(|(closed, at)| {
                    at.index() == desk && closed.from <= minute && minute < closed.until
                });
                let expected = self.closed.contains(&(desk, minute));
                assert_eq!(for_desk, expected, "{}: closed {minute} at {desk}", site.name);
            }
        }
    }
}

#[test]
fn any_sequence_of_steps_does_what_it_would_on_paper() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() });
    runner
        .run(&prop::collection::vec(step(), 1..40), |steps| {
            runtime.block_on(async {
                for site in Site::all().await {
                    let mut paper = Paper::default();
                    for step in &steps {
                        paper.take(&site, step.clone()).await;
                        paper.compare(&site).await;
                    }
                }
            });
            Ok(())
        })
        .unwrap();
}
