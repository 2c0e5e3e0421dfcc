//! Who a person is, where two members of staff decide it: the cases of the identity service.

use serde_json::{Value, json};

use crate::{stub::Answer, world::World};

const CASES: &str = "/en/buergeramt/desk/cases";
const CODE: &str = "TJXJ-X7HU";

fn address() -> String {
    format!("{CASES}?code={CODE}")
}

fn cem() -> Value {
    json!({
        "given_names": "CEM", "family_name": "KAYA", "birth_name": null,
        "birth_date": "1980-04-17", "place_of_birth": "Ankara",
    })
}

/// Cem's document, and whom it may be of.
fn case(state: &str, candidates: Value, proposal: Value) -> Answer {
    Answer::Json(
        200,
        json!({
            "code": CODE, "opened_at": "2027-01-04T08:00:00Z", "state": state, "person": cem(),
            "candidates": candidates, "merge": null, "proposal": proposal,
        }),
    )
}

fn candidates() -> Value {
    let agreement = json!({
        "given_names": "partly", "family_name": "same", "birth_name": "other_name",
        "birth_date": "different", "place_of_birth": "unknown",
    });
    json!([
        { "number": 1, "logs_in_with": [], "person": null, "agreement": agreement },
        { "number": 2, "logs_in_with": [], "person": null, "agreement": null },
    ])
}

fn proposed(effect: &str, candidate: Value) -> Value {
    json!({
        "id": "read by me", "effect": effect, "candidate": candidate,
        "by": "stf_00000000000000000000000001", "at": null,
    })
}

fn path(method: &str, step: &str) -> String {
    format!("{method} /desk/cases/{CODE}{step}")
}

/// The authority does not know the case; the identity service does.
async fn world(case: Answer) -> World {
    let world = World::start().await;
    world.refuse(&format!("GET desk/cases/{CODE}"), 404, "not-found");
    world.stub.answer(&path("GET", ""), case);
    world
}

#[actix_web::test]
async fn a_colleague_agrees_that_a_person_is_new_by_the_proposal_that_was_read() {
    let new = proposed("another-person", Value::Null);
    let world = world(case("proposed", json!([]), new)).await;
    let agreed = path("POST", "/approval");
    world.stub.answer(&agreed, Answer::Json(200, json!({ "code": CODE, "state": "settled" })));
    let mut browser = world.clerk().await;
    let page = browser.open(&format!("{CASES}?code=tjxjx7hu")).await;
    page.says(200, &["This person is new", "Nobody has agreed yet.", "From the document or login"]);
    page.says(200, &["Cem Kaya", "17.04.1980", "Ankara"]);
    assert!(!page.offers("It is a new person"), "that is proposed already");
    world.stub.answer(&path("GET", ""), case("settled", json!([]), Value::Null));
    let page = browser.press(&page, "I agree", &[]).await;
    assert_eq!(page.url.query(), Some("code=TJXJ-X7HU"));
    page.says(200, &["Agreed. Whoever asked sends the same details again now."]);
    assert!(!page.offers("I agree"));
    let asked = world.stub.asked(&agreed);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].json(), json!({ "proposal": "read by me" }));
    assert!(asked[0].token.as_deref().unwrap().contains("buergeramt"), "{:?}", asked[0].token);
    let other = world.stub.asked(&format!("POST /buergeramt/v1/desk/cases/{CODE}/approval"));
    assert!(other.is_empty());
}

/// Fault: all parts agreed, and nothing said why two members of staff had to decide.
#[actix_web::test]
async fn why_it_is_unclear_is_said_where_nothing_differs() {
    let with = |name: &str| {
        let agreement = json!({
            "given_names": "same", "family_name": name, "birth_name": "unknown",
            "birth_date": "same", "place_of_birth": "unknown",
        });
        json!([{ "number": 1, "logs_in_with": [], "person": null, "agreement": agreement }])
    };
    let world = world(case("open", with("same"), Value::Null)).await;
    let mut browser = world.clerk().await;
    let why = "It is unclear nevertheless.";
    browser.open(&address()).await.says(200, &[why]);
    for (language, text) in [("de", "Unklar ist es trotzdem"), ("tr", "Yine de belli değil")] {
        let page = browser.open(&address().replace("/en/", &format!("/{language}/"))).await;
        page.says(200, &[text]);
    }
    // Fault: it was said to be unclear after it was decided.
    for case in
        [case("settled", with("same"), Value::Null), case("open", with("different"), Value::Null)]
    {
        world.stub.answer(&path("GET", ""), case);
        browser.open(&address()).await.is_silent_about(why);
    }
}

