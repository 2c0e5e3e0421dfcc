//! The front desk phones people who wait and have no e-mail, and notes what they say.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, BOOKING, CODE, OFFER, PLACE, booking, offer},
    world::{World, languages},
};

const CALLS: &str = "/en/buergeramt/desk/calls";
const OF_MITTE: &str = "/en/buergeramt/desk/calls?location=mitte";
const ASKED: &str = "GET /buergeramt/v1/desk/waiting-list/calls";

/// Erika is to be phoned.
fn call(status: &str) -> Value {
    json!({
        "entry": PLACE, "service": "120703", "phone": "+49 30 9010", "language": "tr", "status": status,
        "attendee": { "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" },
        "declines_left": 2,
    })
}

fn offered() -> Value {
    let mut call = call("offered");
    call["offer"] = offer();
    call
}

fn due(world: &World, calls: &Value) {
    world.answer("GET desk/draws/calls", Answer::Json(200, json!({ "calls": [] })));
    world.answer("GET desk/waiting-list/calls", Answer::Json(200, json!({ "calls": calls })));
}

fn accepting() -> String {
    format!("POST desk/waiting-list/offers/{OFFER}/accept")
}

/// Presses the button of the only call.
async fn say(browser: &mut Browser, button: &str) -> Page {
    let page = browser.open(OF_MITTE).await;
    browser.press(&page, button, &[]).await
}

#[actix_web::test]
async fn the_desk_leads_to_the_calls_and_no_number_is_read_before_a_place_is_chosen() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    due(&world, &json!([offered()]));
    let mut browser = world.clerk().await;
    let desk = browser.open("/en/buergeramt/desk").await;
    assert_eq!(desk.link("Call people who wait"), CALLS);
    browser.open(CALLS).await.says(200, &["These people have no e-mail.", "Rathaus Mitte"]);
    assert!(world.stub.asked(ASKED).is_empty());
    let page = browser.open(OF_MITTE).await;
    page.says(200, &["Erika Mustermann", "12.08.1964", "+49 30 9010", "Türkçe", "Identity card"]);
    page.says(200, &["Ask if the person wants it.", "Thursday, 7 January 2027, 09:00"]);
    page.says(200, &["Answer by Tuesday, 5 January 2027, 10:00", "can still decline 2"]);
    assert_eq!(page.link("+49 30 9010"), "tel:+49309010");
    assert_eq!(world.stub.asked(ASKED)[0].query, "location=mitte");
    due(&world, &json!([]));
    browser.open(OF_MITTE).await.says(200, &["There is nobody to call here now."]);
    world.erika().await.open(OF_MITTE).await.says(401, &["This page is for staff"]);
}

#[actix_web::test]
async fn who_takes_the_seat_hears_the_number_of_the_appointment() {
    let world = World::start().await;
    due(&world, &json!([offered()]));
    world.answer(&accepting(), Answer::Json(201, booking("confirmed")));
    let page = say(&mut world.clerk().await, "The person takes it").await;
    page.says(200, &["The appointment is booked", "The person's appointment number", CODE]);
    page.says(200, &["Tuesday, 5 January 2027", "09:00", "Rathaus Mitte"]);
    page.is_silent_about("Language of the printed page");
    page.says(200, &["Tell the person the number, the day and the time."]);
    // A place of others is phoned for, too, whose appointments this one does not read: the number is there.
    assert_eq!(page.path(), format!("/en/buergeramt/desk/{BOOKING}/booked"));
    assert_eq!(page.link("Back to the calls"), OF_MITTE);
    let asked = world.stub.asked(&accepting().replacen(' ', " /buergeramt/v1/", 1));
    assert_eq!((asked.len(), asked[0].body.as_str()), (1, ""));
}

#[actix_web::test]
async fn who_declines_hears_what_it_costs() {
    let world = World::start().await;
    due(&world, &json!([offered()]));
    let declining = format!("POST desk/waiting-list/offers/{OFFER}/decline");
    let standing = |status: &str| json!({ "status": status, "declines_left": 1 });
    world.answer(&declining, Answer::Json(200, standing("waiting")));
    let mut browser = world.clerk().await;
    let page = say(&mut browser, "The person declines").await;
    page.says(200, &["The person is still on the waiting list", "can still decline 1"]);
    world.answer(&declining, Answer::Json(200, standing("ended")));
    let page = say(&mut browser, "The person declines").await;
    page.says(200, &["The person is no longer on the waiting list", "declined too often."]);
}

