//! A location has another name: what is kept there goes along.

use ids::{BookingId, LocationId};
use slot::holds::{Hold, HoldRequest, HoldState, Reconciled};

use super::contract;
use crate::holds::site::{Closed, Returning, Site, booking, offer, reservation, seat};

fn new_name() -> LocationId {
    "tiergarten".parse().unwrap()
}

async fn rename(site: &Site) {
    let day = (site.day.location.clone(), site.day.date);
    site.holds.rename_day(&day, &new_name()).await.unwrap();
}

/// The same place by its new name.
fn there(site: &Site) -> Site {
    let mut there = site.beside();
    there.day.location = new_name();
    there
}

fn moved(hold: &Hold) -> Hold {
    let mut moved = hold.clone();
    moved.seat.location = new_name();
    moved
}

contract! {
    async fn what_is_held_is_held_by_the_new_name(site: &Site) {
        let there = there(site);
        let held = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let ended = site.hold(2, &[offer(500, 10, 1)]).await.unwrap();
        assert!(site.holds.give_up(&ended).await.unwrap());
        site.book(3, 30, &[offer(520, 10, 1)]).await;
        let start = site.holds.changes(None).await.unwrap();
        rename(site).await;

        for minute in [480, 500, 520] {
            assert_eq!(there.taken(minute).await, [0], "{minute}");
            assert_eq!(site.taken(minute).await, [0], "until the old day is compared");
        }
        let days = site.holds.changes(Some(&start)).await.unwrap().days;
        assert!(days.iter().any(|(location, _)| *location == new_name()), "{days:?}");
        // Holders see the new name, and the same request is the same hold.
        let groups = [site.group.clone()];
        assert_eq!(site.holds.of_person(held.person, &groups).await.unwrap(), [moved(&held)]);
        assert_eq!(site.present(&held).await, Some(moved(&held)));
        let offers = [offer(480, 10, 1)];
        let again = HoldRequest { id: held.id, ..there.request(1, &offers) };
        assert_eq!(there.ask(&again).await.unwrap(), moved(&held));
        // What returns does so there.
        let returning = site.holds.returning().await.unwrap().holds;
        assert_eq!(returning.len(), 1);
        assert_eq!(returning[0].seat, moved(&ended).seat);
        assert_eq!(site.holds.free(&returning).await.unwrap(), 1);
        assert!(there.taken(500).await.is_empty());

        // The day of the old name is empty once it is compared, and the new one is right.
        assert_eq!(site.reconcile(&[]).await, Reconciled::Corrected);
        assert!(site.taken(480).await.is_empty());
        let mut booked = booking(30, 3, &seat(520, 10, 0));
        booked.seat.location = new_name();
        let _ = there.reconcile(std::slice::from_ref(&booked)).await;
        assert_eq!((there.taken(480).await, there.taken(520).await), (vec![0], vec![0]));
        site.holds.confirm(&moved(&held), BookingId::from_bits(10)).await.unwrap();
        assert_eq!(there.taken(480).await, [0]);
        assert_eq!(site.holds.state_of(&held).await.unwrap(), HoldState::Over);
    }

    async fn a_hold_ends_by_the_new_name_and_only_once(site: &Site) {
        let hold = site.hold_shortly(1, &[offer(480, 10, 1)]).await;
        rename(site).await;
        site.wait_for_end_of(&hold).await;
        let ended = site.wait_for_expired(1).await;
        assert!(ended.len() == 1 && ended[0].seat == moved(&hold).seat, "{ended:?}");
        assert!(site.holds.end_expired(100).await.unwrap().is_empty());
        let other = there(site).hold(2, &[offer(480, 10, 1)]).await;
        assert!(other.is_err(), "it is returning");
    }

    async fn two_locations_become_one_and_what_comes_later_is_taken_along(site: &Site) {
        let there = there(site);
        let first = there.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let second = site.hold(2, &[offer(480, 10, 0b10)]).await.unwrap();
        let closed = reservation(Closed, 20, &seat(600, 60, 0));
        site.holds.place(&closed).await.unwrap();
        site.holds.place(&reservation(Returning, 21, &seat(700, 10, 0))).await.unwrap();
        rename(site).await;
        assert_eq!(there.taken(480).await, [0, 1]);
        assert_eq!((there.taken(600).await, there.taken(700).await), (vec![0], vec![0]));
        assert_eq!(there.for_desk().await, [(600, 660, 0)]);
        assert_eq!(site.present(&first).await, Some(first));
        let in_force = Some(moved(&second));
        assert_eq!(site.present(&second).await, in_force);
        // A process that had not heard of it yet.
        let _ = site.reconcile(&[]).await;
        let late = site.hold(3, &[offer(480, 10, 0b100)]).await.unwrap();
        rename(site).await;
        assert_eq!(there.taken(480).await, [0, 1, 2]);
        assert_eq!(site.present(&late).await, Some(moved(&late)));
    }
}
