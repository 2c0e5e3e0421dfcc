//! Before the occupancy is loaded, and while it is.

use ids::{BookingId, HoldId, Pseudonym};
use jiff::SignedDuration;
use redis::AsyncCommands as _;
use slot::holds::{HoldRefusal, HoldRequest, Holds, HoldsError, Reconciled};

use super::site::{Site, claim, offer, seat};

const SHORT: SignedDuration = SignedDuration::from_millis(150);

#[tokio::test]
async fn nothing_is_held_before_the_occupancy_is_loaded() {
    for site in [Some(Site::memory()), Site::redis(), Site::cluster()].into_iter().flatten() {
        let request = HoldRequest {
            id: HoldId::from_bits(7),
            person: Pseudonym::from_bits(1),
            group: &site.group,
            day: &site.day,
            offers: &[offer(96, 2, 1)],
            replaces: None,
            lasts: SHORT,
        };
        let refused = site.holds.hold(&request).await.unwrap_err();
        assert!(refused.to_string().contains("not loaded"), "{}: {refused}", site.name);
        let error = site.holds.changes(None).await.unwrap_err();
        assert!(matches!(error, HoldsError::NotLoaded), "{}", site.name);

        let waiting = slot::holds::Claim {
            free_at: Some(site.now() + SHORT),
            active: None,
            ..claim(21, 5, seat(150, 1, 3))
        };
        let rebuild = site.holds.begin_rebuild().await.unwrap().unwrap();
        assert!(site.holds.begin_rebuild().await.unwrap().is_none(), "somebody is at it");
        let claims = [claim(20, 4, seat(96, 2, 0)), waiting];
        site.holds.finish_rebuild(rebuild, &claims).await.unwrap();

        assert_eq!(site.taken(97).await, [0]);
        assert_eq!(site.taken(150).await, [3]);
        let booked = site.hold(4, &[offer(200, 1, 1)]).await;
        assert_eq!(booked, Err(HoldRefusal::AlreadyBooked { booking: BookingId::from_bits(20) }));
        assert!(site.hold(1, &[offer(96, 2, 1)]).await.is_err());
        assert!(site.hold(1, &[offer(96, 2, 2)]).await.is_ok());
        site.pass(200).await;
        assert!(site.hold(6, &[offer(150, 1, 8)]).await.is_ok());
        let feed = site.holds.changes(None).await.unwrap();
        assert!(feed.complete && feed.days.len() == 1);
    }
}

#[tokio::test]
async fn the_second_of_two_rebuilds_changes_nothing() {
    for site in [Some(Site::memory()), Site::redis()].into_iter().flatten() {
        let slow = site.holds.begin_rebuild().await.unwrap().unwrap();
        site.pass(2_050).await;
        site.load(&[claim(20, 4, seat(96, 2, 0))]).await;
        let hold = site.hold(1, &[offer(200, 2, 1)]).await.unwrap();
        site.holds.finish_rebuild(slow, &[]).await.unwrap();
        assert_eq!((site.taken(96).await, site.taken(200).await), (vec![0], vec![0]));
        assert!(site.holds.release(&hold).await.unwrap());
    }
}

#[tokio::test]
async fn claims_that_were_read_before_a_loss_are_void() {
    for site in [Some(Site::memory()), Site::redis()].into_iter().flatten() {
        site.load(&[]).await;
        let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
        match &site.holds {
            Holds::Memory(holds) => holds.lose_everything(),
            Holds::Redis(_) => {
                let client = redis::Client::open(testkit::redis_url().unwrap()).unwrap();
                let mut connection = client.get_multiplexed_async_connection().await.unwrap();
                let keys = format!("*{}*", site.authority());
                let keys: Vec<String> = connection.keys(keys).await.unwrap();
                let _: () = connection.del(keys).await.unwrap();
            }
        }
        site.load(&[claim(20, 4, seat(96, 2, 0))]).await;
        let outcome = site.holds.reconcile(&version, &[]).await.unwrap();
        assert_eq!(outcome, Reconciled::Changed, "{}", site.name);
        assert_eq!(site.taken(96).await, [0], "{}", site.name);
    }
}
