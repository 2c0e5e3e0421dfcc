//! The held slot becomes an appointment.

use serde_json::json;

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, BOOKING, CODE, booking, hold},
    world::{World, languages},
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
    page.says(
        200,
        &["Your appointment is booked", "Please write down the appointment number.", CODE],
    );
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
    page.says(200, &["Your appointment is booked", "We have sent a code to erika@example.org."]);
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
async fn the_address_that_messages_go_to_cannot_be_cleared_by_mistake() {
    let world = World::start().await;
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": "e@example.org" })));
    let page = world.erika_with_hold().await.open("/en/confirm").await;
    page.says(200, &["The confirmation goes to e@example.org.", "Another e-mail address"]);
    assert!(!page.html.contains(r#"value="e@example.org""#), "the field is for another one");
}

#[actix_web::test]
async fn the_address_that_waits_for_its_code_stands_in_the_form() {
    let world = World::start().await;
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "unproven": "e@example.org" })));
    let page = world.erika_with_hold().await.open("/en/confirm").await;
    assert!(page.html.contains(r#"value="e@example.org""#));
}

#[actix_web::test]
async fn a_refused_address_is_explained_at_the_top_and_in_each_language_and_stays() {
    let world = World::start().await;
    let reason = json!({ "reason": "local-part-letters" });
    world.stub.answer("PUT /contact", Answer::Problem(400, "invalid-request", reason));
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "jörg@example.org").await;
    page.says(200, &["Error: Check and book", "Please check what you entered"]);
    assert_eq!(page.link("We cannot write to addresses with letters like ä, ö or ü before the @. Please use another one."), "#email");
    let german = browser.read_in(&page, "Deutsch", &[]).await;
    german.says(200, &["Fehler: Termin prüfen und buchen", "An Adressen mit Buchstaben wie ä"]);
    assert!(german.html.contains(r#"value="jörg@example.org""#), "what was entered stays");
}

#[actix_web::test]
async fn what_was_typed_stays_when_the_person_was_logged_out_in_another_tab() {
    let world = World::start().await;
    world.answer("GET holds", Answer::Json(200, json!({ "holds": [hold()] })));
    let mut browser = world.erika_with_hold().await;
    let form = browser.open("/en/confirm").await;
    let other = browser.open("/en/about").await;
    let (target, fields) = other.button("Log out");
    browser.post("/en/about", &target, &fields).await;
    let typed = [("email", "erika@example.org")];
    let refused = browser.press(&form, "Book appointment", &typed).await;
    refused.says(403, &["You are not logged in any more"]);
    let again = browser.open("/en/login/start?back=/en/confirm").await;
    again.says(200, &["Check and book"]);
    assert!(again.html.contains(r#"value="erika@example.org""#), "{again:?}");
    again.is_silent_about("Error:");
    // Another site cannot write into the form.
    let other = browser.open("/en/about").await;
    let (target, fields) = other.button("Log out");
    browser.post("/en/about", &target, &fields).await;
    browser.site = "cross-site";
    browser.press(&form, "Book appointment", &[("email", "other@example.org")]).await;
    let again = browser.open("/en/login/start?back=/en/confirm").await;
    assert!(!again.html.contains("other@example.org"), "{again:?}");
}

#[actix_web::test]
async fn back_and_reload_after_booking_show_the_booking() {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika_with_hold().await;
    let form = browser.open("/en/confirm").await;
    let address = format!("/en/confirm?hold={}", hold()["hold_id"].as_str().unwrap());
    browser.press(&form, "Book appointment", &[]).await;
    for language in languages() {
        let page = browser.open(&address.replace("/en/", &format!("/{language}/"))).await;
        assert_eq!(page.path(), format!("/{language}/buergeramt/appointments/{BOOKING}"));
        page.says(200, &[CODE]);
    }
    // The second click of a double click, and the button of the page that was gone back to.
    let again = browser.press(&form, "Book appointment", &[]).await;
    again.says(200, &["Your appointment is booked", CODE]);
    assert_eq!(world.stub.asked("POST /buergeramt/v1/bookings").len(), 1);
    // A page that was gone back to gives no booking back.
    browser.press(&form, "Give up reservation", &[]).await.says(200, &[CODE]);
}

#[actix_web::test]
async fn two_clicks_at_once_are_one_booking() {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika_with_hold().await;
    let before = browser.cookie.clone();
    let form = browser.open("/en/confirm").await;
    browser.press(&form, "Book appointment", &[]).await.says(200, &[CODE]);
    // The answer to the first click never arrived, so the browser has its cookie of before.
    browser.cookie = before;
    browser.press(&form, "Book appointment", &[]).await.says(200, &[CODE]);
    let asked = world.stub.asked("POST /buergeramt/v1/bookings");
    assert_eq!(asked[0].idempotency_key, asked[1].idempotency_key, "the service books once");
}

#[actix_web::test]
async fn a_booking_whose_answer_was_lost_is_found_when_the_hold_has_ended() {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    world.answer("POST bookings", Answer::Proxy(502));
    let mut browser = world.erika_with_hold().await;
    press(&mut browser, "").await.says(503, &["This authority does not answer right now"]);
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booking("confirmed")] })));
    world.minutes_pass(11);
    browser.open("/en/confirm").await.says(200, &["Your appointment is booked", CODE]);
}

