//! What was typed stays when it turns out to need a log-in first, or when a service is down for a moment.

use serde_json::json;

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, BOOKING, DRAW, draw, published},
    world::World,
};

const KEPT: &str = "What you entered is not lost.";
const LOST: &str = "What you entered could not be kept.";
const ADDRESS: &str = "/en/buergeramt/address?back=%2Fen%2Fmy-data";
const EMAIL: (&str, &str) = ("email", "erika@example.org");
const TYPED: &str = r#"value="erika@example.org""#;

/// From the page that says that the log-in has ended, through another one, to the form.
async fn log_in_again(browser: &mut Browser, refused: &Page) -> Page {
    refused.says(403, &["You are not logged in any more", KEPT]);
    assert!(!refused.url.as_str().contains("erika"), "{}", refused.url);
    assert!(!refused.offers("Open the page again"), "that alone would not help: {refused:?}");
    browser.open(&refused.link("Log in now")).await
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
    let german = browser.read_in(&form, "Deutsch", &[]).await;
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

/// Through the log-in to the form that shows [`TYPED`].
const AS_CITIZEN: &str =
    "/en/login/start?back=%2Fen%2Fbuergeramt%2Faddress%3Fback%3D%252Fen%252Fmy-data";
/// Through the log-in to the form that shows [`STRANGER`].
const AS_STAFF: &str =
    "/en/login/start?back=%2Fen%2Fbuergeramt%2Fdesk%2Fwaiting-lists%2F120703&staff";
const NAME: (&str, &str) = ("family-name", "FREMDLING");
const STRANGER: &str = r#"value="FREMDLING""#;

/// Logs in as the one whom the identity service calls `subject`.
async fn log_in(world: &World, browser: &mut Browser, subject: &str, way: &str) -> Page {
    world.stub.identity(|identity| identity.says = json!({ "sub": subject }));
    let page = browser.open(way).await;
    assert_eq!(page.status, 200, "{page:?}");
    page
}

/// A browser in which a clerk has opened the form about somebody else.
async fn clerk_at_the_form(world: &World) -> (Browser, Page) {
    let mut browser = world.browser();
    let form = log_in(world, &mut browser, "clerk", AS_STAFF).await;
    (browser, form)
}

/// Fault: the next person at the desk read the name and the phone number of somebody whom a clerk had entered.
#[actix_web::test]
async fn what_a_clerk_typed_is_shown_to_nobody_else_and_dropped() {
    for (subject, way) in [("supervisor", AS_STAFF), ("erika", AS_CITIZEN), ("clerk", AS_CITIZEN)] {
        let world = World::start().await;
        let (mut browser, form) = clerk_at_the_form(&world).await;
        world.minutes_pass(32);
        browser.press(&form, "Save", &[NAME]).await.says(403, &[KEPT]);
        let other = log_in(&world, &mut browser, subject, way).await;
        assert!(!other.html.contains("FREMDLING"), "{subject}: {other:?}");
        let own = log_in(&world, &mut browser, "clerk", AS_STAFF).await;
        assert!(!own.html.contains("FREMDLING"), "{subject}: it is dropped, not hidden: {own:?}");
    }
}

#[actix_web::test]
async fn a_clerk_finds_again_what_they_typed() {
    let world = World::start().await;
    let (mut browser, form) = clerk_at_the_form(&world).await;
    world.minutes_pass(32);
    let all = [NAME, ("language", "en"), ("at", "mitte"), ("reason", "urgent")];
    browser.press(&form, "Save", &all).await.says(403, &[KEPT]);
    let form = log_in(&world, &mut browser, "clerk", AS_STAFF).await;
    assert!(form.html.contains(STRANGER), "{form:?}");
}

/// Fault: Erika read what Marlene had typed into the same form, and a member of staff would have.
#[actix_web::test]
async fn what_a_citizen_typed_is_shown_to_nobody_else_and_dropped() {
    for (subject, way) in [("erika", AS_CITIZEN), ("clerk", AS_STAFF), ("marlene", AS_STAFF)] {
        let world = World::start().await;
        let mut browser = world.browser();
        let form = log_in(&world, &mut browser, "marlene", AS_CITIZEN).await;
        world.minutes_pass(32);
        browser.press(&form, "Send the code", &[EMAIL]).await.says(403, &[KEPT]);
        let other = log_in(&world, &mut browser, subject, way).await;
        let form = browser.open(ADDRESS).await;
        for page in [other, form] {
            assert!(!page.html.contains(TYPED), "{subject}: {page:?}");
        }
        let own = log_in(&world, &mut browser, "marlene", AS_CITIZEN).await;
        assert!(!own.html.contains(TYPED), "{subject}: it is dropped, not hidden: {own:?}");
    }
}

#[actix_web::test]
async fn a_log_in_that_was_ended_elsewhere_shows_it_to_nobody_else() {
    for (subject, is_shown) in [("supervisor", false), ("clerk", true)] {
        let world = World::start().await;
        let (mut browser, form) = clerk_at_the_form(&world).await;
        world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_grant"));
        world.minutes_pass(5);
        let more = [NAME, ("language", "en"), ("at", "mitte"), ("reason", "urgent")];
        let refused = browser.press(&form, "Save", &more).await;
        refused.says(401, &["This page is for staff", KEPT]);
        world.stub.identity(|identity| identity.refuses_refresh = None);
        let form = log_in(&world, &mut browser, subject, &refused.link("Log in now")).await;
        assert_eq!(form.html.contains(STRANGER), is_shown, "{subject}: {form:?}");
    }
}

#[actix_web::test]
async fn a_form_of_before_somebody_else_logged_in_is_not_theirs() {
    let world = World::start().await;
    let (mut browser, form) = clerk_at_the_form(&world).await;
    log_in(&world, &mut browser, "supervisor", AS_STAFF).await;
    let refused = browser.press(&form, "Save", &[NAME]).await;
    refused.says(403, &[LOST]);
    refused.is_silent_about(KEPT);
    let again = browser.open(&refused.link("Open the page again")).await;
    assert!(!again.html.contains("FREMDLING"), "{again:?}");
}

#[actix_web::test]
async fn a_browser_that_lost_the_session_shows_it_to_nobody_else() {
    let world = World::start().await;
    let (mut browser, form) = clerk_at_the_form(&world).await;
    browser.cookie = None;
    browser.press(&form, "Save", &[NAME]).await.says(403, &[]);
    let other = log_in(&world, &mut browser, "supervisor", AS_STAFF).await;
    assert!(!other.html.contains("FREMDLING"), "{other:?}");

    // A form that says of nobody whose it is.
    let fields = [("csrf", "guessed"), NAME];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    browser.cookie = None;
    let refused = browser.post(form.url.as_str(), form.path(), &fields).await;
    refused.says(403, &[LOST]);
    refused.is_silent_about(KEPT);
}

#[actix_web::test]
async fn what_was_typed_is_kept_for_twenty_minutes_however_often_it_is_sent() {
    for (minutes, is_shown) in [(4, true), (6, false)] {
        let world = World::start().await;
        let mut browser = world.browser();
        let form = log_in(&world, &mut browser, "erika", AS_CITIZEN).await;
        world.minutes_pass(32);
        browser.press(&form, "Send the code", &[EMAIL]).await.says(403, &[KEPT]);
        world.minutes_pass(15);
        browser.press(&form, "Send the code", &[EMAIL]).await.says(403, &[KEPT]);
        world.minutes_pass(minutes);
        let form = log_in(&world, &mut browser, "erika", AS_CITIZEN).await;
        assert_eq!(form.html.contains(TYPED), is_shown, "{minutes}: {form:?}");
    }
}

#[actix_web::test]
async fn a_browser_that_does_not_name_the_page_is_led_back_to_it() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    browser.names_page = false;
    let form = browser.open(ADDRESS).await;
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_grant"));
    world.minutes_pass(5);
    let refused = browser.press(&form, "Send the code", &[EMAIL]).await;
    refused.says(401, &["Please log in", KEPT]);
    world.stub.identity(|identity| identity.refuses_refresh = None);
    let form = browser.open(&refused.link("Log in now")).await;
    assert_eq!(form.path(), "/en/buergeramt/address");
    assert!(form.html.contains(TYPED), "{form:?}");
}

#[actix_web::test]
async fn what_is_too_long_to_be_kept_is_said_to_be_lost() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(ADDRESS).await;
    world.minutes_pass(32);
    let long = "x".repeat(1001);
    let refused = browser.press(&form, "Send the code", &[("email", long.as_str())]).await;
    refused.says(403, &["You are not logged in any more", LOST]);
    refused.is_silent_about(KEPT);
}
