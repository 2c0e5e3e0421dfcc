//! Any sequence of what people do, on every adapter, compared step by step with a model that is
//! too simple to be wrong: a grid on paper, and what each person has.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use ids::BookingId;
use proptest::{prelude::*, test_runner::TestRunner};
use slot::holds::{Hold, HoldRefusal};

use super::site::{Site, offer};

const PEOPLE: u8 = 5;
const UNITS: u16 = 8;
/// On both sides of the halves and at the end of the 64 bits of a row.
const DESKS: [u8; 4] = [0, 31, 32, 63];

#[derive(Debug, Clone)]
enum Step {
    /// People take seats, all at the same moment, which must be as good as one after the other.
    Rush(Vec<Wish>),
    Release(u8),
    Confirm(u8),
    Cancel(u8),
    /// All holds run out. (Where time is real nobody waits for that.)
    Pass,
}

/// A seat that somebody wants; who has a booking either says so, and wants to move, or forgets it.
#[derive(Debug, Clone)]
struct Wish {
    person: u8,
    offers: Vec<(u16, u16, u64)>,
    moving: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let desks = prop::sample::subsequence(DESKS.to_vec(), 1..=DESKS.len());
    let desks = desks.prop_map(|desks| desks.iter().map(|desk| 1 << desk).sum::<u64>());
    let offer = (0..UNITS - 2, 1..=2_u16, desks);
    let offers = prop::collection::vec(offer, 1..3);
    let wish = (0..PEOPLE, offers, any::<bool>()).prop_map(|(person, offers, moving)| Wish {
        person,
        offers,
        moving,
    });
    prop_oneof![
        6 => prop::collection::vec(wish, 1..5).prop_map(Step::Rush),
        2 => (0..PEOPLE).prop_map(Step::Release),
        4 => (0..PEOPLE).prop_map(Step::Confirm),
        2 => (0..PEOPLE).prop_map(Step::Cancel),
        1 => Just(Step::Pass),
    ]
}

/// What should be.
#[derive(Default)]
struct Paper {
    held: BTreeMap<u8, Hold>,
    booked: BTreeMap<u8, (BookingId, Hold)>,
    bookings: u128,
}

impl Paper {
    fn is_free(&self, unit: u16, desk: u8) -> bool {
        let booked = self.booked.values().map(|(_, hold)| hold);
        !self.held.values().chain(booked).any(|hold| {
            let seat = &hold.seat;
            seat.desk.index() == desk && (seat.start..seat.start + seat.units).contains(&unit)
        })
    }

    /// The seat that somebody should get: the lowest free desk of the first offer that has one.
    fn best(&self, offers: &[(u16, u16, u64)]) -> Option<(u16, u16, u8)> {
        offers.iter().find_map(|&(start, units, desks)| {
            let has = |desk: &u8| {
                desks & (1 << desk) != 0
                    && (start..start + units).all(|unit| self.is_free(unit, *desk))
            };
            DESKS.into_iter().find(has).map(|desk| (start, units, desk))
        })
    }

    fn expected(&self, wish: &Wish) -> Result<(u16, u16, u8), HoldRefusal> {
        if self.held.contains_key(&wish.person) {
            return Err(HoldRefusal::AlreadyHolding);
        }
        match self.booked.get(&wish.person) {
            Some((booking, _)) if !wish.moving => {
                Err(HoldRefusal::AlreadyBooked { booking: *booking })
            }
            _ => self.best(&wish.offers).ok_or(HoldRefusal::SlotTaken),
        }
    }

    async fn rush(&mut self, site: &Site, wishes: &[Wish]) {
        let all = wishes.iter().map(async |wish| {
            let Wish { person, offers, moving } = wish;
            let replaces = self.booked.get(person).filter(|_| *moving).map(|(booking, _)| *booking);
            let wanted: Vec<_> = offers.iter().map(|o| offer(o.0, o.1, o.2)).collect();
            let lasts = jiff::SignedDuration::from_mins(10);
            site.hold_for((*person).into(), &wanted, lasts, replaces).await
        });
        for (wish, got) in wishes.iter().zip(join_all(all).await) {
            let seat = got.as_ref().map(|hold| &hold.seat).map_err(Clone::clone);
            let seat = seat.map(|seat| (seat.start, seat.units, seat.desk.index()));
            assert_eq!(seat, self.expected(wish), "{}", site.name);
            self.held.extend(got.ok().map(|hold| (wish.person, hold)));
        }
    }

    async fn take(&mut self, site: &Site, step: Step) {
        match step {
            Step::Rush(wishes) => self.rush(site, &wishes).await,
            Step::Release(person) => {
                if let Some(hold) = self.held.remove(&person) {
                    assert!(site.holds.release(&hold).await.unwrap(), "{}", site.name);
                    assert!(!site.holds.release(&hold).await.unwrap(), "{}", site.name);
                }
            }
            Step::Confirm(person) => {
                if let Some(hold) = self.held.remove(&person) {
                    self.bookings += 1;
                    let booking = BookingId::from_bits(self.bookings);
                    site.holds.settle(&hold, booking).await.unwrap();
                    if let Some((old, seat)) = self.booked.insert(person, (booking, hold)) {
                        site.give_back(&seat, old.to_bits(), None).await;
                    }
                }
            }
            Step::Cancel(person) => {
                if let Some((booking, hold)) = self.booked.remove(&person) {
                    // A hold that wanted to move stays an ordinary hold.
                    site.give_back(&hold, booking.to_bits(), None).await;
                }
            }
            Step::Pass => {
                if site.moves_time() {
                    site.pass(11 * 60 * 1000).await;
                    self.held.clear();
                }
            }
        }
    }

    async fn compare(&self, site: &Site) {
        for unit in 0..UNITS {
            let expected: Vec<_> =
                DESKS.into_iter().filter(|desk| !self.is_free(unit, *desk)).collect();
            assert_eq!(site.taken(unit).await, expected, "{}: unit {unit}", site.name);
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
