//! What was typed stays when it turns out to need a log-in first, or when a service is down for a moment.

use serde_json::json;

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, BOOKING, DRAW, draw, published},
    world::World,
};

const KEPT: &str = "What you entered is not lost.";
const ADDRESS: &str = "/en/buergeramt/address?back=%2Fen%2Fmy-data";
const EMAIL: (&str, &str) = ("email", "erika@example.org");
const TYPED: &str = r#"value="erika@example.org""#;

/// From the page that says that the form is too old, through another log-in, to the form.
async fn log_in_again(browser: &mut Browser, refused: &Page) -> Page {
    refused.says(403, &["This page is too old", KEPT]);
    assert!(!refused.url.as_str().contains("erika"), "{}", refused.url);
    let needed = browser.open(&refused.link("Open the page again")).await;
    needed.says(401, &["Please log in"]);
    browser.open(&needed.link("Log in now")).await
}

#[actix_web::test]
async fn an_address_stays_until_it_is_taken() {
    let world = World::start().await;
    world.stub.answer("PUT /contact", Answer::Json(202, json!({})));
    let mut browser = world.erika().await;
    let form = browser.open(ADDRESS).await;
    world.minutes_pass(31);
    let refused = browser.press(&form, "Send the code", &[EMAIL]).await;
    let form = log_in_again(&mut browser, &refused).await;
    assert_eq!(form.path(), "/en/buergeramt/address");
    assert!(form.html.contains(TYPED), "{form:?}");
    let german = browser.open(&form.link("Deutsch")).await;
    assert!(german.html.contains(TYPED), "in each language: {german:?}");
    assert!(world.stub.asked("PUT /contact").is_empty(), "nothing was done with it");
    browser.press(&form, "Send the code", &[EMAIL]).await;
    let form = browser.open(ADDRESS).await;
    assert!(!form.html.contains(TYPED), "{form:?}");
}

#[actix_web::test]
async fn the_other_forms_keep_what_was_typed_too() {
    let world = World::start().await;
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("announced"))));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "unproven": "e@example.org" })));
    let wishes = format!("/en/buergeramt/draws/{DRAW}/wishes");
    let code = format!("/en/buergeramt/appointments/{BOOKING}/email");
    let cases = [
        (wishes.as_str(), "Enter now", ("day-1", "2027-01-19"), r#"value="2027-01-19" checked"#),
        (
            "/en/buergeramt/waiting-list/join?service=120703",
            "Join now",
            ("until", "2027-02-26"),
            r#"value="2027-02-26""#,
        ),
        (
            "/en/buergeramt/entitlement?service=324280",
            "Check number",
            ("reference", "A-18"),
            r#"value="A-18""#,
        ),
        (code.as_str(), "Check code", ("code", "123456"), r#"value="123456""#),
    ];
    for (address, button, typed, shown) in cases {
        let mut browser = world.erika().await;
        let form = browser.open(address).await;
        assert!(!form.html.contains(shown), "{address}: {form:?}");
        world.minutes_pass(31);
        let refused = browser.press(&form, button, &[typed]).await;
        let form = log_in_again(&mut browser, &refused).await;
        assert!(form.html.contains(shown), "{address}: {form:?}");
    }
}

#[actix_web::test]
async fn a_log_in_that_was_ended_elsewhere_loses_nothing() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(ADDRESS).await;
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_grant"));
    world.minutes_pass(5);
    let refused = browser.press(&form, "Send the code", &[EMAIL]).await;
    refused.says(401, &["Please log in", KEPT]);
    world.stub.identity(|identity| identity.refuses_refresh = None);
    let form = browser.open(&refused.link("Log in now")).await;
    assert!(form.html.contains(TYPED), "{form:?}");
}

#[actix_web::test]
async fn an_outage_leads_back_to_the_form_as_it_was() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(ADDRESS).await;
    world.stub.answer("PUT /contact", Answer::Proxy(502));
    let failed = browser.press(&form, "Send the code", &[EMAIL]).await;
    failed.says(503, &[KEPT]);
    let form = browser.open(&failed.link("Open the page again")).await;
    assert!(form.html.contains(TYPED), "{form:?}");
}

#[actix_web::test]
async fn another_site_writes_into_no_form_and_a_log_out_forgets() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(ADDRESS).await;
    browser.site = "cross-site";
    let refused = browser.press(&form, "Send the code", &[EMAIL]).await;
    refused.says(403, &["This page is too old"]);
    refused.is_silent_about(KEPT);
    browser.site = "same-origin";
    world.minutes_pass(31);
    let refused = browser.press(&form, "Send the code", &[EMAIL]).await;
    let again = log_in_again(&mut browser, &refused).await;
    assert!(again.html.contains(TYPED), "{again:?}");
    browser.press(&again, "Log out", &[]).await;
    let needed = browser.open(ADDRESS).await;
    let form = browser.open(&needed.link("Log in now")).await;
    assert!(!form.html.contains(TYPED), "the next person reads nothing of it: {form:?}");
}
