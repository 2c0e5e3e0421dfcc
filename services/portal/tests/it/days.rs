//! The days with free appointments.

use serde_json::json;

use crate::{
    page::Page,
    stub::{Answer, BOOKING, booking},
    world::World,
};

const DAYS: &str = "/en/buergeramt/days?service=120703";

#[actix_web::test]
async fn free_days_lead_to_their_times_and_the_earliest_slot_to_its_choice() {
    let world = World::start().await;
    let page = world.browser().open(DAYS).await;
    page.says(
        200,
        &["Step 2 of 4: choose a day", "Identity card", "January 2027", "February 2027"],
    );
    page.says(200, &["Next free appointment Tuesday, 5 January 2027, 09:00"]);
    let first = "5 few, Tuesday, 5 January 2027: tomorrow, 3 free times, nearly full";
    assert_eq!(page.link(first), "/en/buergeramt/day?service=120703&date=2027-01-05");
    assert_eq!(page.link("Documents, fee and more"), "/en/buergeramt/services/120703");
    let choice = page.link("Take this one");
    assert_eq!(
        choice,
        "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08%3A00%3A00Z"
    );
}

/// 9 places at 3 times, since visits overlap: a person can choose from 3.
#[actix_web::test]
async fn days_are_a_list_first_and_words_tell_them_apart() {
    let world = World::start().await;
    let page = world.browser().open(DAYS).await;
    page.says(200, &["Tuesday, 5 January 2027 (tomorrow) 3 free times, nearly full"]);
    page.says(200, &["Monday, 1 February 2027 30 free times"]);
    page.is_silent_about("9 times");
    let (list, calendar) = page.html.split_once("<table").unwrap();
    assert!(list.contains("<ol class=\"services\">"));
    assert!(calendar.contains("10 <small>closed</small>"), "{calendar}");
    assert!(calendar.contains("11 <small>full</small>"));
    assert!(calendar.contains("4 <small>today</small>"));
    page.says(200, &["Days without an outline or a word: not bookable yet, or over."]);
}

#[actix_web::test]
async fn an_older_authority_that_counts_no_times_is_not_made_to_lie() {
    let world = World::start().await;
    let days = json!({ "days": [{ "date": "2027-01-05", "free": 1245 }] });
    world.answer("GET availability/days", Answer::Json(200, days));
    let page = world.browser().open(DAYS).await;
    page.link("Tuesday, 5 January 2027: tomorrow, free times");
    page.is_silent_about("1245");
}

#[actix_web::test]
async fn the_nearest_places_come_first_and_the_postcode_stays() {
    let world = World::prepared(|stub| {
        let place = |id: &str, name: &str, code: &str| {
            let address = json!({ "street": "Gasse 1", "postal_code": code, "city": "Berlin" });
            json!({ "id": id, "name": { "de": name }, "address": address, "services": ["120703"] })
        };
        let places = [place("spandau", "Spandau", "13597"), place("mitte", "Mitte", "10178")];
        let places = json!({ "locations": places });
        stub.answer("GET /buergeramt/v1/locations", Answer::Json(200, places));
    })
    .await;
    let mut browser = world.browser();
    let page = browser.open(&format!("{DAYS}&near=10119")).await;
    page.says(200, &["Mitte Gasse 1, 10178 Berlin about 1 km away"]);
    let at = |page: &Page, place: &str| page.html.find(&format!("id=\"place-{place}\"")).unwrap();
    assert!(at(&page, "mitte") < at(&page, "spandau"), "{page:?}");
    page.says(200, &["Coordinates: OpenGeoDB."]);
    let day = page.link("5 few, Tuesday, 5 January 2027: tomorrow, 3 free times, nearly full");
    assert!(day.contains("near=10119"), "{day}");
    let german = browser.read_in(&page, "Deutsch", &[]).await;
    assert!(german.url.as_str().contains("near=10119"), "{}", german.url);

    for typed in ["D-10119", "10+119", "%D9%A1%D9%A0%D9%A1%D9%A1%D9%A9"] {
        let page = browser.open(&format!("{DAYS}&near={typed}")).await;
        page.says(200, &["Mitte Gasse 1, 10178 Berlin about 1 km away"]);
    }

    let page = browser.open(&format!("{DAYS}&near=99999")).await;
    page.says(200, &["Error: Identity card: free appointments", "We don't know this postcode."]);
    assert_eq!(
        page.link("We don't know this postcode. Enter the five digits of a postcode in Berlin."),
        "#near"
    );
    assert!(page.html.contains("value=\"99999\""), "what was typed stays");
    assert!(at(&page, "spandau") < at(&page, "mitte"), "{page:?}");
    // Fault: every further link carried it.
    let (_, content) = page.html.split_once("<main").unwrap();
    let links: Vec<_> = content.split("href=\"").skip(1).map(|it| it.split('"').next()).collect();
    assert!(links.iter().flatten().any(|link| link.contains("/day?")), "{links:?}");
    let carried = |link: &&str| link.contains("99999") && !link.contains("login");
    assert_eq!(links.into_iter().flatten().find(carried), None);
}

