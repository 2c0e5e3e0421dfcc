//! The form of a draw on a telephone: short, the first decision first, and nothing that was chosen is out of sight.

use serde_json::json;

use crate::{
    stub::{Answer, DRAW, draw, published},
    world::{World, languages},
};

/// How a part that can be folded begins.
fn part(is_open: bool, title: &str) -> String {
    let open = if is_open { " open" } else { "" };
    format!("<details class=\"filter\"{open}>\n<summary><span class=\"kern-label\">{title}")
}

#[actix_web::test]
async fn times_and_places_are_folded_until_something_is_chosen_in_them() {
    let world = World::start().await;
    let announced = draw("announced");
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [announced] })));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&announced)));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let mut browser = world.erika().await;
    let address = format!("/en/buergeramt/draws/{DRAW}/wishes");
    let form = browser.open(&address).await;
    assert!(form.comes_before("How many people come together?", "First wish"));
    assert!(form.comes_before("On which days?", "At what time?"));
    for title in ["At what time?", "Where?"] {
        assert!(form.html.contains(&part(false, title)), "{form:?}");
        assert!(!form.html.contains(&part(true, title)), "{form:?}");
    }
    let chosen = [("place-1", "mitte"), ("after-2", "11:00"), ("before-2", "09:00")];
    let again = browser.press(&form, "Enter now", &chosen).await;
    again.says(200, &["A wish ends before it begins."]);
    for title in ["At what time?", "Where?"] {
        assert_eq!(again.html.matches(&part(true, title)).count(), 1, "{again:?}");
    }
    assert!(again.html.contains(r#"name="place-1" value="mitte" checked"#), "it stays");
    for language in languages() {
        let shown = browser.open(&address.replacen("en", language, 1)).await;
        assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
    }
}
