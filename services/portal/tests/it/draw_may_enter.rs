//! Who may not enter a draw reads so before they fill in its form, with the way on.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, DRAW, booking, draw, entry, published},
    world::World,
};

fn page(part: &str) -> String {
    format!("/en/buergeramt/draws/{DRAW}{part}")
}

/// The draw stands so, with these further members.
fn stands(world: &World, more: &Value) {
    let mut draw = draw("announced");
    draw.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [draw] })));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw)));
}

fn has_entered(world: &World, entry: Value) {
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, entry));
}

/// A draw that the person has not entered.
async fn open_draw() -> World {
    let world = World::start().await;
    stands(&world, &json!({}));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    world
}

#[actix_web::test]
async fn who_has_an_appointment_of_the_kind_reads_so_before_the_form() {
    let world = open_draw().await;
    let own = json!({ "bookings": [booking("confirmed")] });
    world.answer("GET bookings", Answer::Json(200, own));
    let mut browser = world.erika().await;
    let refused = browser.open(&page("/entry")).await;
    refused.says(409, &["You already have an appointment"]);
    let appointment = format!("/en/buergeramt/appointments/{BOOKING}");
    assert_eq!(refused.link("See this appointment"), appointment);
    assert!(!refused.offers("Enter now"), "{refused:?}");
    // What cannot be learnt is left to the authority.
    world.answer("GET bookings", Answer::Proxy(502));
    assert!(browser.open(&page("/wishes")).await.offers("Enter now"));
}

#[actix_web::test]
async fn where_an_application_is_needed_the_form_says_so_first() {
    let world = open_draw().await;
    let mut browser = world.erika().await;
    let first = "Application first, then the draw";
    browser.open(&page("/wishes")).await.is_silent_about(first);
    stands(&world, &json!({ "service": "324280" }));
    let form = browser.open(&page("/wishes")).await;
    form.says(200, &[first]);
    let number = "/en/buergeramt/entitlement?service=324280";
    assert_eq!(form.link("Enter the application number"), number);
    has_entered(&world, entry("entered"));
    browser.open(&page("/wishes")).await.is_silent_about(first);
}

#[actix_web::test]
async fn who_is_in_another_draw_is_led_to_it_before_the_form() {
    let world = open_draw().await;
    let other = "drw_01jdc6nvt8e0pb9s3k1zqk6yzy";
    let mut known = draw("announced");
    known["id"] = json!(other);
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [draw("announced"), known] })));
    let own = format!("GET draws/{other}/entries/own");
    let mut browser = world.erika().await;
    world.answer(&own, Answer::Json(200, entry("entered")));
    let refused = browser.open(&page("/wishes")).await;
    refused.says(409, &["You are in another draw already"]);
    let there = format!("/en/buergeramt/draws/{other}");
    assert_eq!(refused.link("My entry"), format!("{there}/entry"));
    // One that is over bars nothing.
    world.answer(&own, Answer::Json(200, entry("without")));
    assert!(browser.open(&page("/wishes")).await.offers("Enter now"));

    let mut kept = entry("offered");
    kept["offer"] = json!({
        "location": "mitte", "start": "2027-01-19T09:00:00+01:00",
        "end": "2027-01-19T09:20:00+01:00", "answer_by": "2027-01-09T10:00:00+01:00",
    });
    let form = browser.open(&page("/wishes")).await;
    world.answer(&own, Answer::Json(200, kept));
    let seat = browser.open(&page("/wishes")).await;
    seat.says(409, &["An appointment is already reserved for you"]);
    // It may have been the last time: declining does not always lead into this draw.
    seat.says(409, &["Accept the appointment or decline it."]);
    seat.is_silent_about("If you decline");
    assert_eq!(seat.link("Check and book it now"), format!("{there}/seat"));
    // It was drawn while the form was filled in.
    world.refuse(&format!("POST draws/{DRAW}/entries"), 409, "already-entered");
    let seat = browser.press(&form, "Enter now", &[]).await;
    assert_eq!(seat.link("Check and book it now"), format!("{there}/seat"));
}

#[actix_web::test]
async fn a_view_of_the_form_lists_the_appointments_once_and_asks_about_draws_of_the_kind_alone() {
    let world = open_draw().await;
    let other = "drw_01jdc6nvt8e0pb9s3k1zqk6yzy";
    let mut foreign = draw("announced");
    foreign["id"] = json!(other);
    foreign["service"] = json!("324280");
    let mut own = draw("announced");
    own["service"] = json!("121151");
    own["needs_appointment"] = json!(true);
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [own, foreign] })));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&own)));
    world.answer(&format!("GET draws/{other}/entries/own"), Answer::Json(200, entry("entered")));
    let mut booked = booking("confirmed");
    booked["start"] = json!("2027-01-27T08:00:00Z");
    booked["end"] = json!("2027-01-27T08:20:00Z");
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booked] })));
    let mut browser = world.erika().await;
    let asked = |path: &str| world.stub.asked(&format!("GET /buergeramt/v1/{path}")).len();
    let foreign = format!("draws/{other}/entries/own");
    let before = (asked("bookings"), asked(&foreign));
    assert!(browser.open(&page("/wishes")).await.offers("Enter now"));
    assert_eq!((asked("bookings"), asked(&foreign)), (before.0 + 1, before.1));
}

