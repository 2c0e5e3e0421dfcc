//! Many at once: never more than there is.

use std::{collections::HashSet, sync::Arc};

use futures_util::future::join_all;
use ids::{BookingId, ReservationId};
use slot::holds::{Hold, HoldRefusal, HoldRequest};

use super::site::{Site, offer};

/// Every seat of `holds` once.
fn assert_distinct(site: &Site, holds: &[Hold]) {
    let seats: HashSet<_> = holds.iter().map(|hold| &hold.seat).collect();
    assert_eq!(seats.len(), holds.len(), "{}: one seat was given twice", site.name);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_200_clients_on_20_seats_exactly_20_win() {
    for site in Site::all().await {
        let site = Arc::new(site);
        let tries = (0..200).map(|person| {
            let site = site.clone();
            tokio::spawn(async move { site.hold(person, &[offer(480, 10, (1 << 20) - 1)]).await })
        });
        let (mut won, mut lost) = (Vec::new(), 0);
        for outcome in join_all(tries).await {
            match outcome.unwrap() {
                Ok(hold) => won.push(hold),
                Err(refusal) => {
                    assert_eq!(refusal, HoldRefusal::SlotTaken);
                    lost += 1;
                }
            }
        }
        assert_eq!((won.len(), lost), (20, 180), "{}", site.name);
        assert_distinct(&site, &won);
        assert_eq!(site.taken(489).await.len(), 20);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_with_fifty_windows_open_holds_once() {
    for site in Site::all().await {
        let site = Arc::new(site);
        let tries = (0..50).map(|window| {
            let site = site.clone();
            tokio::spawn(async move { site.hold(1, &[offer(window * 20, 10, 0b11)]).await })
        });
        let outcomes = join_all(tries).await;
        let won = outcomes.iter().filter(|outcome| outcome.as_ref().unwrap().is_ok()).count();
        assert_eq!(won, 1, "{}", site.name);
    }
}

/// What became of one client of the hot slot.
enum Fate {
    Refused,
    Booked(Box<Hold>),
    Cancelled,
    Moved,
}

/// One hot slot of 64 desks: holds race confirms, ends, cancellations and moves while a job frees
/// what is returning. At every moment, and at the end, each of the 64 desks is in one hand at most.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hot_slot_is_never_sold_twice() {
    for site in Site::all().await {
        let site = Arc::new(site);
        for run in 0..50 {
            // Each run has a slot of its own; the day has room for 50 and for where people move.
            let hot = u16::try_from(run).unwrap() * 3;
            let clients = (0..96).map(|client| {
                let site = site.clone();
                tokio::spawn(async move { live(&site, hot, run * 1_000 + client).await })
            });
            let mut booked = Vec::new();
            let mut refused = 0;
            for fate in join_all(clients).await {
                match fate.unwrap() {
                    Fate::Booked(hold) => booked.push(*hold),
                    Fate::Refused => refused += 1,
                    Fate::Cancelled | Fate::Moved => {}
                }
            }
            let returning = site.holds.returning().await.unwrap().holds;
            site.holds.free(&returning).await.unwrap();
            assert_distinct(&site, &booked);
            let taken = site.taken(hot).await;
            assert_eq!(taken.len(), booked.len(), "{} run {run}", site.name);
            assert!(booked.len() <= 64 && (refused > 0 || booked.len() < 64));
        }
    }
}

/// Four kinds of people: who books, who gives up, who cancels, who moves to another slot.
async fn live(site: &Site, hot: u16, person: u128) -> Fate {
    let Ok(hold) = site.hold(person, &[offer(hot, 3, u64::MAX)]).await else {
        return Fate::Refused;
    };
    let booking = person + 1_000_000;
    if person.is_multiple_of(4) {
        assert!(site.holds.give_up(&hold).await.unwrap());
        let returning = site.holds.returning().await.unwrap().holds;
        site.holds.free(&returning).await.unwrap();
        return Fate::Cancelled;
    }
    site.holds.confirm(&hold, BookingId::from_bits(booking)).await.unwrap();
    match person % 4 {
        1 => {
            leave(site, &hold, booking).await;
            Fate::Cancelled
        }
        2 => {
            let replaces = Some(BookingId::from_bits(booking));
            let elsewhere = [offer(700 + hot, 3, u64::MAX)];
            let request = HoldRequest { replaces, ..site.request(person, &elsewhere) };
            let Ok(new) = site.ask(&request).await else {
                return Fate::Booked(Box::new(hold));
            };
            let moved = BookingId::from_bits(booking + 1_000_000);
            site.holds.confirm(&new, moved).await.unwrap();
            leave(site, &hold, booking).await;
            Fate::Moved
        }
        _ => Fate::Booked(Box::new(hold)),
    }
}

/// A cancellation, and the return of its seat.
async fn leave(site: &Site, hold: &Hold, booking: u128) {
    site.cancel(hold, booking).await;
    site.holds.remove(ReservationId::from_bits(booking), &hold.seat).await.unwrap();
}
