//! The held slot becomes an appointment.

use serde_json::json;

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, BOOKING, CODE, booking, hold},
    world::World,
};

async fn press(browser: &mut Browser, email: &str) -> Page {
    let page = browser.open("/en/confirm").await;
    browser.press(&page, "Book appointment", &[("email", email)]).await
}

#[actix_web::test]
async fn the_appointment_is_booked_once_for_the_signed_person_in_their_language() {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "").await;
    page.says(200, &["Your appointment is booked.", "Please write down the booking number.", CODE]);
    let asked = world.stub.asked("POST /buergeramt/v1/bookings");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].idempotency_key.as_deref(), hold()["hold_id"].as_str());
    let body = asked[0].json();
    assert_eq!((&body["hold_token"], &body["language"]), (&json!("the hold token"), &json!("en")));
    assert_eq!(body["attendee"].as_str().unwrap().split('.').count(), 3, "signed");
    // What is booked is no longer held.
    browser.open("/en/about").await.is_silent_about("reserved for you");
}

#[actix_web::test]
async fn a_new_address_gets_a_code_and_the_booking_does_not_wait_for_it() {
    let world = World::start().await;
    world.stub.answer("PUT /contact", Answer::Json(202, json!({})));
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/confirm").await;
    world
        .stub
        .answer("GET /contact", Answer::Json(200, json!({ "unproven": "erika@example.org" })));
    let page = browser.press(&page, "Book appointment", &[("email", " erika@example.org ")]).await;
    assert_eq!(page.path(), format!("/en/buergeramt/appointments/{BOOKING}/email"));
    page.says(200, &["Your appointment is booked.", "We have sent a code to erika@example.org."]);
    let stated = &world.stub.asked("PUT /contact")[0];
    assert_eq!(stated.json(), json!({ "email": "erika@example.org", "language": "en" }));
}

#[actix_web::test]
async fn what_is_no_address_is_asked_for_again_and_nothing_is_booked() {
    let world = World::start().await;
    world.stub.answer("PUT /contact", Answer::Problem(400, "invalid-request", json!({})));
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "erika@").await;
    page.says(200, &["This is not an e-mail address.", "Check and book"]);
    assert!(page.html.contains(r#"value="erika@""#), "what was entered stays");
    assert!(world.stub.asked("POST /buergeramt/v1/bookings").is_empty());
}

#[actix_web::test]
async fn the_address_that_is_known_stands_in_the_form() {
    let world = World::start().await;
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": "e@example.org" })));
    let page = world.erika_with_hold().await.open("/en/confirm").await;
    assert!(page.html.contains(r#"value="e@example.org""#));
}

#[actix_web::test]
async fn a_refusal_is_final_and_an_outage_is_not() {
    let world = World::start().await;
    world.refuse("POST bookings", 410, "hold-expired");
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "").await;
    page.says(410, &["The reservation has ended", "Nothing was booked for you."]);
    assert_eq!(page.link("Find another appointment"), "/en/buergeramt/days?service=120703");
    browser.open("/en/confirm").await.says(410, &["The reservation has ended"]);

    let world = World::start().await;
    world.answer("POST bookings", Answer::Proxy(502));
    let mut browser = world.erika_with_hold().await;
    press(&mut browser, "").await.says(503, &["This authority does not answer right now"]);
    browser.open("/en/confirm").await.says(200, &["Check and book"]);
}

#[actix_web::test]
async fn a_booking_that_is_refused_by_the_person_s_other_appointment_leads_to_it() {
    let world = World::start().await;
    world.refuse("POST bookings", 409, "already-booked");
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "").await;
    assert_eq!(page.status, 409);
    assert_eq!(page.link("My appointments"), "/en/appointments");
}

#[actix_web::test]
async fn a_hold_that_has_ended_leads_back_to_the_same_search() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    world.minutes_pass(11);
    let page = browser.open("/en/confirm").await;
    page.says(410, &["The reservation has ended", "No appointment is reserved for you"]);
    assert_eq!(page.link("Find another appointment"), "/en/buergeramt/days?service=120703");
}

#[actix_web::test]
async fn who_holds_nothing_has_nothing_to_confirm() {
    let world = World::start().await;
    world.erika().await.open("/en/confirm").await.says(410, &["The reservation has ended"]);
    let page = world.browser().open("/en/confirm").await;
    page.says(401, &["Please log in"]);
    assert_eq!(page.link("Log in now"), "/en/login/start?back=%2Fen%2Fconfirm");
}

#[actix_web::test]
async fn an_identity_service_that_fails_now_books_nothing() {
    for what in ["GET /userinfo", "PUT /contact"] {
        let world = World::start().await;
        let mut browser = world.erika_with_hold().await;
        let page = browser.open("/en/confirm").await;
        world.stub.answer(what, Answer::Proxy(502));
        let page = browser.press(&page, "Book appointment", &[("email", "e@example.org")]).await;
        page.says(503, &["Logging in does not work at the moment"]);
        assert!(world.stub.asked("POST /buergeramt/v1/bookings").is_empty());
    }
}

#[actix_web::test]
async fn below_the_level_of_the_person_one_books_without_an_address_and_changes_none() {
    let world = World::start().await;
    let refused = || Answer::Problem(403, "level-too-low", json!({ "required_level": "high" }));
    world.stub.answer("GET /contact", refused());
    world.stub.answer("PUT /contact", refused());
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "e@example.org").await;
    page.says(403, &["It must be more certain who you are."]);
    assert!(page.link("Log in now").contains("level=high"));
    assert!(world.stub.asked("POST /buergeramt/v1/bookings").is_empty());
    let page = press(&mut browser, "").await;
    page.says(200, &["Your appointment is booked."]);
}
