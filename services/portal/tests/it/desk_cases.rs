//! What takes two members of staff: a colleague reads it, and agrees.

use serde_json::{Value, json};

use crate::{stub::Answer, world::World};

const CASES: &str = "/en/buergeramt/desk/cases";
const CODE: &str = "K7QD-3XHM";

fn address() -> String {
    format!("{CASES}?code={CODE}")
}

/// Erika is to be entered into a draw.
fn case(state: &str) -> Value {
    json!({
        "code": CODE, "act": "booked_vouched", "state": state, "location": "mitte", "services": ["121701"],
        "reason": { "code": "other", "note": "Drucker kaputt" },
        "attendee": { "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" },
        "later_seat": {
            "what": "enter-draw", "week": "2027-01-18", "people": 2,
            "wishes": [{ "locations": ["mitte"], "weekdays": [2], "except": [], "before": "10:00" }],
        },
        "opened_at": "2027-01-04T09:00:00+01:00",
    })
}

fn stands(world: &World, answer: Answer) {
    world.answer(&format!("GET desk/cases/{CODE}"), answer);
}

#[actix_web::test]
async fn a_colleague_reads_what_is_asked_and_agrees_once() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    stands(&world, Answer::Json(200, case("proposed")));
    let agreed = format!("POST desk/cases/{CODE}/approval");
    world.answer(&agreed, Answer::Json(200, json!({ "code": CODE, "state": "approved" })));
    let mut browser = world.clerk().await;
    let desk = browser.open("/en/buergeramt/desk").await;
    assert_eq!(desk.link("Check a colleague’s case and agree"), CASES);
    let page = browser.open(&format!("{CASES}?code=k7qd3xhm")).await;
    page.says(200, &["Enter somebody into the draw", "Erika Mustermann", "12.08.1964"]);
    page.says(200, &["Certified copies", "Appointments from Monday, 18 January 2027", "2 people"]);
    page.says(200, &["Tuesday · finished by 10:00 · Rathaus Mitte"]);
    page.says(200, &["Something else: Drucker kaputt", "Nobody has agreed yet."]);
    stands(&world, Answer::Json(200, case("approved")));
    let page = browser.press(&page, "I agree", &[]).await;
    assert_eq!(page.url.query(), Some("code=K7QD-3XHM"));
    page.says(200, &["Agreed. Whoever asked sends the same details again now."]);
    assert!(!page.offers("I agree"));
    let asked = world.stub.asked(&agreed.replacen(' ', " /buergeramt/v1/", 1));
    assert_eq!(asked.len(), 1);
}

#[actix_web::test]
async fn a_drawn_seat_is_declined_and_an_entry_without_one_is_taken_out() {
    let world = World::start().await;
    let mut browser = world.clerk().await;
    let (declines, takes_out) = ("Decline the drawn appointment", "Take out of the draw");
    let mut case = case("proposed");
    case["act"] = json!("booked_by_phone");
    case["later_seat"]["what"] = json!("withdraw-from-draw");
    stands(&world, Answer::Json(200, case.clone()));
    let page = browser.open(&address()).await;
    page.says(200, &[takes_out, "Appointments from Monday, 18 January 2027"]);
    page.is_silent_about(declines);
    case["start"] = json!("2027-01-19T09:00:00+01:00");
    stands(&world, Answer::Json(200, case));
    let page = browser.open(&address()).await;
    page.says(200, &[declines, "Tuesday, 19 January 2027, 09:00", "Erika Mustermann"]);
    page.is_silent_about(takes_out);
}

#[actix_web::test]
async fn nobody_agrees_to_a_case_of_their_own() {
    let world = World::start().await;
    stands(&world, Answer::Json(200, case("proposed")));
    world.refuse(&format!("POST desk/cases/{CODE}/approval"), 403, "second-person-needed");
    let mut browser = world.clerk().await;
    let page = browser.open(&address()).await;
    page.says(200, &["Only a colleague can agree, not the person who asked for it."]);
    let page = browser.press(&page, "I agree", &[]).await;
    page.says(403, &["Error:", "This is your own case. A colleague must agree."]);
    page.says(403, &["Erika Mustermann"]);
    assert!(!page.offers("I agree"), "{page:?}");
}

#[actix_web::test]
async fn whoever_asked_reads_at_once_that_a_colleague_must_agree() {
    let world = World::start().await;
    let mut own = case("proposed");
    own["is_own"] = json!(true);
    stands(&world, Answer::Json(200, own));
    let mut browser = world.clerk().await;
    let page = browser.open(&address()).await;
    page.says(200, &["This is your own case. A colleague must agree.", "Erika Mustermann"]);
    page.is_silent_about("Error:");
    assert!(!page.offers("I agree"), "{page:?}");
}

#[actix_web::test]
async fn what_is_no_case_is_said() {
    let world = World::start().await;
    let mut browser = world.clerk().await;
    browser.open(CASES).await.says(200, &["Agree only if everything is right."]);
    let page = browser.open(&format!("{CASES}?code=hello")).await;
    page.says(422, &["This is not a case number. It has 8 letters and digits."]);
    stands(&world, Answer::Problem(404, "not-found", json!({})));
    let of_identity = format!("GET /desk/cases/{CODE}");
    world.stub.answer(&of_identity, Answer::Problem(404, "not-found", json!({})));
    browser.open(&address()).await.says(404, &["There is no case with this number."]);
    for language in ["de", "de-easy", "tr", "uk", "ar"] {
        let page = browser.open(&address().replacen("/en/", &format!("/{language}/"), 1)).await;
        page.is_silent_about("[desk-");
    }
    world.erika().await.open(&address()).await.says(401, &["This page is for staff"]);
}
