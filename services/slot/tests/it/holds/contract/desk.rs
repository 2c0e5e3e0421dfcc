//! What is for the desk only.

use ids::{BookingId, ReservationId};
use slot::holds::{HoldRefusal, Reconciled};

use super::contract;
use crate::holds::site::{Closed, Site, booking, offer, reservation, seat};

contract! {
    async fn closed_time_is_for_staff_only(site: &Site) {
        site.holds.place(&reservation(Closed, 9, &seat(480, 60, 1))).await.unwrap();
        let offers = [offer(500, 10, 0b10)];
        assert_eq!(site.hold(1, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.for_desk().await, [(480, 540, 1)]);
        let hold = site.hold_at_desk(1, &offers).await.unwrap();
        assert_eq!(hold.seat, seat(500, 10, 1));
        assert_eq!(site.for_desk().await, [(480, 500, 1), (510, 540, 1)]);
        assert_eq!(site.hold_at_desk(2, &offers).await, Err(HoldRefusal::SlotTaken));
        let across = site.hold_at_desk(2, &[offer(535, 10, 0b10)]).await;
        assert_eq!(across, Err(HoldRefusal::SlotTaken), "it must fit in");
    }

    async fn staff_get_what_is_free_before_what_is_closed(site: &Site) {
        site.holds.place(&reservation(Closed, 9, &seat(480, 60, 0))).await.unwrap();
        let offers = [offer(480, 10, 0b11)];
        assert_eq!(site.hold_at_desk(1, &offers).await.unwrap().seat.desk.index(), 1);
        assert_eq!(site.hold_at_desk(2, &offers).await.unwrap().seat.desk.index(), 0);
    }

    async fn what_staff_give_up_is_closed_again_as_a_whole(site: &Site) {
        site.holds.place(&reservation(Closed, 9, &seat(480, 60, 0))).await.unwrap();
        let hold = site.hold_at_desk(1, &[offer(500, 10, 1)]).await.unwrap();
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert!(site.holds.returning().await.unwrap().holds.is_empty());
        assert_eq!(site.for_desk().await, [(480, 540, 0)]);
        assert!(site.hold_at_desk(1, &[offer(480, 60, 1)]).await.is_ok());
        assert!(site.for_desk().await.is_empty());
    }

    async fn what_staff_let_expire_is_closed_again(site: &Site) {
        site.holds.place(&reservation(Closed, 9, &seat(480, 60, 0))).await.unwrap();
        let offers = [offer(480, 10, 1)];
        let request = slot::holds::HoldRequest {
            at_desk: true,
            lasts: crate::holds::site::SHORT,
            ..site.request(1, &offers)
        };
        let hold = site.ask(&request).await.unwrap();
        site.wait_for_end_of(&hold).await;
        let ended = site.wait_for_expired(1).await;
        assert_eq!(ended[0].id, hold.id);
        assert_eq!(site.for_desk().await, [(480, 540, 0)]);
        assert_eq!(site.holds.free(&ended).await.unwrap(), 0);
        assert!(!site.holds.keep_for_desk(&ended[0]).await.unwrap());
    }

    async fn opening_closed_time_leaves_what_staff_hold_and_booked_in_it(site: &Site) {
        let closed = seat(480, 60, 0);
        site.holds.place(&reservation(Closed, 9, &closed)).await.unwrap();
        let booked = site.hold_at_desk(1, &[offer(490, 10, 1)]).await.unwrap();
        site.holds.confirm(&booked, BookingId::from_bits(10)).await.unwrap();
        let held = site.hold_at_desk(2, &[offer(510, 10, 1)]).await.unwrap();
        site.holds.place(&reservation(Closed, 9, &closed)).await.unwrap_or_default();
        site.holds.remove(ReservationId::from_bits(9), &closed).await.unwrap();
        for (minute, taken) in [(480, false), (490, true), (500, false), (510, true), (530, false)] {
            assert_eq!(!site.taken(minute).await.is_empty(), taken, "{}: {minute}", site.name);
        }
        assert!(site.for_desk().await.is_empty());
        assert!(site.holds.give_up(&held).await.unwrap());
        assert_eq!(site.holds.returning().await.unwrap().holds.len(), 1, "it returns to the public");
    }

    async fn the_seat_of_an_ended_hold_can_be_kept_for_the_desk(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.hold(1, &offers).await.unwrap();
        assert!(site.holds.give_up(&hold).await.unwrap());
        let returning = site.holds.returning().await.unwrap().holds;
        assert!(site.holds.keep_for_desk(&returning[0]).await.unwrap());
        assert!(!site.holds.keep_for_desk(&returning[0]).await.unwrap());
        assert_eq!(site.holds.free(&returning).await.unwrap(), 0);
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.for_desk().await, [(480, 490, 0)]);
        assert_eq!(site.reconcile(&[]).await, Reconciled::AsExpected, "it stays");
        let taken = site.hold_at_desk(2, &offers).await.unwrap();
        assert!(site.holds.give_up(&taken).await.unwrap());
        assert_eq!(site.for_desk().await, [(480, 490, 0)]);
        let mine = site.reconcile(&[booking(10, 3, &hold.seat)]).await;
        assert_eq!(mine, Reconciled::Corrected);
        assert!(site.for_desk().await.is_empty());
    }

    async fn a_reconcile_leaves_what_staff_hold_in_closed_time(site: &Site) {
        let closed = [reservation(Closed, 9, &seat(480, 60, 0))];
        site.holds.place(&closed[0]).await.unwrap();
        let hold = site.hold_at_desk(1, &[offer(500, 10, 1)]).await.unwrap();
        assert_eq!(site.reconcile(&closed).await, Reconciled::AsExpected);
        assert_eq!(site.for_desk().await, [(480, 500, 0), (510, 540, 0)]);
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert_eq!(site.for_desk().await, [(480, 540, 0)]);
        let again = site.hold_at_desk(1, &[offer(500, 10, 1)]).await.unwrap();
        assert_eq!(site.reconcile(&[]).await, Reconciled::Corrected);
        assert!(site.for_desk().await.is_empty());
        assert_eq!((site.taken(480).await, site.taken(500).await), (vec![], vec![0]));
        assert!(site.holds.give_up(&again).await.unwrap());
        assert_eq!(site.holds.returning().await.unwrap().holds.len(), 1);
    }
}
