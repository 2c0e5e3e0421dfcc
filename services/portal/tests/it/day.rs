//! The free times of a day.

use serde_json::json;

use crate::{stub::Answer, world::World};

const DAY: &str = "/en/buergeramt/day?service=120703&date=2027-01-05";

#[actix_web::test]
async fn times_stand_by_place_and_time_of_day_and_lead_to_their_choice() {
    let world = World::start().await;
    let page = world.browser().open(DAY).await;
    page.says(200, &["Step 3 of 4: choose a time", "Tuesday, 5 January 2027"]);
    page.says(200, &["Accessibility: There is a lift Before 12:00 09:00"]);
    page.says(200, &["12:00 to 16:00 12:30", "16:00 and later 16:00"]);
    let link = page.link("09:00, Rathaus Mitte");
    assert_eq!(link, "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08%3A00%3A00Z");
    assert_eq!(page.link("Choose another day"), "/en/buergeramt/days?service=120703");
}

#[actix_web::test]
async fn who_is_logged_in_surely_enough_holds_a_time_at_once() {
    let world = World::start().await;
    let page = world.erika().await.open(DAY).await;
    page.says(200, &["We then reserve it for you"]);
    let (target, fields) = page.button("12:30");
    assert_eq!(target, "/en/buergeramt/hold");
    let value = |name: &str| fields.iter().find(|(known, _)| known == name).unwrap().1.as_str();
    assert_eq!(value("slot"), "mitte@2027-01-05T11:30:00Z");
    assert_eq!(value("service"), "120703");
}

#[actix_web::test]
async fn who_is_not_surely_enough_logged_in_gets_links() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.level = "basic");
    let page = world.erika().await.open(DAY).await;
    assert!(page.link("09:00, Rathaus Mitte").contains("/choice?"));
}

#[actix_web::test]
async fn a_day_that_has_become_full_says_so() {
    let world = World::start().await;
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [] })));
    let page = world.browser().open(DAY).await;
    page.says(200, &["Nothing is free on this day any more.", "Choose another day."]);
}

#[actix_web::test]
async fn a_day_whose_times_cannot_be_read_is_an_outage() {
    for trouble in [Answer::Proxy(500), Answer::Malformed] {
        let world = World::start().await;
        world.answer("GET availability/slots", trouble);
        let page = world.browser().open(DAY).await;
        page.says(503, &["This authority does not answer right now"]);
    }
}

/// Eight places with 60 times each.
async fn crowded() -> World {
    let id = |place: usize| format!("place-{place}");
    let world = World::prepared(|stub| {
        let place = |place| {
            let name = format!("Place {place}");
            json!({ "id": id(place), "name": { "de": name }, "services": ["120703"] })
        };
        let places = json!({ "locations": (0..8).map(place).collect::<Vec<_>>() });
        stub.answer("GET /buergeramt/v1/locations", Answer::Json(200, places));
    })
    .await;
    let slot = |place: usize, at: usize| {
        // Place 7 has the earliest time; each time has three desks and two lengths.
        let minute = at * 6 + 8 - place;
        let start = format!("2027-01-05T{:02}:{:02}:00Z", 7 + minute / 60, minute % 60);
        json!({ "location": id(place), "start": start, "end": "2027-01-05T15:00:00Z", "free": 3 })
    };
    let slots: Vec<_> = (0..60).flat_map(|at| (0..8).map(move |place| (place, at))).collect();
    let slots: Vec<_> = slots.into_iter().flat_map(|(p, at)| [slot(p, at), slot(p, at)]).collect();
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": slots })));
    world
}

/// What the tab key stops at, closed details left out.
fn tab_stops(html: &str) -> usize {
    let mut open = String::new();
    for (index, part) in html.split("<details>").enumerate() {
        let shown = if index == 0 { part } else { part.split_once("</details>").unwrap().1 };
        open += shown;
        open += "<summary";
    }
    let fields = open.matches("<input ").count() - open.matches("type=\"hidden\"").count();
    ["<a ", "<button ", "<summary", "<select "]
        .map(|tag| open.matches(tag).count())
        .iter()
        .sum::<usize>()
        + fields
        - 1
}

#[actix_web::test]
async fn a_day_with_hundreds_of_times_shows_a_handful_at_six_places_and_links_to_more() {
    let world = crowded().await;
    for mut browser in [world.browser(), world.erika().await] {
        let page = browser.open(DAY).await;
        assert_eq!(page.html.matches("class=\"slot\"").count(), 18);
        assert_eq!(page.html.matches("class=\"place-slots\"").count(), 6);
        assert!(tab_stops(&page.html) <= 40, "{}", tab_stops(&page.html));
        let (before, _) = page.html.split_once("class=\"slot\"").unwrap();
        assert!(tab_stops(before) <= 25, "{}", tab_stops(before));
        let text = page.text();
        let first = text.find("Place 7").unwrap();
        assert!(first < text.find("Place 6").unwrap(), "the earliest comes first: {text}");
        page.says(200, &["Place 7 Before 12:00 08:01 08:07 08:13 57 more times", "2 more places"]);
    }
}

#[actix_web::test]
async fn every_time_of_a_day_can_be_reached_by_links() {
    let world = crowded().await;
    let mut browser = world.browser();
    let page = browser.open(DAY).await;
    let rest = browser.open(&page.link("2 more places")).await;
    rest.says(200, &["Place 1", "Place 0"]);
    assert_eq!(rest.link("All places"), DAY);

    let mut link = page.link("57 more times: Place 7");
    let mut seen = 3;
    loop {
        let page = browser.open(&link).await;
        page.says(200, &["Place 7", "All places"]);
        page.is_silent_about("Place 6");
        seen += page.html.matches("class=\"slot\"").count();
        if seen == 60 {
            break;
        }
        link = page.link(&format!("{} more times: Place 7", 60 - seen));
    }
    let asked = world.stub.asked("GET /buergeramt/v1/availability/slots");
    assert!(asked.last().unwrap().query.contains("location=place-7&date="), "only that place");
}

#[actix_web::test]
async fn a_part_of_a_day_that_makes_no_sense_is_refused_and_an_old_one_shows_what_there_is() {
    let world = crowded().await;
    let mut browser = world.browser();
    for (part, status) in [
        ("at=%C3%BC", 400),
        ("from=soon", 400),
        ("skip=-1", 400),
        ("at=nowhere", 404),
        ("skip=999999999", 200),
        ("at=place-0&from=23:59", 200),
    ] {
        let page = browser.open(&format!("{DAY}&{part}")).await;
        assert_eq!(page.status, status, "{part}: {page:?}");
        assert!(status != 200 || page.html.contains("class=\"slot\""), "{part}");
    }
}

#[actix_web::test]
async fn a_day_without_times_says_whether_it_is_over_closed_or_too_far_ahead() {
    let world = World::start().await;
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [] })));
    let cases = [
        ("2027-01-03", "This day is over."),
        ("2027-01-10", "It is closed on this day."),
        ("2027-03-01", "Perhaps it cannot be booked yet."),
        ("2030-01-07", "Perhaps it cannot be booked yet."),
        ("2027-01-06", "Nothing is free on this day any more."),
    ];
    for (date, sentence) in cases {
        let address = format!("/en/buergeramt/day?service=120703&date={date}");
        world.browser().open(&address).await.says(200, &[sentence]);
    }
}
