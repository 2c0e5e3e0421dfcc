//! Agencies that cannot receive webhooks ask: nothing is skipped, nothing comes twice.

use ambient::Clock as _;
use proto::booking::v1::{Attendance, BookingAttended};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    agency::Receiver,
    support::{NUMBER, SERVICE, person},
    webhooks::World,
};

fn ids(page: &Value) -> Vec<String> {
    let events = page["events"].as_array().unwrap();
    events.iter().map(|event| event["subject"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_goes_on_where_the_reader_stood() {
    let world = World::start().await;
    let (status, empty) = world.feed("").await;
    assert_eq!((status, ids(&empty).len(), &empty["more"]), (200, 0, &false.into()));

    let mut booked = Vec::new();
    for _ in 0..5 {
        booked.push(world.book().await);
    }
    let mut seen = Vec::new();
    let mut after = empty["next"].as_i64().unwrap();
    loop {
        let (_, page) = world.feed(&format!("?after={after}&limit=2")).await;
        assert!(ids(&page).len() <= 2);
        seen.extend(ids(&page));
        after = page["next"].as_i64().unwrap();
        if page["more"] == false {
            break;
        }
    }
    assert_eq!(seen.len(), booked.len());
    let (_, nothing) = world.feed(&format!("?after={after}")).await;
    assert_eq!((ids(&nothing).len(), nothing["next"].as_i64()), (0, Some(after)));
    let later = world.book().await;
    let (_, page) = world.feed(&format!("?after={after}")).await;
    assert_eq!(page["events"][0]["data"]["booking_id"], later);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_can_be_filtered_and_refuses_what_it_does_not_know() {
    let world = World::start().await;
    world.book().await;
    let (_, all) = world.feed("?type=booking-confirmed").await;
    assert_eq!(ids(&all).len(), 1);
    let event = &all["events"][0];
    assert_eq!(event["type"], "fairtermin.booking-confirmed.v1");
    assert_eq!(event["data"]["services"], json!([SERVICE]));
    for service in [SERVICE, NUMBER] {
        assert_eq!(ids(&world.feed(&format!("?service={service}")).await.1).len(), 1, "{service}");
    }
    assert_eq!(ids(&world.feed("?service=no-such").await.1).len(), 0);
    let (_, none) = world.feed("?type=booking-cancelled").await;
    assert_eq!((ids(&none).len(), &none["next"]), (0, &all["next"]));
    // A page is filled with what passes, however much before it does not.
    for _ in 0..3 {
        world.book().await;
    }
    let attended = BookingAttended {
        booking_id: world.book().await,
        pseudonym: person().to_string(),
        attendance: Attendance::Missed.into(),
        happened_at_ms: world.service.clock.now().as_millisecond(),
    };
    for _ in 0..2 {
        world.service.hear("attended", &attended).await;
    }
    let (_, page) = world.feed("?type=booking-attended&limit=1").await;
    assert_eq!((ids(&page).len(), &page["more"]), (1, &true.into()), "{page}");
    let next = format!("?type=booking-attended&limit=1&after={}", page["next"]);
    let (_, page) = world.feed(&next).await;
    assert_eq!((ids(&page).len(), &page["more"]), (1, &false.into()), "{page}");

    for wrong in ["?after=-1", "?after=x", "?limit=0", "?limit=501", "?type=else", "?what=1"] {
        let (status, problem) = world.feed(wrong).await;
        assert_eq!((status, &problem["code"]), (400, &"invalid-request".into()), "{wrong}");
    }
}

/// Taken silently, all that comes up to there would be lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_ahead_of_the_feed_is_refused_with_where_the_feed_stands() {
    let world = World::start().await;
    world.book().await;
    let newest = world.feed("").await.1["next"].as_i64().unwrap();
    assert_eq!(world.feed(&format!("?after={newest}")).await.0, 200);
    let (_, url) = Receiver::start(&[]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    let ahead = newest + 1_000;
    let replay = format!("/{id}/replay");
    let replayed = world.call(Method::POST, &replay, json!({ "after": ahead })).await;
    for (status, problem) in [world.feed(&format!("?after={ahead}")).await, replayed] {
        assert_eq!((status, &problem["code"]), (410, &json!("cursor-ahead")), "{problem}");
        assert_eq!(problem["newest"], newest);
    }
    assert_eq!(world.call(Method::POST, &replay, json!({ "after": newest })).await.0, 202);
    world.service.stop().await;
}
