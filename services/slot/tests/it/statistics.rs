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
        let wanted = json!({ "location": "small", "services": ["passport"] });
        let ticket = office.post("/v1/desk/queue", &clerk, wanted).await.expect(201).id();
        act(office, &clerk, "desk/queue", &ticket, &["call", "serve"]).await;
    }
    day
}

/// Past the next midnight, while the desk can still note what became of the latest appointments.
fn sleep(office: &Office) {
    office.clock.advance(SignedDuration::from_hours(8));
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
    // As Excel in German opens it by a double click.
    let csv = get(&path, "text/csv").await.expect(200);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8; header=present");
    let name = format!("attachment; filename=\"statistics_{day}_{day}.csv\"");
    assert_eq!(csv.headers["content-disposition"], name.as_str());
    assert_eq!(csv.headers["vary"], "Accept, Accept-Encoding");
    let text = csv.body.as_str().unwrap();
    assert!(text.starts_with("\u{feff}date;location;") && text.ends_with("\r\n"), "{text}");
    let lines: Vec<Vec<_>> = text.lines().map(|line| line.split(';').collect()).collect();
    assert_eq!(lines.len(), 1 + 4, "{text}");
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{text}");
    let line =
        format!("{day};small;passport;48;17;6;5;6;6;5;7;7;0,354;0,294;1;0,646;17;0;0;0;0;0;0;true");
    assert!(text.contains(&line), "{text}");

    assert_eq!(office.read(&format!("{path}&format=csv")).await.expect(200).body, csv.body);
    let plain = office.read(&format!("{path}&format=rfc4180")).await.expect(200);
    assert!(plain.body.as_str().unwrap().starts_with("date,location,"), "{}", plain.body);
    let line =
        format!("{day},small,passport,48,17,6,5,6,6,5,7,7,0.354,0.294,1,0.646,17,0,0,0,0,0,0,true");
    assert!(plain.body.as_str().unwrap().contains(&line), "{}", plain.body);
    let json = get(&format!("{path}&format=json"), "text/csv").await.expect(200);
    assert_eq!(json.headers["content-type"], "application/json");
    assert_ne!(json.headers["etag"], csv.headers["etag"]);
    get(&path, "text/html").await.expect_problem(406, "not-acceptable");
    let wrong = office.read(&format!("{path}&format=xlsx")).await;
    assert_eq!(wrong.expect_problem(400, "invalid-request").body["field"], "format");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_days_are_told_that_have_begun_unless_they_are_too_many() {
    let office = Office::embedded().await;
    let today: Date = "2027-01-04".parse().unwrap();
    let days_ago = |days: i32| today.saturating_sub(jiff::Span::new().days(days));
    office.read(&path(days_ago(31), days_ago(0))).await.expect(200);
    office.read(&path(days_ago(92), days_ago(62))).await.expect(200);
    office.read(&format!("{}&location=small", path(days_ago(1096), days_ago(1)))).await.expect(200);
    for (from, to, field) in [(1, -1, "to"), (1, 2, "to"), (400, 1, "to"), (1097, 1090, "from")] {
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
async fn the_current_day_is_told_in_steps_and_without_what_needs_exact_counts() {
    let office = Office::embedded().await;
    let day = a_day(&office).await;
    let answer = office.read(&path(day, day)).await.expect(200);
    let passport = of(&answer, "small", "passport");
    let told = ["booked", "served", "missed", "cancelled", "walk_ins_served"];
    assert_eq!(told.map(|count| passport[count].as_u64().unwrap()), [15, 5, 5, 5, 5]);
    assert!(passport["waiting_days_median"].is_null());
    assert_eq!(answer.body["days"][2]["is_over"], false);
    assert!(answer.body["days"][2]["free_share"].is_null());
    sleep(&office);
    let over = office.read(&path(day, day)).await.expect(200);
    assert_eq!(of(&over, "small", "passport")["booked"], 17);
    assert_eq!(over.body["days"][2]["is_over"], true);
}

/// The last appointment of the day that is still open is missed.
async fn mark_one_missed(office: &Office, day: Date) {
    let clerk = office.clerk(&["small"]);
    let list = format!("/v1/desk/bookings?location=small&date={day}");
    let list = office.send(Method::GET, &list, &clerk, &[], None).await.expect(200);
    let open = list.body["bookings"].as_array().unwrap().clone();
    let open = open.iter().rfind(|it| it["status"] == "confirmed").unwrap();
    act(office, &clerk, "bookings", open["id"].as_str().unwrap(), &["miss"]).await;
}

async fn missed(office: &Office, day: Date) -> Value {
    let answer = office.read(&path(day, day)).await.expect(200);
    of(&answer, "small", "passport")["missed"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_figures_already_is_told_so_and_a_late_mark_shows_after_the_next_midnight() {
    for office in Office::each_database().await {
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
        mark_one_missed(&office, day).await;
        again().await.expect(304);
        office.clock.advance(SignedDuration::from_hours(24));
        let corrected = again().await.expect(200);
        let told = of(&corrected, "small", "passport")["missed"].as_u64();
        assert!(told >= Some(6), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_week_a_day_stays_as_it_was_counted() {
    let office = Office::embedded().await;
    let day = a_day(&office).await;
    // The first count is after the last day on which it is counted again.
    office.clock.advance(SignedDuration::from_hours(24 * 9));
    let counted = missed(&office, day).await;
    let path = path(day, day);
    let before = office.read(&path).await.expect(200);
    office.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(missed(&office, day).await, counted);
    assert_eq!(office.read(&path).await.expect(200).body, before.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_summed_up_once_its_days_are_final() {
    for office in Office::each_database().await {
        a_day(&office).await;
        let months = "/v1/statistics/months?from=2027-01";
        // It is the 11th of January.
        let early = office.read(months).await.expect_problem(400, "invalid-request");
        assert_eq!(early.body["field"], "to");
        let wanted: Date = "2027-02-08".parse().unwrap();
        let then = ambient::berlin().to_timestamp(wanted.at(1, 0, 0, 0)).unwrap();
        office.clock.advance(then.duration_since(office.clock.now()));
        let told = office.read(months).await.expect(200);
        let january = &told.body["months"][0];
        let figures = [
            "booked",
            "missed_share",
            "cancelled",
            "walk_ins_served",
            "within_14_days_share",
            "waiting_days_mean",
            "booked_by_phone",
        ];
        assert_eq!(january["month"], "2027-01");
        let cancelled = json!(6);
        assert_eq!(january["booked"], 17, "{january}");
        assert_eq!(january["cancelled"], cancelled);
        assert_eq!(january["within_14_days_share"], 1.0);
        assert_eq!(january["waiting_days_mean"], 7.0);
        assert!(figures.iter().all(|figure| january.get(figure).is_some()), "{january}");
        let by = async |what: &str| office.read(&format!("{months}&by={what}")).await.expect(200);
        let places = by("location").await.body["months"].clone();
        let small = places.as_array().unwrap().iter().find(|it| it["location"] == "small").unwrap();
        assert_eq!((&small["booked"], &small["walk_ins_served"]), (&json!(17), &json!(5)));
        let services = by("service").await.body["months"].clone();
        let card = services.as_array().unwrap().iter().find(|it| it["service"] == "card").unwrap();
        assert_eq!(card["booked"], 0);
        let csv = office.read(&format!("{months}&format=csv")).await.expect(200);
        assert!(csv.body.as_str().unwrap().contains("\r\n2027-01;;;17;"), "{}", csv.body);
        office.read("/v1/statistics/months?by=day").await.expect_problem(400, "invalid-request");
        assert_eq!(office.read("/v1/statistics/months?to=2027-01").await.expect(200).status, 200);
    }
}
