//! What the database keeps gets its marks and loses them; messages come late, twice, in any order.

use ids::{BookingId, ReservationId};
use slot::holds::{HoldRefusal, HoldsError};

use super::contract;
use crate::holds::site::{
    Booking, Closed, DrawPool, Offered, Returning, Site, booking, offer, reservation, seat,
};

fn rsv(id: u128) -> ReservationId {
    ReservationId::from_bits(id)
}

fn needs_reconcile(outcome: Result<(), HoldsError>) -> bool {
    matches!(outcome, Err(HoldsError::NeedsReconcile))
}

contract! {
    async fn every_durable_kind_keeps_its_seat_until_it_is_removed(site: &Site) {
        for (id, kind) in [Offered, DrawPool, Returning, Closed].into_iter().enumerate() {
            let minute = 480 + 10 * u16::try_from(id).unwrap();
            let (id, seat) = (u128::try_from(id).unwrap(), seat(minute, 10, 0));
            let durable = reservation(kind, id, &seat);
            site.holds.place(&durable).await.unwrap();
            site.holds.place(&durable).await.unwrap();
            let refused = site.hold(1, &[offer(minute, 10, 1)]).await;
            assert_eq!(refused, Err(HoldRefusal::SlotTaken), "{}: {kind}", site.name);
            assert!(needs_reconcile(site.holds.remove(rsv(99), &seat).await));
            site.holds.remove(rsv(id), &seat).await.unwrap();
            site.holds.remove(rsv(id), &seat).await.unwrap();
            assert!(site.taken(minute).await.is_empty());
        }
    }

    async fn a_cancelled_booking_returns(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.book(1, 10, &offers).await;
        site.cancel(&hold, 10).await;
        site.cancel(&hold, 10).await;
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        assert!(site.hold(1, &[offer(1_000, 10, 1)]).await.is_ok(), "the person is free at once");
        site.holds.remove(rsv(10), &hold.seat).await.unwrap();
        assert!(site.hold(2, &offers).await.is_ok());
    }

    async fn a_booking_of_the_database_binds_its_person(site: &Site) {
        let theirs = booking(10, 1, &seat(480, 10, 0));
        site.holds.place(&theirs).await.unwrap();
        site.holds.place(&theirs).await.unwrap();
        assert_eq!(site.taken(480).await, [0]);
        let refused = Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(10) });
        assert_eq!(site.hold(1, &[offer(1_000, 10, 1)]).await, refused);
    }

    async fn an_offer_that_is_accepted_becomes_a_booking(site: &Site) {
        let seat = seat(480, 10, 0);
        site.holds.place(&reservation(Offered, 10, &seat)).await.unwrap();
        site.holds.place(&booking(10, 1, &seat)).await.unwrap();
        assert_eq!(site.taken(480).await, [0]);
        assert!(needs_reconcile(site.holds.remove(rsv(10), &seat).await), "no mark names it");
        assert_eq!(site.taken(480).await, [0]);
    }

    async fn what_somebody_holds_is_not_taken_from_them(site: &Site) {
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        for kind in [Offered, Closed, Booking] {
            for seat in [seat(480, 10, 0), seat(470, 40, 0), seat(485, 2, 0)] {
                assert!(needs_reconcile(site.holds.place(&reservation(kind, 9, &seat)).await));
                assert!(needs_reconcile(site.holds.remove(rsv(9), &seat).await));
            }
        }
        assert_eq!((site.taken(480).await, site.taken(475).await), (vec![0], vec![]));
        assert!(site.holds.give_up(&hold).await.unwrap());
    }

    async fn what_is_partly_booked_is_left_to_a_reconcile(site: &Site) {
        site.book(1, 10, &[offer(480, 10, 1)]).await;
        let longer = reservation(Closed, 9, &seat(475, 20, 0));
        assert!(needs_reconcile(site.holds.place(&longer).await));
        assert_eq!((site.taken(480).await, site.taken(475).await), (vec![0], vec![]));
    }

    async fn the_messages_of_a_cancellation_in_the_wrong_order_need_a_reconcile(site: &Site) {
        let hold = site.book(1, 10, &[offer(480, 10, 1)]).await;
        assert!(needs_reconcile(site.holds.remove(rsv(10), &hold.seat).await));
        assert_eq!(site.taken(480).await, [0], "nothing changed");
        assert_eq!(site.reconcile(&[]).await, slot::holds::Reconciled::Corrected);
        assert!(site.taken(480).await.is_empty());
        let late = site.holds.confirm(&hold, BookingId::from_bits(10)).await;
        assert!(needs_reconcile(late) || site.taken(480).await.is_empty());
        assert!(site.taken(480).await.is_empty());
    }

    async fn a_late_message_about_a_seat_that_is_somebody_elses_hold_changes_nothing(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let mine = site.book(1, 10, &offers).await;
        site.cancel(&mine, 10).await;
        site.holds.remove(rsv(10), &mine.seat).await.unwrap();
        let theirs = site.hold(2, &offers).await.unwrap();
        assert!(needs_reconcile(site.holds.place(&reservation(Returning, 10, &mine.seat)).await));
        assert!(needs_reconcile(site.holds.remove(rsv(10), &mine.seat).await));
        site.holds.confirm(&theirs, BookingId::from_bits(20)).await.unwrap();
        assert_eq!(site.taken(480).await, [0]);
    }
}
