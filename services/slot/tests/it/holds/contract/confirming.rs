//! Holds become bookings.

use ids::BookingId;
use slot::holds::{HoldRefusal, HoldRequest, HoldsError, Reconciled};

use super::contract;
use crate::holds::site::{Site, booking, offer, seat};

contract! {
    async fn a_confirmed_hold_stays_taken_and_binds_its_person(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.hold(1, &offers).await.unwrap();
        let booking = BookingId::from_bits(10);
        site.holds.confirm(&hold, booking).await.unwrap();
        site.holds.confirm(&hold, booking).await.unwrap();
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.taken(480).await, [0]);
        let elsewhere = [offer(1_000, 10, 1)];
        let refused = Err(HoldRefusal::AlreadyBooked { booking });
        assert_eq!(site.hold(1, &elsewhere).await, refused);
        let foreign = Some(BookingId::from_bits(11));
        let wrong = HoldRequest { replaces: foreign, ..site.request(1, &elsewhere) };
        assert_eq!(site.ask(&wrong).await, refused);
        assert!(site.taken(1_000).await.is_empty());
    }

    async fn a_booking_can_be_moved(site: &Site) {
        let old = site.book(1, 10, &[offer(480, 10, 1)]).await;
        let elsewhere = [offer(1_000, 10, 1)];
        let replaces = Some(BookingId::from_bits(10));
        let request = HoldRequest { replaces, ..site.request(1, &elsewhere) };
        let new = site.ask(&request).await.unwrap();
        assert_eq!(new.replaces, replaces);
        site.holds.confirm(&new, BookingId::from_bits(11)).await.unwrap();
        site.cancel(&old, 10).await;
        assert_eq!(site.taken(480).await, [0], "the old seat is returning");
        let refused = Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(11) });
        assert_eq!(site.hold(1, &[offer(1_200, 10, 1)]).await, refused);
    }

    async fn a_move_that_is_given_up_leaves_the_booking(site: &Site) {
        site.book(1, 10, &[offer(480, 10, 1)]).await;
        let elsewhere = [offer(1_000, 10, 1)];
        let replaces = Some(BookingId::from_bits(10));
        let request = HoldRequest { replaces, ..site.request(1, &elsewhere) };
        let new = site.ask(&request).await.unwrap();
        assert!(site.holds.give_up(&new).await.unwrap());
        let refused = Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(10) });
        assert_eq!(site.hold(1, &[offer(1_200, 10, 1)]).await, refused);
        let moved = site.ask(&site.request(2, &elsewhere)).await;
        assert_eq!(moved, Err(HoldRefusal::SlotTaken), "its seat is returning");
    }

    async fn a_cleared_booking_binds_nobody_and_keeps_its_seat(site: &Site) {
        let hold = site.book(1, 10, &[offer(480, 10, 1)]).await;
        site.clear(&hold, 11).await;
        assert!(site.hold(1, &[offer(1_000, 10, 1)]).await.is_err(), "another booking's news");
        site.clear(&hold, 10).await;
        assert!(site.hold(1, &[offer(1_000, 10, 1)]).await.is_ok());
        assert_eq!(site.taken(480).await, [0]);
    }

    async fn clearing_a_booking_leaves_the_hold_that_was_to_replace_it(site: &Site) {
        let old = site.book(1, 10, &[offer(480, 10, 1)]).await;
        let elsewhere = [offer(1_000, 10, 1)];
        let replaces = Some(BookingId::from_bits(10));
        let request = HoldRequest { replaces, ..site.request(1, &elsewhere) };
        let new = site.ask(&request).await.unwrap();
        site.cancel(&old, 10).await;
        let refused = site.hold(1, &[offer(1_200, 10, 1)]).await;
        assert_eq!(refused, Err(HoldRefusal::AlreadyHolding(Box::new(new.clone()))));
        assert!(site.holds.give_up(&new).await.unwrap());
        assert!(site.hold(1, &[offer(1_200, 10, 1)]).await.is_ok());
    }

    async fn a_confirm_whose_seat_is_somebody_elses_changes_nothing(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let mine = site.hold(1, &offers).await.unwrap();
        assert!(site.holds.give_up(&mine).await.unwrap());
        let returning = site.holds.returning().await.unwrap().holds;
        site.holds.free(&returning).await.unwrap();
        let theirs = site.hold(2, &offers).await.unwrap();
        let late = site.holds.confirm(&mine, BookingId::from_bits(10)).await;
        assert!(matches!(late, Err(HoldsError::NeedsReconcile)), "{late:?}");
        assert!(site.holds.give_up(&theirs).await.unwrap(), "it is theirs still");
        // The database took the booking: then the day is put right.
        let claims = [booking(10, 1, &seat(480, 10, 0))];
        assert_eq!(site.reconcile(&claims).await, Reconciled::Corrected);
        assert!(site.holds.returning().await.unwrap().holds.is_empty());
        assert_eq!(site.taken(480).await, [0]);
        let refused = Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(10) });
        assert_eq!(site.hold(1, &[offer(1_000, 10, 1)]).await, refused);
    }
}
