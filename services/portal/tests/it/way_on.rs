//! Each page that says that something did not work leads on: back to where it happened, to another log-in, to
//! what the person has, or to a telephone.

use serde_json::json;

use crate::{
    stub::{Answer, DRAW, draw, published},
    world::World,
};

const DAYS: &str = "/en/buergeramt/days?service=120703";

#[actix_web::test]
async fn what_passes_leads_back_to_the_same_page() {
    let world = World::start().await;
    for (status, code) in [(429, "rate-limited"), (503, "unavailable"), (500, "internal")] {
        world.refuse("GET availability/days", status, code);
        let page = world.browser().open(DAYS).await;
        assert_eq!(page.status, status, "{page:?}");
        assert_eq!(page.link("Open the page again"), DAYS, "{code}");
    }
    world.answer("GET availability/days", Answer::Malformed);
    let page = world.browser().open(DAYS).await;
    page.says(503, &["This authority does not answer right now"]);
    assert_eq!(page.link("Open the page again"), DAYS);
}

#[actix_web::test]
async fn a_refused_form_leads_back_to_its_page_as_it_was_filled_in() {
    let world = World::start().await;
    world.refuse("POST entitlements/claim", 409, "of-a-newer-service");
    let ask = "/en/buergeramt/entitlement?service=324280";
    let mut browser = world.erika().await;
    let form = browser.open(ask).await;
    let page = browser.press(&form, "Check number", &[("reference", "A-18")]).await;
    page.says(409, &["That did not work", "What you entered is not lost."]);
    assert_eq!(page.link("115"), "tel:115", "the advice is to call");
    assert_eq!(page.link("Open the page again"), ask);
    let form = browser.open(ask).await;
    assert!(form.html.contains(r#"value="A-18""#), "{form:?}");
}

#[actix_web::test]
async fn who_is_told_to_log_in_again_finds_the_log_in() {
    let world = World::start().await;
    world.refuse("POST bookings", 422, "attendee-invalid");
    let mut browser = world.erika_with_hold().await;
    let form = browser.open("/en/confirm").await;
    let page = browser.press(&form, "Book appointment", &[]).await;
    page.says(422, &["Log out and in again."]);
    assert_eq!(page.link("Log in now"), "/en/login/start?back=%2Fen%2Fconfirm&level=high");
    // Staff log in as staff.
    world.refuse("GET desk/bookings", 401, "invalid-token");
    let page = world.clerk().await.open("/en/buergeramt/desk?code=K7QD-3XHM").await;
    assert!(page.link("Log in now").ends_with("&staff"), "{page:?}");
}

#[actix_web::test]
async fn another_draw_is_found_among_the_persons_own() {
    let world = World::start().await;
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("announced"))));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let entries = format!("POST draws/{DRAW}/entries");
    world.answer(&entries, Answer::Problem(409, "already-entered", json!({})));
    let mut browser = world.erika().await;
    let form = browser.open(&format!("/en/buergeramt/draws/{DRAW}/wishes")).await;
    let page = browser.press(&form, "Enter now", &[]).await;
    page.says(409, &["You are in another draw already"]);
    assert_eq!(page.link("My appointments"), "/en/appointments");
}
