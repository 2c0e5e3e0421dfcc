//! A hold is over when its form is sent: what was typed stays, and the same time comes first.

use serde_json::json;

use crate::{
    page::Page,
    stub::{Answer, BOOKING, CODE, booking, hold},
    world::World,
};

const EMAIL: (&str, &str) = ("email", "erika@example.org");
const TYPED: &str = r#"value="erika@example.org""#;
const KEPT: &str = "What you entered is not lost.";
const SAME: &str = "Take the same appointment: Tuesday, 5 January 2027, 09:00";

/// Where the page leads first.
fn first_way(page: &Page) -> &str {
    let (_, ways) = page.html.split_once("<div class=\"actions\">").unwrap();
    ways.split("</a>").next().unwrap()
}

/// Fault: "open the page again" was the advice, though nobody was logged in and nothing was held any more.
#[actix_web::test]
async fn after_a_session_has_ended_one_logs_in_and_takes_the_same_time_with_what_was_typed() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let form = browser.open("/en/confirm").await;
    world.minutes_pass(31);
    let over = browser.press(&form, "Book appointment", &[EMAIL]).await;
    over.says(403, &["You are not logged in any more", KEPT]);
    let gone = browser.open(&over.link("Log in now")).await;
    gone.says(410, &["The reservation has ended", "Nothing was booked for you."]);
    assert!(first_way(&gone).contains("5 January 2027, 09:00"), "{gone:?}");
    let choice = browser.open(&gone.link(SAME)).await;
    let mut other = hold();
    other["hold_id"] = json!("hld_01jdc6nvt8e0pb9s3k1zqk6yzw");
    other["expires_at"] = json!("2027-01-04T08:45:00Z");
    world.answer("POST holds", Answer::Json(200, other));
    let confirm = browser.press(&choice, "Reserve appointment", &[]).await;
    confirm.says(200, &["Check and book"]);
    assert!(confirm.html.contains(TYPED), "{confirm:?}");
}

#[actix_web::test]
async fn a_hold_that_ran_out_while_it_was_filled_in_leads_to_the_same_time_too() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let form = browser.open("/en/confirm").await;
    world.minutes_pass(11);
    let over = browser.press(&form, "Book appointment", &[EMAIL]).await;
    over.says(410, &["The reservation has ended", KEPT]);
    assert!(first_way(&over).contains("5 January 2027, 09:00"), "{over:?}");
    assert_eq!(over.link("Find another appointment"), "/en/buergeramt/days?service=120703");
}

#[actix_web::test]
async fn a_time_that_another_person_took_is_not_offered_again() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [] })));
    world.minutes_pass(11);
    let over = browser.open("/en/confirm").await;
    over.says(410, &["The reservation has ended"]);
    over.is_silent_about("Take the same appointment");
}

#[actix_web::test]
async fn what_was_booked_before_the_session_ended_is_shown_as_booked() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let form = browser.open("/en/confirm").await;
    world.minutes_pass(31);
    let over = browser.press(&form, "Book appointment", &[EMAIL]).await;
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booking("confirmed")] })));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    browser.open(&over.link("Log in now")).await.says(200, &[CODE]);
}

/// Fault: the other session said "reserved for you", and showed the form, after it was booked.
#[actix_web::test]
async fn what_another_session_has_booked_is_not_reserved_any_more() {
    let world = World::start().await;
    let mut list = world.erika_with_hold().await;
    let mut form = world.erika_with_hold().await;
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booking("confirmed")] })));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    world.answer("GET holds", Answer::Json(200, json!({ "holds": [] })));
    let shown = list.open("/en/appointments").await;
    shown.says(200, &["Tuesday, 5 January 2027"]);
    shown.is_silent_about("An appointment is reserved for you");
    let address = format!("/en/confirm?hold={}", hold()["hold_id"].as_str().unwrap());
    for browser in [&mut list, &mut form] {
        let shown = browser.open(&address).await;
        assert_eq!(shown.path(), format!("/en/buergeramt/appointments/{BOOKING}"));
        shown.says(200, &[CODE]);
        assert!(!shown.offers("Book appointment"), "{shown:?}");
    }
}

/// Fault: who moved an appointment to the same time for more people was led to the old one, as if that were booked.
#[actix_web::test]
async fn what_is_moved_or_is_for_other_people_is_not_what_became_of_the_hold() {
    for (name, value) in [("replaces", json!(BOOKING)), ("people", json!(2))] {
        let world = World::start().await;
        let mut held = hold();
        held[name] = value;
        world.answer("POST holds", Answer::Json(201, held));
        let own = json!({ "bookings": [booking("confirmed")] });
        world.answer("GET bookings", Answer::Json(200, own));
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
        let mut browser = world.erika().await;
        let day = "/en/buergeramt/day?service=120703&date=2027-01-05&replaces=";
        let day = browser.open(&format!("{day}{BOOKING}")).await;
        let form = browser.press(&day, "09:00", &[]).await;
        assert_eq!(form.path(), "/en/confirm", "{form:?}");
        world.answer("GET holds", Answer::Json(200, json!({ "holds": [] })));
        browser.open("/en/appointments").await.says(200, &["Tuesday, 5 January 2027"]);
        let shown = browser.open(form.url.as_str()).await;
        assert_eq!(shown.path(), "/en/confirm", "{name}: {shown:?}");
        shown.says(200, &["Rathaus Mitte"]);
    }
}
