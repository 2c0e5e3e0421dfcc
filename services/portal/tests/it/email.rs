//! The code that proves an e-mail address.

use serde_json::{Value, json};

use crate::{
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
    page.says(200, &["Your e-mail address is confirmed."]);
    assert_eq!(world.stub.asked("POST /contact/proof")[0].json(), json!({ "code": "123456" }));
}

#[actix_web::test]
async fn a_wrong_code_can_be_tried_again_until_there_are_no_tries_left() {
    let world = world().await;
    let mut browser = world.erika().await;
    let page = browser.open(&address()).await;
    let cases =
        [(2, "This is not the code of the newest e-mail."), (0, "This code is no longer valid.")];
    for (left, sentence) in cases {
        proof(&world, json!({ "proven": false, "tries_left": left }));
        let page = browser.press(&page, "Check code", &[("code", "000000")]).await;
        page.says(200, &[sentence]);
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
    checked.says(403, &["It must be more certain who you are."]);
    world.stub.answer("GET /contact", refused());
    let page = browser.open(&address()).await;
    page.says(403, &["It must be more certain who you are."]);
    let login = page.link("Log in now");
    assert!(login.contains("level=high") && login.contains("back="), "{login}");
    // The appointment itself is shown all the same.
    browser.open(&format!("/en/buergeramt/appointments/{BOOKING}")).await.says(200, &[CODE]);
}
