//! Whoever loses a place in a waiting list by offers cannot join again for some days, and reads so before.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, OFFER, PLACE, offer, place},
    world::World,
};

const JOIN: &str = "/en/buergeramt/waiting-list/join?service=120703";
const MESSAGE: &str = "/en/buergeramt/waiting-list/answer?token=5f0c2a9e4b7d11e8a3c6d0f19e2b8a47";
const RULE: &str = "can then join again online only after 30 days.";

/// A seat is offered to the person, who can decline so many more.
fn offered(world: &World, declines_left: u16) {
    let mut entry = place("offered");
    entry["offer"] = offer();
    entry["declines_left"] = json!(declines_left);
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [entry] })));
    let mut seat: Value = offer();
    seat["status"] = json!("open");
    seat["is_move"] = json!(false);
    let message = json!({
        "service": "120703", "status": "offered", "declines_left": declines_left, "offer": seat,
    });
    world.answer("POST waiting-list/messages", Answer::Json(200, message));
}

#[actix_web::test]
async fn whoever_joins_reads_the_rule_and_later_until_when_it_keeps_them_out() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    form.says(200, &["If you decline 2 offers", RULE]);
    let again = json!({ "again_at": "2027-02-03T09:00:00+01:00" });
    world.answer("POST waiting-list/entries", Answer::Problem(409, "rejoin-too-soon", again));
    let refused = browser.press(&form, "Join now", &[]).await;
    refused.says(409, &["You cannot join this waiting list again yet", "You declined offers"]);
    refused
        .says(409, &["again from: Wednesday, 3 February 2027, 09:00.", "At the desk, staff can"]);
}

#[actix_web::test]
async fn whoever_would_lose_the_place_by_declining_reads_what_it_costs() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let pages = [
        format!("/en/buergeramt/waiting-list/places/{PLACE}"),
        format!("/en/buergeramt/waiting-list/offers/{OFFER}"),
        format!("/en/buergeramt/waiting-list/offers/{OFFER}/decline"),
        MESSAGE.to_owned(),
    ];
    offered(&world, 1);
    for page in &pages {
        let shown = browser.open(page).await;
        shown.says(200, &["you lose your place on the waiting list.", RULE]);
    }
    offered(&world, 2);
    for page in &pages {
        let shown = browser.open(page).await;
        shown.says(200, &["You keep your place.", "If you then decline one more offer"]);
        shown.says(200, &["Identity card"]);
        let no = if page.ends_with("decline") { "Yes, decline it" } else { "No, thank you" };
        assert!(shown.comes_before("you lose your place", no), "{shown:?}");
        shown.is_silent_about(RULE);
    }
}

#[actix_web::test]
async fn whoever_declined_reads_so_and_that_the_next_offer_is_the_last() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    offered(&world, 2);
    let page = browser.open(&format!("/en/buergeramt/waiting-list/places/{PLACE}")).await;
    let sure = browser.open(&page.link("No, thank you")).await;
    let declined = json!({ "status": "waiting", "declines_left": 1 });
    world.answer(&format!("POST waiting-list/offers/{OFFER}/decline"), Answer::Json(200, declined));
    let mut entry = place("waiting");
    entry["declines_left"] = json!(1);
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [entry] })));
    let shown = browser.press(&sure, "Yes, decline it", &[]).await;
    shown.says(200, &["You have declined.", "If you decline one more offer"]);
    // Only who has declined just now reads it.
    let later = browser.open(&format!("/en/buergeramt/waiting-list/places/{PLACE}")).await;
    later.is_silent_about("You have declined.");
}

#[actix_web::test]
async fn a_slot_service_of_an_earlier_version_has_no_such_rule() {
    let world = World::start().await;
    let list = json!({
        "service": "120703", "people": 41, "offer_hours": 24, "least_hours": 2, "declines": 2,
        "answer_hours": 168,
    });
    world.answer("GET waiting-lists", Answer::Json(200, json!({ "waiting_lists": [list] })));
    let form = world.erika().await.open(JOIN).await;
    form.says(200, &["If you decline 2 offers"]);
    form.is_silent_about("can then join again online");
}

#[actix_web::test]
async fn whoever_lost_the_place_reads_from_when_on_they_can_join_again_instead_of_a_link() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let mut lost = place("ended");
    lost["reason"] = json!("declines");
    lost["again_at"] = json!("2027-02-03T09:00:00+01:00");
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [lost.clone()] })));
    let page = format!("/en/buergeramt/waiting-list/places/{PLACE}");
    let shown = browser.open(&page).await;
    shown.says(200, &["again from: Wednesday, 3 February 2027, 09:00.", "At the desk, staff can"]);
    assert!(!shown.offers("Join again"), "{shown:?}");
    assert!(shown.offers("Find another appointment"), "{shown:?}");
    // The page to join says so, too, and has no form that would be refused.
    let join = browser.open(JOIN).await;
    join.says(200, &["You cannot join this waiting list again yet", "You declined offers"]);
    join.says(200, &["again from: Wednesday, 3 February 2027, 09:00."]);
    assert!(!join.offers("Join now"), "{join:?}");
    lost["again_at"] = Value::Null;
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [lost] })));
    assert!(browser.open(&page).await.offers("Join again"));
    assert!(browser.open(JOIN).await.offers("Join now"));
}
