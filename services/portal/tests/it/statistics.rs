//! The numbers that an authority publishes.

use serde_json::{Value, json};

use crate::{stub::Answer, world::World};

const PAGE: &str = "/en/buergeramt/statistics";

fn month(month: &str, share: Value, booked: u32) -> Value {
    json!({
        "month": month, "service": "120703", "booked": booked, "missed": 120, "missed_share": 0.143,
        "booked_by_phone": 40, "cancelled": 9, "walk_ins_served": 5,
        "within_14_days_share": share, "waiting_days_mean": 27.0,
    })
}

async fn told() -> World {
    let world = World::start().await;
    let months = [month("2026-11", json!(null), 84_300), month("2026-12", json!(0.812), 91_000)];
    world.answer("GET statistics/months", Answer::Json(200, json!({ "months": months })));
    world
}

#[actix_web::test]
async fn what_a_city_publishes_is_shown_as_plots_with_a_table_beside_each() {
    let world = told().await;
    let mut browser = world.browser();
    let start = browser.open("/en").await;
    assert_eq!(start.link("Numbers about this authority’s appointments"), PAGE);
    let page = browser.open(PAGE).await;
    page.says(200, &["How quickly are there appointments?", "Bürgeramt", "December 2026"]);
    page.says(200, &["Appointments within 14 days 81.2%"]);
    page.says(200, &["Days until the appointment, on average 27.0"]);
    page.says(200, &["Appointments to which nobody came 14.3%", "booked by phone 40"]);
    page.says(200, &["November 2026 too few December 2026 81.2%", "November 2026 84,300"]);
    page.says(200, &["By service: December 2026", "Identity card 91,000 81.2% 27.0 14.3%"]);
    assert_eq!(page.html.matches("<svg role=\"img\"").count(), 5);
    assert_eq!(page.html.matches("<table").count(), 5 + 1);
    // 2 months in each of 5 plots. The policy of the site forbids styles and scripts in the page.
    assert_eq!(page.html.matches("<rect").count(), 10);
    assert!(!page.html.contains(" style=") && !page.html.contains("<script>"));
}

#[actix_web::test]
async fn the_numbers_can_be_taken_along_as_a_table() {
    let world = told().await;
    let mut browser = world.browser();
    let page = browser.open(PAGE).await;
    let link = page.link("Download as a table (CSV)");
    assert_eq!(link, "/en/buergeramt/statistics.csv");
    let table = browser.open(&link).await;
    assert_eq!(table.status, 200);
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert!(table.header("content-disposition").contains("statistics_by_month.csv"));
}

#[actix_web::test]
async fn the_numbers_are_told_in_every_language() {
    let world = told().await;
    for (language, percent) in [
        ("de", "81,2\u{a0}%"),
        ("de-easy", "81,2\u{a0}%"),
        ("en", "81.2%"),
        ("tr", "%81,2"),
        ("uk", "81,2\u{a0}%"),
        // The number stands isolated in a text from right to left.
        ("ar", "\u{2068}81.2\u{2069}%"),
    ] {
        let page = world.browser().open(&format!("/{language}/buergeramt/statistics")).await;
        assert_eq!(page.status, 200, "{language}");
        assert!(page.html.contains(percent), "{language}: {}", page.text());
    }
}

#[actix_web::test]
async fn before_the_first_month_and_during_an_outage_the_page_says_so() {
    let world = told().await;
    world.answer("GET statistics/months", Answer::Json(200, json!({ "months": [] })));
    let page = world.browser().open(PAGE).await;
    page.says(200, &["No month has been counted yet."]);
    assert!(!page.html.contains("<svg"));
    world.refuse("GET statistics/months", 503, "unavailable");
    assert_eq!(world.browser().open(PAGE).await.status, 503);
    world.answer("GET statistics/months", Answer::Malformed);
    assert_eq!(world.browser().open(PAGE).await.status, 503);
}
