//! What staff booked has a page of its own: it can be loaded again, read in another language and printed in the person's.

use serde_json::json;

use crate::{
    desk_book::{book, found, world},
    page::Page,
    stub::{Answer, BOOKING, CODE},
    world::{World, languages},
};

const NAME: &str = "Erika Mustermann";
const LOOKED_UP: &str = "GET /buergeramt/v1/desk/bookings";

/// The address of this page.
fn address(page: &Page) -> String {
    format!("{}?{}", page.path(), page.url.query().unwrap_or_default())
}

fn times_booked(world: &World) -> usize {
    world.stub.asked("POST /buergeramt/v1/desk/bookings").len()
}

/// Fault: the number was shown once, as the answer to the form. Whoever loaded the page again saw it no more.
#[actix_web::test]
async fn the_page_can_be_loaded_again_and_each_time_the_name_is_looked_up() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = book(&mut browser, &[]).await;
    page.says(200, &["The appointment is booked", CODE, NAME]);
    let looked_up = world.stub.asked(LOOKED_UP);
    assert_eq!(
        (looked_up.len(), looked_up[0].query.as_str()),
        (1, format!("code={CODE}").as_str())
    );

    browser.open(&address(&page)).await.says(200, &["The appointment is booked", CODE, NAME]);
    let german = browser.read_in(&page, "Deutsch", &[]).await;
    german.says(200, &["Der Termin ist gebucht", CODE, NAME]);
    assert_eq!((times_booked(&world), world.stub.asked(LOOKED_UP).len()), (1, 3));
}

#[actix_web::test]
async fn after_half_an_hour_the_desk_finds_it_by_its_number() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = book(&mut browser, &[]).await;
    world.minutes_pass(20);
    browser.open(&address(&page)).await.says(200, &["The appointment is booked", CODE]);
    world.minutes_pass(11);
    let later = browser.open(&address(&page)).await;
    assert_eq!(address(&later), format!("/en/buergeramt/desk?code={CODE}"));
    later.says(200, &["Front desk", NAME]);
}

#[actix_web::test]
async fn it_is_the_page_of_whoever_booked_alone() {
    let world = world().await;
    let page = book(&mut world.clerk().await, &[]).await;
    let other = world.clerk().await.open(&address(&page)).await;
    assert_eq!(address(&other), format!("/en/buergeramt/desk?code={CODE}"));
    world.erika().await.open(&address(&page)).await.says(401, &["This page is for staff"]);
}

#[actix_web::test]
async fn what_was_cancelled_meanwhile_is_not_printed() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = book(&mut browser, &[]).await;
    let cancelled = json!({ "bookings": [found("cancelled")] });
    world.answer("GET desk/bookings", Answer::Json(200, cancelled));
    let later = browser.open(&address(&page)).await;
    assert_eq!(address(&later), format!("/en/buergeramt/desk?code={CODE}"));
    later.says(200, &["Cancelled"]);
}

/// The appointment is at a place of others, or the authority cannot be reached for a moment.
#[actix_web::test]
async fn the_number_is_there_if_the_name_cannot_be_read() {
    for answer in [
        Answer::Json(200, json!({ "bookings": [] })),
        Answer::Proxy(502),
        Answer::Problem(503, "unavailable", json!({})),
    ] {
        let world = world().await;
        world.answer("GET desk/bookings", answer);
        let page = book(&mut world.clerk().await, &[]).await;
        page.says(200, &["The appointment is booked", CODE, "Rathaus Mitte"]);
        page.is_silent_about(NAME);
    }
}

/// Fault: the person got a paper in the language of whoever booked.
#[actix_web::test]
async fn the_paper_is_in_the_persons_language_and_staff_can_choose_another() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = book(&mut browser, &[("language", "tr")]).await;
    page.says(200, &["Print this page for the person.", "Randevu numaranız", "Book another"]);
    page.is_silent_about("Your appointment number");
    let (staff, paper) = page.html.split_once(r#"<section lang="tr""#).unwrap();
    assert!(staff.contains(r#"<div class="not-printed">"#), "what staff read is not printed");
    let styles = browser.get("/assets/portal.css").await.html;
    let (_, printing) = styles.split_once("@media print").unwrap();
    assert!(printing.contains(".not-printed"), "{printing}");
    assert!(paper.contains(CODE) && paper.contains(NAME), "{page:?}");

    let arabic = address(&page).replace("language=tr", "language=ar");
    assert!(page.html.contains(&arabic.replace('&', "&#38;")), "it is offered: {}", page.html);
    let arabic = browser.open(&arabic).await;
    arabic.says(200, &["Print this page for the person.", "رقم موعدك", CODE]);
    assert!(arabic.html.contains(r#"<section lang="ar" dir="rtl""#), "{arabic:?}");
    // The paper stays as it is when staff read in another language.
    let german = browser.read_in(&arabic, "Deutsch", &[]).await;
    german.says(200, &["Drucken Sie diese Seite für die Person aus.", "رقم موعدك"]);
    assert_eq!(times_booked(&world), 1);
}

#[actix_web::test]
async fn the_page_speaks_each_language() {
    let world = world().await;
    let mut browser = world.clerk().await;
    book(&mut browser, &[]).await.says(200, &[CODE]);
    for language in languages() {
        let address = format!("/{language}/buergeramt/desk/{BOOKING}/booked?code={CODE}");
        let page = browser.open(&address).await;
        page.says(200, &[CODE, NAME]);
        page.is_silent_about("[desk-");
    }
    let unknown = format!("/en/buergeramt/desk/{BOOKING}/booked?code={CODE}&language=tlh");
    browser.open(&unknown).await.says(200, &["Your appointment number", CODE]);
}