#[actix_web::test]
async fn who_let_an_offer_lapse_is_asked_whether_they_still_wait() {
    let world = World::start().await;
    let mut asked = call("asked");
    asked["answer_by"] = json!("2027-01-11T10:00:00+01:00");
    due(&world, &json!([asked]));
    let still = format!("POST desk/waiting-list/entries/{PLACE}/still-waiting");
    let standing = json!({ "status": "waiting", "declines_left": 2 });
    world.answer(&still, Answer::Json(200, standing));
    let mut browser = world.clerk().await;
    let page = browser.open(OF_MITTE).await;
    page.says(
        200,
        &["Ask if the person is still waiting.", "Answer by Monday, 11 January 2027, 10:00"],
    );
    assert!(!page.offers("The person takes it"));
    let page = browser.press(&page, "The person is still waiting", &[]).await;
    page.says(200, &["The person is still on the waiting list"]);
    assert_eq!(world.stub.asked(&still.replacen(' ', " /buergeramt/v1/", 1)).len(), 1);
}

#[actix_web::test]
async fn what_was_refused_is_said_above_the_calls_as_they_are_now() {
    let world = World::start().await;
    due(&world, &json!([offered()]));
    let mut browser = world.clerk().await;
    let again = json!({ "until": "2027-01-18T09:00:00+01:00" });
    for (code, members, title, advice) in [
        ("offer-over", json!({}), "This offer is over", "Below you see whom to call now."),
        (
            "already-booked",
            json!({}),
            "an appointment of this kind already",
            "There you can cancel it",
        ),
        (
            "cooling-down",
            again,
            "A rule of the authority does not allow it",
            "You cannot book a new appointment",
        ),
        ("cooling-down", json!({}), "A rule of the authority", "Ask whoever knows the rules"),
    ] {
        world.answer(&accepting(), Answer::Problem(409, code, members));
        let page = say(&mut browser, "The person takes it").await;
        page.says(409, &["Error:", title, advice, "Erika Mustermann"]);
    }
}

#[actix_web::test]
async fn what_a_colleague_must_agree_to_is_said_above_the_calls() {
    let world = World::start().await;
    due(&world, &json!([offered()]));
    let mut browser = world.clerk().await;
    let case = json!({ "case": "K7QD-3XHM" });
    world.answer(&accepting(), Answer::Problem(403, "second-person-needed", case));
    let page = say(&mut browser, "The person takes it").await;
    page.says(409, &["Error:", "A colleague must agree", "Tell them the case K7QD-3XHM."]);
    page.says(409, &["press “The person takes it” again.", "Erika Mustermann"]);
    world.refuse(&accepting(), 409, "case-state");
    let page = say(&mut browser, "The person takes it").await;
    page.says(409, &["This case is not decided yet", "Erika Mustermann"]);
    // Once the colleague agreed, the same button books.
    world.answer(&accepting(), Answer::Json(201, booking("confirmed")));
    let page = browser.press(&page, "The person takes it", &[]).await;
    page.says(200, &["The appointment is booked", CODE]);
}

#[actix_web::test]
async fn a_place_of_others_is_said_to_be_one() {
    let world = World::start().await;
    world.refuse("GET desk/waiting-list/calls", 403, "forbidden");
    let page = world.clerk().await.open(OF_MITTE).await;
    page.says(403, &["You may not do this at this place", "Choose a place at which you work."]);
    assert!(page.offers("Show calls"));
}

#[actix_web::test]
async fn the_calls_are_there_in_each_language() {
    let world = World::start().await;
    due(&world, &json!([offered(), call("asked")]));
    let mut browser = world.clerk().await;
    for language in languages() {
        let page = browser.open(&OF_MITTE.replacen("/en/", &format!("/{language}/"), 1)).await;
        page.says(200, &["Erika Mustermann"]);
        page.is_silent_about("[desk-");
    }
}

#[actix_web::test]
async fn the_calls_to_people_who_wait_can_be_made_at_a_slot_service_without_calls_to_winners() {
    let world = World::start().await;
    due(&world, &json!([offered()]));
    world.refuse("GET desk/draws/calls", 404, "not-found");
    let mut browser = world.clerk().await;
    browser.open(OF_MITTE).await.says(200, &["Erika Mustermann", "+49 30 9010"]);
    // An outage is one.
    world.answer("GET desk/draws/calls", Answer::Proxy(502));
    browser.open(OF_MITTE).await.says(503, &[]);
}
