//! A day is compared with the database and put right.

use ids::{BookingId, ReservationId};
use slot::holds::{HoldRefusal, Reconciled};

use super::contract;
use crate::holds::site::{Closed, Offered, Returning, Site, booking, offer, reservation, seat};

contract! {
    async fn a_day_becomes_what_the_database_says(site: &Site) {
        site.book(1, 10, &[offer(480, 10, 1)]).await;
        let collides = site.hold(2, &[offer(500, 20, 1)]).await.unwrap();
        let stays = site.hold(3, &[offer(1_000, 10, 1)]).await.unwrap();
        let claims = [
            booking(20, 4, &seat(510, 20, 0)),
            reservation(Returning, 21, &seat(750, 5, 3)),
            reservation(Closed, 22, &seat(800, 60, 2)),
        ];
        assert_eq!(site.reconcile(&claims).await, Reconciled::Corrected);
        assert!(site.taken(480).await.is_empty(), "no reservation, no mark");
        assert!(site.taken(500).await.is_empty(), "the hold that collided is gone");
        let again = site.holds.confirm(&collides, BookingId::from_bits(30)).await;
        assert!(again.is_err());
        assert_eq!((site.taken(510).await, site.taken(750).await), (vec![0], vec![3]));
        assert_eq!(site.for_desk().await, [(800, 860, 2)]);
        assert_eq!(site.present(&stays).await, Some(stays.clone()));
        let refused = Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(20) });
        assert_eq!(site.hold(4, &[offer(1_200, 10, 1)]).await, refused);
        assert_eq!(site.reconcile(&claims).await, Reconciled::AsExpected);
        site.holds.remove(ReservationId::from_bits(21), &seat(750, 5, 3)).await.unwrap();
        assert!(site.taken(750).await.is_empty());
    }

    async fn a_day_that_is_right_stays_as_it_is(site: &Site) {
        assert_eq!(site.reconcile(&[]).await, Reconciled::AsExpected, "a day without anything");
        let booked = site.book(1, 10, &[offer(480, 10, 1)]).await;
        let offered = reservation(Offered, 11, &seat(600, 10, 1));
        site.holds.place(&offered).await.unwrap();
        let held = site.hold(2, &[offer(480, 10, 0b10)]).await.unwrap();
        let given_up = site.hold(3, &[offer(480, 10, 0b100)]).await.unwrap();
        assert!(site.holds.give_up(&given_up).await.unwrap());
        let start = site.holds.changes(None).await.unwrap();
        let claims = [booking(10, 1, &booked.seat), offered];
        assert_eq!(site.reconcile(&claims).await, Reconciled::AsExpected);
        assert_eq!(site.holds.changes(Some(&start)).await.unwrap().version, start.version);
        assert_eq!(site.taken(480).await, [0, 1, 2]);
        assert_eq!(site.holds.returning().await.unwrap().holds.len(), 1);
        assert_eq!(site.present(&held).await, Some(held));
    }

    async fn a_lost_booking_of_the_database_is_seen_on_a_day_without_any(site: &Site) {
        // Both rows of the day were undone by the database (restore, failover).
        site.book(1, 10, &[offer(480, 10, 1)]).await;
        assert_eq!(site.reconcile(&[]).await, Reconciled::Corrected);
        assert!(site.taken(480).await.is_empty());
        assert!(site.hold(2, &[offer(480, 10, 1)]).await.is_ok());
    }

    async fn nothing_is_done_if_something_durable_changed_meanwhile(site: &Site) {
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        let hold = site.book(1, 10, &[offer(480, 10, 1)]).await;
        let outcome = site.holds.reconcile(&version, &[]).await.unwrap();
        assert_eq!(outcome, Reconciled::Changed);
        assert_eq!(site.taken(480).await, [0]);
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        site.cancel(&hold, 10).await;
        let claims = [booking(10, 1, &hold.seat)];
        let outcome = site.holds.reconcile(&version, &claims).await.unwrap();
        assert_eq!(outcome, Reconciled::Changed);
    }

    async fn what_is_left_to_a_reconcile_makes_older_reservations_void(site: &Site) {
        let mine = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        assert!(site.holds.give_up(&mine).await.unwrap());
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        assert!(site.holds.confirm(&mine, BookingId::from_bits(10)).await.is_err());
        assert_eq!(site.holds.reconcile(&version, &[]).await.unwrap(), Reconciled::Changed);
    }

    async fn a_reconcile_does_not_wait_until_nobody_holds(site: &Site) {
        site.book(1, 10, &[offer(480, 10, 1)]).await;
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        site.hold(2, &[offer(500, 10, 1)]).await.unwrap();
        let hold = site.hold(3, &[offer(520, 10, 1)]).await.unwrap();
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert_eq!(site.holds.reconcile(&version, &[]).await.unwrap(), Reconciled::Corrected);
        assert!(site.taken(480).await.is_empty());
        assert_eq!((site.taken(500).await, site.taken(520).await), (vec![0], vec![0]));
    }

    async fn a_person_who_moved_meanwhile_is_bound_by_the_new_booking(site: &Site) {
        site.book(1, 11, &[offer(480, 10, 1)]).await;
        // The old booking was read before the move was committed.
        let old = booking(10, 1, &seat(600, 10, 0));
        assert_eq!(site.reconcile(&[old]).await, Reconciled::Corrected);
        let refused = Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(11) });
        assert_eq!(site.hold(1, &[offer(1_200, 10, 1)]).await, refused);
    }
}
