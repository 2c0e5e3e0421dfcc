//! The page of a message, for who is logged in.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, OFFER, PLACE, offer, place},
    world::{World, languages},
};

const MESSAGE: &str = "/en/buergeramt/waiting-list/answer?token=5f0c2a9e4b7d11e8a3c6d0f19e2b8a47";
const ANOTHER: &str = "This message did not go to the person who is logged in now.";

/// The message asks this.
fn asks(world: &World, status: &str, offer_status: &str) {
    let mut offered = offer();
    offered["status"] = json!(offer_status);
    offered["is_move"] = json!(true);
    let message = json!({
        "service": "120703", "status": status, "declines_left": 2, "offer": offered,
    });
    world.answer("POST waiting-list/messages", Answer::Json(200, message));
}

/// The places of the person who is logged in.
fn has(world: &World, places: &[Value]) {
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": places })));
}

/// Fault: whoever was logged in read that they must log in to see why.
#[actix_web::test]
async fn whoever_is_logged_in_and_lost_the_place_reads_why_and_from_when_on_they_can_join() {
    let world = World::start().await;
    asks(&world, "ended", "declined");
    let mut lost = place("ended");
    lost["reason"] = json!("declines");
    lost["again_at"] = json!("2027-02-03T09:00:00+01:00");
    has(&world, &[lost]);
    let mut browser = world.erika().await;
    let shown = browser.open(MESSAGE).await;
    shown.says(200, &["You have declined as many offers", "Wednesday, 3 February 2027, 09:00."]);
    shown.is_silent_about("Log in to see why");
    shown.is_silent_about("some days");
    let page = format!("/en/buergeramt/waiting-list/places/{PLACE}");
    assert_eq!(shown.link("Your place on the waiting list"), page);
    // They have joined again: the message is about the earlier place.
    has(&world, &[place("waiting")]);
    let shown = browser.open(MESSAGE).await;
    shown.says(200, &["This message is about your earlier place."]);
    assert_eq!(shown.link("Your place on the waiting list"), page);
    // Who is not logged in reads what they can do to know more, also if the places cannot be learnt.
    world.browser().open(MESSAGE).await.says(200, &["Log in to see why.", "some days"]);
    world.answer("GET waiting-list", Answer::Proxy(502));
    browser.open(MESSAGE).await.says(200, &["This place on the waiting list has ended."]);
}

/// Fault: another person read that the appointment is reserved for them.
#[actix_web::test]
async fn another_person_reads_that_the_message_is_not_theirs_and_not_whose_it_is() {
    let world = World::start().await;
    asks(&world, "offered", "open");
    has(&world, &[]);
    let mut browser = world.erika().await;
    let shown = browser.open(MESSAGE).await;
    shown.says(200, &[ANOTHER, "log in as the person who got it", "It is reserved until:"]);
    shown.is_silent_about("reserved for you");
    shown.is_silent_about("the appointment that you have");
    let accept = shown.link("Yes, I want this appointment");
    assert!(accept.starts_with("/en/login/start?back=") && accept.contains(OFFER), "{accept}");
    asks(&world, "ended", "declined");
    browser.open(MESSAGE).await.says(200, &[ANOTHER, "to see why."]);
    // The person themselves accepts without logging in again.
    asks(&world, "offered", "open");
    let mut own = place("offered");
    own["offer"] = offer();
    has(&world, &[own]);
    let shown = browser.open(MESSAGE).await;
    shown.says(200, &["It is reserved for you until:"]);
    shown.is_silent_about("log in");
    assert!(shown.link("Yes, I want this appointment").ends_with(&format!("/offers/{OFFER}")));
}

#[actix_web::test]
async fn what_is_said_to_another_person_is_said_in_every_language() {
    let world = World::start().await;
    has(&world, &[]);
    let mut browser = world.erika().await;
    for (status, offer_status) in [("offered", "open"), ("ended", "declined")] {
        asks(&world, status, offer_status);
        for language in languages() {
            let shown = browser.open(&MESSAGE.replacen("en", language, 1)).await;
            assert_eq!(shown.status, 200, "{shown:?}");
            let text = shown.text();
            assert!(!text.contains("waiting-") && !text.contains("{ $"), "{language}: {text}");
        }
    }
}
