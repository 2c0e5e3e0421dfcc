//! A clerk's calendar of a location. That a calendar program reads it shows `e2e/agency`.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::office::{ApiResponse, Office};

async fn read(office: &Office, token: &str, query: &str, etag: &str) -> ApiResponse {
    let path = format!("/v1/desk/calendar?{query}");
    office.send(Method::GET, &path, token, &[("If-None-Match", etag)], None).await
}

/// The entries, each as its lines without folding.
fn entries(answer: &ApiResponse) -> Vec<Vec<String>> {
    let text = answer.body.as_str().unwrap().replace("\r\n ", "");
    let begun = text.split("BEGIN:VEVENT\r\n").skip(1);
    begun
        .map(|entry| {
            let entry = entry.split("END:VEVENT").next().unwrap();
            entry.split_terminator("\r\n").map(str::to_owned).collect()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_follows_a_locations_bookings_and_sees_nobodys_name() {
    for office in Office::each_database().await {
        let people = [office.person(), office.person(), office.person()];
        let mut ids = Vec::new();
        for (person, time) in people.iter().zip(["10:00", "11:00", "09:00"]) {
            ids.push(office.book(person, "passport", time).await);
        }
        let clerk = office.clerk(&["small"]);
        let week = format!("location=small&date={}&days=7", office.next_week());
        let first = read(&office, &clerk, &week, "").await.expect(200);
        assert_eq!(first.headers["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(first.headers["cache-control"], "private, no-cache");
        let found = entries(&first);
        let uids: Vec<_> = found.iter().map(|entry| entry[0].clone()).collect();
        let uid = |n: usize| format!("UID:desk-{}@fairtermin", ids[n].id());
        assert_eq!(uids, [uid(2), uid(0), uid(1)], "by start");
        let code = ids[2].body["code"].as_str().unwrap();
        let summary = format!("SUMMARY:Tisch 1 · {code} · Reisepass · erwartet");
        assert!(found[0].contains(&summary), "{found:?}");
        let start = office.at("09:00").strftime("DTSTART:%Y%m%dT%H%M%SZ").to_string();
        assert!(found[0].contains(&start), "{found:?}");
        let text = first.body.as_str().unwrap();
        assert!(!text.contains("ztürk") && !text.contains("Zeynep") && !text.contains("1990"));
        for person in &people {
            assert!(!text.contains(&person.pseudonym.to_string()), "{text}");
        }

        let etag = first.headers["etag"].to_str().unwrap();
        read(&office, &clerk, &week, etag).await.expect(304);
        // In the morning of that day.
        office.clock.advance(office.at("07:00").duration_since(office.clock.now()));
        let (clerk, week) = (office.clerk(&["small"]), week.clone());
        let path = format!("/v1/bookings/{}/check-in", ids[2].id());
        office.post(&path, &clerk, json!({})).await.expect(200);
        let path = format!("/v1/bookings/{}/cancel", ids[0].id());
        office.post(&path, &office.token(&people[0]), json!({})).await.expect(200);
        let second = entries(&read(&office, &clerk, &week, etag).await.expect(200));
        assert_eq!(second.len(), 2, "a cancelled one is gone");
        assert_eq!(second[0][0], uid(2), "the same entry");
        assert!(second[0].contains(&summary.replace("erwartet", "ist da")), "{second:?}");
        assert_eq!(second[1], found[2], "what did not change did not change");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_date_it_begins_today() {
    let office = Office::embedded().await;
    office.book(&office.person(), "passport", "10:00").await;
    let count = async |query: &str| {
        let clerk = office.clerk(&["small"]);
        entries(&read(&office, &clerk, query, "").await.expect(200)).len()
    };
    assert_eq!(count("location=small").await, 0, "a week has seven days");
    assert_eq!(count("location=small&days=8").await, 1);
    office.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(count("location=small").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_of_the_location_may_read_it() {
    let office = Office::embedded().await;
    let refused = [
        office.clerk(&["large"]),
        office.staff(auth::Role::Auditor, &["small"]),
        office.token(&office.person()),
    ];
    for token in refused {
        read(&office, &token, "location=small", "").await.expect_problem(403, "forbidden");
    }
    read(&office, "", "location=small", "").await.expect_problem(401, "unauthenticated");
    let clerk = office.clerk(&["small", "nowhere"]);
    let unknown = read(&office, &clerk, "location=nowhere", "").await;
    unknown.expect_problem(422, "unknown-location");
    for query in ["", "location=small&days=0", "location=small&days=15", "location=small&week=1"] {
        read(&office, &clerk, query, "").await.expect_problem(400, "invalid-request");
    }
    let morgen = read(&office, &clerk, "location=small&date=morgen", "").await;
    let refused = morgen.expect_problem(400, "invalid-request");
    assert_eq!(refused.body["detail"], "date: must be a local day like 2027-01-05, without a time");
}
