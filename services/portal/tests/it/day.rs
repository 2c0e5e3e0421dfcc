//! The free times of a day.

use serde_json::json;

use crate::{stub::Answer, world::World};

const DAY: &str = "/en/buergeramt/day?service=120703&date=2027-01-05";

#[actix_web::test]
async fn times_stand_by_place_and_time_of_day_and_lead_to_their_choice() {
    let world = World::start().await;
    let page = world.browser().open(DAY).await;
    page.says(200, &["Step 3 of 4: choose a time", "Tuesday, 5 January 2027"]);
    page.says(200, &["Rathaus Mitte Karl-Marx-Allee 31, 10178 Berlin Before noon 09:00"]);
    page.says(200, &["12:00 to 16:00 12:30", "After 16:00 16:00"]);
    let link = page.link("09:00, Rathaus Mitte");
    assert_eq!(link, "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08%3A00%3A00Z");
    assert_eq!(page.link("Choose another day"), "/en/buergeramt/days?service=120703");
}

#[actix_web::test]
async fn who_is_logged_in_surely_enough_holds_a_time_at_once() {
    let world = World::start().await;
    let page = world.erika().await.open(DAY).await;
    page.says(200, &["It is then reserved for you"]);
    let (target, fields) = page.button("12:30");
    assert_eq!(target, "/en/buergeramt/hold");
    let value = |name: &str| fields.iter().find(|(known, _)| known == name).unwrap().1.as_str();
    assert_eq!(value("slot"), "mitte@2027-01-05T11:30:00Z");
    assert_eq!(value("service"), "120703");
}

#[actix_web::test]
async fn who_is_not_surely_enough_logged_in_gets_links() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.level = "basic");
    let page = world.erika().await.open(DAY).await;
    assert!(page.link("09:00, Rathaus Mitte").contains("/choice?"));
}

#[actix_web::test]
async fn a_day_that_has_become_full_says_so() {
    let world = World::start().await;
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [] })));
    let page = world.browser().open(DAY).await;
    page.says(200, &["Nothing is free on this day any more.", "Choose another day."]);
}

#[actix_web::test]
async fn a_day_whose_times_cannot_be_read_is_an_outage() {
    for trouble in [Answer::Proxy(500), Answer::Malformed] {
        let world = World::start().await;
        world.answer("GET availability/slots", trouble);
        let page = world.browser().open(DAY).await;
        page.says(503, &["This authority does not answer right now"]);
    }
}
