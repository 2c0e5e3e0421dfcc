//! How far back the feed of changed days goes, where it is a list in Redis.

use redis::AsyncCommands as _;

use super::site::{Site, offer};

#[tokio::test]
async fn the_feed_keeps_the_last_some_thousand_and_a_reader_who_missed_more_gets_all_days() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
    let behind = site.holds.changes(None).await.unwrap();

    // As if a rush had gone through.
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let feeds: Vec<String> = connection.keys(format!("*{}*:feed", site.authority())).await.unwrap();
    let [feed] = feeds.as_slice() else { panic!("{feeds:?}") };
    let told = vec!["pankow/2099-01-11"; 8_191];
    let _: () = connection.rpush(feed, &told).await.unwrap();

    let all = site.holds.changes(Some(&behind)).await.unwrap();
    assert!(!all.complete && all.days.len() == 1, "nothing was trimmed yet: {}", all.days.len());
    site.hold(2, &[offer(500, 10, 1)]).await.unwrap();
    let length: usize = connection.llen(feed).await.unwrap();
    assert_eq!(length, 4_096);

    let missed = site.holds.changes(Some(&behind)).await.unwrap();
    assert!(missed.complete, "the feed no longer goes back that far");
    assert_eq!(missed.days, [(site.day.location.clone(), site.day.date)]);
    assert_eq!(missed.version, all.version + 1);
    site.hold(3, &[offer(520, 10, 1)]).await.unwrap();
    let next = site.holds.changes(Some(&missed)).await.unwrap();
    assert!(!next.complete && next.days.len() == 1 && next.version == missed.version + 1);
}

#[tokio::test]
async fn a_feed_that_is_as_long_as_it_was_but_tells_something_else_is_noticed() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
    let mut known = site.holds.changes(None).await.unwrap();
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let feeds: Vec<String> = connection.keys(format!("*{}*:feed", site.authority())).await.unwrap();
    let [feed] = feeds.as_slice() else { panic!("{feeds:?}") };
    // As if so much had been told that it was cut to this very length.
    let _: () = connection.rpush(feed, "pankow/2099-01-11").await.unwrap();
    let _: () = connection.lpop(feed, None).await.unwrap();
    let _: () = connection.incr(feed.replace(":feed", ":base"), 1).await.unwrap();
    let mut told = Vec::new();
    for _ in 0..40 {
        known = site.holds.changes(Some(&known)).await.unwrap();
        told.append(&mut known.days);
    }
    assert_eq!(told.len(), 1, "{told:?}");
}
