//! Offers of a waiting list on the pages of their person: accepted, declined, and gone back to.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, OFFER, PLACE, booking, offer, place},
    world::World,
};

fn place_page() -> String {
    format!("/en/buergeramt/waiting-list/places/{PLACE}")
}

fn offer_page() -> String {
    format!("/en/buergeramt/waiting-list/offers/{OFFER}")
}

/// The person's place stands so, with these further members.
fn stands(world: &World, status: &str, more: &Value) {
    let mut place = place(status);
    place.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [place] })));
}

#[actix_web::test]
async fn an_offer_is_accepted_in_two_steps_and_shows_what_it_replaces() {
    let world = World::start().await;
    stands(&world, "offered", &json!({ "offer": offer(), "replaces": BOOKING }));
    let mut late = booking("confirmed");
    late["start"] = json!("2027-02-01T08:00:00Z");
    late["end"] = json!("2027-02-01T08:20:00Z");
    late["location"] = json!("wedding");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, late));
    let mut browser = world.erika().await;
    let list = browser.open("/en/appointments").await;
    list.says(
        200,
        &["Waiting list", "There is an appointment for you", "Thursday, 7 January 2027"],
    );
    let own = browser.open(&place_page()).await;
    own.says(200, &["It is reserved for you until: Tuesday, 5 January 2027, 10:00"]);
    let step = browser.open(&own.link("Yes, I want this appointment")).await;
    assert_eq!(step.path(), offer_page());
    step.says(200, &["Your appointment now", "Monday, 1 February 2027", "Rathaus Wedding"]);
    step.says(200, &["The new appointment", "Thursday, 7 January 2027", "Rathaus Mitte"]);
    let accept = format!("POST waiting-list/offers/{OFFER}/accept");
    world.answer(&accept, Answer::Problem(409, "offer-over", json!({})));
    let over = browser.press(&step, "Move appointment", &[]).await;
    over.says(409, &["This offer is over", "Nothing was booked for you now."]);
    assert_eq!(over.link("My appointments"), "/en/appointments");
    world.answer(&accept, Answer::Json(201, booking("confirmed")));
    let booked = browser.press(&step, "Move appointment", &[]).await;
    assert_eq!(booked.path(), format!("/en/buergeramt/appointments/{BOOKING}"));
    // Who is logged in can say no, too.
    let decline = format!("POST waiting-list/offers/{OFFER}/decline");
    let declined = json!({ "status": "waiting", "declines_left": 1 });
    world.answer(&decline, Answer::Json(200, declined));
    // Fault: one press gave the offer away.
    let ask = format!("{}/decline", offer_page());
    assert_eq!([own.link("No, thank you"), step.link("No, thank you")], [ask.clone(), ask.clone()]);
    let sure = browser.open(&ask).await;
    sure.says(200, &["Would you like to decline this appointment?", "You keep your place."]);
    assert_eq!(sure.link("No, go back"), offer_page());
    assert_eq!(browser.press(&sure, "Yes, decline it", &[]).await.path(), place_page());
}

/// Fault: whoever went back to the page of an offer that they had accepted read that nothing was booked.
#[actix_web::test]
async fn an_offer_that_was_accepted_leads_to_its_appointment() {
    let world = World::start().await;
    stands(&world, "booked", &json!({ "wishes": [] }));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booking("confirmed")] })));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika().await;
    for page in [offer_page(), format!("{}/decline", offer_page())] {
        let shown = browser.open(&page).await;
        assert_eq!(shown.path(), format!("/en/buergeramt/appointments/{BOOKING}"), "{shown:?}");
    }
    // It was cancelled later: the page of the offer claims nothing.
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [] })));
    let over = browser.open(&offer_page()).await;
    over.says(
        409,
        &["This offer is over, or it belongs to another", "you have answered it already"],
    );
    over.is_silent_about("Nothing was booked");
}
