//! The page of a service.

use serde_json::json;

use crate::{stub::Answer, world::World};

const SERVICE: &str = "/en/buergeramt/services/120703";

#[actix_web::test]
async fn the_page_of_a_service_says_what_is_known_with_source_and_date_and_what_is_not() {
    let world = World::start().await;
    let page = world.browser().open(SERVICE).await;
    page.says(200, &["Identity card", "Next free appointment Tuesday, 5 January 2027"]);
    page.says(
        200,
        &["Please bring Photo", "Fee 37 euros Source: amt.example, as of November 2026"],
    );
    page.says(
        200,
        &[
            "The appointment It takes 20 minutes.",
            "Processing time afterwards Look on the authority’s own page, or call 115.",
        ],
    );
    page.says(
        200,
        &["Rathaus Mitte Karl-Marx-Allee 31, 10178 Berlin", "Accessibility: There is a lift"],
    );
    assert_eq!(page.link("See free appointments"), "/en/buergeramt/days?service=120703");
    assert_eq!(page.link("More on the authority's own page"), "https://amt.example/120703/");
    assert_eq!(
        page.link("Map (OpenStreetMap): Rathaus Mitte"),
        "https://www.openstreetmap.org/search?query=Karl-Marx-Allee+31%2C+10178+Berlin"
    );
}

#[actix_web::test]
async fn an_address_that_is_no_web_page_becomes_no_link() {
    let world = World::start().await;
    let page = world.browser().open(SERVICE).await;
    assert!(!page.html.contains("javascript:"), "{page:?}");
    page.is_silent_about("Do it online");
}

#[actix_web::test]
async fn how_long_the_wait_is_stays_open_when_the_authority_is_slow_or_nothing_is_free() {
    for (answer, sentence) in [
        (Answer::Never, "We cannot say right now."),
        (Answer::Proxy(502), "We cannot say right now."),
        (Answer::Json(200, json!({ "slot": null })), "There is no free appointment at the moment."),
    ] {
        let world = World::start().await;
        world.answer("GET availability/earliest", answer);
        world.browser().open(SERVICE).await.says(200, &[sentence, "Please bring Photo"]);
    }
    // Nothing is free, and there is a waiting list.
    let world = World::start().await;
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    let page = world.browser().open(SERVICE).await;
    assert_eq!(page.link("Wait for an appointment"), "/en/buergeramt/days?service=120703");
    assert!(!page.offers("See free appointments"), "{page:?}");
}

#[actix_web::test]
async fn a_service_that_needs_an_application_or_is_drawn_says_so() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/services/324280").await;
    page.says(200, &["Application first, then the appointment"]);
    let page = world.browser().open("/en/buergeramt/services/121701").await;
    // What the draws left over is free, and said with the way in which the others are given out.
    page.says(200, &["Next free appointment Tuesday, 5 January 2027"]);
    page.says(200, &["Appointments of later weeks are drawn by lot first."]);
    let world = World::start().await;
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    let page = world.browser().open("/en/buergeramt/services/121701").await;
    page.says(200, &["How you get an appointment Appointments are drawn by lot"]);
    assert_eq!(page.link("See the draws"), "/en/buergeramt/days?service=121701");
}

#[actix_web::test]
async fn what_only_the_office_books_leads_to_the_desk_and_the_phone() {
    let locations = json!({ "locations": [{
        "id": "mitte", "name": { "de": "Rathaus Mitte" }, "services": ["121151"],
        "staff_services": ["120703"],
    }]});
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/locations", Answer::Json(200, locations));
    })
    .await;
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    world.answer("GET availability/days", Answer::Json(200, json!({ "days": [] })));
    let mut browser = world.browser();
    for address in [SERVICE, "/en/buergeramt/days?service=120703"] {
        let page = browser.open(address).await;
        page.says(200, &["Only the office books these appointments"]);
        page.is_silent_about("There is no free appointment at the moment.");
        assert!(!page.offers("See free appointments"), "{page:?}");
        assert_eq!(page.link("Where you get the appointment"), "/en/without-online-id");
    }
    assert_eq!(browser.open("/en/buergeramt/days?service=120703").await.link("115"), "tel:115");
    browser.open("/en?q=identity").await.says(200, &["Only the office books these appointments"]);
}

#[actix_web::test]
async fn a_service_that_is_not_offered_is_no_page() {
    let world = World::start().await;
    for service in ["999999", "%C3%BC", ""] {
        let page = world.browser().open(&format!("/en/buergeramt/services/{service}")).await;
        page.says(404, &["This page does not exist"]);
    }
}
