//! The code that proves an e-mail address.

use serde_json::{Value, json};

use crate::{
    page::InLanguage,
    stub::{Answer, BOOKING, CODE, booking},
    world::World,
};

fn address() -> String {
    format!("/en/buergeramt/appointments/{BOOKING}/email")
}

fn contact(world: &World, contact: Value) {
    world.stub.answer("GET /contact", Answer::Json(200, contact));
}

fn proof(world: &World, proof: Value) {
    world.stub.answer("POST /contact/proof", Answer::Json(200, proof));
}

async fn world() -> World {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    contact(&world, json!({ "unproven": "erika@example.org" }));
    world
}

#[actix_web::test]
async fn the_right_code_confirms_the_address() {
    let world = world().await;
    proof(&world, json!({ "proven": true }));
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    page.says(200, &["We have sent a code to erika@example.org."]);
    contact(&world, json!({ "email": "erika@example.org" }));
    let page = browser.press(&page, "Check code", &[("code", "123456")]).await;
    page.says(200, &["Your e-mail address is confirmed"]);
    let sent = json!({ "code": "123456", "language": "en" });
    assert_eq!(world.stub.asked("POST /contact/proof")[0].json(), sent);
}

#[actix_web::test]
async fn a_wrong_code_can_be_tried_again_until_there_are_no_tries_left() {
    let world = world().await;
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    let cases =
        [(2, "This is not the code from the newest e-mail."), (0, "This code is no longer valid.")];
    for (left, sentence) in cases {
        proof(&world, json!({ "proven": false, "tries_left": left }));
        let page = browser.press(&page, "Check code", &[("code", "012345")]).await;
        page.says(200, &[sentence]);
        assert!(page.html.contains(r#"value="012345""#), "what was typed stays: {page:?}");
    }
}

#[actix_web::test]
async fn another_code_is_sent_on_request_but_not_for_ever() {
    let world = world().await;
    world.stub.answer("PUT /contact", Answer::Json(202, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    let page = browser.press(&page, "Send a new code", &[]).await;
    page.says(200, &["The code is on its way."]);
    world.stub.answer("PUT /contact", Answer::Problem(429, "rate-limited", json!({})));
    let page = browser.press(&page, "Send a new code", &[]).await;
    page.says(200, &["We cannot send another code today."]);
}

/// Fault: "The code is on its way" was said of codes that were not sent.
#[actix_web::test]
async fn a_code_that_is_not_sent_is_said_not_to_be_and_from_when_on_one_can_be() {
    let world = world().await;
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    let waits = json!({ "sent": false, "next_at": "2027-01-04T08:00:31Z" });
    world.stub.answer("PUT /contact", Answer::Json(202, waits));
    let again = browser.press(&page, "Send a new code", &[]).await;
    again.says(200, &["We did not send a new code just now.", "possible from: 09:01."]);
    again.is_silent_about("The code is on its way.");
    let enough = json!({ "next_at": "2027-01-05T08:00:00Z" });
    world.stub.answer("PUT /contact", Answer::Problem(429, "rate-limited", enough));
    let again = browser.press(&page, "Send a new code", &[]).await;
    again.says(200, &["possible from: Tuesday, 5 January 2027"]);
    again.is_silent_about("The code is on its way.");
}

#[actix_web::test]
async fn a_code_that_was_tried_too_often_is_said_to_be_over_when_the_page_is_opened_again() {
    let world = world().await;
    let over = json!({
        "unproven": "erika@example.org", "code": "over", "next_code_at": "2027-01-05T08:00:00Z",
    });
    contact(&world, over);
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    page.says(200, &["The code that we sent to erika@example.org is no longer valid."]);
    page.says(200, &["You can have a new code from: Tuesday, 5 January 2027"]);
    page.is_silent_about("valid for 30 minutes");
    contact(&world, json!({ "unproven": "erika@example.org", "code": "none" }));
    browser.open(&address()).await.says(200, &["erika@example.org is not confirmed yet."]);
}

/// Fault: "for the confirmation only the code is missing" was said, but it went to the known address at once.
#[actix_web::test]
async fn after_a_booking_it_is_said_where_the_confirmation_goes() {
    let world = world().await;
    let mut browser = world.erika().await;
    let booked = format!("{}?booked", address());
    let only = "To get the confirmation, you only have to enter the code from our e-mail.";
    browser.open(&booked).await.says(200, &[only]);
    contact(&world, json!({ "email": "old@example.org", "unproven": "erika@example.org" }));
    let page = browser.open(&booked).await;
    page.says(200, &["The confirmation goes to old@example.org."]);
    page.is_silent_about(only);
    let later = page.link("Confirm later and go to the appointment");
    assert_eq!(later, format!("/en/buergeramt/appointments/{BOOKING}"));
}

/// Fault: after a move, the page said "is booked", "we did not send a new code" and "we have sent a code" at once.
#[actix_web::test]
async fn after_a_move_it_is_said_that_the_earlier_code_counts_and_nothing_else() {
    let world = world().await;
    let mut moved = booking("confirmed");
    moved["replaces"] = json!("bkg_01jdc6nvt8e0pb9s3k1zqk6yzy");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, moved));
    let valid = json!({
        "unproven": "erika@example.org", "code": "valid", "next_code_at": "2027-01-04T08:00:31Z",
    });
    contact(&world, valid);
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}?booked&not-sent", address())).await;
    page.says(200, &["Your appointment has been moved"]);
    page.says(200, &["Enter the code from our earlier e-mail to erika@example.org."]);
    for untrue in ["is booked", "We did not send a new code", "We have sent a code"] {
        page.is_silent_about(untrue);
    }
    // Without a code that counts, it is said from when on there is one.
    contact(&world, json!({ "unproven": "erika@example.org", "code": "over" }));
    let page = browser.open(&format!("{}?booked&not-sent", address())).await;
    page.says(200, &["Your appointment has been moved", "is no longer valid."]);
}

/// Fault: another language after a code that was refused forgot where the page leads back to, or was no page.
#[actix_web::test]
async fn another_language_after_a_refused_code_keeps_the_way_back() {
    let world = world().await;
    proof(&world, json!({ "proven": false, "tries_left": 2 }));
    world.stub.answer("PUT /contact", Answer::Json(202, json!({})));
    let mut browser = world.erika().await;
    let code = "/en/buergeramt/address/code?back=%2Fen%2Fmy-data";
    let mut page = browser.open(code).await;
    let turkish = "/tr/buergeramt/address/code?back=%2Fen%2Fmy-data";
    for (button, entered) in
        [("Check code", "000000"), ("Send a new code", ""), ("Check code", "1")]
    {
        page = browser.press(&page, button, &[("code", entered)]).await;
        let InLanguage::Sent { fields, .. } = page.in_language("Türkçe", &[]) else {
            panic!("{button}: {page:?}")
        };
        assert_eq!(fields.last().unwrap().1, turkish, "{button}");
    }
    assert_eq!(page.link("Confirm later"), "/en/buergeramt/address?back=%2Fen%2Fmy-data");
    browser.open(turkish).await.says(200, &["erika@example.org"]);
}

#[actix_web::test]
async fn without_an_address_that_waits_there_is_only_the_appointment() {
    let world = world().await;
    contact(&world, json!({ "email": "erika@example.org" }));
    let page = world.erika().await.open(&address()).await;
    assert_eq!(page.path(), format!("/en/buergeramt/appointments/{BOOKING}"));
    page.is_silent_about("Your e-mail address is not confirmed yet.");
}

#[actix_web::test]
async fn an_appointment_reminds_of_an_address_that_is_not_confirmed() {
    let world = world().await;
    let page = world.erika().await.open(&format!("/en/buergeramt/appointments/{BOOKING}")).await;
    page.says(200, &["Until then we send nothing to erika@example.org."]);
    assert_eq!(page.link("Confirm your e-mail address"), address());
}

#[actix_web::test]
async fn below_the_level_of_the_person_the_page_leads_to_a_more_secure_login() {
    let world = world().await;
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    let refused = || Answer::Problem(403, "level-too-low", json!({ "required_level": "high" }));
    world.stub.answer("POST /contact/proof", refused());
    let checked = browser.press(&page, "Check code", &[("code", "123456")]).await;
    checked.says(403, &["Your e-mail address is protected after this login"]);
    world.stub.answer("GET /contact", refused());
    let page = browser.open(&address()).await;
    page.says(403, &["Your e-mail address is protected after this login"]);
    let login = page.link("Log in now");
    assert!(login.contains("level=high") && login.contains("back="), "{login}");
    // The appointment itself is shown all the same.
    browser.open(&format!("/en/buergeramt/appointments/{BOOKING}")).await.says(200, &[CODE]);
}
