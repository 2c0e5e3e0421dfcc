//! One server that comes back with an old snapshot.

use slot::holds::{HoldError, HoldsError, RedisSettings};

use super::{NOTICED_WITHIN, go_on, open, server::Server};
use crate::holds::site::{Site, offer};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_comes_back_with_an_old_snapshot_is_loaded_again() {
    let Some(mut server) = Server::start(&[]).await else { return };
    let settings = RedisSettings::standalone(server.url());
    let site = open(Site::at("snapshot", &settings)).await;
    let other = site.replica(&settings);
    let before = other.holds.changes(None).await.unwrap();
    server.ask::<()>(&["SAVE"]).await.unwrap();
    let scene = go_on(site).await;
    server.kill();
    server.start_again().await;
    let noticed = scene.rebuild().await;
    testkit::report(format_args!("an old snapshot was noticed after {noticed:?}"));
    assert!(noticed < NOTICED_WITHIN, "{noticed:?}");
    assert!(other.holds.changes(Some(&before)).await.unwrap().complete);
    scene.is_as_the_database_says(&scene.site).await;
    scene.is_as_the_database_says(&other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_better_does_not_wait_for_the_job() {
    let Some(mut server) = Server::start(&[]).await else { return };
    let settings = RedisSettings::standalone(server.url());
    let site = open(Site::at("snapshot", &settings)).await;
    let reader = site.replica(&settings);
    server.ask::<()>(&["SAVE"]).await.unwrap();
    let scene = go_on(site).await;
    let known = reader.holds.changes(None).await.unwrap();
    server.kill();
    server.start_again().await;
    // A seat that is booked looks free in the snapshot.
    let offers = [offer(520, 10, 0b1)];
    let request = scene.site.request(7, &offers);
    let refused = scene.site.holds.hold(&request).await;
    assert!(matches!(refused, Err(HoldError::Failed(HoldsError::NotLoaded))), "{refused:?}");
    let late = reader.holds.changes(Some(&known)).await;
    assert!(matches!(late, Err(HoldsError::NotLoaded)), "the epoch is gone: {late:?}");
    scene.rebuild().await;
    scene.is_as_the_database_says(&scene.site).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_goes_backwards_means_everything() {
    let Some(mut server) = Server::start(&[]).await else { return };
    let settings = RedisSettings::standalone(server.url());
    let site = open(Site::at("snapshot", &settings)).await;
    server.ask::<()>(&["SAVE"]).await.unwrap();
    let scene = go_on(site).await;
    let known = scene.site.holds.changes(None).await.unwrap();
    server.kill();
    server.start_again().await;
    let all = scene.site.holds.changes(Some(&known)).await.unwrap();
    assert!(all.complete && all.days.len() == 1);
    let lost = scene.site.holds.changes(Some(&all)).await;
    assert!(matches!(lost, Err(HoldsError::NotLoaded)), "{lost:?}");
    scene.rebuild().await;
    scene.is_as_the_database_says(&scene.site).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_connection_costs_nobody_anything() {
    let Some(server) = Server::start(&[]).await else { return };
    let settings = RedisSettings::standalone(server.url());
    let site = open(Site::at("connection", &settings)).await;
    for round in 0..5 {
        let killed: i64 = server.ask(&["CLIENT", "KILL", "TYPE", "normal"]).await.unwrap();
        assert!(killed > 0);
        let offers = [offer(600 + round * 10, 10, 0b1)];
        let hold = site.hold(100 + u128::from(round), &offers).await.unwrap();
        let held =
            site.holds.of_person(hold.person, std::slice::from_ref(&site.group)).await.unwrap();
        assert_eq!(held, [hold]);
    }
}
