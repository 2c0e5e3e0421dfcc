//! Open data: what is published about past days, and what is suppressed.

use jiff::{SignedDuration, civil::Date};
use reqwest::Method;
use serde_json::{Value, json};

use crate::office::{ApiResponse, Office};

const PASSPORTS: [&str; 11] = [
    "08:00", "08:10", "08:20", "08:30", "08:40", "08:50", "09:00", "09:10", "09:20", "09:30",
    "09:40",
];
const GIVEN_UP: [&str; 6] = ["12:00", "12:10", "12:20", "12:30", "12:40", "12:50"];

async fn act(office: &Office, clerk: &str, kind: &str, id: &str, verbs: &[&str]) {
    for verb in verbs {
        office.post(&format!("/v1/{kind}/{id}/{verb}"), clerk, json!({})).await.expect(200);
    }
}

/// 17 visits for passports: 6 served, 5 missed, 6 left open; 6 others were given up and their
/// seats booked again; 5 walk-ins. Returns the day.
async fn a_day(office: &Office) -> Date {
    let day = office.next_week();
    let mut ids = Vec::new();
    for time in PASSPORTS {
        ids.push(office.book(&office.person(), "passport", time).await.id());
    }
    for time in GIVEN_UP {
        let person = office.person();
        let id = office.book(&person, "passport", time).await.id();
        let path = format!("/v1/bookings/{id}/cancel");
        office.post(&path, &office.token(&person), json!({})).await.expect(200);
    }
    // All of them return, and other persons book them.
    office.clock.advance(SignedDuration::from_mins(5));
    for time in GIVEN_UP {
        let (person, hold) = office.hold_once_free("passport", time).await;
        let key = hold.body["hold_id"].as_str().unwrap().to_owned();
        office.confirm(&person, &hold, &key).await.expect(201);
    }
    // After the last appointment of the day.
    let evening = ambient::berlin().to_timestamp(day.at(16, 30, 0, 0)).unwrap();
    office.clock.advance(evening.duration_since(office.clock.now()));
    let clerk = office.clerk(&["small"]);
    for id in &ids[..6] {
        act(office, &clerk, "bookings", id, &["check-in", "call", "serve"]).await;
    }
    for id in &ids[6..] {
        act(office, &clerk, "bookings", id, &["miss"]).await;
    }
    for _ in 0..5 {
        let wish = json!({ "location": "small", "services": ["passport"] });
        let ticket = office.post("/v1/desk/queue", &clerk, wish).await.expect(201).id();
        act(office, &clerk, "desk/queue", &ticket, &["call", "serve"]).await;
    }
    day
}

/// Past the next midnight.
fn sleep(office: &Office) {
    office.clock.advance(SignedDuration::from_hours(9));
}

fn path(from: Date, to: Date) -> String {
    format!("/v1/statistics?from={from}&to={to}")
}