#[actix_web::test]
async fn nobody_agrees_to_a_proposal_of_their_own_or_to_one_that_changed() {
    let new = proposed("another-person", Value::Null);
    let world = world(case("proposed", json!([]), new)).await;
    let mut browser = world.clerk().await;
    let agreed = path("POST", "/approval");
    for (status, code, sentence) in [
        (403, "second-person-needed", "This is your own case. A colleague must agree."),
        (409, "case-state", "The case has changed. Read it again."),
    ] {
        world.stub.answer(&agreed, Answer::Problem(status, code, json!({})));
        let page = browser.open(&address()).await;
        let page = browser.press(&page, "I agree", &[]).await;
        page.says(status, &["Error:", sentence, "Cem Kaya"]);
    }
}

#[actix_web::test]
async fn whoever_proposed_who_a_person_is_reads_at_once_that_a_colleague_must_agree() {
    let mut own = proposed("candidate", json!(1));
    own["is_own"] = json!(true);
    let world = world(case("proposed", candidates(), own)).await;
    let page = world.clerk().await.open(&address()).await;
    page.says(200, &["This is your own case. A colleague must agree.", "Cem Kaya"]);
    page.is_silent_about("Error:");
    assert!(!page.offers("I agree"), "{page:?}");
    assert!(page.offers("It is a new person"), "what one proposed can be replaced: {page:?}");
}

#[actix_web::test]
async fn who_an_unclear_person_is_one_proposes_and_another_may_see_it_otherwise() {
    let world = world(case("open", candidates(), Value::Null)).await;
    let said = path("POST", "/proposal");
    world.stub.answer(&said, Answer::Json(200, json!({ "code": CODE, "state": "proposed" })));
    let mut browser = world.clerk().await;
    let page = browser.open(&address()).await;
    page.says(200, &["Who is this person?", "Nobody has said yet who it is."]);
    page.says(200, &["Known person, number 1", "Family name agrees", "Known person, number 2"]);
    page.says(200, &["agrees in part", "is another family name of this person", "differs"]);
    page.says(200, &["Place of birth cannot be compared"]);
    page.says(200, &["Their details were deleted after a long time."]);
    assert!(!page.offers("I agree"));
    browser.press(&page, "It is a new person", &[]).await;

    let first = proposed("candidate", json!(1));
    world.stub.answer(&path("GET", ""), case("proposed", candidates(), first));
    let page = browser.open(&address()).await;
    page.says(200, &["This person is known already: number 1", "Nobody has agreed yet."]);
    assert!(page.offers("I agree") && !page.offers("It is number 1"));
    browser.press(&page, "It is number 2", &[]).await;
    let sent: Vec<_> = world.stub.asked(&said).iter().map(crate::stub::Asked::json).collect();
    assert_eq!(sent, [json!({ "candidate": null }), json!({ "candidate": 2 })]);
    assert!(world.stub.asked(&path("POST", "/approval")).is_empty());
}

#[actix_web::test]
async fn what_cannot_be_said_in_words_cannot_be_agreed_to() {
    for proposal in [proposed("something-later", Value::Null), proposed("candidate", Value::Null)] {
        let world = world(case("proposed", candidates(), proposal)).await;
        let page = world.clerk().await.open(&address()).await;
        page.says(200, &["Something else", "Nobody has agreed yet."]);
        assert!(!page.offers("I agree"));
    }
}

#[actix_web::test]
async fn both_persons_of_a_merge_are_shown_in_every_language() {
    let merge = json!({
        "code": CODE, "opened_at": "2027-01-04T08:00:00Z", "state": "proposed", "person": null,
        "candidates": [], "proposal": proposed("merge", Value::Null),
        "merge": {
            "kept": { "logs_in_with": ["eid"], "person": cem() },
            "dissolved": { "logs_in_with": [], "person": null },
        },
    });
    let world = world(Answer::Json(200, merge)).await;
    let mut browser = world.clerk().await;
    let page = browser.open(&address()).await;
    page.says(200, &["Two records are one and the same person", "Stays", "Is added"]);
    for language in ["de", "de-easy", "tr", "uk", "ar"] {
        let page = browser.open(&address().replacen("/en/", &format!("/{language}/"), 1)).await;
        page.says(200, &[]);
        page.is_silent_about("[desk-");
    }
}

/// Fault: the page asked for the same details again, although nobody at a desk had sent any.
#[actix_web::test]
async fn of_a_case_of_a_login_nobody_sends_anything_again() {
    let settled = json!({
        "code": CODE, "opened_at": "2027-01-04T08:00:00Z", "state": "settled", "person": cem(),
        "is_of_log_in": true, "candidates": candidates(), "merge": null, "proposal": null,
    });
    let world = world(Answer::Json(200, settled)).await;
    let mut browser = world.clerk().await;
    let page = browser.open(&address()).await;
    page.says(200, &["Agreed. It is in force now. The person logs in again."]);
    page.is_silent_about("sends the same details again");
    for language in ["de", "de-easy", "tr", "uk", "ar"] {
        let page = browser.open(&address().replacen("/en/", &format!("/{language}/"), 1)).await;
        page.says(200, &[]);
        page.is_silent_about("[desk-");
    }
}
