//! Holds end, and nothing becomes free because time passes.

use std::{cell::RefCell, collections::BTreeSet};

use ids::BookingId;
use jiff::SignedDuration;
use slot::holds::{EndedHold, Hold, HoldRefusal, HoldRequest, HoldState, HoldsError};

use super::contract;
use crate::holds::site::{Site, WAIT_TIMEOUT, offer};

/// What an ended hold says, apart from when it ended.
fn is_of(ended: &EndedHold, hold: &Hold, site: &Site) -> bool {
    (ended.id, ended.person, ended.held_at) == (hold.id, hold.person, hold.held_at)
        && (&ended.seat, &ended.group) == (&hold.seat, &hold.group)
        && ended.usable_until == site.day.time_of(0)
}

contract! {
    async fn an_expired_hold_binds_nobody_but_its_seat_stays_taken(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.hold_shortly(1, &offers).await;
        site.wait_for_end_of(&hold).await;
        assert_eq!(site.taken(480).await, [0]);
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        assert!(!site.holds.give_up(&hold).await.unwrap(), "it is over");
        assert!(site.hold(1, &[offer(1_000, 10, 1)]).await.is_ok(), "the person can hold again");

        let ended = site.wait_for_expired(1).await;
        assert!(ended.len() == 1 && is_of(&ended[0], &hold, site), "{ended:?}");
        assert_eq!(ended[0].ended_at, hold.expires_at);
        assert!(site.holds.end_expired(100).await.unwrap().is_empty(), "each is given once");
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        let returning = site.holds.returning().await.unwrap();
        assert_eq!(returning.holds, ended);
        assert!(returning.now.duration_since(site.now()).abs() < SignedDuration::from_mins(1));

        assert_eq!(site.holds.free(&ended).await.unwrap(), 1);
        assert!(site.taken(480).await.is_empty());
        assert!(site.holds.returning().await.unwrap().holds.is_empty());
        site.hold(2, &offers).await.unwrap();
        assert_eq!(site.holds.free(&ended).await.unwrap(), 0, "it is somebody's now");
        assert_eq!(site.taken(480).await, [0]);
    }

    async fn a_hold_that_was_given_up_keeps_its_seat_from_everybody(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.hold(1, &offers).await.unwrap();
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert!(!site.holds.give_up(&hold).await.unwrap());
        assert_eq!(site.hold(1, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        let returning = site.holds.returning().await.unwrap().holds;
        assert!(returning.len() == 1 && is_of(&returning[0], &hold, site), "{returning:?}");
        let before = returning[0].ended_at.duration_since(site.now()).abs();
        assert!(before < SignedDuration::from_mins(1));
        assert_eq!(site.holds.free(&returning).await.unwrap(), 1);
        assert_eq!(site.hold(2, &offers).await.unwrap().seat, hold.seat);
        assert!(!site.holds.give_up(&hold).await.unwrap(), "theirs is not mine");
    }

    async fn a_hold_cannot_be_confirmed_after_it_was_given_up(site: &Site) {
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert_eq!(site.holds.state_of(&hold).await.unwrap(), HoldState::Over);
        let late = site.holds.confirm(&hold, BookingId::from_bits(10)).await;
        assert!(matches!(late, Err(HoldsError::NeedsReconcile)), "{late:?}");
        assert_eq!(site.holds.returning().await.unwrap().holds.len(), 1, "nothing changed");
        assert!(site.hold(1, &[offer(1_000, 10, 1)]).await.is_ok(), "nobody is bound");
    }

    async fn an_extended_hold_does_not_end_before_its_time(site: &Site) {
        // Long enough for a busy machine to extend it.
        let lasts = SignedDuration::from_secs(5);
        let offers = [offer(480, 10, 1)];
        let hold = site.ask(&HoldRequest { lasts, ..site.request(1, &offers) }).await.unwrap();
        site.holds.extend(&hold, SignedDuration::from_mins(10)).await.unwrap();
        site.advance(lasts);
        // Over after the first one would have been.
        let offers = [offer(600, 10, 1)];
        let other = HoldRequest { lasts, ..site.request(2, &offers) };
        let other = site.ask(&other).await.unwrap();
        site.advance(lasts);
        site.wait_for_end_of(&other).await;
        let ended = site.wait_for_expired(1).await;
        assert!(ended.len() == 1 && ended[0].id == other.id, "{ended:?}");
        assert!(matches!(site.holds.state_of(&hold).await.unwrap(), HoldState::InForce { .. }));
    }

    async fn what_expired_is_given_in_portions(site: &Site) {
        for person in 0..5 {
            site.hold_shortly(person, &[offer(480, 10, u64::MAX)]).await;
        }
        let last = site.hold_shortly(5, &[offer(480, 10, u64::MAX)]).await;
        site.wait_for_end_of(&last).await;
        site.advance(SignedDuration::from_secs(20));
        let ended = RefCell::new(BTreeSet::new());
        testkit::eventually(WAIT_TIMEOUT, async || {
            let some = site.holds.end_expired(4).await.unwrap();
            assert!(some.len() <= 4);
            let people = some.into_iter().map(|ended| ended.person);
            people.for_each(|person| assert!(ended.borrow_mut().insert(person), "each once"));
            (ended.borrow().len() == 6).then_some(())
        })
        .await;
    }

    async fn a_confirmed_hold_does_not_end(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.hold_shortly(1, &offers).await;
        site.holds.confirm(&hold, BookingId::from_bits(10)).await.unwrap();
        let other = site.hold_shortly(2, &[offer(600, 10, 1)]).await;
        site.wait_for_end_of(&other).await;
        let ended = site.wait_for_expired(1).await;
        assert!(ended.len() == 1 && ended[0].id == other.id, "{ended:?}");
        assert_eq!(site.taken(480).await, [0]);
        assert!(!site.holds.give_up(&hold).await.unwrap(), "it is no hold any more");
        assert_eq!(site.holds.state_of(&hold).await.unwrap(), HoldState::Over);
    }

    async fn a_confirm_that_comes_after_the_expiry_still_finds_its_seat(site: &Site) {
        let hold = site.hold_shortly(1, &[offer(480, 10, 1)]).await;
        site.wait_for_end_of(&hold).await;
        // The database committed in time, and nobody has ended the hold yet.
        site.holds.confirm(&hold, BookingId::from_bits(10)).await.unwrap();
        let other = site.hold_shortly(2, &[offer(600, 10, 1)]).await;
        site.wait_for_end_of(&other).await;
        let ended = site.wait_for_expired(1).await;
        assert!(ended.iter().all(|ended| ended.id == other.id), "{ended:?}");
        assert_eq!(site.taken(480).await, [0]);
        let booking = BookingId::from_bits(10);
        let refused = site.hold(1, &[offer(1_000, 10, 1)]).await;
        assert_eq!(refused, Err(HoldRefusal::AlreadyBooked { booking }));
    }

    async fn who_confirms_late_keeps_the_hold_they_have_by_then(site: &Site) {
        let mine = site.hold_shortly(1, &[offer(480, 10, 1)]).await;
        site.wait_for_end_of(&mine).await;
        let later = site.hold(1, &[offer(600, 10, 1)]).await.unwrap();
        site.holds.confirm(&mine, BookingId::from_bits(10)).await.unwrap();
        assert_eq!(site.present(&later).await, Some(later));
    }
}