fn of<'a>(answer: &'a ApiResponse, location: &str, service: &str) -> &'a Value {
    let named = |list: &'a Value, key: &str, name: &str| {
        list.as_array().unwrap().iter().find(|it| it[key] == name).unwrap()
    };
    let day = named(&answer.body["days"], "location", location);
    named(&day["services"], "service", service)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_over_is_told_in_figures() {
    for office in Office::each_database().await {
        let day = a_day(&office).await;
        sleep(&office);
        let answer = office.read(&path(day, day)).await.expect(200);
        let expected = json!({
            "service": "passport", "offered": 48, "booked": 17, "served": 6, "missed": 5,
            "booked_online": 17, "booked_with_card": 0, "booked_vouched": 0,
            "booked_vouched_by_two": 0, "booked_by_phone": 0, "queue_jumps": 0,
            "cancelled": 6, "booked_again": 6, "walk_ins_served": 5,
            "waiting_days_median": 7, "waiting_days_p90": 7,
            "utilisation": 0.354, "missed_share": 0.294, "booked_again_share": 1.0,
        });
        assert_eq!(*of(&answer, "small", "passport"), expected);
        assert_eq!(of(&answer, "small", "card")["offered"], 24, "two slots each");
        assert_eq!(of(&answer, "small", "card")["booked"], 0, "zero tells about nobody");
        assert_eq!(answer.body["days"][2]["location"], "small");
        assert_eq!(answer.body["days"][2]["free_share"], 0.646);
        assert_eq!(of(&answer, "large", "passport")["offered"], 50 * 48);
        assert_eq!(answer.body["days"][1]["free_share"], 1.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_be_about_one_person_is_not_told() {
    for office in Office::each_database().await {
        let day = office.next_week();
        for time in ["14:00", "14:20", "14:40", "15:00"] {
            office.book(&office.person(), "card", time).await;
        }
        a_day(&office).await;
        sleep(&office);
        let answer = office.read(&path(day, day)).await.expect(200);
        let card = of(&answer, "small", "card");
        let figures = [
            "booked",
            "served",
            "missed",
            "waiting_days_median",
            "waiting_days_p90",
            "utilisation",
            "missed_share",
        ];
        for figure in figures {
            assert!(card[figure].is_null(), "{figure}: {card}");
        }
        assert_eq!(card["offered"], 24);
        assert_eq!(of(&answer, "small", "passport")["booked"], 17);
        // Together with the passports it would tell how many cards there were.
        assert!(answer.body["days"][2]["free_share"].is_null());
        let text = answer.body.to_string();
        assert!(!text.contains("bkg_") && !text.contains("Öztürk"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_figures_are_a_table_for_who_asks_for_one() {
    let office = Office::embedded().await;
    let day = a_day(&office).await;
    sleep(&office);
    let path = format!("{}&location=small", path(day, day));
    let get = async |path: &str, accept: &str| {
        office.send(Method::GET, path, "", &[("Accept", accept)], None).await
    };
    let csv = get(&path, "text/csv").await.expect(200);
    assert_eq!(csv.headers["content-type"], "text/csv");
    assert_eq!(csv.headers["vary"], "Accept, Accept-Encoding");
    let text = csv.body.as_str().unwrap();
    assert!(text.ends_with("\r\n"));
    let lines: Vec<Vec<_>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(lines.len(), 1 + 4, "{text}");
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{text}");
    let line =
        format!("{day},small,passport,48,17,6,5,6,6,5,7,7,0.354,0.294,1,0.646,17,0,0,0,0,0,0");
    assert!(text.contains(&line), "{text}");

    assert_eq!(office.read(&format!("{path}&format=csv")).await.expect(200).body, csv.body);
    let json = get(&format!("{path}&format=json"), "text/csv").await.expect(200);
    assert_eq!(json.headers["content-type"], "application/json");
    assert_ne!(json.headers["etag"], csv.headers["etag"]);
    get(&path, "text/html").await.expect_problem(406, "not-acceptable");
    let wrong = office.read(&format!("{path}&format=xlsx")).await;
    assert_eq!(wrong.expect_problem(400, "invalid-request").body["field"], "format");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_days_that_are_over_are_told_and_not_too_many() {
    let office = Office::embedded().await;
    let today: Date = "2027-01-04".parse().unwrap();
    let days_ago = |days: i32| today.saturating_sub(jiff::Span::new().days(days));
    office.read(&path(days_ago(31), days_ago(1))).await.expect(200);
    office.read(&path(days_ago(92), days_ago(62))).await.expect(200);
    for (from, to, field) in [(1, 0, "to"), (1, 2, "to"), (32, 1, "to"), (93, 90, "from")] {
        let answer = office.read(&path(days_ago(from), days_ago(to))).await;
        assert_eq!(answer.expect_problem(400, "invalid-request").body["field"], field);
    }
    for query in
        ["from=2027-01-01", "from=2027-01-01&to=x", "from=2027-01-01&to=2027-01-02&by=month"]
    {
        let answer = office.read(&format!("/v1/statistics?{query}")).await;
        answer.expect_problem(400, "invalid-request");
    }
    let elsewhere = format!("{}&location=nowhere", path(days_ago(1), days_ago(1)));
    office.read(&elsewhere).await.expect_problem(422, "unknown-location");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_figures_already_is_told_so_and_a_correction_shows_within_a_quarter_of_an_hour()
{
    let office = Office::embedded().await;
    let day = a_day(&office).await;
    sleep(&office);
    let path = path(day, day);
    let first = office.read(&path).await.expect(200);
    assert_eq!(first.headers["cache-control"], "public, max-age=300");
    let etag = first.headers["etag"].to_str().unwrap().to_owned();
    let again = async || {
        let known = [("If-None-Match", etag.as_str())];
        office.send(Method::GET, &path, "", &known, None).await
    };
    again().await.expect(304);

    let clerk = office.clerk(&["small"]);
    let code = format!("/v1/desk/bookings?location=small&date={day}");
    let list = office.send(Method::GET, &code, &clerk, &[], None).await.expect(200);
    let open = list.body["bookings"].as_array().unwrap().clone();
    let open = open.iter().find(|it| it["status"] == "confirmed").unwrap();
    act(&office, &clerk, "bookings", open["id"].as_str().unwrap(), &["miss"]).await;
    again().await.expect(304);
    office.clock.advance(SignedDuration::from_mins(15));
    let corrected = again().await.expect(200);
    assert_eq!(of(&corrected, "small", "passport")["missed"], 6);
}