/// Fault: who uses a wheelchair read on the page of the service only whether they get in.
#[actix_web::test]
async fn how_a_place_is_reached_without_barriers_is_said_wherever_it_is_chosen() {
    let world = World::start().await;
    let mut browser = world.browser();
    let day = "/en/buergeramt/day?service=120703&date=2027-01-05";
    let choice = "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08:00:00Z";
    for address in [DAYS, day, choice] {
        browser.open(address).await.says(200, &["Accessibility: There is a lift"]);
    }
}

/// Fault: the page of a service and that of its free days had one title, so tabs looked alike.
#[actix_web::test]
async fn the_titles_of_pages_tell_them_apart() {
    let world = World::start().await;
    let mut browser = world.browser();
    let day = "/en/buergeramt/day?service=120703&date=2027-01-05";
    let mut titles = std::collections::BTreeSet::new();
    for address in ["/en/buergeramt/services/120703", DAYS, day, "/en"] {
        let page = browser.open(address).await;
        let title =
            page.html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        assert!(titles.insert(title.unwrap().to_owned()), "{titles:?}");
    }
}

#[actix_web::test]
async fn a_place_that_was_chosen_stays_until_anywhere_is_chosen() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open(&format!("{DAYS}&location=wedding")).await;
    let choice = page.link("Take this one");
    assert!(choice.contains("location=wedding"), "{choice}");
    let page = browser.open(&choice).await;
    assert!(page.link("Choose another time").contains("location=wedding"), "{page:?}");
    let page = browser.open(&format!("{DAYS}&location=wedding")).await;
    assert_eq!(page.link("Search anywhere"), DAYS);
}

#[actix_web::test]
async fn all_places_that_do_the_service_are_asked_or_only_the_chosen_ones() {
    let world = World::start().await;
    let mut browser = world.browser();
    browser.open(DAYS).await.says(200, &["Searching at all 2 places."]);
    browser.open(&format!("{DAYS}&location=wedding")).await.says(200, &["Searching at 1 place."]);
    let asked = world.stub.asked("GET /buergeramt/v1/availability/days");
    assert_eq!(
        asked.iter().map(|asked| asked.query.as_str()).collect::<Vec<_>>(),
        [
            "service=120703&location=mitte&location=wedding&from=2027-01-04&to=2027-07-07",
            "service=120703&location=wedding&from=2027-01-04&to=2027-07-07",
        ]
    );
}

#[actix_web::test]
async fn services_of_the_same_group_can_be_added() {
    let world = World::start().await;
    let page = world.browser().open(DAYS).await;
    let both = page.link("Passport");
    assert_eq!(both, "/en/buergeramt/days?service=120703&service=121151");
    let page = world.browser().open(&both).await;
    page.says(200, &["Identity card and Passport"]);
    let german = world.browser().open(&both.replacen("en", "de", 1)).await;
    german.says(200, &["Personalausweis und Reisepass"]);
    page.is_silent_about("Another service in the same appointment");
}

