//! A measurement, not committed.
use std::{sync::Arc, time::Instant};

use futures_util::{StreamExt as _, stream};
use jiff::SignedDuration;
use serde_json::json;

use crate::office::Office;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore]
async fn confirms_per_second() {
    let n: usize = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(3000);
    let c: usize = std::env::var("C").ok().and_then(|n| n.parse().ok()).unwrap_or(16);
    let place = |number: usize| {
        format!(
            "    place-{number}:\n      name: {{de: Ort}}\n      address: {{street: Weg 1, postalCode: \"10178\"}}\n      desks: 60\n      services: {{passport: {{}}}}\n      bookable: {{fromDays: 0, toDays: 30}}\n      opening: {{daily: *daily}}\n"
        )
    };
    let places: String = (0..10).map(place).collect();
    let office = Arc::new(
        Office::real_with(&format!("{}{places}", crate::office::CATALOGUE)).await.unwrap(),
    );
    println!("{}", office.database_url);
    let eight = office.at("08:00");
    let t = Instant::now();
    let holds: Vec<_> = stream::iter(0..n)
        .map(|i| {
            let office = Arc::clone(&office);
            async move {
                let person = office.person();
                let start = eight + SignedDuration::from_mins((i as i64 / 10 % 48) * 10);
                let wish = json!({"location": format!("place-{}", i % 10), "start": start, "services": ["passport"]});
                let token = office.token(&person);
                let hold = office.post("/v1/holds", &token, wish).await.expect(201);
                let body = json!({"hold_token": hold.body["hold_token"], "attendee": office.attendee(&person), "language": "de"});
                (token, hold.body["hold_id"].as_str().unwrap().to_owned(), body)
            }
        })
        .buffer_unordered(c)
        .collect()
        .await;
    println!("holds: {:.0}/s", n as f64 / t.elapsed().as_secs_f64());
    let t = Instant::now();
    stream::iter(holds)
        .for_each_concurrent(c, |(token, key, body)| {
            let office = Arc::clone(&office);
            async move {
                let headers = [("Idempotency-Key", key.as_str())];
                office
                    .send(reqwest::Method::POST, "/v1/bookings", &token, &headers, Some(body))
                    .await
                    .expect(201);
            }
        })
        .await;
    println!("confirms: {:.0}/s with {c} clients", n as f64 / t.elapsed().as_secs_f64());
}
