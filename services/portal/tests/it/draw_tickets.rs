//! Where another body than the authority runs the log-in, a person enters with a ticket of it.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, DRAW, draw, entry, published},
    world::World,
};

/// Where identity gives a person their ticket.
fn ticket() -> String {
    format!("POST /draws/{DRAW}/ticket")
}

fn page(language: &str, part: &str) -> String {
    format!("/{language}/buergeramt/draws/{DRAW}{part}")
}

/// An open draw whose log-in is, or is not, another body's.
async fn open_draw(is_independent: bool) -> World {
    let world = World::start().await;
    let mut known = published(&draw("announced"));
    let text = known["announcement"].as_str().unwrap();
    let mut announcement: Value = serde_json::from_str(text).unwrap();
    announcement["identity"]["independent"] = json!(is_independent);
    known["announcement"] = json!(announcement.to_string());
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    world.answer(&format!("POST draws/{DRAW}/entries"), Answer::Json(201, entry("entered")));
    world.stub.answer(&ticket(), Answer::Json(200, json!({ "ticket": "a note\n" })));
    world
}

#[actix_web::test]
async fn the_ticket_is_fetched_and_sent_by_the_one_press_that_enters() {
    let world = open_draw(true).await;
    let mut browser = world.erika().await;
    let form = browser.open(&page("en", "/wishes")).await;
    assert!(world.stub.asked(&ticket()).is_empty(), "who only looks needs none");
    let not_yet = Answer::Problem(404, "entry-not-found", json!({}));
    let own = Answer::InTurn(vec![not_yet, Answer::Json(200, entry("entered"))]);
    world.answer(&format!("GET draws/{DRAW}/entries/own"), own);
    browser.press(&form, "Enter now", &[("any", "on")]).await.says(200, &["You are in the draw."]);
    let taken = world.stub.asked(&ticket());
    let entered = world.stub.asked(&format!("POST /buergeramt/v1/draws/{DRAW}/entries"));
    assert_eq!((taken.len(), entered.len()), (1, 1));
    assert_eq!(entered[0].json()["ticket"], "a note\n");
    // A token of the person for this authority, and nothing of what they wish.
    assert_eq!((&taken[0].token, taken[0].body.as_str()), (&entered[0].token, ""));
    // A person with an entry can change it while identity is away.
    world.stub.answer(&ticket(), Answer::Proxy(502));
    let form = browser.open(&page("en", "/wishes")).await;
    browser.press(&form, "Save the change", &[("any", "on")]).await.says(200, &["Your entry"]);
}

#[actix_web::test]
async fn where_the_authority_runs_the_log_in_no_ticket_is_asked_for() {
    let world = open_draw(false).await;
    let mut browser = world.erika().await;
    let form = browser.open(&page("en", "/wishes")).await;
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, entry("entered")));
    browser.press(&form, "Enter now", &[("any", "on")]).await.says(200, &["You are in the draw."]);
    assert!(world.stub.asked(&ticket()).is_empty());
    let entered = world.stub.asked(&format!("POST /buergeramt/v1/draws/{DRAW}/entries"));
    assert!(entered[0].json().get("ticket").is_none());
}

#[actix_web::test]
async fn who_gets_no_ticket_reads_why() {
    let world = open_draw(true).await;
    let mut browser = world.erika().await;
    let form = browser.open(&page("en", "/wishes")).await;
    for (answer, status, says) in [
        (Answer::Problem(409, "draw-not-open", json!({})), 409, "Nobody can enter this draw"),
        (Answer::Problem(404, "draw-not-found", json!({})), 409, "Nobody can enter this draw"),
        (Answer::Proxy(502), 503, "The login service does not answer."),
    ] {
        world.stub.answer(&ticket(), answer);
        browser.press(&form, "Enter now", &[("any", "on")]).await.says(status, &[says]);
    }
    let entries = format!("POST /buergeramt/v1/draws/{DRAW}/entries");
    assert!(world.stub.asked(&entries).is_empty(), "nobody enters without a ticket");
    world.stub.answer(&ticket(), Answer::Json(200, json!({ "ticket": "a note\n" })));
    world.refuse(&format!("POST draws/{DRAW}/entries"), 422, "draw-ticket-invalid");
    let refused = browser.press(&form, "Enter now", &[("any", "on")]).await;
    refused.says(422, &["Your ticket for this draw is not valid"]);
}

#[actix_web::test]
async fn the_page_of_a_draw_says_truthfully_who_could_make_people_up() {
    let (together, apart) = (open_draw(false).await, open_draw(true).await);
    let mut known = published(&draw("settled"));
    known["announcement"] = json!({ "beacon": { "auditor": { "name": "A" } }, "commitment": "00",
        "detail": "seat", "identity": { "independent": true }, "rows": [],
        "visit": { "companions": 0 } })
    .to_string()
    .into();
    known["tickets"] = json!("{\"given\":{\"desk\":3,\"online\":1041}}\n\n— id.test AAAA\n");
    let counted = World::start().await;
    counted.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    let shown = counted.browser().open(&page("en", "")).await;
    shown.says(200, &["Tickets given 1,041 online, 3 at the office"]);
    for (language, both, alone) in [
        ("de", "betreibt dieselbe Stelle", "Nur beide Stellen zusammen"),
        ("en", "run by the same body", "Only both together"),
        ("de-easy", "macht dieselbe Stelle", "macht eine andere Stelle"),
        ("tr", "aynı daire", "ikisi birlikte"),
        ("uk", "та сама установа", "обидві установи разом"),
        ("ar", "الجهة نفسها", "للجهتين معًا"),
    ] {
        let shown = together.browser().open(&page(language, "")).await;
        shown.says(200, &[both]);
        shown.is_silent_about(alone);
        let shown = apart.browser().open(&page(language, "")).await;
        shown.says(200, &[alone]);
        shown.is_silent_about(both);
    }
}
