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
    visit.says(200, &["Number of people"]);
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
    page.says(200, &["Error: Who is coming", "At most 2 services can be done in one visit."]);
    page.is_silent_about("There is no free appointment");
    assert!(page.html.contains("href=\"#remove-3\"") && page.html.contains("id=\"remove-3\""));
    assert!(page.html.find("<h1").unwrap() < page.html.find("error-summary").unwrap());
    assert!(page.offers("Remove : Registration"));
    let address = address.replacen("days", "visit", 1) + "&remove=2";
    let fewer = browser.open(&address).await;
    fewer.is_silent_about("Error:");
    fewer.says(200, &["Identity card", "Passport"]);
    let german = browser.read_in(&page, "Deutsch", &[]).await;
    german.says(200, &["Bei einem Besuch gehen höchstens 2 Anliegen."]);
}

#[actix_web::test]
async fn too_many_people_or_services_that_do_not_go_together_say_so_at_once() {
    let world = World::start().await;
    for (query, sentence) in [
        ("service=120703&people=4", "At most 3 people can come to one appointment."),
        ("service=120703&people=9999", "At most 3 people can come to one appointment."),
        ("service=324280&people=2", "Only 1 person can come for this service."),
        ("service=120703&service=324280", "They cannot be done in one visit."),
        ("service=120703&service=120703", "The same service is here twice."),
    ] {
        let page = world.browser().open(&format!("/en/buergeramt/days?{query}")).await;
        page.says(200, &[sentence]);
        // What the summary leads to is there.
        let (_, summary) = page.html.split_once("id=\"error-summary\"").unwrap();
        let field = summary.split_once("href=\"#").unwrap().1.split('"').next().unwrap();
        assert!(page.html.contains(&format!("id=\"{field}\"")), "{query}: {field}");
        assert_eq!(field == "people", query.contains("people="), "{query}: {field}");
    }
    for people in ["0", "many"] {
        let address = format!("/en/buergeramt/days?service=120703&people={people}");
        world.browser().open(&address).await.says(400, &["This address is incomplete"]);
    }
}

#[actix_web::test]
async fn a_service_can_be_added_while_there_is_room_for_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open("/en/buergeramt/visit?service=120703").await;
    let more = browser.read_in(&page, "Passport", &[]).await;
    more.says(200, &["Identity card", "Passport"]);
    assert!(!more.offers("Registration"), "two are enough");
    // Fault: the list vanished without a reason.
    more.says(200, &["More than 2 services do not fit into one visit."]);
    page.is_silent_about("More than 2 services");
    let days = browser.open("/en/buergeramt/days?service=120703&service=121151").await;
    days.says(200, &["More than 2 services do not fit into one visit."]);
}

/// Fault: whoever had chosen how many come and then added a service came alone again.
#[actix_web::test]
async fn a_service_that_is_added_or_removed_keeps_how_many_people_were_chosen() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open("/en/buergeramt/visit?service=121151&near=10178").await;
    let more = browser.read_in(&page, "Identity card", &[("people", "3")]).await;
    assert_eq!(
        more.url.query(),
        Some("service=121151&service=120703&near=10178&people=3"),
        "the address says what was chosen"
    );
    assert!(more.html.contains(r#"<option value="3" selected>"#), "{more:?}");
    let fewer = browser.read_in(&more, "Remove", &[("people", "2")]).await;
    assert_eq!(fewer.url.query(), Some("service=120703&near=10178&people=2"));
    assert!(fewer.html.contains(r#"<option value="2" selected>"#), "{fewer:?}");
    assert!(!fewer.offers("Remove : Identity card"), "one service is left");
    // More than can come for both is no silent change.
    let page = browser.open("/en/buergeramt/visit?service=121151").await;
    let many = browser.read_in(&page, "Identity card", &[("people", "5")]).await;
    many.says(200, &["At most 3 people can come to one appointment."]);
    for wrong in ["add=nothing", "remove=first"] {
        let page = browser.open(&format!("/en/buergeramt/visit?service=121151&{wrong}")).await;
        assert!(page.status >= 400, "{page:?}");
    }
    let last = browser.open("/en/buergeramt/visit?service=121151&remove=0").await;
    last.says(200, &["Passport"]);
}

/// Two places do the identity card: one takes three people at once, as the service says, the other this many.
async fn where_wedding_takes(people: u16) -> World {
    World::prepared(|stub| {
        let places = json!({ "locations": [
            { "id": "mitte", "name": { "de": "Rathaus Mitte" }, "services": ["120703"] },
            {
                "id": "wedding", "name": { "de": "Rathaus Wedding" }, "services": ["120703"],
                "max_people": { "120703": people },
            },
        ]});
        stub.answer("GET /buergeramt/v1/locations", Answer::Json(200, places));
    })
    .await
}

#[actix_web::test]
async fn a_place_that_takes_fewer_people_says_so_before_a_time_is_chosen() {
    let world = where_wedding_takes(1).await;
    let mut browser = world.browser();
    let alone = "Only 1 person can come to one appointment here.";
    for page in ["days?service=120703", "services/120703"] {
        browser.open(&format!("/en/buergeramt/{page}")).await.says(200, &[alone]);
    }
    let form = browser.open("/en/buergeramt/visit?service=120703").await;
    form.says(200, &["Fewer people can come together to these places:", "Rathaus Wedding", alone]);
    assert!(form.html.contains(r#"<option value="3">3</option>"#), "elsewhere three can come");
    for language in ["de", "de-easy", "tr", "uk", "ar"] {
        let form = browser.open(&format!("/{language}/buergeramt/visit?service=120703")).await;
        form.is_silent_about("[place-people]");
    }
}

#[actix_web::test]
async fn too_many_for_the_chosen_place_is_said_with_the_way_to_the_others() {
    let world = where_wedding_takes(2).await;
    let mut browser = world.browser();
    let chosen = "/en/buergeramt/days?service=120703&location=wedding&people=3";
    let page = browser.open(chosen).await;
    assert_eq!(page.path(), "/en/buergeramt/visit");
    page.says(200, &["Error: Who is coming"]);
    page.says(200, &["At most 2 people can come together to the place that you chose."]);
    assert_eq!(page.link("Search anywhere"), "/en/buergeramt/days?service=120703&people=3");
    // As many as go there, or one of both places, is no mistake.
    for query in ["location=wedding&people=2", "location=wedding&location=mitte&people=3"] {
        let page = browser.open(&format!("/en/buergeramt/days?service=120703&{query}")).await;
        assert_eq!(page.path(), "/en/buergeramt/days", "{page:?}");
    }
}
