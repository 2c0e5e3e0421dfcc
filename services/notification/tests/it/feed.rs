//! Agencies that cannot receive webhooks ask: nothing is skipped, nothing comes twice.

use serde_json::Value;

use crate::{
    support::{NUMBER, SERVICE},
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
    assert_eq!(event["data"]["services"], serde_json::json!([SERVICE]));
    for service in [SERVICE, NUMBER] {
        assert_eq!(ids(&world.feed(&format!("?service={service}")).await.1).len(), 1, "{service}");
    }
    assert_eq!(ids(&world.feed("?service=no-such").await.1).len(), 0);
    let (_, none) = world.feed("?type=booking-cancelled").await;
    assert_eq!((ids(&none).len(), &none["next"]), (0, &all["next"]));

    for wrong in ["?after=-1", "?after=x", "?limit=0", "?limit=501", "?type=else", "?what=1"] {
        let (status, problem) = world.feed(wrong).await;
        assert_eq!((status, &problem["code"]), (400, &"invalid-request".into()), "{wrong}");
    }
}
