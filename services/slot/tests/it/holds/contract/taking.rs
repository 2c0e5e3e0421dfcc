//! Seats are taken.

use booking::LocalDay;
use futures_util::future::join_all;
use ids::{BookingId, HoldId, Pseudonym};
use jiff::SignedDuration;
use slot::holds::{ExtendError, HoldError, HoldRefusal, HoldRequest, HoldsError};

use super::contract;
use crate::holds::site::{Site, date, offer, random};

contract! {
    async fn a_hold_takes_the_lowest_free_desk_of_the_first_offer(site: &Site) {
        let offers = [offer(480, 10, 0b0110), offer(480, 15, 1 << 63 | 1 << 32)];
        let mut seats = Vec::new();
        for person in 0..4 {
            let seat = site.hold(person, &offers).await.unwrap().seat;
            seats.push((site.day.span_of(&seat).minutes(), seat.desk.index()));
        }
        assert_eq!(seats, [(10, 1), (10, 2), (15, 32), (15, 63)]);
        assert_eq!(site.hold(9, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.taken(480).await, [1, 2, 32, 63]);
        assert_eq!(site.taken(490).await, [32, 63]);
        assert!(site.taken(495).await.is_empty() && site.taken(479).await.is_empty());
    }

    async fn every_desk_can_be_taken_and_each_once(site: &Site) {
        let offers = [offer(483, 21, u64::MAX)];
        for desk in 0..64 {
            let hold = site.hold(u128::from(desk), &offers).await.unwrap();
            assert_eq!(hold.seat.desk.index(), desk);
        }
        assert_eq!(site.hold(64, &offers).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.taken(503).await.len(), 64);
        assert!(site.taken(482).await.is_empty() && site.taken(504).await.is_empty());
    }

    async fn a_visit_needs_one_desk_for_all_its_minutes(site: &Site) {
        site.hold(1, &[offer(50, 5, 0b01)]).await.unwrap();
        site.hold(2, &[offer(60, 5, 0b10)]).await.unwrap();
        // Desk 0 is taken from minute 50, desk 1 from minute 60: neither is free throughout.
        assert_eq!(site.hold(3, &[offer(50, 15, 0b11)]).await, Err(HoldRefusal::SlotTaken));
        assert_eq!(site.hold(3, &[offer(55, 5, 0b11)]).await.unwrap().seat.desk.index(), 0);
    }

    async fn seats_of_different_lengths_and_grids_never_overlap(site: &Site) {
        site.book(1, 10, &[offer(480, 30, 0b1)]).await;
        for (from, minutes) in [(500, 10), (475, 10), (509, 1), (480, 30), (470, 60)] {
            let refused = site.hold(2, &[offer(from, minutes, 0b1)]).await;
            assert_eq!(refused, Err(HoldRefusal::SlotTaken), "{}: {from}", site.name);
        }
        assert!(site.hold(2, &[offer(510, 10, 0b1)]).await.is_ok());
        assert!(site.hold(3, &[offer(473, 7, 0b1)]).await.is_ok());
    }

    async fn who_asks_together_for_several_days_gets_an_answer_of_their_own(site: &Site) {
        let days = ["wedding", "mitte", "tempelhof"].map(|location| {
            LocalDay::new(location.parse().unwrap(), date(), &ambient::berlin())
        });
        let offers = [offer(485, 15, 0b11), offer(500, 45, 0b10_0000)];
        let asks = (0..12_u8).map(async |person| {
            let request = site.request(person.into(), &offers);
            site.ask(&HoldRequest { day: &days[usize::from(person % 3)], ..request }).await
        });
        let answers = join_all(asks).await;
        for (number, day) in days.iter().enumerate() {
            let mut seats = Vec::new();
            for person in (number..12).step_by(3) {
                match &answers[person] {
                    Ok(hold) => {
                        assert_eq!(hold.person.to_bits(), u128::try_from(person).unwrap());
                        assert_eq!(hold.seat.location, day.location);
                        seats.push((day.span_of(&hold.seat).from, hold.seat.desk.index()));
                    }
                    Err(refusal) => assert_eq!(*refusal, HoldRefusal::SlotTaken),
                }
            }
            seats.sort_unstable();
            assert_eq!(seats, [(485, 0), (485, 1), (500, 5)], "{}", site.name);
        }
    }

    async fn visits_of_every_length_take_their_minutes_and_no_others(site: &Site) {
        let mut from = 470_u16;
        for minutes in (1..=17_u16).chain([24, 25, 33, 60]) {
            let person = u128::from(from);
            site.hold(person, &[offer(from, minutes, 1 << 40)]).await.unwrap();
            let last = [offer(from + minutes - 1, 1, 1 << 40)];
            assert_eq!(site.hold(9_999, &last).await, Err(HoldRefusal::SlotTaken));
            assert!(site.taken(from - 1).await.is_empty());
            assert!(site.taken(from + minutes).await.is_empty());
            for minute in from..from + minutes {
                assert_eq!(site.taken(minute).await, [40]);
            }
            from += minutes + 1;
        }
    }

    async fn the_last_minute_of_the_longest_day_can_be_held(site: &Site) {
        site.hold(1, &[offer(1_499, 1, 1 << 63)]).await.unwrap();
        assert_eq!(site.taken(1_499).await, [63]);
        assert!(site.taken(1_498).await.is_empty());
    }

    async fn a_person_holds_one_slot_in_a_group_and_is_told_which(site: &Site) {
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        assert_eq!(hold.details, b"one passport");
        let elsewhere = [offer(1_000, 10, 1)];
        let refused = Err(HoldRefusal::AlreadyHolding(Box::new(hold.clone())));
        assert_eq!(site.hold(1, &elsewhere).await, refused);
        assert!(site.taken(1_000).await.is_empty());
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert!(site.hold(1, &elsewhere).await.is_ok());
    }

    async fn another_group_is_another_matter(site: &Site) {
        site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let group = "vehicles".parse().unwrap();
        let elsewhere = [offer(1_000, 10, 1)];
        let other = HoldRequest { group: &group, ..site.request(1, &elsewhere) };
        let other = site.ask(&other).await.unwrap();
        let groups = [site.group.clone(), group.clone(), "parking".parse().unwrap()];
        let held = site.holds.of_person(Pseudonym::from_bits(1), &groups).await.unwrap();
        assert_eq!((held.len(), &held[1]), (2, &other));
        assert!(site.holds.of_person(Pseudonym::from_bits(2), &groups).await.unwrap().is_empty());
    }

    async fn the_same_request_again_yields_the_same_hold(site: &Site) {
        let offers = [offer(480, 10, 0b11)];
        let replaces = Some(BookingId::from_bits(10));
        let request =
            HoldRequest { id: HoldId::from_bits(7), replaces, ..site.request(1, &offers) };
        let first = site.ask(&request).await.unwrap();
        assert_eq!(site.ask(&request).await, Ok(first.clone()));
        assert_eq!(site.taken(480).await, [0]);
        let lasts = SignedDuration::from_mins(20);
        let extended = site.holds.extend(&first, lasts).await.unwrap();
        assert_eq!(site.ask(&request).await, Ok(extended));
    }

    async fn whose_answer_was_lost_finds_the_hold(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let id = HoldId::from_bits(u128::from_be_bytes(random()));
        let hold = site.ask(&HoldRequest { id, ..site.request(1, &offers) }).await.unwrap();
        let groups = [site.group.clone()];
        let held = site.holds.of_person(Pseudonym::from_bits(1), &groups).await.unwrap();
        assert_eq!(held, std::slice::from_ref(&hold));
        assert_eq!(site.present(&hold).await, Some(hold));
    }

    async fn a_hold_can_be_extended_once(site: &Site) {
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let half_an_hour = SignedDuration::from_mins(30);
        let extended = site.holds.extend(&hold, half_an_hour).await.unwrap();
        assert!(extended.is_extended && extended.held_at == hold.held_at);
        let lasts = extended.expires_at.duration_since(site.now());
        assert!((lasts - half_an_hour).abs() < SignedDuration::from_mins(1), "{lasts}");
        let again = site.holds.extend(&hold, half_an_hour).await;
        assert!(matches!(again, Err(ExtendError::AlreadyExtended)), "{again:?}");
        assert_eq!(site.present(&hold).await, Some(extended.clone()));
        assert!(site.holds.give_up(&extended).await.unwrap());
        let over = site.holds.extend(&hold, half_an_hour).await;
        assert!(matches!(over, Err(ExtendError::Over)), "{over:?}");
    }

    async fn extending_never_shortens(site: &Site) {
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let extended = site.holds.extend(&hold, SignedDuration::from_secs(1)).await.unwrap();
        assert_eq!(extended.expires_at, hold.expires_at);
    }

    async fn no_hold_lasts_longer_than_an_hour_at_once(site: &Site) {
        let (offers, hour) = ([offer(480, 10, 1)], SignedDuration::from_hours(1));
        let lasts = SignedDuration::from_hours(3);
        let hold = site.ask(&HoldRequest { lasts, ..site.request(1, &offers) }).await.unwrap();
        let extended = site.holds.extend(&hold, lasts).await.unwrap();
        for ends in [hold.expires_at, extended.expires_at] {
            let left = ends.duration_since(site.now());
            assert!((left - hour).abs() < SignedDuration::from_mins(1), "{left}");
        }
    }

    async fn details_are_bounded(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let most = HoldRequest { details: &[7; 1_024], ..site.request(1, &offers) };
        let refused = site.holds.hold(&HoldRequest { details: &[7; 1_025], ..most.clone() }).await;
        assert!(matches!(refused, Err(HoldError::Failed(HoldsError::Unexpected(_)))));
        assert_eq!(site.ask(&most).await.unwrap().details, [7; 1_024]);
    }
}