/// Fault: the way into a draw stood on the page for people whom the authority refuses.
#[actix_web::test]
async fn the_page_of_the_service_leads_nobody_into_a_draw_who_may_not_enter() {
    let days = "/en/buergeramt/days?service=121701";
    let world = open_draw().await;
    assert!(world.erika().await.open(days).await.offers("Enter the draw"));
    let mut booked = booking("confirmed");
    booked["services"] = json!(["121701"]);
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booked] })));
    let page = world.erika().await.open(days).await;
    page.says(200, &["So you cannot enter a draw."]);
    assert!(!page.offers("Enter the draw"), "{page:?}");
}

#[actix_web::test]
async fn whose_log_in_is_unclear_reads_before_the_form_that_draws_are_closed_to_them() {
    let world = open_draw().await;
    world.stub.identity(|identity| identity.says = json!({ "case": "K7QD-3XHM" }));
    let mut browser = world.erika().await;
    let days = browser.open("/en/buergeramt/days?service=121701").await;
    days.says(200, &["Until then you cannot enter draws.", "Draws are open to you once"]);
    assert!(!days.offers("Enter the draw"), "{days:?}");
    let refused = browser.open(&page("/wishes")).await;
    refused.says(409, &["Before the draw, an office must see your identity document"]);
    assert!(!refused.offers("Enter now"), "{refused:?}");
}

/// Fault: a day of another week became the same day of the week of the draw.
#[actix_web::test]
async fn a_day_or_place_that_the_draw_does_not_have_is_not_turned_into_another_one() {
    let world = open_draw().await;
    let mut browser = world.erika().await;
    let form = browser.open(&page("/wishes")).await;
    for wrong in [("day-1", "2027-01-26"), ("place-1", "nowhere")] {
        let shown = browser.press(&form, "Enter now", &[wrong]).await;
        shown.says(200, &["One wish fits no appointment of this draw."]);
        let unfit =
            "One wish fits no appointment of this draw. Choose other days, places or times.";
        let field = shown.link(unfit);
        assert!(field.starts_with("#day-1-"), "{field}");
        assert!(shown.html.contains(&format!("id=\"{}\"", field.trim_start_matches('#'))));
        assert!(shown.html.contains("id=\"wish-1-error\""), "the wish is marked: {shown:?}");
    }
    let heading = browser.open(&page("/wishes?again&unfit")).await.html;
    assert!(heading.find("<h1").unwrap() < heading.find("error-summary").unwrap());
    assert!(world.stub.asked(&format!("POST /buergeramt/v1/draws/{DRAW}/entries")).is_empty());
}

/// Fault: who must wait read that they cannot reserve an appointment, and nothing of the draw whose form they had sent.
#[actix_web::test]
async fn who_must_wait_reads_that_it_is_about_the_draw_or_the_waiting_list_too() {
    let world = open_draw().await;
    let join = "/en/buergeramt/waiting-list/join?service=120703".to_owned();
    let mut browser = world.erika().await;
    let until = json!({ "until": "2027-02-03T09:00:00+01:00" });
    for (form, asked, button, says) in [
        (page("/wishes"), format!("POST draws/{DRAW}/entries"), "Enter now", "enter a draw"),
        (join, "POST waiting-list/entries".to_owned(), "Join now", "join the waiting list"),
    ] {
        let says = format!("Until then you cannot {says}");
        let shown = browser.open(&form).await;
        for code in ["too-many-cancellations", "too-many-abandoned-holds", "cooling-down"] {
            world.answer(&asked, Answer::Problem(403, code, until.clone()));
            let refused = browser.press(&shown, button, &[]).await;
            refused.says(403, &["Wednesday, 3 February 2027, 09:00", &says]);
        }
        // What lets nobody wait keeps nobody from anything else.
        world.refuse(&asked, 403, "too-young");
        browser.press(&shown, button, &[]).await.is_silent_about("Until then");
    }
    world.answer("POST holds", Answer::Problem(403, "cooling-down", until));
    let day = browser.open("/en/buergeramt/day?service=120703&date=2027-01-05").await;
    browser.press(&day, "09:00", &[]).await.is_silent_about("Until then");
}
