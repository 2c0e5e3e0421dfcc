//! The languages, and how one is chosen.

use crate::world::World;

#[actix_web::test]
async fn the_first_page_is_in_the_language_that_the_browser_prefers() {
    let world = World::start().await;
    let cases = [
        (None, "/de"),
        (Some("fr"), "/de"),
        (Some("en-GB,en;q=0.9,de;q=0.8"), "/en"),
        (Some("de;q=0.3, tr;q=0.7"), "/tr"),
        (Some("en;q=0, uk;q=0.1"), "/uk"),
        (Some("de-simple"), "/de-easy"),
        (Some(";;q=x,,"), "/de"),
    ];
    for (prefers, path) in cases {
        let mut browser = world.browser();
        browser.prefers = prefers;
        let page = browser.get("/").await;
        assert_eq!(page.header("vary"), "accept-language");
        assert_eq!(page.location().unwrap().path(), path, "{prefers:?}");
    }
}

#[actix_web::test]
async fn every_page_says_its_language_and_leads_to_itself_in_the_others() {
    let world = World::start().await;
    let address = "/buergeramt/days?service=120703";
    let languages = [
        ("de", "de", "ltr", "Tage mit Rahmen haben freie Termine."),
        ("en", "en", "ltr", "Days with free appointments"),
        ("de-easy", "de-simple", "ltr", "Personalausweis"),
        ("tr", "tr", "ltr", "Ocak 2027"),
        ("uk", "uk", "ltr", "січень 2027"),
        ("ar", "ar", "rtl", "2027"),
    ];
    for (tag, html, direction, sentence) in languages {
        let page = world.browser().open(&format!("/{tag}{address}")).await;
        assert_eq!(page.status, 200, "{page:?}");
        assert_eq!(page.header("content-language"), html);
        assert!(
            page.html.contains(&format!("<html lang=\"{html}\" dir=\"{direction}\">")),
            "{tag}"
        );
        assert!(
            page.text().to_lowercase().contains(&sentence.to_lowercase()),
            "{sentence}: {page:?}"
        );
        if tag != "en" {
            assert_eq!(page.link("English"), format!("/en{address}"));
        }
    }
}

#[actix_web::test]
async fn a_language_that_we_do_not_speak_is_no_page() {
    let world = World::start().await;
    for address in ["/tlh", "/tlh/about", "/tlh/buergeramt/days?service=120703", "/EN/about"] {
        let mut browser = world.browser();
        browser.prefers = Some("en");
        browser.open(address).await.says(404, &["This page does not exist"]);
    }
}

/// A language can be taken out again, and messages have led to its pages.
#[actix_web::test]
async fn a_page_in_a_language_that_other_portals_speak_is_shown_in_that_of_the_browser() {
    let world = World::start().await;
    let cases = [("/fr", "/en"), ("/fr/about", "/en/about"), ("/vi/nowhere", "/en/nowhere")];
    for (address, path) in cases {
        let mut browser = world.browser();
        browser.prefers = Some("fr, en;q=0.5");
        let page = browser.get(address).await;
        assert_eq!(page.location().unwrap().path(), path, "{address}");
    }
}

#[actix_web::test]
async fn an_error_is_explained_in_the_language_of_the_page() {
    let world = World::start().await;
    let page = world.browser().open("/de/confirm").await;
    assert_eq!(page.header("content-language"), "de");
    page.says(401, &["Bitte melden Sie sich an"]);
}
