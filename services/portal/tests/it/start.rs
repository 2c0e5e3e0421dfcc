//! The start page: what can be booked, and where.

use crate::{page::InLanguage, stub::Answer, world::World};

#[actix_web::test]
async fn the_start_page_lists_what_each_authority_offers() {
    let world = World::start().await;
    let page = world.browser().open("/en").await;
    page.says(200, &["Book an appointment", "Bürgeramt", "Identity documents", "Passport"]);
    assert_eq!(page.link("Identity card"), "/en/buergeramt/services/120703");
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
    let page = world.browser().open("/en?q=reisepass").await;
    page.says(
        200,
        &["1 service found.", "Passport Bürgeramt Next free appointment: Tuesday, 5 January 2027"],
    );
    page.says(200, &["5 January 2027 How to book: With user name and password"]);
    assert!(!page.offers("Identity card"));
    assert_eq!(page.link("Show all services"), "/en");
}

#[actix_web::test]
async fn a_search_knows_errors_unfinished_words_and_what_people_say_in_any_language() {
    let world = World::start().await;
    for query in ["perso", "personalauswis", "Personalausw", "KIMLIK", "identity", "120703"] {
        let page = world.browser().open(&format!("/en?q={query}")).await;
        page.says(200, &["Results", "Identity card Bürgeramt"]);
    }
}

#[actix_web::test]
async fn a_search_that_finds_nothing_shows_everything() {
    let world = World::start().await;
    let page = world.browser().open("/en?q=qqqq").await;
    page.says(200, &["Nothing found. These offices do not seem to do this."]);
    assert_eq!(
        (page.link("115").as_str(), page.link("Show all services").as_str()),
        ("tel:115", "#all-services")
    );
    assert!(page.offers("Identity card") && page.offers("Passport"));
}

#[actix_web::test]
async fn a_search_that_cannot_be_sure_shows_what_is_near_and_then_everything() {
    let world = World::start().await;
    let page = world.browser().open("/en?q=identity+card+perso+passport").await;
    page.says(200, &["We did not find exactly that.", "All services are listed below."]);
    assert!(page.offers("Identity card") && page.offers("Passport"));
}

#[actix_web::test]
async fn a_search_of_any_length_and_letters_is_answered() {
    let world = World::start().await;
    let long = "a".repeat(5000);
    for query in [long.as_str(), "%F0%9F%99%82", "%00", "%22%3E%3Cscript%3E", "%D9%87"] {
        let page = world.browser().open(&format!("/en?q={query}")).await;
        page.says(200, &["Results", "Passport"]);
        assert!(!page.html.contains("<script>"), "{query}");
    }
}

#[actix_web::test]
async fn another_language_keeps_what_was_searched() {
    let world = World::start().await;
    let page = world.browser().open("/de?q=Reisepass").await;
    let english = page.in_language("English", &[]);
    assert_eq!(english, InLanguage::At("/en?q=Reisepass".to_owned()));
    let english = world.browser().read_in(&page, "English", &[]).await;
    english.says(200, &["1 service found.", "Passport"]);
}

/// Search results and the page of a service ask for the same.
#[actix_web::test]
async fn what_is_free_next_is_asked_once_in_a_while() {
    let world = World::start().await;
    let mut browser = world.browser();
    for address in ["/en?q=passport", "/de?q=reisepass", "/en/buergeramt/services/121151"] {
        browser.open(address).await.says(200, &["2027"]);
    }
    assert_eq!(world.stub.asked("GET /buergeramt/v1/availability/earliest").len(), 1);
    world.minutes_pass(1);
    browser.open("/en?q=passport").await.says(200, &["Next free appointment"]);
    assert_eq!(world.stub.asked("GET /buergeramt/v1/availability/earliest").len(), 2);
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

/// Fault: who wanted to cancel an appointment was shown services that share a word with that.
#[actix_web::test]
async fn who_looks_for_an_appointment_that_they_have_is_led_to_it() {
    let world = World::start().await;
    for (language, query, link) in [
        ("de", "Termin+absagen", "Meine Termine"),
        ("de", "meine+Termine", "Meine Termine"),
        ("de-easy", "Termin+verschieben", "Meine Termine"),
        ("en", "cancel+appointment", "My appointments"),
        ("tr", "randevu+iptal", "Randevularım"),
        (
            "uk",
            "%D1%81%D0%BA%D0%B0%D1%81%D1%83%D0%B2%D0%B0%D1%82%D0%B8+%D0%B7%D0%B0%D0%BF%D0%B8%D1%81",
            "Мої записи",
        ),
        ("ar", "%D9%85%D9%88%D8%A7%D8%B9%D9%8A%D8%AF%D9%8A", "مواعيدي"),
    ] {
        let page = world.browser().open(&format!("/{language}?q={query}")).await;
        let (_, results) = page.html.split_once("id=\"results\"").unwrap();
        let first = results.split("<a ").nth(1).unwrap().split("</a>").next().unwrap();
        assert!(first.contains(&format!("/{language}/appointments")), "{query}: {first}");
        assert!(first.contains(link), "{query}: {first}");
        assert!(!page.html.contains("<ol class=\"services found\">"), "{query}: {page:?}");
    }
    let page = world.browser().open("/en?q=cancel+passport+appointment").await;
    page.says(200, &["Do you have an appointment already?", "Passport"]);
    world.browser().open("/en?q=passport").await.is_silent_about("have an appointment already");
}

#[actix_web::test]
async fn the_title_names_what_was_searched() {
    let world = World::start().await;
    let page = world.browser().open("/en?q=passport").await;
    assert!(page.html.contains("<title>Search: "), "{page:?}");
    page.says(200, &["Search: passport - "]);
    world.browser().open("/en").await.says(200, &["Book an appointment - "]);
}
