//! A log-in below the level at which the person was proven: the identity service tells it no address, nor whether
//! there is one, and lets it change none.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, DRAW, PLACE, booking, draw, entry, place, published},
    world::{World, languages},
};

/// What is true whether there is an address or not.
const MAYBE: &str = "If we have a confirmed e-mail address of yours, we write to it.";
const NONE: &str = "no confirmed";

fn refused() -> Answer {
    Answer::Problem(403, "level-too-low", json!({ "required_level": "high" }))
}

fn appointment() -> String {
    format!("/en/buergeramt/appointments/{BOOKING}")
}

/// With an appointment, and nothing told of an address.
async fn world() -> World {
    let world = World::start().await;
    world.stub.answer("GET /contact", refused());
    world.stub.answer("PUT /contact", refused());
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    world
}

fn stands_in_draw(world: &World, more: &Value, entered: Option<Value>) {
    let mut draw = draw("announced");
    draw.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [draw] })));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw)));
    if let Some(entered) = entered {
        world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, entered));
    }
}

/// Fault: the pages said "without an address you find your appointment here" and "you get no e-mails", and the
/// confirmation went at once to the address that the identity service knew.
#[actix_web::test]
async fn one_books_without_a_field_and_no_page_says_that_there_is_no_address() {
    let world = world().await;
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/confirm").await;
    page.says(200, &[MAYBE, "You need the online ID"]);
    page.is_silent_about("Without it you find your appointment here");
    assert!(!page.html.contains(r#"name="email""#), "{page:?}");
    let login = page.link("Log in more securely");
    assert!(login.contains("level=high") && login.contains("confirm"), "{login}");
    let page = browser.press(&page, "Book appointment", &[]).await;
    page.says(200, &["Your appointment is booked", MAYBE]);
    page.is_silent_about("You get no e-mails from us");
    assert!(!page.offers("Add an address"), "{page:?}");
    assert!(page.link("Log in more securely").contains("level=high"));
    for language in languages() {
        let page = browser.open(&appointment().replace("/en/", &format!("/{language}/"))).await;
        assert!(page.html.contains("level=high"), "{language}: {page:?}");
        assert!(!page.text().contains("address-"), "{language}: {page:?}");
    }
}

/// Fault: an address in the form made the booking fail, with "for this service a more secure login is needed".
#[actix_web::test]
async fn an_address_that_may_not_be_changed_does_not_keep_the_booking() {
    for code in ["level-too-low", "forbidden"] {
        let world = World::start().await;
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
        let mut browser = world.erika_with_hold().await;
        let page = browser.open("/en/confirm").await;
        // Meanwhile they were proven at a higher level, in another browser.
        let level = json!({ "required_level": "high" });
        world.stub.answer("PUT /contact", Answer::Problem(403, code, level));
        let typed = [("email", "e@example.org")];
        let page = browser.press(&page, "Book appointment", &typed).await;
        page.says(200, &["Your appointment is booked", "Your e-mail address was not changed"]);
        assert_eq!(world.stub.asked("POST /buergeramt/v1/bookings").len(), 1, "{code}");
        // The same address of an appointment that does not stand any more says nothing of it.
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("cancelled")));
        let page = browser.open(page.url.as_str()).await;
        page.is_silent_about("Your e-mail address was not changed");
    }
}

/// Fault: the page with the address said "for this service" of what no service asks for.
#[actix_web::test]
async fn the_page_with_the_address_says_that_the_address_is_protected() {
    let world = world().await;
    let mut browser = world.erika().await;
    let page = browser.open("/en/buergeramt/address").await;
    page.says(403, &["Your e-mail address is protected after this login"]);
    page.is_silent_about("We need to be more certain who you are.");
    assert!(page.link("Log in now").contains("level=high"));
}

#[actix_web::test]
async fn cancelling_promises_no_mail_and_denies_none() {
    let world = world().await;
    let page = world.erika().await.open(&format!("{}/cancel", appointment())).await;
    page.says(200, &["If we have a confirmed e-mail address of yours, you get a confirmation."]);
    page.is_silent_about(NONE);
}

#[actix_web::test]
async fn a_draw_and_a_waiting_list_do_not_say_that_there_is_no_address() {
    let world = world().await;
    stands_in_draw(&world, &json!({}), Some(entry("entered")));
    let mut browser = world.erika().await;
    let own = browser.open(&format!("/en/buergeramt/draws/{DRAW}/entry")).await;
    own.says(200, &[MAYBE, "You also find the result here."]);
    own.is_silent_about(NONE);
    let mut phoned = entry("entered");
    phoned["phoned_by"] = json!("mitte");
    stands_in_draw(&world, &json!({}), Some(phoned));
    let own = browser.open(&format!("/en/buergeramt/draws/{DRAW}/entry")).await;
    own.says(200, &[MAYBE, "If you are drawn, the office calls you."]);
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [place("waiting")] })));
    let own = browser.open(&format!("/en/buergeramt/waiting-list/places/{PLACE}")).await;
    own.says(200, &[MAYBE, "You also find offers here, when you log in."]);
    own.is_silent_about(NONE);
}

#[actix_web::test]
async fn where_winners_must_confirm_the_number_is_asked_for_without_a_word_that_is_not_known() {
    let world = world().await;
    stands_in_draw(&world, &json!({ "confirm_within": 48 }), None);
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let form = world.erika().await.open(&format!("/en/buergeramt/draws/{DRAW}/wishes")).await;
    form.says(200, &["We cannot see here whether we have an e-mail address of yours."]);
    form.is_silent_about(NONE);
}

/// Fault: an identity service that did not answer was "you get no e-mails".
#[actix_web::test]
async fn an_outage_is_not_said_to_be_a_missing_address() {
    let world = world().await;
    world.stub.answer("GET /contact", Answer::Proxy(502));
    let page = world.erika().await.open(&appointment()).await;
    page.says(200, &["We cannot check right now whether you get e-mails from us."]);
    page.is_silent_about("You get no e-mails from us");
}
