//! Who comes and what for: several people and services in one visit.

use serde_json::json;

use crate::{
    stub::{Answer, hold},
    world::World,
};

#[actix_web::test]
async fn several_people_are_searched_held_and_shown_together() {
    let world = World::start().await;
    let mut held = hold();
    held["people"] = json!(3);
    world.answer("POST holds", Answer::Json(200, held));
    let mut browser = world.erika().await;
    let days = browser.open("/en/buergeramt/days?service=120703").await;
    days.says(200, &["1 person · 1 service"]);
    let visit = browser.open(&days.link("Change people and services")).await;
    visit.says(200, &["How many people come?"]);
    assert!(visit.html.contains(r#"<option value="3">3</option></select>"#), "at most three");
    let days = browser.open("/en/buergeramt/days?service=120703&people=3").await;
    days.says(200, &["3 people · 1 service"]);
    let asked = world.stub.asked("GET /buergeramt/v1/availability/days");
    assert!(asked.last().unwrap().query.contains("people=3"), "{}", asked.last().unwrap().query);
    let day = browser.open("/en/buergeramt/day?service=120703&people=3&date=2027-01-05").await;
    let confirm = browser.press(&day, "09:00", &[]).await;
    confirm.says(200, &["3 people"]);
    assert_eq!(world.stub.asked("POST /buergeramt/v1/holds")[0].json()["people"], 3);
}

#[actix_web::test]
async fn too_many_services_say_so_at_once_and_one_can_be_removed() {
    let world = World::start().await;
    let mut browser = world.browser();
    let address = "/en/buergeramt/days?service=120703&service=121151&service=120686";
    let page = browser.open(address).await;
    assert_eq!(page.path(), "/en/buergeramt/visit");
    page.says(200, &["Error: Who comes", "At most 2 services can be done in one visit."]);
    page.is_silent_about("There is no free appointment");
    let fewer = browser.open(&page.link("Remove : Registration")).await;
    fewer.is_silent_about("Error:");
    fewer.says(200, &["Identity card", "Passport"]);
    let german = browser.open(&page.link("Deutsch")).await;
    german.says(200, &["Bei einem Besuch gehen höchstens 2 Anliegen."]);
}

#[actix_web::test]
async fn too_many_people_or_services_that_do_not_go_together_say_so_at_once() {
    let world = World::start().await;
    for (query, sentence) in [
        ("service=120703&people=4", "At most 3 people can come to one appointment."),
        ("service=324280&people=2", "Only 1 person can come for this service."),
        ("service=120703&service=324280", "They cannot be done in one visit."),
        ("service=120703&service=120703", "The same service stands here twice."),
    ] {
        let page = world.browser().open(&format!("/en/buergeramt/days?{query}")).await;
        page.says(200, &[sentence]);
    }
    for people in ["0", "101", "many"] {
        let address = format!("/en/buergeramt/days?service=120703&people={people}");
        world.browser().open(&address).await.says(400, &["This address is incomplete"]);
    }
}

#[actix_web::test]
async fn a_service_can_be_added_while_there_is_room_for_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open("/en/buergeramt/visit?service=120703").await;
    let more = browser.open(&page.link("Passport")).await;
    more.says(200, &["Identity card", "Passport"]);
    assert!(!more.offers("Registration"), "two are enough");
}
