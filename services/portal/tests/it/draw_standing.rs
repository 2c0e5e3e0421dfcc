//! Draws with quotas and cohorts: pages say for whom seats are kept and who chooses earlier.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, DRAW, draw, entry, published},
    world::World,
};

/// A closed draw with a quota, in which three draws without a seat count.
async fn drawn_by_cohorts() -> World {
    let world = World::start().await;
    let mut known = published(&draw("frozen"));
    let announcement = known["announcement"].as_str().unwrap();
    let mut announcement: Value = serde_json::from_str(announcement).unwrap();
    announcement["cohorts"] = json!(3);
    announcement["quotas"] = json!([{ "channel": "desk", "name": "Ohne Online-Ausweis" }]);
    known["announcement"] = json!(announcement.to_string());
    known["freeze"] = json!(json!({ "channels": { "desk": 7, "online": 33 } }).to_string());
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    world
}

#[actix_web::test]
async fn everybody_reads_for_whom_seats_are_kept_and_how_many_staff_entered() {
    let world = drawn_by_cohorts().await;
    let shown = world.browser().open(&format!("/en/buergeramt/draws/{DRAW}")).await;
    shown.says(200, &["Of these, entered at the counter 7", "Ohne Online-Ausweis"]);
    shown.says(200, &["People who went without in earlier draws come before the others."]);
}

#[actix_web::test]
async fn who_went_without_reads_how_often() {
    let world = drawn_by_cohorts().await;
    let mut own = entry("entered");
    own["cohort"] = json!(2);
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, own));
    let mut browser = world.erika().await;
    let shown = browser.open(&format!("/en/buergeramt/draws/{DRAW}/entry")).await;
    shown.says(200, &["How often you went without 2"]);
    // Nor is everybody's chance the same in the next draw.
    let mut own = entry("without");
    own["cohort"] = json!(2);
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, own));
    let shown = browser.open(&format!("/en/buergeramt/draws/{DRAW}/entry")).await;
    shown.says(200, &["There, people who went without more often come before the others."]);
    shown.is_silent_about("Your chance is then the same");
}