/// A hold at the other time of another kind of service, with an id and token of its own.
fn other_hold() -> serde_json::Value {
    let mut other = hold();
    other["hold_id"] = json!("hld_01jdc6nvt8e0pb9s3k1zqk6yzw");
    other["hold_token"] = json!("the other token");
    other["services"] = json!(["324280"]);
    other["start"] = json!("2027-01-05T11:30:00Z");
    other
}

/// Two tabs: the first holds an identity card, the second what `other` says.
async fn two_tabs(world: &World, service: &str, other: serde_json::Value) -> (Browser, Page, Page) {
    let mut browser = world.erika_with_hold().await;
    let first = browser.open("/en/confirm").await;
    world.answer("POST holds", Answer::Json(200, other));
    let day = format!("/en/buergeramt/day?service={service}&date=2027-01-05");
    let day = browser.open(&day).await;
    let second = browser.press(&day, "12:30", &[]).await;
    second.says(200, &["Check and book"]);
    (browser, first, second)
}

#[actix_web::test]
async fn each_of_two_tabs_books_what_it_shows() {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let (mut browser, first, second) = two_tabs(&world, "324280", other_hold()).await;
    browser.press(&first, "Book appointment", &[]).await;
    browser.press(&second, "Book appointment", &[]).await;
    let booked = world.stub.asked("POST /buergeramt/v1/bookings");
    let tokens: Vec<_> = booked.iter().map(|asked| asked.json()["hold_token"].clone()).collect();
    assert_eq!(tokens, [json!("the hold token"), json!("the other token")]);
}

#[actix_web::test]
async fn giving_up_in_one_tab_leaves_the_slot_of_the_other() {
    let world = World::start().await;
    let (mut browser, first, second) = two_tabs(&world, "324280", other_hold()).await;
    let page = browser.press(&first, "Give up reservation", &[]).await;
    assert_eq!(page.url.query(), Some("service=120703"));
    page.says(200, &["An appointment is reserved for you until 09:10"]);
    browser.open(second.url.as_str()).await.says(200, &["Check and book"]);
}

#[actix_web::test]
async fn a_tab_whose_slot_was_replaced_in_another_tab_says_so_and_books_nothing() {
    let world = World::start().await;
    let mut same_kind = other_hold();
    same_kind["services"] = json!(["121151"]);
    let (mut browser, first, second) = two_tabs(&world, "121151", same_kind).await;
    let page = browser.press(&first, "Book appointment", &[]).await;
    page.says(410, &["Error: This appointment is no longer reserved for you"]);
    assert_eq!(page.link("Check and book it now"), second.url.to_string().replace(&world.base, ""));
    assert!(world.stub.asked("POST /buergeramt/v1/bookings").is_empty());
}

