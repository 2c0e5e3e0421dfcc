//! The front desk takes people out again: off a waiting list, by the number of their place; out of a draw, by
//! their document.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, DRAW, PLACE, draw, offer, published},
    world::{World, languages},
};

const LIST: &str = "/en/buergeramt/desk/waiting-list/leave";
const WHY: [(&str, &str); 1] = [("reason", "no-online-access")];
const ERIKA: [(&str, &str); 5] = [
    ("family-name", "MUSTERMANN"),
    ("given-names", "ERIKA"),
    ("birth-date", "12.08.1964"),
    ("at", "mitte"),
    ("reason", "no-online-access"),
];

fn from_list() -> String {
    format!("POST desk/waiting-list/entries/{PLACE}/withdrawal")
}

fn from_draw() -> String {
    format!("POST desk/draws/{DRAW}/entries/withdrawal")
}

/// The bodies that were sent to the slot service.
fn sent(world: &World, what: &str) -> Vec<Value> {
    let asked = world.stub.asked(&what.replacen(' ', " /buergeramt/v1/", 1));
    asked.iter().map(crate::stub::Asked::json).collect()
}

/// Everything is taken.
async fn world() -> World {
    let world = World::start().await;
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("announced"))));
    world.answer(&from_list(), Answer::Json(200, json!({})));
    world.answer(&from_draw(), Answer::Json(200, json!({})));
    let identified = json!({ "attendee_token": "the attendee" });
    world.stub.answer("POST /desk/persons", Answer::Json(200, identified));
    world
}

async fn take_out(browser: &mut Browser, address: &str, fields: &[(&str, &str)]) -> Page {
    let form = browser.open(address).await;
    browser.press(&form, "Take out", fields).await
}

#[actix_web::test]
async fn a_call_leads_to_the_form_with_its_place_and_the_person_is_taken_off_the_list() {
    let world = world().await;
    let call = json!({
        "entry": PLACE, "service": "120703", "phone": "030 9010", "language": "de",
        "attendee": { "family_name": "MUSTERMANN" }, "status": "offered", "offer": offer(),
        "declines_left": 2,
    });
    let calls = json!({ "calls": [call] });
    world.answer("GET desk/draws/calls", Answer::Json(200, json!({ "calls": [] })));
    world.answer("GET desk/waiting-list/calls", Answer::Json(200, calls));
    let mut browser = world.clerk().await;
    let calls = browser.open("/en/buergeramt/desk/calls?location=mitte").await;
    let form = browser.open(&calls.link("Take somebody off the waiting list")).await;
    assert!(form.html.contains(&format!(r#"value="{PLACE}""#)), "{form:?}");
    let fields = [("place", PLACE), ("reason", "other"), ("note", "rief an")];
    let page = browser.press(&form, "Take out", &fields).await;
    page.says(200, &["The person has left the waiting list", "Tell the person."]);
    assert_eq!(page.path(), LIST, "no address has the place");
    let asked = sent(&world, &from_list());
    assert_eq!(asked, [json!({ "reason": { "code": "other", "note": "rief an" } })]);
}

#[actix_web::test]
async fn a_number_that_cannot_be_one_and_a_missing_reason_are_said_at_their_fields() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = take_out(&mut browser, LIST, &[("place", "hello"), ("reason", "")]).await;
    page.says(422, &["Error: Take somebody off the waiting list"]);
    let wrong =
        "This is not the number of a place in line. Copy it from the person's printed page.";
    assert_eq!(page.link(wrong), "#place");
    assert_eq!(page.link("Choose a reason."), "#reason");
    assert!(page.html.contains(r#"value="hello""#), "what was typed stays: {page:?}");
    assert!(sent(&world, &from_list()).is_empty());
}

#[actix_web::test]
async fn why_a_place_is_not_given_up_is_said_above_the_form() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let fields = [("place", PLACE), WHY[0]];
    for (status, code, members, sentences) in [
        (404, "not-waiting", json!({}), ["You have no such place in line", "another place calls"]),
        (409, "made-online", json!({}), ["done this online already", "with their own login"]),
        (
            403,
            "second-person-needed",
            json!({ "case": "K7QD-3XHM" }),
            ["Tell them the case K7QD-3XHM.", "press “Take out” again."],
        ),
    ] {
        world.answer(&from_list(), Answer::Problem(status, code, members));
        let page = take_out(&mut browser, LIST, &fields).await;
        page.says(409, &["Error:"]);
        page.says(409, &sentences);
        assert!(page.html.contains(&format!(r#"value="{PLACE}""#)), "{page:?}");
    }
    world.refuse(&from_list(), 403, "forbidden");
    let page = take_out(&mut browser, LIST, &fields).await;
    page.says(403, &["You don't have permission", "What you entered is not lost."]);
}

#[actix_web::test]
async fn an_entry_is_taken_out_of_a_draw_as_the_document_says() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let address = format!("/en/buergeramt/desk/draws/{DRAW}/leave");
    let form = browser.open(&address).await;
    form.says(200, &["Take out of the draw", "Certified copies", "Look at the identity document"]);
    form.is_silent_about("In which language");
    let page = browser.press(&form, "Take out", &ERIKA).await;
    page.says(200, &["The person is no longer in the draw", "Erika Mustermann"]);
    let expected = json!({
        "attendee": "the attendee", "location": "mitte", "reason": { "code": "no-online-access" },
    });
    assert_eq!(sent(&world, &from_draw()), [expected]);

    for (status, code, title) in [
        (404, "entry-not-found", "The person is not in this draw"),
        (409, "draw-not-open", "This draw is not open"),
    ] {
        world.refuse(&from_draw(), status, code);
        let page = take_out(&mut browser, &address, &ERIKA).await;
        page.says(409, &["Error:", title]);
        assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    }
    let page = take_out(&mut browser, &address, &[("family-name", "")]).await;
    assert_eq!(page.link("Write the name as it is in the document."), "#family-name");
}

#[actix_web::test]
async fn both_forms_are_for_staff_and_there_in_each_language() {
    let world = world().await;
    let draw = format!("/en/buergeramt/desk/draws/{DRAW}/leave");
    let mut browser = world.clerk().await;
    for address in [LIST, draw.as_str()] {
        for language in languages() {
            let page = browser.open(&address.replacen("/en/", &format!("/{language}/"), 1)).await;
            page.says(200, &[]);
            page.is_silent_about("[desk-");
        }
        world.erika().await.open(address).await.says(401, &["This page is for staff"]);
    }
}
