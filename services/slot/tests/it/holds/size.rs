//! What a day costs in Redis, and for how long.

use std::collections::BTreeSet;

use ids::BookingId;
use jiff::SignedDuration;
use redis::{AsyncCommands as _, aio::MultiplexedConnection};
use slot::holds::{Claim, Reconciled};

use super::site::{Site, claim, offer, seat};

#[tokio::test]
async fn a_full_day_of_40_desks_on_a_five_minute_grid_takes_less_than_4_kib() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    let forty_desks = (1 << 40) - 1;
    let mut person = 0;
    for slot in 0..144 {
        for _ in 0..40 {
            site.book(person, person, &[offer(slot * 2, 2, forty_desks)]).await;
            person += 1;
        }
    }
    assert!(site.hold(person, &[offer(0, 2, forty_desks)]).await.is_err(), "the day is full");
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let pattern = format!("*{}*:day:mitte:*", site.authority());
    let keys: Vec<String> = connection.keys(pattern).await.unwrap();
    assert_eq!(keys.len(), 1);
    let mut memory = redis::cmd("MEMORY");
    memory.arg("USAGE").arg(&keys[0]).arg("SAMPLES").arg(0);
    let bytes: u64 = memory.query_async(&mut connection).await.unwrap();
    eprintln!("a full day of 40 desks takes {bytes} bytes");
    assert!(bytes <= 4 * 1024, "{bytes}");
}

#[tokio::test]
async fn what_is_kept_expires_or_counts() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();

    site.load(&[]).await;
    let released = site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
    assert!(site.holds.release(&released).await.unwrap());
    // The sorted set was empty, and is a new one now.
    let hold = site.hold(2, &[offer(96, 2, 1)]).await.unwrap();
    only_names_and_counts_stay(&site, &mut connection).await;
    site.holds.settle(&hold, BookingId::from_bits(20)).await.unwrap();
    let hold = site.hold(3, &[offer(100, 2, 1)]).await.unwrap();
    only_names_and_counts_stay(&site, &mut connection).await;

    site.holds.settle(&hold, BookingId::from_bits(30)).await.unwrap();
    let later = site.now() + SignedDuration::from_mins(5);
    site.give_back(&hold, 30, Some(later)).await;
    only_names_and_counts_stay(&site, &mut connection).await;
    let waiting = Claim { free_at: Some(later), active: None, ..claim(30, 3, hold.seat) };
    let version = site.holds.day_version(&site.day.location, site.day.date).await.unwrap();
    let claims = [claim(20, 2, seat(96, 2, 0)), waiting];
    assert_eq!(site.holds.reconcile(&version, &claims).await.unwrap(), Reconciled::Done);
    only_names_and_counts_stay(&site, &mut connection).await;
}

async fn only_names_and_counts_stay(site: &Site, connection: &mut MultiplexedConnection) {
    let keys: Vec<String> = connection.keys(format!("*{}*", site.authority())).await.unwrap();
    let mut stay = BTreeSet::new();
    for key in &keys {
        let milliseconds: i64 = connection.pttl(key).await.unwrap();
        if milliseconds == -1 {
            stay.insert(key.rsplit(':').next().unwrap());
        }
    }
    stay.remove("first-ends");
    assert_eq!(Vec::from_iter(stay), ["days", "epoch", "feed", "version"], "{keys:?}");
}

#[tokio::test]
async fn of_days_that_are_over_not_even_the_names_stay() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    site.hold(1, &[offer(96, 2, 1)]).await.unwrap();
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> = connection.keys(format!("*{}*:days", site.authority())).await.unwrap();
    let [days] = keys.as_slice() else { panic!("{keys:?}") };
    let _: () = connection.hset(days, "mitte/2020-01-06", 1).await.unwrap();
    let all = site.holds.changes(None).await.unwrap();
    assert_eq!(all.days, [(site.day.location.clone(), site.day.date)]);
    let names: Vec<String> = connection.hkeys(days).await.unwrap();
    assert_eq!(names, [format!("mitte/{}", site.day.date)]);
}
