//! No two reservations at a desk overlap, whatever they are.

use std::sync::Arc;

use booking::{ReservationKind, Seat, returning::ReturnWindow};
use ids::ReservationId;
use jiff::SignedDuration;

use super::{at, confirm, confirmation, count, databases, kept, seat};
use crate::store::{
    queries::{Obstacle, Occupancy},
    reservations::{self, Purpose},
};

/// Every way to lie beside or upon 100 to 130, to the minute; whether it overlaps.
const SHAPES: [(i64, i64, bool); 14] = [
    (100, 130, true),
    (99, 131, true),
    (100, 101, true),
    (129, 130, true),
    (110, 120, true),
    (90, 101, true),
    (129, 200, true),
    (0, 1440, true),
    (99, 100, false),
    (130, 131, false),
    (0, 100, false),
    (130, 1440, false),
    (131, 140, false),
    (70, 99, false),
];

#[tokio::test]
async fn any_overlap_at_a_desk_is_refused_and_nothing_else() {
    for database in databases().await {
        let db = database.connection();
        let first = kept(1, seat(3, 100, 130), Purpose::Closed);
        reservations::insert(db, &[first]).await.unwrap();
        for (from, until, overlaps) in SHAPES {
            let tried = kept(2, seat(3, from, until), Purpose::DrawPool);
            let outcome = reservations::insert(db, &[tried]).await;
            assert_eq!(outcome.is_err(), overlaps, "{from} to {until}");
            match outcome {
                Err(refused) => assert!(refused.is_overlap(), "{refused}"),
                Ok(()) => {
                    let ids = [ReservationId::from_bits(2)];
                    reservations::delete(db, &ids, ReservationKind::DrawPool).await.unwrap();
                }
            }
            let confirming = confirmation(2, seat(3, from, until));
            let outcomes = confirm(&database, &[&confirming]).await.unwrap();
            let expected = if overlaps { Err(Obstacle::SeatTaken) } else { Ok(()) };
            assert_eq!(outcomes, [expected], "{from} to {until}");
            if !overlaps {
                clear(&database).await;
            }
        }
    }
}

/// What [`confirm`] wrote goes.
pub(super) async fn clear(database: &::store::Database) {
    use sea_orm::ConnectionTrait as _;
    let booked = "reservations WHERE kind = 'booking'";
    for rows in [booked, "bookings", "idempotency"] {
        let sql = format!("DELETE FROM {rows}");
        database.connection().execute_unprepared(&sql).await.unwrap();
    }
}

#[tokio::test]
async fn the_same_time_is_free_at_other_desks_places_and_days() {
    for database in databases().await {
        let elsewhere = Seat { location: "mitte-3".parse().unwrap(), ..seat(3, 100, 130) };
        let seats = [
            seat(3, 100, 130),
            seat(0, 100, 130),
            seat(63, 100, 130),
            elsewhere,
            seat(3, 100 + 1440, 130 + 1440),
        ];
        let seats: Vec<_> =
            (1..).zip(seats).map(|(number, seat)| kept(number, seat, Purpose::Closed)).collect();
        reservations::insert(database.connection(), &seats).await.unwrap();
        assert_eq!(count(&database, "reservations").await, 5);
    }
}