#[actix_web::test]
async fn a_refusal_is_final_and_an_outage_is_not() {
    let world = World::start().await;
    world.refuse("POST bookings", 410, "hold-expired");
    let mut browser = world.erika_with_hold().await;
    let page = press(&mut browser, "").await;
    page.says(410, &["The reservation has ended", "Nothing was booked for you."]);
    assert_eq!(page.link("Find another appointment"), "/en/buergeramt/days?service=120703");
    browser.open("/en/confirm").await.says(410, &["No appointment is reserved for you"]);

    // Fault: who gave it up elsewhere read that the time for booking was over.
    let world = World::start().await;
    world.refuse("POST bookings", 410, "hold-given-up");
    let page = press(&mut world.erika_with_hold().await, "").await;
    page.says(410, &["This appointment is no longer reserved for you", "You gave it up"]);

    // What staff keep says until when they do, and offers nothing to book.
    let world = World::start().await;
    let until = json!({ "expires_at": "2027-01-05T09:10:00+01:00" });
    world.answer("POST bookings", Answer::Problem(409, "held-by-staff", until));
    let page = press(&mut world.erika_with_hold().await, "").await;
    page.says(
        409,
        &["The authority keeps an appointment for you", "Tuesday, 5 January 2027, 09:10"],
    );

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
    page.says(410, &["The reservation has ended", "Nothing was booked for you."]);
    assert_eq!(page.link("Find another appointment"), "/en/buergeramt/days?service=120703");
}

#[actix_web::test]
async fn who_holds_nothing_has_nothing_to_confirm() {
    let world = World::start().await;
    let page = world.erika().await.open("/en/confirm").await;
    page.says(410, &["No appointment is reserved for you in this browser"]);
    page.is_silent_about("Nothing was booked");
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

/// Fault: "only the code is missing" was said of a code that could not be sent.
#[actix_web::test]
async fn a_booking_does_not_wait_for_a_code_that_is_not_sent_and_says_so() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/confirm").await;
    let tomorrow = "2027-01-05T08:00:00Z";
    let enough = Answer::Problem(429, "rate-limited", json!({ "next_at": tomorrow }));
    world.stub.answer("PUT /contact", enough);
    let over = json!({ "unproven": "e@example.org", "code": "over", "next_code_at": tomorrow });
    world.stub.answer("GET /contact", Answer::Json(200, over));
    let page = browser.press(&page, "Book appointment", &[("email", "e@example.org")]).await;
    page.says(200, &["Your appointment is booked", "We did not send a new code just now."]);
    page.says(200, &["possible from: Tuesday, 5 January 2027"]);
    assert_eq!(world.stub.asked("POST /buergeramt/v1/bookings").len(), 1);
}

#[actix_web::test]
async fn a_slot_that_was_held_on_another_device_is_booked_on_this_one() {
    let world = World::start().await;
    world.answer("GET holds", Answer::Json(200, json!({ "holds": [hold()] })));
    let mut phone = world.erika().await;
    let address = format!("/en/confirm?hold={}", hold()["hold_id"].as_str().unwrap());
    let page = phone.open(&address).await;
    page.says(200, &["Check and book", "Reserved for you until 09:10"]);
    phone.press(&page, "Book appointment", &[]).await;
    let booked = world.stub.asked("POST /buergeramt/v1/bookings");
    assert_eq!(booked[0].json()["hold_token"], "the hold token");
}

#[actix_web::test]
async fn whoever_holds_a_slot_on_another_device_is_led_to_it() {
    let world = World::start().await;
    world.refuse("POST holds", 409, "already-holding");
    world.answer("GET holds", Answer::Json(200, json!({ "holds": [hold()] })));
    let mut phone = world.erika().await;
    let day = phone.open("/en/buergeramt/day?service=120703&date=2027-01-05").await;
    let page = phone.press(&day, "12:30", &[]).await;
    page.says(409, &["Reserve this appointment instead?", "Reserved for you until 09:10"]);
    let held = phone.open(&page.link("Keep the reservation")).await;
    held.says(200, &["Check and book"]);
    // The time that is held is no other one.
    let held = phone.press(&day, "09:00", &[]).await;
    held.says(200, &["Check and book"]);
}