#[actix_web::test]
async fn who_finds_nothing_free_reads_that_reloading_does_not_help() {
    let world = World::start().await;
    world.answer("GET availability/days", Answer::Json(200, json!({ "days": [] })));
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    let page = world.browser().open(DAYS).await;
    page.says(200, &["There is no free appointment at the moment.", "Please come back later."]);
    assert!(!page.html.contains("<table"));
}

#[actix_web::test]
async fn a_service_with_an_application_links_to_its_number() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/days?service=324280").await;
    page.says(200, &["Application first, then the appointment"]);
    let link = page.link("Enter the application number");
    assert_eq!(link, "/en/buergeramt/entitlement?service=324280");
}

#[actix_web::test]
async fn who_moves_an_appointment_reads_so_and_takes_it_along() {
    let world = World::start().await;
    let page = world.browser().open(&format!("{DAYS}&replaces={BOOKING}")).await;
    page.says(200, &["You are moving an appointment.", "You keep your present appointment"]);
    let day = page.link("5 few, Tuesday, 5 January 2027: tomorrow, 3 free times, nearly full");
    assert!(day.contains(&format!("replaces={BOOKING}")), "{day}");
    page.is_silent_about("Another service in the same appointment");
}

#[actix_web::test]
async fn an_authority_that_fails_is_said_to_be_down_and_appointments_to_be_safe() {
    for trouble in [Answer::Proxy(502), Answer::Malformed, Answer::Proxy(200)] {
        let world = World::start().await;
        world.answer("GET availability/days", trouble);
        let page = world.browser().open(DAYS).await;
        page.says(503, &["This authority does not answer right now"]);
        page.says(503, &["Booked appointments are stored safely."]);
        assert_eq!(page.link("Back to the start page"), "/en");
    }
}

#[actix_web::test]
async fn an_authority_that_does_not_answer_keeps_nobody_waiting() {
    let world = World::start().await;
    world.answer("GET availability/days", Answer::Never);
    let page = world.browser().open(DAYS).await;
    page.says(503, &["This authority does not answer right now"]);
}

#[actix_web::test]
async fn a_refusal_by_the_authority_is_explained() {
    let cases = [
        (500, "internal", "Something went wrong at the authority It is not your fault."),
        (429, "rate-limited", "Too many requests"),
        (422, "unknown-service", "This service is no longer offered here"),
        (418, "of-a-newer-service", "That did not work The authority refused the request."),
    ];
    for (status, code, sentence) in cases {
        let world = World::start().await;
        world.refuse("GET availability/days", status, code);
        world.browser().open(DAYS).await.says(status, &[sentence]);
    }
}

/// Fault: whoever moved an appointment was offered the very time and place that they had.
#[actix_web::test]
async fn who_moves_an_appointment_is_not_offered_its_own_time_as_the_next_free_one() {
    let world = World::start().await;
    let own = booking("confirmed");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, own.clone()));
    let address = format!("{DAYS}&replaces={BOOKING}");
    let mut browser = world.erika().await;
    let page = browser.open(&address).await;
    page.says(200, &["Next free appointment Tuesday, 5 January 2027, 12:30"]);
    let slot = json!({ "location": "mitte", "start": own["start"], "end": own["end"], "free": 1 });
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [slot] })));
    let page = browser.open(&address).await;
    page.is_silent_about("Next free appointment");
    page.is_silent_about("There is no free appointment at the moment.");
    // The same time at another place is another appointment.
    let mut elsewhere = own;
    elsewhere["location"] = json!("wedding");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, elsewhere));
    let page = browser.open(&address).await;
    page.says(200, &["Next free appointment Tuesday, 5 January 2027, 09:00"]);
}
