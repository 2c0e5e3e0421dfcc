//! The chosen slot, before it is held.

use serde_json::json;

use crate::{stub::Answer, world::World};

const CHOICE: &str = "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08:00:00Z";

#[actix_web::test]
async fn a_stranger_reads_what_was_chosen_and_how_to_log_in() {
    let world = World::start().await;
    let page = world.browser().open(CHOICE).await;
    page.says(200, &["The appointment you chose", "Identity card", "Tuesday, 5 January 2027"]);
    page.says(
        200,
        &["Please bring Photo", "You need an ELSTER certificate or the online ID card."],
    );
    let login = page.link("Log in now");
    assert!(login.starts_with("/en/login/start?back=%2Fen%2Fbuergeramt%2Fchoice"), "{login}");
    assert!(login.ends_with("&level=substantial"), "{login}");
}

#[actix_web::test]
async fn the_log_in_leads_back_to_the_chosen_slot_which_can_then_be_held() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open(CHOICE).await;
    let page = browser.open(&page.link("Log in now")).await;
    assert_eq!(page.path(), "/en/buergeramt/choice");
    assert_eq!(world.stub.identity(|identity| identity.requested("acr_values")), "substantial");
    let page = browser.press(&page, "Reserve appointment", &[]).await;
    page.says(200, &["Check and book"]);
}

#[actix_web::test]
async fn a_log_in_that_is_not_sure_enough_must_be_surer() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.level = "basic");
    let page = world.erika().await.open(CHOICE).await;
    page.says(200, &["Log in more securely"]);
    assert!(!page.offers("Reserve appointment"));
}

#[actix_web::test]
async fn a_slot_that_has_gone_meanwhile_is_said_to_be_taken() {
    let world = World::start().await;
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [] })));
    let page = world.browser().open(CHOICE).await;
    page.says(409, &["This appointment has just been taken"]);
    let again = page.link("Find another appointment");
    assert_eq!(again, "/en/buergeramt/day?service=120703&date=2027-01-05");
}
