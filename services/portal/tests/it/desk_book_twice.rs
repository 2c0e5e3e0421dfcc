//! The form that books at the desk is sent twice: by a double click, or again since its answer was lost.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    desk_book::{book, found, world},
    stub::{Answer, BOOKING, CODE},
    world::World,
};

/// Erika's statement, as identity makes it; the signature is the authority's to check.
fn statement() -> String {
    let claims = json!({
        "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12",
    });
    format!("e30.{}.sig", BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// What the first press has booked, with these changes.
fn made(changes: &[(&str, Value)]) -> Answer {
    let mut made = found("confirmed");
    made["people"] = json!(2);
    made["booked_by"] = json!({ "kind": "desk" });
    made["attendee"]["birthdate"] = json!("1964-08-12");
    for (name, value) in changes {
        made[*name] = value.clone();
    }
    Answer::Json(200, json!({ "bookings": [made] }))
}

/// Erika has an appointment of this kind: `day` is what the authority knows of that day.
async fn booked(day: Answer) -> World {
    let world = world().await;
    let stated = json!({ "attendee_token": statement() });
    world.stub.answer("POST /desk/persons", Answer::Json(200, stated));
    world.refuse("POST desk/holds", 409, "already-booked");
    world.answer("GET desk/bookings", day);
    world
}

/// Fault: the second press hid the appointment that the first had made, and told staff to cancel it.
#[actix_web::test]
async fn the_second_press_leads_to_what_the_first_has_booked() {
    let world = booked(made(&[])).await;
    let page = book(&mut world.clerk().await, &[]).await;
    page.says(200, &["The appointment is booked", CODE, "Erika Mustermann"]);
    assert_eq!(page.path(), format!("/en/buergeramt/desk/{BOOKING}/booked"));
    let day = &world.stub.asked("GET /buergeramt/v1/desk/bookings")[0];
    assert_eq!(day.query, "location=mitte&date=2027-01-05");
}

#[actix_web::test]
async fn so_it_does_if_the_appointment_was_made_while_the_time_was_held() {
    let world = booked(made(&[])).await;
    world.answer("POST desk/holds", Answer::Json(201, crate::stub::hold()));
    world.refuse("POST desk/bookings", 409, "already-booked");
    book(&mut world.clerk().await, &[]).await.says(200, &["The appointment is booked", CODE]);
}

#[actix_web::test]
async fn another_appointment_of_theirs_or_of_others_stays_a_refusal() {
    let other = json!({
        "given_name": "ERIK", "family_name": "MUSTERMANN", "birthdate": "1964-08-12",
    });
    for day in [
        made(&[("start", json!("2027-01-05T08:20:00Z"))]),
        made(&[("services", json!(["121701"]))]),
        made(&[("people", json!(1))]),
        // Fault: what the person had booked themselves meanwhile was shown as what staff had booked.
        made(&[("booked_by", json!(null))]),
        made(&[("status", json!("cancelled"))]),
        made(&[("attendee", other)]),
        Answer::Problem(503, "unavailable", json!({})),
    ] {
        let world = booked(day).await;
        let page = book(&mut world.clerk().await, &[]).await;
        page.says(409, &["The person has an appointment of this kind already"]);
        // Fault: what is over was to be cancelled, which the desk does not do.
        page.says(409, &["If it is over, note there whether the person came."]);
        page.is_silent_about(CODE);
    }
}
