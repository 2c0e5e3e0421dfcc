//! The front desk accepts a date of the office for the person whose document it sees.

use serde_json::{Value, json};

use crate::{
    browser::filled,
    page::Page,
    stub::{Answer, BOOKING, CODE, booking},
    world::World,
};

const DATES: &str = "/en/buergeramt/desk/assigned-dates";
const OPEN: &str = "GET desk/assigned-dates";
const ACCEPTING: &str = "POST desk/assigned-dates/dte_01jdc6nvt8e0pb9s3k1zqk6yzx/accept";
const FORM: &str = "/en/buergeramt/desk/assigned-dates/dte_01jdc6nvt8e0pb9s3k1zqk6yzx/accept";
const ERIKA: [(&str, &str); 5] = [
    ("reference", "LEA-2026-004711"),
    ("family-name", "MUSTERMANN"),
    ("birth-date", "12.08.1964"),
    ("language", "tr"),
    ("reason", "no-online-access"),
];

/// A date waits for an answer, and everybody's document is read.
async fn waiting() -> World {
    let services = json!({
        "groups": [],
        "services": [{
            "id": "324280", "name": { "de": "Niederlassungserlaubnis" }, "group": "aufenthalt",
            "entitlement_required": true, "allocation": "assign",
        }],
    });
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    let date = json!({
        "id": "dte_01jdc6nvt8e0pb9s3k1zqk6yzx", "entitlement": "ent_01jdc6nvt8e0pb9s3k1zqk6yzx",
        "service": "324280", "location": "mitte", "start": "2027-01-07T09:00:00+01:00",
        "end": "2027-01-07T09:20:00+01:00", "people": 1, "answer_by": "2027-01-05T10:00:00+01:00",
    });
    world.answer(OPEN, Answer::Json(200, json!({ "dates": [date] })));
    world.answer(ACCEPTING, Answer::Json(201, booking("confirmed")));
    let attendee = json!({ "attendee_token": "the attendee" });
    world.stub.answer("POST /desk/persons", Answer::Json(200, attendee));
    world
}

/// Sends the form with these fields in the place of ours.
async fn accept(world: &World, changes: &[(&str, &str)]) -> Page {
    let mut browser = world.clerk().await;
    let form = browser.open(&format!("{FORM}?place=mitte")).await;
    browser.press(&form, "Book the appointment", &filled(&ERIKA, changes)).await
}

fn sent(world: &World) -> Vec<crate::stub::Asked> {
    world.stub.asked(&ACCEPTING.replacen(' ', " /buergeramt/v1/", 1))
}

#[actix_web::test]
async fn a_date_is_accepted_with_the_letter_and_the_document() {
    let world = waiting().await;
    let mut browser = world.clerk().await;
    let list = browser.open(&format!("{DATES}?place=mitte")).await;
    assert_eq!(list.link("Accept for the person"), format!("{FORM}?place=mitte"));
    let form = browser.open(&format!("{FORM}?place=mitte")).await;
    form.says(200, &["Thursday, 7 January 2027, 09:00", "Look at the identity document first."]);
    form.says(200, &["The person cannot or does not want to"]);
    assert!(sent(&world).is_empty());

    let page = accept(&world, &[]).await;
    page.says(200, &["The appointment is booked", CODE, "Print this page for the person."]);
    assert_eq!(page.path(), format!("/en/buergeramt/desk/{BOOKING}/booked"));
    let address = page.url.as_str().to_lowercase();
    assert!(!address.contains("muster") && !address.contains("lea-2026"), "{address}");
    assert_eq!(page.link("Back to the appointments"), format!("{DATES}?place=mitte#open-dates"));
    let seen = world.stub.asked("POST /desk/persons")[0].json();
    assert_eq!(seen["family_name"], "MUSTERMANN");
    let expected = json!({
        "attendee": "the attendee", "reference": "LEA-2026-004711", "language": "tr",
        "reason": { "code": "no-online-access" },
    });
    assert_eq!(sent(&world)[0].json(), expected);
    assert!(sent(&world)[0].idempotency_key.is_some());

    // Who has proven the application online needs no letter.
    accept(&world, &[("reference", " ")]).await.says(200, &["The appointment is booked"]);
    assert_eq!(sent(&world)[1].json().get("reference"), None::<&Value>);
}

#[actix_web::test]
async fn why_a_date_is_not_accepted_is_said_where_it_can_be_mended() {
    let world = waiting().await;
    let page = accept(&world, &[("family-name", ""), ("reason", "")]).await;
    page.says(422, &["Error: Accept for the person"]);
    assert_eq!(page.link("Choose a reason."), "#reason");
    assert!(page.html.contains(r#"value="LEA-2026-004711""#), "what was typed stays: {page:?}");
    assert!(sent(&world).is_empty());

    world.refuse(ACCEPTING, 404, "entitlement-not-found");
    let page = accept(&world, &[]).await;
    let other = "This application is not for this person. Compare number, name and date of birth with \
        the letter and the document.";
    page.says(409, &["Error:"]);
    assert_eq!(page.link(other), "#reference");
    world.refuse(ACCEPTING, 409, "entitlement-taken");
    let page = accept(&world, &[]).await;
    let used = "Another person has used this number already. With the letter, a supervisor can release it.";
    assert_eq!(page.link(used), "#reference");
    let case = json!({ "case": "K7QD-3XHM" });
    world.answer(ACCEPTING, Answer::Problem(403, "second-person-needed", case));
    let page = accept(&world, &[]).await;
    page.says(409, &["Tell them the case K7QD-3XHM.", "press “Book the appointment” again"]);

    world.refuse(ACCEPTING, 409, "date-over");
    let mut browser = world.clerk().await;
    let form = browser.open(&format!("{FORM}?place=mitte")).await;
    world.answer(OPEN, Answer::Json(200, json!({ "dates": [] })));
    let page = browser.press(&form, "Book the appointment", &ERIKA).await;
    page.says(409, &["This appointment is not open any more"]);
    assert!(!page.offers("Book the appointment"), "{page:?}");
    let page = world.erika().await.open(&format!("{FORM}?place=mitte")).await;
    page.says(401, &["This page is for staff"]);
}

#[actix_web::test]
async fn the_form_is_there_in_each_language() {
    let world = waiting().await;
    let mut browser = world.clerk().await;
    for language in ["de", "en", "de-easy", "tr", "uk", "ar"] {
        let address = FORM.replacen("/en/", &format!("/{language}/"), 1);
        let page = browser.open(&format!("{address}?place=mitte")).await;
        page.says(200, &["Niederlassungserlaubnis"]);
        page.is_silent_about("[desk-");
    }
}
