//! Before the store is loaded, and while it is.

use ids::{BookingId, Pseudonym, ServiceId};
use jiff::SignedDuration;
use redis::AsyncCommands as _;
use slot::holds::{FactsNeeded, HoldRefusal, HoldRequest, Holds, HoldsError, Reconciled};

use super::site::{Closed, Returning, Site, booking, offer, reservation, seat};

#[tokio::test]
async fn what_is_loaded_is_there() {
    for site in [Some(Site::memory()), Site::redis(), Site::cluster()].into_iter().flatten() {
        let hour = site.now() + SignedDuration::from_hours(1);
        let rebuild = site.holds.begin_rebuild().await.unwrap().unwrap();
        assert!(site.holds.begin_rebuild().await.unwrap().is_none(), "somebody is at it");
        let claims = [
            booking(20, 4, &seat(480, 10, 0)),
            reservation(Returning, 21, &seat(750, 5, 3)),
            reservation(Closed, 22, &seat(800, 60, 2)),
        ];
        site.holds.load(&rebuild, &claims).await.unwrap();
        let (person, service): (_, ServiceId) =
            (Pseudonym::from_bits(1), "permit".parse().unwrap());
        site.holds.load_history(&rebuild, &[(Pseudonym::from_bits(2), hour)]).await.unwrap();
        let entitled = [(person, service.clone(), hour)];
        site.holds.load_entitled(&rebuild, &entitled).await.unwrap();
        let early = site.holds.changes(None).await;
        assert!(matches!(early, Err(HoldsError::NotLoaded)), "{}", site.name);
        site.holds.finish_rebuild(rebuild).await.unwrap();

        assert_eq!((site.taken(489).await, site.taken(750).await), (vec![0], vec![3]));
        assert_eq!(site.for_desk().await, [(800, 860, 2)]);
        let bound = site.hold(4, &[offer(1_000, 5, 1)]).await;
        assert_eq!(bound, Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(20) }));
        assert!(site.hold(1, &[offer(480, 10, 1)]).await.is_err());
        let offers = [offer(480, 10, 2)];
        let entitled_to = [service];
        let facts = FactsNeeded::FromStore { no_history: true, entitled_to: &entitled_to };
        let entitled = HoldRequest { facts, ..site.request(1, &offers) };
        assert!(site.ask(&entitled).await.is_ok());
        let facts = FactsNeeded::FromStore { no_history: true, entitled_to: &[] };
        let history = HoldRequest { facts, ..site.request(2, &offers) };
        assert_eq!(site.ask(&history).await, Err(HoldRefusal::AskDatabase));
        assert_eq!(site.reconcile(&claims).await, Reconciled::AsExpected, "{}", site.name);
        let feed = site.holds.changes(None).await.unwrap();
        assert!(feed.complete && feed.days.len() == 1);
    }
}

#[tokio::test]
async fn a_rebuild_that_took_too_long_is_left_to_the_next() {
    let site = Site::memory();
    let slow = site.holds.begin_rebuild().await.unwrap().unwrap();
    site.holds.load(&slow, &[]).await.unwrap();
    site.advance(SignedDuration::from_secs(9));
    assert!(site.holds.begin_rebuild().await.unwrap().is_none());
    site.holds.load(&slow, &[]).await.unwrap();
    site.advance(SignedDuration::from_secs(11));
    let next = site.holds.begin_rebuild().await.unwrap().unwrap();
    let too_late = site.holds.load(&slow, &[booking(1, 1, &seat(480, 10, 0))]).await;
    assert!(matches!(too_late, Err(HoldsError::NotLoaded)), "{too_late:?}");
    assert!(matches!(site.holds.finish_rebuild(slow).await, Err(HoldsError::NotLoaded)));
    site.holds.load(&next, &[booking(20, 4, &seat(600, 10, 0))]).await.unwrap();
    site.holds.finish_rebuild(next).await.unwrap();
    assert_eq!((site.taken(480).await, site.taken(600).await), (vec![], vec![0]));
}

#[tokio::test]
async fn reservations_that_were_read_before_a_loss_are_void() {
    for site in [Some(Site::memory()), Site::redis()].into_iter().flatten() {
        site.load(&[]).await;
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        let hold = site.hold(1, &[offer(1_000, 10, 1)]).await.unwrap();
        lose(&site).await;
        site.load(&[booking(20, 4, &seat(480, 10, 0))]).await;
        let outcome = site.holds.reconcile(&version, &[]).await.unwrap();
        assert_eq!(outcome, Reconciled::Changed, "{}", site.name);
        assert_eq!(site.taken(480).await, [0], "{}", site.name);
        let unknown = site.holds.state_of(&hold).await.unwrap();
        assert_eq!(unknown, slot::holds::HoldState::Unknown, "only its token tells");
        let late = site.holds.confirm(&hold, BookingId::from_bits(10)).await;
        assert!(matches!(late, Err(HoldsError::NeedsReconcile)), "{late:?}");
    }
}

async fn lose(site: &Site) {
    match &site.holds {
        Holds::Memory(holds) => holds.lose_everything(),
        Holds::Redis(_) => {
            let client = redis::Client::open(testkit::redis_url().unwrap()).unwrap();
            let mut connection = client.get_multiplexed_async_connection().await.unwrap();
            let keys = format!("*{}*", site.authority());
            let keys: Vec<Vec<u8>> = connection.keys(keys).await.unwrap();
            let _: () = connection.del(keys).await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_an_earlier_epoch_left_behind_goes_when_the_next_begins() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    let reservations: Vec<_> = (0..3_000_u16)
        .map(|number| {
            let seat = seat(number / 60 * 10, 10, u8::try_from(number % 60).unwrap());
            booking(number.into(), number.into(), &seat)
        })
        .collect();
    site.load(&reservations).await;
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let of_authority = format!("*{}*", site.authority());
    let epoch: Vec<String> = connection.keys(format!("{of_authority}:epoch")).await.unwrap();
    let _: () = connection.del(epoch).await.unwrap();
    let before: Vec<Vec<u8>> = connection.keys(&of_authority).await.unwrap();
    assert!(before.len() > 3_000, "{}", before.len());
    site.load(&[]).await;
    let left: Vec<Vec<u8>> = connection.keys(&of_authority).await.unwrap();
    assert_eq!(left.len(), 2, "the epoch and the set of ended holds: {left:?}");
}
