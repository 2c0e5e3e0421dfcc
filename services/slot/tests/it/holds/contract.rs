//! What every hold store does, and does alike.

use ids::{BookingId, HoldId, Pseudonym};
use jiff::SignedDuration;
use slot::holds::{HoldRefusal, HoldRequest, HoldsError, Reconciled};

use super::site::{Site, claim, offer, seat};

const SHORT: SignedDuration = SignedDuration::from_millis(150);

/// Runs a test against every adapter.
macro_rules! contract {
    ($(async fn $name:ident($site:ident: &Site) $body:block)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            async fn check($site: &Site) $body
            for site in Site::all().await {
                eprintln!("{} on {}", stringify!($name), site.name);
                check(&site).await;
            }
        }
    )+};
}

contract! {
    async fn a_hold_takes_the_lowest_free_desk_of_the_first_offer(site: &Site) {
        let offers = [offer(96, 2, 0b0110), offer(96, 3, 1 << 63 | 1 << 32)];
        let mut seats = Vec::new();
        for person in 0..4 {
            let seat = site.hold(person, &offers).await.unwrap().seat;
            seats.push((seat.start, seat.units, seat.desk.index()));
        }
        assert_eq!(seats, [(96, 2, 1), (96, 2, 2), (96, 3, 32), (96, 3, 63)]);
        assert_eq!(site.hold(9, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.taken(96).await, [1, 2, 32, 63]);
        assert_eq!(site.taken(98).await, [32, 63]);
        assert!(site.taken(99).await.is_empty() && site.taken(95).await.is_empty());
    }

    async fn a_visit_needs_one_desk_for_all_its_units(site: &Site) {
        site.hold(1, &[offer(10, 1, 0b01)]).await.unwrap();
        site.hold(2, &[offer(12, 1, 0b10)]).await.unwrap();
        // Desk 0 is taken at unit 10, desk 1 at unit 12: neither is free throughout.
        assert_eq!(site.hold(3, &[offer(10, 3, 0b11)]).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.hold(3, &[offer(11, 1, 0b11)]).await.unwrap().seat.desk.index(), 0);
    }

    async fn the_last_unit_of_the_day_can_be_held(site: &Site) {
        let hold = site.hold(1, &[offer(287, 1, 1 << 63)]).await.unwrap();
        assert_eq!(site.taken(287).await, [63]);
        assert!(site.holds.release(&hold).await.unwrap());
        assert!(site.taken(287).await.is_empty());
    }

    async fn a_person_holds_one_slot_in_a_group(site: &Site) {
        let hold = site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
        let elsewhere = [offer(200, 2, 1)];
        assert_eq!(site.hold(1, &elsewhere).await, Err(HoldRefusal::AlreadyHolding));
        assert!(site.taken(200).await.is_empty());
        assert!(site.holds.release(&hold).await.unwrap());
        assert!(site.hold(1, &elsewhere).await.is_ok());
    }

    async fn another_group_is_another_matter(site: &Site) {
        site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
        let request = HoldRequest {
            id: HoldId::from_bits(7),
            person: Pseudonym::from_bits(1),
            group: &"vehicles".parse().unwrap(),
            day: &site.day,
            offers: &[offer(200, 2, 1)],
            replaces: None,
            lasts: SHORT,
        };
        assert!(site.holds.hold(&request).await.is_ok());
    }

    async fn the_same_request_again_yields_the_same_hold(site: &Site) {
        let request = HoldRequest {
            id: HoldId::from_bits(7),
            person: Pseudonym::from_bits(1),
            group: &site.group,
            day: &site.day,
            offers: &[offer(96, 2, 0b11)],
            replaces: None,
            lasts: SignedDuration::from_mins(10),
        };
        let first = site.holds.hold(&request).await.unwrap();
        let again = site.holds.hold(&request).await.unwrap();
        assert_eq!((first.id, &first.seat), (again.id, &again.seat));
        assert_eq!(first.expires_at, again.expires_at);
        assert_eq!(site.taken(96).await, [0]);
    }

    async fn a_hold_expires_without_a_sweeper(site: &Site) {
        let offers = [offer(96, 2, 1)];
        let hold = site.hold_for(1, &offers, SHORT, None).await.unwrap();
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        site.pass(200).await;
        assert!(site.taken(96).await.is_empty(), "readers count it as free");
        assert!(site.hold(2, &offers).await.is_ok(), "others can take it");
        assert!(site.hold(1, &[offer(200, 2, 1)]).await.is_ok(), "the person can hold again");
        assert!(!site.holds.release(&hold).await.unwrap(), "a late release does nothing");
        assert_eq!(site.taken(96).await, [0]);
    }

    async fn only_expired_marks_are_cleared(site: &Site) {
        site.hold_for(1, &[offer(96, 4, 0b01)], SHORT, None).await.unwrap();
        site.hold(2, &[offer(96, 2, 0b10)]).await.unwrap();
        site.book(3, 30, &[offer(98, 2, 0b10)]).await;
        site.pass(200).await;
        site.hold(4, &[offer(97, 1, 0b01)]).await.unwrap();
        assert_eq!(site.taken(96).await, [1]);
        assert_eq!(site.taken(97).await, [0, 1]);
        assert_eq!(site.taken(98).await, [1]);
    }

    async fn what_ends_late_hides_nothing_that_ends_soon(site: &Site) {
        let later = site.book(1, 10, &[offer(96, 2, 0b001)]).await;
        site.give_back(&later, 10, Some(site.now() + SignedDuration::from_mins(5))).await;
        site.hold(2, &[offer(96, 2, 0b010)]).await.unwrap();
        let soon = site.book(3, 30, &[offer(96, 2, 0b100)]).await;
        site.give_back(&soon, 30, Some(site.now() + SHORT)).await;
        site.hold_for(4, &[offer(100, 2, 0b001)], SHORT * 3, None).await.unwrap();
        site.pass(200).await;
        assert_eq!(site.hold(5, &[offer(96, 2, 0b111)]).await.unwrap().seat.desk.index(), 2);
        assert_eq!(site.hold(6, &[offer(100, 2, 1)]).await, Err(HoldRefusal::SlotTaken));
        site.pass(300).await;
        assert!(site.hold(6, &[offer(100, 2, 1)]).await.is_ok());
        assert_eq!(site.taken(96).await, [0, 1, 2]);
    }

    async fn a_short_hold_ends_before_a_long_one_that_was_there_first(site: &Site) {
        site.hold(1, &[offer(96, 2, 0b01)]).await.unwrap();
        site.hold_for(2, &[offer(96, 2, 0b10)], SHORT, None).await.unwrap();
        site.pass(200).await;
        assert_eq!(site.hold(3, &[offer(96, 2, 0b11)]).await.unwrap().seat.desk.index(), 1);
    }

    async fn no_hold_lasts_longer_than_an_hour(site: &Site) {
        let offers = [offer(96, 2, 1)];
        let hold = site.hold_for(1, &offers, SignedDuration::from_hours(3), None).await.unwrap();
        let lasts = hold.expires_at.duration_since(site.now());
        assert!((lasts - SignedDuration::from_hours(1)).abs() < SignedDuration::from_secs(5));
        let other = [offer(100, 2, 1)];
        assert_eq!(site.hold(1, &other).await, Err(HoldRefusal::AlreadyHolding));
        assert!(site.holds.release(&hold).await.unwrap());
        assert!(site.hold(1, &other).await.is_ok());
    }

    async fn releasing_twice_is_harmless(site: &Site) {
        let offers = [offer(96, 2, 1)];
        let hold = site.hold(1, &offers).await.unwrap();
        assert!(site.holds.release(&hold).await.unwrap());
        site.hold(2, &offers).await.unwrap();
        assert!(!site.holds.release(&hold).await.unwrap());
        assert_eq!(site.taken(96).await, [0]);
    }

    async fn a_settled_hold_stays_taken_after_its_end(site: &Site) {
        let offers = [offer(96, 2, 1)];
        let hold = site.hold_for(1, &offers, SHORT, None).await.unwrap();
        let booking = BookingId::from_bits(10);
        site.holds.settle(&hold, booking).await.unwrap();
        site.holds.settle(&hold, booking).await.unwrap();
        site.pass(200).await;
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        assert!(!site.holds.release(&hold).await.unwrap(), "it is no hold any more");
        assert_eq!(site.taken(96).await, [0]);
    }

    async fn a_person_with_a_booking_can_hold_only_to_replace_it(site: &Site) {
        site.book(1, 10, &[offer(96, 2, 1)]).await;
        let booking = BookingId::from_bits(10);
        let elsewhere = [offer(200, 2, 1)];
        let refused = Err(HoldRefusal::AlreadyBooked { booking });
        assert_eq!(site.hold(1, &elsewhere).await, refused);
        let other = Some(BookingId::from_bits(11));
        assert_eq!(site.hold_for(1, &elsewhere, SHORT, other).await, refused);
        let hold = site.hold_for(1, &elsewhere, SHORT, Some(booking)).await.unwrap();
        assert_eq!(
            site.hold_for(1, &[offer(240, 2, 1)], SHORT, Some(booking)).await,
            Err(HoldRefusal::AlreadyHolding)
        );
        assert!(site.holds.release(&hold).await.unwrap());
    }

    async fn rebooking_moves_the_mark_and_the_person(site: &Site) {
        let old = site.book(1, 10, &[offer(96, 2, 1)]).await;
        let replaces = Some(BookingId::from_bits(10));
        let new = site.hold_for(1, &[offer(200, 2, 1)], SHORT, replaces).await.unwrap();
        let booking = BookingId::from_bits(11);
        site.holds.settle(&new, booking).await.unwrap();
        site.give_back(&old, 10, None).await;
        assert!(site.taken(96).await.is_empty());
        assert_eq!(site.taken(200).await, [0]);
        let refused = Err(HoldRefusal::AlreadyBooked { booking });
        assert_eq!(site.hold(1, &[offer(240, 2, 1)]).await, refused);
    }

    async fn a_cancelled_seat_and_its_person_are_free_again(site: &Site) {
        let hold = site.book(1, 10, &[offer(96, 2, 1)]).await;
        site.give_back(&hold, 10, None).await;
        assert!(site.hold(2, &[offer(96, 2, 1)]).await.is_ok());
        assert!(site.hold(1, &[offer(200, 2, 1)]).await.is_ok());
    }

    async fn a_seat_given_back_for_later_is_free_only_then(site: &Site) {
        let offers = [offer(96, 2, 1)];
        let hold = site.book(1, 10, &offers).await;
        site.give_back(&hold, 10, Some(site.now() + SHORT)).await;
        assert_eq!(site.hold(2, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.taken(96).await, [0]);
        assert!(site.hold(1, &[offer(200, 2, 1)]).await.is_ok(), "the person is free at once");
        site.pass(200).await;
        assert!(site.taken(96).await.is_empty());
        assert!(site.hold(2, &offers).await.is_ok());
    }

    async fn late_and_repeated_messages_change_nothing(site: &Site) {
        let offers = [offer(96, 2, 1)];
        let booking = BookingId::from_bits(10);
        let old = site.book(1, 10, &offers).await;
        site.give_back(&old, 10, None).await;
        site.holds.settle(&old, booking).await.unwrap();
        assert!(site.taken(96).await.is_empty(), "a settle after the end brings nothing back");
        site.book(2, 20, &offers).await;
        site.give_back(&old, 10, None).await;
        assert_eq!(site.taken(96).await, [0], "a second free does not touch the next booking");
        assert!(site.hold(1, &[offer(200, 2, 1)]).await.is_ok());
    }

    async fn a_booking_takes_its_seat_from_whoever_holds_it_by_now(site: &Site) {
        let mine = site.hold_for(1, &[offer(98, 2, 1)], SHORT, None).await.unwrap();
        site.pass(200).await;
        let theirs = site.hold(2, &[offer(96, 4, 1)]).await.unwrap();
        // The database committed mine: the confirm was on its way when the hold expired.
        let outcome = site.holds.settle(&mine, BookingId::from_bits(10)).await;
        assert!(matches!(outcome, Err(HoldsError::Contested)));
        assert!(site.taken(96).await.is_empty(), "what they held besides is free");
        assert_eq!(site.taken(98).await, [0]);
        assert!(!site.holds.release(&theirs).await.unwrap());
        assert_eq!(site.taken(98).await, [0]);
    }

    async fn freeing_a_seat_that_somebody_holds_by_now_leaves_it_theirs(site: &Site) {
        let mine = site.hold_for(1, &[offer(96, 2, 1)], SHORT, None).await.unwrap();
        site.pass(200).await;
        // The settle of my booking was lost, and somebody took the seat before it was cancelled.
        site.hold(2, &[offer(96, 2, 1)]).await.unwrap();
        site.give_back(&mine, 10, None).await;
        assert_eq!(site.taken(96).await, [0]);
        assert_eq!(site.hold(3, &[offer(96, 2, 1)]).await, Err(HoldRefusal::SlotTaken));
    }

    async fn a_free_without_its_settle_does_not_touch_the_next_booking(site: &Site) {
        let mine = site.hold_for(1, &[offer(96, 2, 1)], SHORT, None).await.unwrap();
        site.pass(200).await;
        // My settle is late, I cancelled, and somebody booked the seat before my free arrives.
        site.book(2, 20, &[offer(96, 2, 1)]).await;
        site.give_back(&mine, 10, None).await;
        site.holds.settle(&mine, BookingId::from_bits(10)).await.unwrap();
        assert_eq!(site.taken(96).await, [0]);
        let booking = BookingId::from_bits(20);
        let refused = Err(HoldRefusal::AlreadyBooked { booking });
        assert_eq!(site.hold(2, &[offer(200, 2, 1)]).await, refused);
    }

    async fn the_messages_of_a_move_may_come_in_any_order(site: &Site) {
        let old = site.hold_for(1, &[offer(96, 2, 1)], SHORT, None).await.unwrap();
        site.pass(200).await;
        let replaces = Some(BookingId::from_bits(10));
        let new = site.hold_for(1, &[offer(200, 2, 1)], SHORT, replaces).await.unwrap();
        site.holds.settle(&new, BookingId::from_bits(11)).await.unwrap();
        // The settle of the old booking comes only now.
        site.holds.settle(&old, BookingId::from_bits(10)).await.unwrap();
        site.give_back(&old, 10, None).await;
        assert!(site.taken(96).await.is_empty());
        assert_eq!(site.taken(200).await, [0]);
        let booking = BookingId::from_bits(11);
        let refused = Err(HoldRefusal::AlreadyBooked { booking });
        assert_eq!(site.hold(1, &[offer(240, 2, 1)]).await, refused);
    }

    async fn whose_mark_is_not_clear_is_left_to_a_reconcile(site: &Site) {
        let mine = site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
        assert!(site.holds.release(&mine).await.unwrap());
        site.book(2, 20, &[offer(96, 2, 1)]).await;
        // I released the hold and confirmed it all the same, then cancelled; they confirmed. All
        // that is in order for the database, but my messages come last.
        let late = site.holds.settle(&mine, BookingId::from_bits(10)).await;
        assert!(matches!(late, Err(HoldsError::Contested)), "{late:?}");
        let given = slot::holds::GivenBack {
            booking: BookingId::from_bits(10),
            person: mine.person,
            group: &mine.group,
            seat: &mine.seat,
            not_before: None,
        };
        let late = site.holds.free(&given).await;
        assert!(matches!(late, Err(HoldsError::Contested)), "{late:?}");
        assert_eq!(site.taken(96).await, [0], "theirs stays");
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        let claims = [claim(20, 2, seat(96, 2, 0))];
        assert_eq!(site.holds.reconcile(&version, &claims).await.unwrap(), Reconciled::Done);
        let theirs = slot::holds::GivenBack {
            booking: BookingId::from_bits(20),
            person: Pseudonym::from_bits(2),
            ..given
        };
        site.holds.free(&theirs).await.unwrap();
        assert!(site.taken(96).await.is_empty(), "after a reconcile all is clear again");
    }

    async fn a_forgotten_booking_still_gives_its_seat_back(site: &Site) {
        let hold = site.book(1, 10, &[offer(96, 2, 1)]).await;
        let (person, booking) = (Pseudonym::from_bits(1), BookingId::from_bits(10));
        site.holds.forget(person, &site.group, booking).await.unwrap();
        site.give_back(&hold, 10, None).await;
        assert!(site.taken(96).await.is_empty());
    }

    async fn a_forgotten_booking_no_longer_binds_the_person(site: &Site) {
        site.book(1, 10, &[offer(96, 2, 1)]).await;
        let (person, booking) = (Pseudonym::from_bits(1), BookingId::from_bits(10));
        let other = BookingId::from_bits(11);
        site.holds.forget(person, &site.group, other).await.unwrap();
        assert!(site.hold(1, &[offer(200, 2, 1)]).await.is_err(), "another booking's news");
        site.holds.forget(person, &site.group, booking).await.unwrap();
        assert!(site.hold(1, &[offer(200, 2, 1)]).await.is_ok());
        assert_eq!(site.taken(96).await, [0], "the seat stays as it is");
    }

    async fn the_feed_names_the_days_that_changed(site: &Site) {
        let start = site.holds.changes(None).await.unwrap();
        assert!(start.complete);
        let hold = site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
        let next = site.holds.changes(Some(&start)).await.unwrap();
        assert!(!next.complete && next.version > start.version);
        assert_eq!(next.days, [(site.day.location.clone(), site.day.date)]);
        assert!(site.hold(2, &[offer(96, 2, 1)]).await.is_err());
        let quiet = site.holds.changes(Some(&next)).await.unwrap();
        assert!(quiet.days.is_empty() && quiet.version == next.version);
        assert!(site.holds.release(&hold).await.unwrap());
        assert_eq!(site.holds.changes(Some(&quiet)).await.unwrap().days.len(), 1);
        let drift = next.now.duration_since(site.now()).abs();
        assert!(drift < SignedDuration::from_secs(5), "{drift}");
    }

    async fn a_loaded_store_needs_no_rebuild(site: &Site) {
        assert!(site.holds.begin_rebuild().await.unwrap().is_none());
    }

    async fn reconcile_makes_a_day_what_the_database_says(site: &Site) {
        let wrong = site.book(1, 10, &[offer(96, 2, 1)]).await;
        let collides = site.hold(2, &[offer(100, 4, 1)]).await.unwrap();
        let stays = site.hold(3, &[offer(200, 2, 1)]).await.unwrap();
        let claims = [
            claim(20, 4, seat(102, 2, 0)),
            slot::holds::Claim {
                free_at: Some(site.now() + SHORT),
                active: None,
                ..claim(21, 5, seat(150, 1, 3))
            },
        ];
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        let outcome = site.holds.reconcile(&version, &claims).await.unwrap();
        assert_eq!(outcome, Reconciled::Done);
        assert!(site.taken(wrong.seat.start).await.is_empty(), "no claim, no mark");
        assert!(site.taken(100).await.is_empty(), "the hold that collided is gone");
        assert!(!site.holds.release(&collides).await.unwrap());
        assert_eq!(site.taken(102).await, [0]);
        assert_eq!(site.taken(150).await, [3]);
        assert_eq!(site.taken(200).await, [0]);
        assert!(site.holds.release(&stays).await.unwrap());
        assert!(site.hold(4, &[offer(240, 2, 1)]).await.is_err(), "the booking binds its person");
        site.pass(200).await;
        assert!(site.taken(150).await.is_empty());
    }

    async fn reconcile_does_nothing_if_the_day_changed_meanwhile(site: &Site) {
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        site.book(1, 10, &[offer(96, 2, 1)]).await;
        let outcome = site.holds.reconcile(&version, &[]).await.unwrap();
        assert_eq!(outcome, Reconciled::Changed);
        assert_eq!(site.taken(96).await, [0]);
    }

    async fn what_is_left_to_a_reconcile_makes_older_claims_void(site: &Site) {
        let mine = site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
        assert!(site.holds.release(&mine).await.unwrap());
        site.book(2, 20, &[offer(96, 2, 1)]).await;
        let late = site.holds.settle(&mine, BookingId::from_bits(10)).await;
        assert!(matches!(late, Err(HoldsError::Contested)), "{late:?}");
        // Somebody reads the claims to put that right, and then the booking is cancelled.
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        let claims = [claim(20, 2, seat(96, 2, 0))];
        let given = slot::holds::GivenBack {
            booking: BookingId::from_bits(20),
            person: Pseudonym::from_bits(2),
            group: &site.group,
            seat: &mine.seat,
            not_before: None,
        };
        assert!(matches!(site.holds.free(&given).await, Err(HoldsError::Contested)));
        assert_eq!(site.holds.reconcile(&version, &claims).await.unwrap(), Reconciled::Changed);
    }

    async fn reconcile_does_not_wait_until_nobody_holds(site: &Site) {
        let wrong = site.book(1, 10, &[offer(96, 2, 1)]).await;
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        site.hold(2, &[offer(100, 2, 1)]).await.unwrap();
        let hold = site.hold(3, &[offer(104, 2, 1)]).await.unwrap();
        assert!(site.holds.release(&hold).await.unwrap());
        assert_eq!(site.holds.reconcile(&version, &[]).await.unwrap(), Reconciled::Done);
        assert!(site.taken(wrong.seat.start).await.is_empty());
        assert_eq!((site.taken(100).await, site.taken(104).await), (vec![0], vec![]));
    }

    async fn reconcile_leaves_a_seat_that_came_free_meanwhile_to_who_took_it(site: &Site) {
        let hold = site.book(1, 10, &[offer(96, 2, 1)]).await;
        let free_at = site.now() + SHORT;
        site.give_back(&hold, 10, Some(free_at)).await;
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        let given_back = claim(10, 1, hold.seat);
        let claims =
            [slot::holds::Claim { free_at: Some(free_at), active: None, ..given_back }];
        site.pass(200).await;
        let theirs = site.hold(2, &[offer(96, 2, 1)]).await.unwrap();
        assert_eq!(site.holds.reconcile(&version, &claims).await.unwrap(), Reconciled::Done);
        assert_eq!(site.taken(96).await, [0]);
        assert!(site.holds.release(&theirs).await.unwrap());
        assert!(site.taken(96).await.is_empty());
    }
}
