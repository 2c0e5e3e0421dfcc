//! Waiting lists: offers at short notice.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, OFFER, PLACE, offer, place},
    world::World,
};

const JOIN: &str = "/en/buergeramt/waiting-list/join?service=120703";

fn place_page() -> String {
    format!("/en/buergeramt/waiting-list/places/{PLACE}")
}

fn offer_page() -> String {
    format!("/en/buergeramt/waiting-list/offers/{OFFER}")
}

/// The person's place stands so, with these further members.
fn stands(world: &World, status: &str, more: &Value) {
    let mut place = place(status);
    place.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [place] })));
}

#[actix_web::test]
async fn who_can_come_at_once_says_so_and_reads_what_that_means() {
    let world = World::start().await;
    world.answer("POST waiting-list/entries", Answer::Json(201, place("waiting")));
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    form.says(
        200,
        &["I can come at once", "is valid for 15 minutes only", "Yes, today and tomorrow"],
    );
    let today = json!({ "stand_by": "2027-01-04" });
    stands(&world, "waiting", &today);
    let shown = browser.press(&form, "Join now", &[("stand-by", "today")]).await;
    shown.says(200, &["until Monday, 4 January 2027"]);
    let sent = world.stub.asked("POST /buergeramt/v1/waiting-list/entries")[0].json();
    assert_eq!(sent["stand_by"], "today");
    // It is chosen when the form is opened again.
    let again = browser.open(JOIN).await;
    assert!(again.html.contains("value=\"today\" checked"), "{}", again.html);

    let mut offered = offer();
    offered["notice"] = json!("short");
    let short = json!({ "stand_by": "2027-01-04", "offer": offered, "declines_left": 1 });
    stands(&world, "offered", &short);
    let free = "If you decline or do not answer, you keep your place.";
    for page in [place_page(), offer_page()] {
        let shown = browser.open(&page).await;
        shown.says(200, &[free]);
        assert!(!shown.html.contains("you lose your place"), "{page}");
    }
    stands(&world, "ended", &json!({ "reason": "stand-by-over" }));
    browser
        .open(&place_page())
        .await
        .says(200, &["The day on which you could come at once is over."]);
}
