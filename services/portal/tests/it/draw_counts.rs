//! How many were drawn, and how many took what they drew.

use serde_json::json;

use crate::{
    stub::{Answer, DRAW, draw, published},
    world::World,
};

#[actix_web::test]
async fn the_page_tells_who_was_drawn_from_who_took_the_seat() {
    let world = World::start().await;
    let mut settled = draw("settled");
    let counts = json!({ "entered": 40, "served": 10, "drawn": 12, "taken": 9 });
    settled.as_object_mut().unwrap().extend(counts.as_object().unwrap().clone());
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&settled)));
    let shown = world.browser().open(&format!("/en/buergeramt/draws/{DRAW}")).await;
    shown.says(200, &["People who entered 40", "People who were drawn 12"]);
    shown.says(200, &["Of these, accepted their appointment 9"]);
    shown.is_silent_about("People who got an appointment 10");
}
