//! In any order of events: no two reservations at a desk overlap, and no person has two
//! active bookings in a group.

use ::store::Database;
use booking::{
    Reservation,
    returning::ReturnWindow,
    state::{Action, BookingStatus},
};
use ids::{BookingId, Pseudonym};
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::{at, confirm, confirmation, databases, kept, seat};
use crate::domain::Booking;
use crate::store::{
    bookings::{self, BookingFilter},
    queries::Occupancy,
    reservations::{self, Purpose},
};

#[derive(Debug, Clone)]
enum Step {
    /// Some confirm at once: person, desk, from, length.
    Confirm(Vec<(u8, u8, u8, u8)>),
    /// A booking is cancelled, and the seat is returning or the desk's.
    Cancel(u8, bool),
    /// The desk marks a booking as missed, or takes it back.
    Miss(u8),
    /// Some seats that are returning become free.
    Free(u8),
    /// Time at a desk is closed: desk, from, length.
    Close(u8, u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec((0u8..6, 0u8..2, 0u8..60, 1u8..20), 1..6).prop_map(Step::Confirm),
        3 => (0u8..6, any::<bool>()).prop_map(|(person, returns)| Step::Cancel(person, returns)),
        1 => (0u8..6).prop_map(Step::Miss),
        2 => (0u8..4).prop_map(Step::Free),
        1 => (0u8..2, 0u8..60, 1u8..20).prop_map(|(desk, from, length)| Step::Close(desk, from, length)),
    ]
}

fn person(number: u8) -> Pseudonym {
    Pseudonym::from_bits(u128::from(number) + 1)
}

async fn of(database: &Database, number: u8, status: &[BookingStatus]) -> Option<Booking> {
    let filter = BookingFilter::default().of(person(number)).in_status(status.iter().copied());
    bookings::list(database.connection(), &filter, 1).await.unwrap().pop()
}

async fn take(database: &Database, number: &mut u128, step: Step) {
    let db = database.connection();
    match step {
        Step::Confirm(confirms) => {
            let all: Vec<_> = confirms
                .into_iter()
                .map(|(who, desk, from, length)| {
                    *number += 1;
                    let from = i64::from(from);
                    let seat = seat(desk, from, from + i64::from(length));
                    let mut one = confirmation(*number, seat);
                    one.booking.person = person(who);
                    one
                })
                .collect();
            confirm(database, &all.iter().collect::<Vec<_>>()).await.unwrap();
        }
        Step::Cancel(who, returns) => {
            if let Some(booking) = of(database, who, &[BookingStatus::Confirmed]).await {
                assert!(bookings::act(db, &booking, Action::Cancel, 1, at(0)).await.unwrap());
                let window = ReturnWindow { opens: at(0), latest: at(9) };
                let changed = if returns {
                    reservations::begin_return(db, booking.id, window).await.unwrap()
                } else {
                    reservations::keep_for_desk(db, booking.id).await.unwrap()
                };
                assert!(changed, "a booking that was confirmed has a seat");
            }
        }
        Step::Miss(who) => {
            if let Some(booking) = of(database, who, &[BookingStatus::Confirmed]).await {
                bookings::act(db, &booking, Action::Miss, 0, at(0)).await.unwrap();
            } else if let Some(booking) = of(database, who, &[BookingStatus::Missed]).await {
                // Refused if the person has another one by now.
                let _ = bookings::act(db, &booking, Action::Requeue, 0, at(0)).await;
            }
        }
        Step::Free(count) => {
            let returning = reservations::returning(db, usize::from(count)).await.unwrap();
            let ids: Vec<_> = returning.iter().map(|it| it.id).collect();
            let freed = reservations::delete_returning(db, &ids).await.unwrap();
            assert_eq!(freed.len(), ids.len());
        }
        Step::Close(desk, from, length) => {
            *number += 1;
            let seat = seat(desk, from.into(), i64::from(from) + i64::from(length));
            // Refused where a reservation is.
            let _ = reservations::insert(db, &[kept(*number, seat, Purpose::Closed)]).await;
        }
    }
}

/// What must be true after each step.
async fn check(database: &Database) {
    let db = database.connection();
    let there = Occupancy::on("2027-01-11".parse().unwrap()).read(db).await.unwrap();
    for (place, one) in there.iter().enumerate() {
        for other in &there[place + 1..] {
            assert!(!one.seat.overlaps(&other.seat), "{one:?} {other:?}");
        }
    }
    let all = bookings::list(db, &BookingFilter::default(), 1_000).await.unwrap();
    let mut bound = std::collections::HashSet::new();
    for booking in &all {
        if booking.status.is_active() {
            assert!(bound.insert((booking.person, booking.group.clone())), "{booking:?}");
        }
        if booking.status.keeps_seat() {
            let kept = kept_for(&there, booking.id);
            assert_eq!(kept.seat, booking.seat);
            let binds = Some((booking.person, booking.group.clone()));
            assert_eq!(kept.holder, binds.filter(|_| booking.status.is_active()), "{booking:?}");
        }
    }
}

fn kept_for(there: &[Reservation], booking: BookingId) -> &Reservation {
    let id = reservations::of_booking(booking);
    there.iter().find(|it| it.id == id).expect("a booking that keeps its seat has one")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_makes_a_double_booking(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            for database in databases().await {
                let mut number = 100;
                for step in steps.clone() {
                    take(&database, &mut number, step).await;
                    check(&database).await;
                }
            }
        });
    }
}
