//! The start page: what can be booked, and where.

use crate::{stub::Answer, world::World};

#[actix_web::test]
async fn the_start_page_lists_what_each_authority_offers() {
    let world = World::start().await;
    let page = world.browser().open("/en").await;
    page.says(200, &["Book an appointment", "Bürgeramt", "Identity documents", "Passport"]);
    assert_eq!(page.link("Identity card"), "/en/buergeramt/days?service=120703");
    // A service without an English name is shown in German, and marked as such.
    assert!(page.html.contains(r#"<span lang="de">Niederlassungserlaubnis</span>"#));
}

#[actix_web::test]
async fn an_authority_that_was_never_reached_is_named_and_the_others_work() {
    let world = World::start().await;
    let page = world.browser().open("/en").await;
    page.says(200, &["Immigration office No appointments can be shown here at the moment."]);
    page.says(200, &["The other authorities are not affected."]);
}

#[actix_web::test]
async fn a_search_finds_by_the_german_name_too_and_says_what_is_free_next() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open("/en?q=reisepass").await;
    page.says(
        200,
        &["1 service found.", "Passport Next free appointment: Tuesday, 5 January 2027"],
    );
    assert!(!page.offers("Identity card"));
    let page = browser.open("/en?q=fishing").await;
    page.says(200, &["Nothing found. Try another word."]);
    assert_eq!(page.link("Show all services"), "/en");
}

#[actix_web::test]
async fn a_search_shows_its_results_though_free_appointments_are_not_known() {
    for trouble in [Answer::Never, Answer::Proxy(502), Answer::Malformed] {
        let world = World::start().await;
        world.answer("GET availability/earliest", trouble);
        let page = world.browser().open("/en?q=passport").await;
        page.says(200, &["1 service found.", "Passport"]);
        page.is_silent_about("Next free appointment");
    }
}

#[actix_web::test]
async fn an_authority_whose_answer_is_not_understood_counts_as_unreachable() {
    let world = World::start().await;
    world.answer("GET services", Answer::Malformed);
    world.browser().open("/en").await.says(200, &["Bürgeramt No appointments can be shown here"]);
}

#[actix_web::test]
async fn the_address_of_another_authority_is_not_believed() {
    let world = World::start().await;
    let other = serde_json::json!({ "id": "lea", "name": { "de": "Anderes Amt" } });
    world.answer("GET authority", Answer::Json(200, other));
    let page = world.browser().open("/en").await;
    page.says(200, &["Bürgeramt No appointments can be shown here"]);
    page.is_silent_about("Anderes Amt");
}

#[actix_web::test]
async fn how_it_works_is_explained() {
    let page = World::start().await.browser().open("/en/about").await;
    page.says(200, &["How fair appointments work", "One human, one appointment"]);
}

#[actix_web::test]
async fn the_footer_links_the_pages_that_the_settings_name() {
    let world =
        World::with("legal: { imprint: 'https://berlin.example/imprint' }\ndemonstration: true\n")
            .await;
    let page = world.browser().open("/en").await;
    assert_eq!(page.link("Legal notice"), "https://berlin.example/imprint");
    assert!(!page.offers("Privacy"));
    page.says(200, &["Demonstration: not an authority's website"]);
}
