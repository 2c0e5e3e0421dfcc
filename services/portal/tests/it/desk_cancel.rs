//! The front desk cancels an appointment for the office.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, CODE, booking},
    world::{World, languages},
};

const LINK: &str = "Cancel the appointment";
const PRESS: &str = "Yes, cancel it";

/// The desk finds Erika's appointment of tomorrow in this status.
fn finds(world: &World, status: &str) {
    let mut visit = booking(status);
    visit["attendee"] =
        json!({ "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" });
    found(world, json!([visit]));
}

fn found(world: &World, visits: Value) {
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer("GET desk/bookings", Answer::Json(200, json!({ "bookings": visits })));
}

fn cancel() -> String {
    format!("POST desk/bookings/{BOOKING}/cancel")
}

/// How often the authority was asked to cancel.
fn asked(world: &World) -> usize {
    world.stub.asked(&format!("POST /buergeramt/v1/desk/bookings/{BOOKING}/cancel")).len()
}

/// Fault: staff read that another appointment must be cancelled first, and no page of the desk did it.
#[actix_web::test]
async fn an_appointment_of_another_day_is_cancelled_after_one_question() {
    let world = World::start().await;
    finds(&world, "confirmed");
    world.answer(&cancel(), Answer::Json(200, booking("cancelled")));
    let mut browser = world.clerk().await;
    let list = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    let page = browser.open(&list.link(LINK)).await;
    page.says(200, &["Cancel this appointment?", "Erika Mustermann", CODE, "Rathaus Mitte"]);
    page.says(200, &["It does not count as a cancellation by the person."]);
    let back = format!("/en/buergeramt/desk?code={CODE}");
    assert_eq!((asked(&world), page.link("No, back to the list")), (0, back));

    finds(&world, "cancelled");
    let list = browser.press(&page, PRESS, &[]).await;
    list.says(200, &["Erika Mustermann", "Cancelled"]);
    assert_eq!((asked(&world), list.url.query()), (1, Some(format!("code={CODE}").as_str())));
    assert!(!list.offers(LINK), "{list:?}");
    // There is nothing to ask any more.
    let list = browser.open(page.url.as_str()).await;
    assert_eq!(list.path(), "/en/buergeramt/desk");
}

#[actix_web::test]
async fn every_refusal_to_cancel_leads_on() {
    let world = World::start().await;
    finds(&world, "confirmed");
    let mut browser = world.clerk().await;
    let list = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    let page = browser.open(&list.link(LINK)).await;

    // The person is here by now.
    finds(&world, "checked_in");
    world.refuse(&cancel(), 409, "booking-not-active");
    let refused = browser.press(&page, PRESS, &[]).await;
    refused.says(409, &["Nothing was noted now", "Erika Mustermann: Is here and waits"]);
    refused.is_silent_about("This appointment can no longer be changed");
    // The button was pressed twice.
    finds(&world, "cancelled");
    browser.press(&page, PRESS, &[]).await.says(200, &["Erika Mustermann", "Cancelled"]);

    found(&world, json!([]));
    world.refuse(&cancel(), 404, "booking-not-found");
    let refused = browser.press(&page, PRESS, &[]).await;
    refused.says(200, &["There is no appointment with this number."]);
    world.refuse(&cancel(), 403, "forbidden");
    let refused = browser.press(&page, PRESS, &[]).await;
    refused.says(403, &["You don't have permission"]);
}

/// Fault: who came from the list of a place had to choose it again.
#[actix_web::test]
async fn the_place_of_the_list_stays_chosen() {
    let world = World::start().await;
    finds(&world, "confirmed");
    world.answer(&cancel(), Answer::Json(200, booking("cancelled")));
    let mut browser = world.clerk().await;
    let list = browser.open("/en/buergeramt/desk?location=mitte").await;
    let page = browser.open(&list.link(LINK)).await;
    let list = browser.press(&page, PRESS, &[]).await;
    let address = format!("code={CODE}&location=mitte");
    assert_eq!(list.url.query(), Some(address.as_str()));
    assert!(list.html.contains(r#"<option value="mitte" selected>"#), "{list:?}");
}

/// Fault: the desk cancelled what was over, and a message was promised that nobody sends any more.
#[actix_web::test]
async fn an_appointment_that_is_over_is_not_cancelled() {
    let world = World::start().await;
    finds(&world, "confirmed");
    let list = format!("/en/buergeramt/desk?code={CODE}");
    let mut browser = world.clerk().await;
    let ahead = browser.open(&list).await;
    let ask = ahead.link(LINK);
    // It begins tomorrow at the same time, and takes less than an hour.
    world.minutes_pass(25 * 60);
    let mut browser = world.clerk().await;
    let over = browser.open(&list).await;
    over.says(200, &["Erika Mustermann", "Over, nothing noted"]);
    assert!(!over.offers(LINK), "{over:?}");
    assert_eq!(browser.open(&ask).await.path(), "/en/buergeramt/desk");
    assert_eq!(asked(&world), 0);
}

/// Fault: staff read that they, at the office, should speak to the staff.
#[actix_web::test]
async fn one_that_ends_before_the_answer_is_shown_as_it_stands() {
    let world = World::start().await;
    finds(&world, "confirmed");
    let mut browser = world.clerk().await;
    let list = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    let page = browser.open(&list.link(LINK)).await;
    world.refuse(&cancel(), 409, "booking-started");
    let shown = browser.press(&page, PRESS, &[]).await;
    shown.says(200, &["Erika Mustermann"]);
    assert_eq!(shown.path(), "/en/buergeramt/desk");
}

#[actix_web::test]
async fn only_who_is_staff_is_asked_and_in_each_language() {
    let world = World::start().await;
    finds(&world, "confirmed");
    let address =
        |language: &str| format!("/{language}/buergeramt/desk/{BOOKING}/cancel?code={CODE}&query=");
    world.erika().await.open(&address("en")).await.says(401, &["This page is for staff"]);
    let mut browser = world.clerk().await;
    for language in languages() {
        let page = browser.open(&address(language)).await;
        page.says(200, &["Erika Mustermann"]);
        page.is_silent_about("[desk-");
    }
    assert_eq!(asked(&world), 0);
}
