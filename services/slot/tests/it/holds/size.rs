//! What a day costs in Redis, and for how long.

use ids::{BookingId, Pseudonym, ReservationId};
use jiff::SignedDuration;
use redis::{AsyncCommands as _, aio::MultiplexedConnection};
use slot::holds::{FactsNeeded, HoldRequest, RefusedAsk};

use super::site::{Closed, Returning, Site, booking, offer, reservation, seat};

async fn connection(url: String) -> MultiplexedConnection {
    let client = redis::Client::open(url).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

#[tokio::test]
async fn the_marks_of_a_day_take_the_same_room_however_full_it_is() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    let forty_desks = (1 << 40) - 1;
    let mut person = 0;
    for slot in 48..60 {
        for _ in 0..40 {
            site.book(person, person, &[offer(slot * 10, 10, forty_desks)]).await;
            person += 1;
        }
    }
    assert!(site.hold(person, &[offer(480, 10, forty_desks)]).await.is_err(), "all is taken");
    let mut connection = connection(url).await;
    let pattern = format!("*{}*:marks:mitte/*", site.authority());
    let keys: Vec<String> = connection.keys(pattern).await.unwrap();
    assert_eq!(keys.len(), 1);
    let mut memory = redis::cmd("MEMORY");
    memory.arg("USAGE").arg(&keys[0]).arg("SAMPLES").arg(0);
    let bytes: u64 = memory.query_async(&mut connection).await.unwrap();
    testkit::report(format_args!("the marks of a day take {bytes} bytes in Redis"));
    assert!(bytes <= 16 * 1024, "{bytes}");
}

#[tokio::test]
async fn everything_expires() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    let mut connection = connection(url).await;
    let hour = site.now() + SignedDuration::from_hours(1);
    let rebuild = site.holds.begin_rebuild().await.unwrap().unwrap();
    let loaded = [
        booking(1, 1, &seat(480, 10, 1)),
        reservation(Closed, 2, &seat(480, 10, 2)),
        reservation(Returning, 3, &seat(480, 10, 3)),
    ];
    site.holds.load(&rebuild, &loaded).await.unwrap();
    site.holds.load_history(&rebuild, &[(Pseudonym::from_bits(9), hour)]).await.unwrap();
    site.holds.finish_rebuild(rebuild).await.unwrap();

    let given_up = site.hold(1_001, &[offer(480, 10, 1)]).await.unwrap();
    assert!(site.holds.give_up(&given_up).await.unwrap());
    let returning = site.holds.returning().await.unwrap().holds;
    assert!(site.holds.keep_for_desk(&returning[0]).await.unwrap());
    let freed = site.hold(1_002, &[offer(490, 10, 1)]).await.unwrap();
    assert!(site.holds.give_up(&freed).await.unwrap());
    let returning = site.holds.returning().await.unwrap().holds;
    site.holds.free(&returning).await.unwrap();
    let kept = site.hold(1_003, &[offer(500, 10, 1)]).await.unwrap();
    assert!(site.holds.give_up(&kept).await.unwrap());
    site.book(1_004, 4, &[offer(510, 10, 1)]).await;
    let extended = site.hold(1_005, &[offer(520, 10, 1)]).await.unwrap();
    site.holds.extend(&extended, SignedDuration::from_mins(20)).await.unwrap();
    site.holds.place(&reservation(Closed, 5, &seat(530, 10, 0))).await.unwrap();
    let at_desk = site.hold_at_desk(1_006, &[offer(532, 4, 1)]).await.unwrap();
    site.holds.confirm(&at_desk, BookingId::from_bits(6)).await.unwrap();
    site.holds.remove(ReservationId::from_bits(5), &seat(530, 10, 0)).await.unwrap();
    site.holds.note_history(Pseudonym::from_bits(8), hour).await.unwrap();
    let permit = "permit".parse().unwrap();
    site.holds.note_entitled(Pseudonym::from_bits(8), &permit, hour).await.unwrap();
    let refused = RefusedAsk {
        person: Pseudonym::from_bits(8),
        location: site.day.location.clone(),
        start: hour,
        end: hour,
        count: 1,
        at: hour,
    };
    site.holds.report_refusals(&[refused]).await.unwrap();
    assert_eq!(site.reconcile(&loaded).await, slot::holds::Reconciled::Corrected);
    let facts = FactsNeeded::FromStore { no_history: true, entitled_to: &[] };
    let offers = [offer(600, 10, 1)];
    site.ask(&HoldRequest { facts, ..site.request(1_007, &offers) }).await.unwrap();
    site.holds.end_expired(10).await.unwrap();
    assert!(site.holds.begin_rebuild().await.unwrap().is_none(), "somebody looks after it");

    let keys: Vec<Vec<u8>> = connection.keys(format!("*{}*", site.authority())).await.unwrap();
    assert!(keys.len() > 12, "{}", keys.len());
    for key in keys {
        let milliseconds: i64 = connection.pttl(&key).await.unwrap();
        assert!(milliseconds > 0, "{}: {milliseconds}", String::from_utf8_lossy(&key));
    }
}

#[tokio::test]
async fn of_days_that_are_over_not_even_the_names_stay() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
    let mut connection = connection(url).await;
    let keys: Vec<String> = connection.keys(format!("*{}*:days", site.authority())).await.unwrap();
    let [days] = keys.as_slice() else { panic!("{keys:?}") };
    let _: () = connection.sadd(days, "mitte/2020-01-06").await.unwrap();
    let all = site.holds.changes(None).await.unwrap();
    assert_eq!(all.days, [(site.day.location.clone(), site.day.date)]);
    let names: Vec<String> = connection.smembers(days).await.unwrap();
    assert_eq!(names, [format!("mitte/{}", site.day.date)]);
}
