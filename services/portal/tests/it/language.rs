//! The languages, and how one is chosen.

use serde_json::json;

use crate::{
    page::InLanguage,
    stub::{Answer, BOOKING, DRAW, draw, published},
    world::World,
};

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
            let english = world.browser().read_in(&page, "English", &[]).await;
            assert_eq!(english.path(), "/en/buergeramt/days");
            assert!(english.url.query().unwrap().contains("service=120703"), "{}", english.url);
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

/// Fault: whoever typed and then saw the language switch lost what they had typed.
#[actix_web::test]
async fn what_was_typed_into_a_search_goes_along_into_another_language() {
    let world = World::start().await;
    let mut browser = world.browser();
    let start = browser.open("/de").await;
    let english = browser.read_in(&start, "English", &[("q", "Reisepass")]).await;
    english.says(200, &["1 service found."]);
    let days = browser.open("/en/buergeramt/days?service=120703").await;
    let typed = [("near", "10119"), ("location", "wedding")];
    let german = browser.read_in(&days, "Deutsch", &typed).await;
    assert_eq!(german.path(), "/de/buergeramt/days");
    assert!(german.html.contains(r#"value="10119""#), "{german:?}");
    assert!(german.html.contains(r#"value="wedding" checked"#), "{german:?}");
    let visit = browser.open("/en/buergeramt/visit?service=120703").await;
    let arabic = browser.read_in(&visit, "العربية", &[("people", "2")]).await;
    assert_eq!(arabic.path(), "/ar/buergeramt/visit");
    assert!(arabic.html.contains(r#"<option value="2" selected>"#), "{arabic:?}");
}

#[actix_web::test]
async fn what_was_typed_into_a_form_goes_along_and_stands_in_no_address() {
    let world = World::start().await;
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("announced"))));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "unproven": "e@example.org" })));
    let wishes = format!("/en/buergeramt/draws/{DRAW}/wishes");
    let code = format!("/en/buergeramt/appointments/{BOOKING}/email");
    for (address, typed, shown) in [
        (
            "/en/buergeramt/address?back=%2Fen%2Fmy-data",
            ("email", "erika@example.com"),
            r#"value="erika@example.com""#,
        ),
        ("/en/confirm", ("email", "erika@example.com"), r#"value="erika@example.com""#),
        ("/en/buergeramt/entitlement?service=324280", ("reference", "A-18"), r#"value="A-18""#),
        (code.as_str(), ("code", "123456"), r#"value="123456""#),
        (wishes.as_str(), ("day-1", "2027-01-19"), r#"value="2027-01-19" checked"#),
        (
            "/en/buergeramt/waiting-list/join?service=120703",
            ("until", "2027-02-26"),
            r#"value="2027-02-26""#,
        ),
    ] {
        let mut browser = world.erika_with_hold().await;
        let form = browser.open(address).await;
        let german = browser.read_in(&form, "Deutsch", &[typed]).await;
        assert_eq!(german.header("content-language"), "de", "{address}: {german:?}");
        assert!(german.html.contains(shown), "{address}: {german:?}");
        assert!(!german.url.as_str().contains(typed.1), "{}", german.url);
        let turkish = browser.read_in(&german, "Türkçe", &[]).await;
        assert!(turkish.html.contains(shown), "{address}: and on: {turkish:?}");
    }
    assert!(world.stub.asked("PUT /contact").is_empty(), "nothing was done with it");
}

#[actix_web::test]
async fn what_was_typed_survives_a_session_that_ended_before_the_language_was_changed() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open("/en/buergeramt/address?back=%2Fen%2Fmy-data").await;
    world.minutes_pass(31);
    let typed = [("email", "erika@example.com")];
    let needed = browser.read_in(&form, "Deutsch", &typed).await;
    assert_eq!(needed.header("content-language"), "de");
    let german = browser.open(&needed.link("Jetzt anmelden")).await;
    assert!(german.html.contains(r#"value="erika@example.com""#), "{german:?}");
}

#[actix_web::test]
async fn another_site_types_into_no_form_by_the_name_of_a_language_and_leads_nowhere_else() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open("/en/buergeramt/address?back=%2Fen%2Fmy-data").await;
    let InLanguage::Sent { target, mut fields } = form.in_language("Deutsch", &[]) else {
        panic!("a button of the form: {form:?}")
    };
    fields.push(("email".to_owned(), "stranger@example.com".to_owned()));
    browser.site = "cross-site";
    browser.post(form.url.as_str(), &target, &fields).await;
    browser.site = "same-origin";
    let again = browser.open("/de/buergeramt/address?back=%2Fen%2Fmy-data").await;
    assert!(!again.html.contains("stranger"), "{again:?}");
    let away = [("language-page".to_owned(), "https://evil.example/".to_owned())];
    let led = browser.post(form.url.as_str(), &target, &away).await;
    assert_eq!(led.location().unwrap().path(), "/en");
}

/// A browser presses the first button of a form for the enter key, and the languages stand above the form.
#[actix_web::test]
async fn the_enter_key_sends_the_form_and_changes_no_language() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    for address in ["/en", "/en/buergeramt/days?service=120703", "/en/confirm"] {
        let page = browser.open(address).await;
        let (before, _) = page.html.split_once("form=\"page-form\"").unwrap();
        let (_, tag) = before.rsplit_once('<').unwrap();
        assert!(tag.starts_with("button"), "{tag}");
        let (_, rest) = page.html.split_once("form=\"page-form\"").unwrap();
        assert!(!rest.split('>').next().unwrap().contains("formaction"), "{address}");
    }
}
