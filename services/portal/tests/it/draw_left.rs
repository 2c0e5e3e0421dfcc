//! Who left a draw finds out so, and gets what proves it.

use serde_json::json;

use crate::{
    stub::{Answer, DRAW, draw, published},
    world::World,
};

fn page(part: &str) -> String {
    format!("/en/buergeramt/draws/{DRAW}{part}")
}

fn stands(world: &World, status: &str) {
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw(status))));
}

#[actix_web::test]
async fn who_left_reads_when_and_gets_the_signed_end() {
    let world = World::start().await;
    stands(&world, "announced");
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let end = json!({ "ended_at": "2027-01-04T09:30:00+01:00", "ended": "the signed end" });
    world.answer(&format!("GET draws/{DRAW}/entries/own/end"), Answer::Json(200, end));
    let mut browser = world.erika().await;
    let left = browser.open(&page("/entry")).await;
    assert_eq!(left.path(), page("/entry"));
    left.says(200, &["You have left the draw.", "You left on Monday, 4 January 2027, 09:30."]);
    left.says(200, &["You can enter again until Thursday, 7 January 2027, 08:00."]);
    assert_eq!(left.link("Enter the draw"), page("/wishes"));
    let file = browser.get(&left.link("Download the signed end")).await;
    assert_eq!((file.status, file.html.as_str()), (200, "the signed end"));

    stands(&world, "settled");
    let left = browser.open(&page("/entry")).await;
    left.says(200, &["You left on Monday", "fairtermin verify-draw PROOF --ended END"]);
    assert!(left.html.contains(&format!(r#"data-ended="{}""#, page("/receipt.txt"))));
    assert!(!left.offers("Enter the draw") && !left.html.contains("data-receipt"));
}

#[actix_web::test]
async fn who_was_never_in_a_draw_that_is_over_reads_about_the_draw() {
    let world = World::start().await;
    stands(&world, "frozen");
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    world.refuse(&format!("GET draws/{DRAW}/entries/own/end"), 404, "entry-not-found");
    let mut browser = world.erika().await;
    let shown = browser.open(&page("/entry")).await;
    assert_eq!(shown.path(), page(""));
    assert_eq!(browser.get(&page("/receipt.txt")).await.status, 404);
}
