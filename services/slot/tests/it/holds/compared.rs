//! Which days need no comparison with the database, where that is known in Redis.

use booking::Reservation;
use ids::ReservationId;
use redis::{AsyncCommands as _, aio::MultiplexedConnection};
use slot::holds::{DayDigest, Reconciled};

use super::site::{Closed, Site, booking, offer, reservation, seat};

/// Whether the day must be compared if the database has this.
async fn differs(site: &Site, database: &[Reservation]) -> bool {
    let day = (site.day.location.clone(), site.day.date);
    let differing = site.holds.differing(&[(day.clone(), DayDigest::of(database))]).await.unwrap();
    assert!(differing.is_empty() || differing == [day]);
    !differing.is_empty()
}

async fn connection() -> MultiplexedConnection {
    let client = redis::Client::open(testkit::redis_url().unwrap()).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

/// The only key of the site that ends like this.
async fn key(site: &Site, connection: &mut MultiplexedConnection, end: &str) -> String {
    let keys: Vec<String> = connection.keys(format!("*{}*{end}", site.authority())).await.unwrap();
    let [key] = keys.as_slice() else { panic!("{keys:?}") };
    key.clone()
}

#[tokio::test]
async fn a_day_is_compared_after_whatever_durable_happened_to_it_and_not_again() {
    for site in [Site::redis(), Site::cluster()].into_iter().flatten() {
        site.load(&[]).await;
        assert!(differs(&site, &[]).await, "it was never compared");
        let mut database = Vec::new();

        let first = site.book(1, 10, &[offer(480, 10, 1)]).await;
        database.push(booking(10, 1, &first.seat));
        assert!(differs(&site, &database).await, "a booking");
        assert_eq!(site.reconcile(&database).await, Reconciled::AsExpected);
        assert!(!differs(&site, &database).await);

        let held = site.hold(2, &[offer(500, 10, 1)]).await.unwrap();
        assert!(!differs(&site, &database).await, "what people hold is not the database's");
        assert!(site.holds.give_up(&held).await.unwrap());
        assert!(!differs(&site, &database).await, "nor what they give up");

        let closed = reservation(Closed, 20, &seat(600, 60, 2));
        site.holds.place(&closed).await.unwrap();
        let with_closed = [database[0].clone(), closed.clone()];
        assert!(differs(&site, &with_closed).await, "closed time");
        assert_eq!(site.reconcile(&with_closed).await, Reconciled::AsExpected);
        assert!(!differs(&site, &with_closed).await);
        site.holds.remove(ReservationId::from_bits(20), &closed.seat).await.unwrap();
        assert!(differs(&site, &database).await, "it is open again");
        assert_eq!(site.reconcile(&database).await, Reconciled::AsExpected);
        assert!(!differs(&site, &database).await);
    }
}

#[tokio::test]
async fn a_day_with_a_booking_that_ended_is_compared_in_any_case() {
    for site in [Site::redis(), Site::cluster()].into_iter().flatten() {
        site.load(&[]).await;
        let first = site.book(1, 10, &[offer(480, 10, 1)]).await;
        let database = [booking(10, 1, &first.seat)];
        assert_eq!(site.reconcile(&database).await, Reconciled::AsExpected);
        assert!(!differs(&site, &database).await);
        let (location, date) = (&site.day.location, site.day.date);
        let before = site.holds.day_version(location, date).await.unwrap();
        site.clear(&first, 10).await;
        assert!(differs(&site, &database).await);
        // A comparison with what was read before says nothing, and binds nobody.
        let late = site.holds.reconcile(&before, &database).await.unwrap();
        assert_eq!(late, Reconciled::Changed);
        assert!(differs(&site, &database).await);
        site.hold(1, &[offer(500, 10, 1)]).await.unwrap();
    }
}

#[tokio::test]
async fn what_the_database_lost_and_what_the_holds_missed_is_a_difference() {
    for site in [Site::redis(), Site::cluster()].into_iter().flatten() {
        site.load(&[]).await;
        let first = site.book(1, 10, &[offer(480, 10, 1)]).await;
        let database = [booking(10, 1, &first.seat)];
        assert_eq!(site.reconcile(&database).await, Reconciled::AsExpected);
        let missed = [database[0].clone(), booking(11, 2, &seat(500, 10, 0))];
        assert!(differs(&site, &missed).await, "a process died before it told the holds");
        assert!(differs(&site, &[]).await, "the database was restored");
        // Then it has what it had when the day was compared last, but the holds had gone on.
        site.book(3, 12, &[offer(520, 10, 1)]).await;
        assert!(differs(&site, &database).await, "the database lost the last commit");
        assert_eq!(site.reconcile(&database).await, Reconciled::Corrected);
        assert!(site.taken(520).await.is_empty());
        assert!(!differs(&site, &database).await);
    }
}

#[tokio::test]
async fn a_day_that_was_loaded_is_as_the_database_says() {
    for site in [Site::redis(), Site::cluster()].into_iter().flatten() {
        let database =
            [booking(10, 1, &seat(480, 10, 0)), reservation(Closed, 20, &seat(600, 60, 2))];
        site.load(&database).await;
        assert!(!differs(&site, &database).await);
        assert!(differs(&site, &database[..1]).await);
        assert_eq!(site.reconcile(&database).await, Reconciled::AsExpected);
    }
}

#[tokio::test]
async fn a_day_that_redis_threw_away_is_compared() {
    let Some(site) = Site::redis() else { return };
    let database = [booking(10, 1, &seat(480, 10, 0))];
    site.load(&database).await;
    assert!(!differs(&site, &database).await);
    let mut connection = connection().await;
    let marks = key(&site, &mut connection, &format!(":marks:mitte/{}", site.day.date)).await;
    let _: () = connection.del(marks).await.unwrap();
    assert!(differs(&site, &database).await);
    assert_eq!(site.reconcile(&database).await, Reconciled::Corrected);
    assert_eq!(site.taken(480).await, [0]);
    assert!(!differs(&site, &database).await);
}

#[tokio::test]
async fn closed_time_that_redis_threw_away_is_a_difference() {
    let Some(site) = Site::redis() else { return };
    let database = [booking(10, 1, &seat(480, 10, 0)), reservation(Closed, 20, &seat(600, 60, 2))];
    site.load(&database).await;
    assert!(!differs(&site, &database).await);
    let mut connection = connection().await;
    let closed = key(&site, &mut connection, &format!(":closed:mitte/{}", site.day.date)).await;
    let _: () = connection.del(closed).await.unwrap();
    assert!(differs(&site, &database).await);
    assert_eq!(site.reconcile(&database).await, Reconciled::Corrected);
    assert_eq!(site.for_desk().await, [(600, 660, 2)]);
    assert!(!differs(&site, &database).await);
}

#[tokio::test]
async fn what_returns_is_known_again_after_redis_threw_it_away() {
    let Some(site) = Site::redis() else { return };
    site.load(&[]).await;
    assert!(!site.holds.has_returning().await.unwrap());
    assert!(site.holds.returning_is_whole().await.unwrap());
    let held = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
    assert!(site.holds.give_up(&held).await.unwrap());
    assert!(site.holds.has_returning().await.unwrap());
    assert_eq!(site.holds.returning().await.unwrap().holds.len(), 1);
    assert!(site.holds.returning_is_whole().await.unwrap());

    let mut connection = connection().await;
    let returning = key(&site, &mut connection, ":returning").await;
    let _: () = connection.del(returning).await.unwrap();
    assert!(!site.holds.returning_is_whole().await.unwrap());
    assert!(!site.holds.has_returning().await.unwrap());
    // What ends meanwhile does not hide that something is missing.
    let second = site.hold(2, &[offer(500, 10, 1)]).await.unwrap();
    assert!(site.holds.give_up(&second).await.unwrap());
    assert!(site.holds.has_returning().await.unwrap());
    assert!(!site.holds.returning_is_whole().await.unwrap());
    assert_eq!(site.reconcile(&[]).await, Reconciled::AsExpected);
    site.holds.returning_was_made_whole().await.unwrap();
    assert!(site.holds.returning_is_whole().await.unwrap());
    assert_eq!(site.holds.returning().await.unwrap().holds.len(), 2);
}

#[tokio::test]
async fn a_comparison_in_full_puts_right_what_a_person_has() {
    let Some(site) = Site::redis() else { return };
    site.load(&[]).await;
    let first = site.book(1, 10, &[offer(480, 10, 1)]).await;
    let database = [booking(10, 1, &first.seat)];
    assert_eq!(site.reconcile(&database).await, Reconciled::AsExpected);
    let mut connection = connection().await;
    let pattern = format!("*{}*:who:*", site.authority());
    let who: Vec<Vec<u8>> = connection.keys(pattern).await.unwrap();
    assert_eq!(who.len(), 1);
    let _: () = connection.del(who).await.unwrap();
    assert!(!differs(&site, &database).await, "no digest shows it");
    assert_eq!(site.reconcile(&database).await, Reconciled::Corrected);
    site.hold(1, &[offer(500, 10, 1)]).await.unwrap_err();
}

#[tokio::test]
async fn after_a_pause_of_hours_every_day_is_compared() {
    let Some(site) = Site::redis() else { return };
    let database = [booking(10, 1, &seat(480, 10, 0))];
    site.load(&database).await;
    assert!(!differs(&site, &database).await);
    let mut connection = connection().await;
    // As if nobody had looked for what expires: the lists of it are gone by now.
    let days = key(&site, &mut connection, ":days").await;
    let until = days.replace(":days", ":ended-until");
    let _: () = connection.set(until, 1).await.unwrap();
    assert!(site.holds.end_expired(100).await.unwrap().is_empty());
    assert!(differs(&site, &database).await);
}