#[tokio::test]
async fn a_seat_that_ends_before_it_begins_is_refused() {
    for database in databases().await {
        for (from, until) in [(100, 100), (100, 99)] {
            let seat = kept(1, seat(0, from, until), Purpose::Closed);
            assert!(reservations::insert(database.connection(), &[seat]).await.is_err());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_want_overlapping_seats_at_once_one_gets_it() {
    for database in databases().await {
        let database = Arc::new(database);
        for round in 0..10u128 {
            let tries: Vec<_> = (0..8u8)
                .map(|number| {
                    let database = Arc::clone(&database);
                    let from = i64::try_from(round).unwrap() * 100 + i64::from(number);
                    let id = round * 100 + u128::from(number) + 1;
                    tokio::spawn(async move {
                        let one = confirmation(id, seat(0, from, from + 10));
                        confirm(&database, &[&one]).await.unwrap()
                    })
                })
                .collect();
            let mut won = 0;
            for one in tries {
                won += one.await.unwrap().iter().filter(|outcome| outcome.is_ok()).count();
            }
            assert_eq!(won, 1, "round {round}");
        }
    }
}

#[tokio::test]
async fn the_seat_of_a_booking_is_kept_without_a_gap_until_it_is_chosen_to_be_free() {
    for database in databases().await {
        let db = database.connection();
        let one = confirmation(1, seat(0, 100, 130));
        assert_eq!(confirm(&database, &[&one]).await.unwrap(), [Ok(())]);
        let id = reservations::of_booking(one.booking.id);
        let window = ReturnWindow { opens: at(0), latest: at(50) };
        assert!(reservations::begin_return(db, one.booking.id, window).await.unwrap());
        assert!(!reservations::begin_return(db, one.booking.id, window).await.unwrap());
        assert!(!reservations::keep_for_desk(db, one.booking.id).await.unwrap());
        let other = confirmation(2, seat(0, 129, 140));
        assert_eq!(confirm(&database, &[&other]).await.unwrap(), [Err(Obstacle::SeatTaken)]);

        let returning = reservations::returning(db, 10).await.unwrap();
        assert_eq!(returning.len(), 1);
        assert_eq!((returning[0].id, returning[0].window), (id, window));
        assert_eq!(returning[0].seat, one.booking.seat);
        assert_eq!(reservations::delete_returning(db, &[id]).await.unwrap(), [id]);
        assert_eq!(reservations::delete_returning(db, &[id]).await.unwrap(), []);
        assert_eq!(confirm(&database, &[&other]).await.unwrap(), [Ok(())]);
        assert!(reservations::keep_for_desk(db, other.booking.id).await.unwrap());
        let kept = Occupancy::on("2027-01-11".parse().unwrap()).read(db).await.unwrap();
        let kinds: Vec<_> = kept.iter().map(|kept| kept.kind).collect();
        assert_eq!(kinds, [ReservationKind::Closed]);
    }
}

#[tokio::test]
async fn a_person_has_one_offer_in_a_group_and_it_lapses() {
    for database in databases().await {
        let db = database.connection();
        let offer = |minute| Purpose::Offer {
            person: ids::Pseudonym::from_bits(7),
            group: "papers".parse().unwrap(),
            valid_until: at(minute),
        };
        reservations::insert(db, &[kept(1, seat(0, 0, 10), offer(5))]).await.unwrap();
        let second = reservations::insert(db, &[kept(2, seat(1, 0, 10), offer(6))]).await;
        assert!(second.unwrap_err().unique_index().is_some());
        let offered = ReservationId::from_bits(1);
        let window = ReturnWindow { opens: at(5), latest: at(5) + SignedDuration::from_mins(5) };
        let returns = Purpose::Returning(window);
        let kind = ReservationKind::Offer;
        assert!(reservations::change(db, offered, kind, &returns).await.unwrap());
        assert!(!reservations::change(db, offered, kind, &returns).await.unwrap());
        reservations::insert(db, &[kept(2, seat(1, 0, 10), offer(6))]).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_reserved_is_read_by_place_by_day_and_from_day_to_day() {
    for database in databases().await {
        let db = database.connection();
        let booked = confirmation(1, seat(0, 100, 130));
        let served = confirmation(2, seat(1, 100, 130));
        assert_eq!(confirm(&database, &[&booked, &served]).await.unwrap(), [Ok(()), Ok(())]);
        use booking::state::Action;
        let mut present = served.booking.clone();
        for action in [Action::CheckIn, Action::Call, Action::Serve] {
            assert!(crate::store::bookings::act(db, &present, action, 0, at(1)).await.unwrap());
            present.status = action.to();
        }
        let elsewhere =
            Seat { location: "wedding".parse().unwrap(), ..seat(0, 2 * 1440, 2 * 1440 + 5) };
        let window = ReturnWindow { opens: at(0), latest: at(50) };
        reservations::insert(db, &[kept(3, elsewhere, Purpose::Returning(window))]).await.unwrap();

        let (first, last) = ("2027-01-11".parse().unwrap(), "2027-01-13".parse().unwrap());
        let mitte: ids::LocationId = "mitte".parse().unwrap();
        let day = Occupancy::of_day(mitte.clone(), first).read(db).await.unwrap();
        let holders: Vec<_> = day.iter().map(|it| (it.kind, it.holder.clone())).collect();
        let binding = Some((booked.booking.person, booked.booking.group.clone()));
        assert_eq!(day.len(), 2);
        assert!(holders.contains(&(ReservationKind::Booking, binding)));
        assert!(holders.contains(&(ReservationKind::Booking, None)), "served, and keeps its seat");
        assert_eq!(Occupancy::on(first).read(db).await.unwrap().len(), 2);
        let [returning] = &Occupancy::on(last).read(db).await.unwrap()[..] else { panic!("one") };
        assert_eq!((returning.until, &returning.holder), (Some(at(50)), &None));
        assert_eq!(Occupancy::next_date(db, first).await.unwrap(), Some(last));
        assert_eq!(Occupancy::next_date(db, last).await.unwrap(), None);
        let days = Occupancy::days_since(db, first).await.unwrap();
        let wedding: ids::LocationId = "wedding".parse().unwrap();
        assert_eq!(days.into_iter().collect::<Vec<_>>(), [(mitte, first), (wedding, last)]);
        assert_eq!(Occupancy::days_since(db, last).await.unwrap().len(), 1);
        assert_eq!(reservations::delete_before(db, last).await.unwrap(), 2);
    }
}
