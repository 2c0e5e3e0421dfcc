//! Draws: what they are, entering, changing and leaving. What came of it is in `draw_result`.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, DRAW, booking, draw, entry, published},
    world::{World, languages},
};

pub(crate) const DAYS: &str = "/en/buergeramt/days?service=121701";

pub(crate) fn page(part: &str) -> String {
    format!("/en/buergeramt/draws/{DRAW}{part}")
}

/// The draw stands so, with these further members.
pub(crate) fn stands(world: &World, status: &str, more: &Value) {
    let mut draw = draw(status);
    draw.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [draw] })));
    let mut known = published(&draw);
    if status == "settled" {
        let reveal = json!({ "seed": "5eed", "beacon": { "signature": "51697a" } });
        known["reveal"] = json!(reveal.to_string());
    }
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
}

pub(crate) fn has_entered(world: &World, entry: Value) {
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, entry));
}

fn has_not_entered(world: &World) {
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
}

pub(crate) async fn open_draw() -> World {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_not_entered(&world);
    world.answer(&format!("POST draws/{DRAW}/entries"), Answer::Json(201, entry("entered")));
    world
}

#[actix_web::test]
async fn the_page_of_a_drawn_service_says_what_a_draw_is_and_when_it_closes() {
    let world = open_draw().await;
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    world.answer("GET availability/days", Answer::Json(200, json!({ "days": [] })));
    let shown = world.browser().open(DAYS).await;
    shown.says(200, &["These appointments are drawn by lot", "You need not be fast"]);
    shown.says(200, &["Appointments from Monday, 18 January 2027 to Sunday, 24 January 2027"]);
    shown.says(200, &["Closes Thursday, 7 January 2027, 08:00"]);
    shown.says(200, &["Result from Thursday, 7 January 2027, 08:30"]);
    shown.says(200, &["Anybody can book what a draw leaves over."]);
    shown.is_silent_about("There is no free appointment at the moment.");
    // A visitor who is not logged in is shown how, and comes back into the draw.
    shown.says(200, &["You need the online ID card or an ELSTER certificate."]);
    let login = shown.link("Enter the draw");
    assert!(login.starts_with("/en/login?back=%2Fen%2Fbuergeramt%2Fdraws%2F"), "{login}");
    assert!(login.ends_with("entry&level=substantial"), "{login}");
    assert_eq!(shown.link("More about this draw"), page(""));
    world
        .browser()
        .open("/en")
        .await
        .says(200, &["Certified copies Appointments are drawn by lot"]);
}

#[actix_web::test]
async fn other_services_and_a_move_know_nothing_of_draws() {
    let world = open_draw().await;
    let others = ["/en/buergeramt/days?service=120703", &format!("{DAYS}&replaces={BOOKING}")];
    for address in others {
        world.browser().open(address).await.is_silent_about("drawn by lot");
    }
    let combined = world.browser().open(others[0]).await;
    assert!(!combined.offers("Certified copies"), "a draw is for one service");
}

#[actix_web::test]
async fn a_draw_that_is_not_open_yet_has_no_way_in() {
    let world = World::start().await;
    stands(&world, "announced", &json!({ "opens": "2027-01-04T09:00:00Z" }));
    let shown = world.browser().open(DAYS).await;
    shown.says(200, &["Opens soon", "Opens Monday, 4 January 2027, 10:00"]);
    assert!(!shown.offers("Enter the draw"));
    let mut browser = world.erika().await;
    let refused = browser.open(&page("/wishes")).await;
    refused.says(409, &["Nobody can enter this draw at the moment"]);
    assert_eq!(refused.link("Find another appointment"), DAYS);
}

#[actix_web::test]
async fn wishes_are_sent_in_their_order_and_as_they_are_meant() {
    let world = open_draw().await;
    let mut browser = world.erika().await;
    let form = browser.open(&page("/entry")).await;
    assert_eq!(form.path(), page("/wishes"), "who is not in goes to the form");
    form.says(200, &["First wish", "Second wish", "Third wish", "Tuesday, 19 January 2027"]);
    has_entered(&world, entry("entered"));
    let entered = [
        ("day-1", "2027-01-19"),
        ("place-1", "mitte"),
        ("after-1", ""),
        ("before-1", "10:00"),
        ("day-3", "2027-01-18"),
        ("day-3", "2027-01-19"),
        ("after-3", "09:00"),
        ("any", "on"),
        ("people", "2"),
    ];
    let shown = browser.press(&form, "Enter now", &entered).await;
    assert_eq!(shown.path(), page("/entry"));
    shown.says(200, &["You are in the draw.", "closes on Thursday, 7 January 2027, 08:00"]);
    let asked = world.stub.asked(&format!("POST /buergeramt/v1/draws/{DRAW}/entries"));
    assert!(asked[0].token.is_some() && asked[0].idempotency_key.is_some());
    let sent = asked[0].json();
    assert_eq!((&sent["people"], &sent["language"]), (&json!(2), &json!("en")));
    let wish = |places: &[&str], days: &[u8]| json!({ "locations": places, "weekdays": days, "except": [] });
    let (mut first, mut second) = (wish(&["mitte"], &[2]), wish(&[], &[]));
    first["before"] = json!("10:00");
    second["after"] = json!("09:00");
    assert_eq!(sent["wishes"], json!([first, second, wish(&[], &[])]));
}

#[actix_web::test]
async fn one_s_entry_can_be_seen_changed_and_left() {
    let world = open_draw().await;
    has_entered(&world, entry("entered"));
    let mut browser = world.erika().await;
    let own = browser.open(&page("/entry")).await;
    own.says(
        200,
        &["Tuesday, 19 January 2027 · finished by 10:00 · Rathaus Mitte", "Any appointment"],
    );
    own.says(200, &["We have no confirmed e-mail address of yours."]);
    let form = browser.open(&own.link("Change wishes")).await;
    for filled in [
        r#"name="day-1" value="2027-01-19" checked"#,
        r#"name="place-1" value="mitte" checked"#,
        r#"<option value="10:00" selected>"#,
        r#"name="any" value="on" checked"#,
    ] {
        assert!(form.html.contains(filled), "{filled} in {}", form.html);
    }
    assert!(form.offers("Save the change"));
    let kept = browser.open(&format!("{}?left", page(""))).await;
    kept.is_silent_about("You have left the draw.");
    let ask = browser.open(&own.link("Leave the draw")).await;
    ask.says(200, &["Would you like to leave this draw?"]);
    world.answer(&format!("DELETE draws/{DRAW}/entries/own"), Answer::Json(204, json!(null)));
    has_not_entered(&world);
    let left = browser.press(&ask, "Yes, leave", &[]).await;
    left.says(200, &["You have left the draw."]);
    assert_eq!(
        world.stub.asked(&format!("DELETE /buergeramt/v1/draws/{DRAW}/entries/own")).len(),
        1
    );
}

#[actix_web::test]
async fn the_list_of_appointments_names_the_draws_that_one_is_in() {
    let world = open_draw().await;
    let mut browser = world.erika().await;
    browser.open("/en/appointments").await.is_silent_about("Draws you have entered");
    has_entered(&world, entry("entered"));
    let list = browser.open("/en/appointments").await;
    list.says(
        200,
        &["Draws you have entered Certified copies, Appointments from", "Closes: Thursday"],
    );
    assert!(list.html.contains(&page("/entry")));
    // Appointments matter more.
    world.answer("GET draws", Answer::Proxy(502));
    browser.open("/en/appointments").await.says(200, &["You have no appointment at the moment."]);
}

#[actix_web::test]
async fn a_wish_that_ends_before_it_begins_is_shown_again() {
    let world = open_draw().await;
    let mut browser = world.erika().await;
    let form = browser.open(&page("/wishes")).await;
    let times = [("after-2", "11:00"), ("before-2", "09:00")];
    let shown = browser.press(&form, "Enter now", &times).await;
    shown.says(200, &["Error: ", "Please check what you entered", "A wish ends before it begins."]);
    assert_eq!(shown.link("A wish ends before it begins."), "#after-1");
    assert!(shown.html.contains(r#"<option value="11:00" selected>"#));
    let german = browser.read_in(&shown, "Deutsch", &[]).await;
    german.says(200, &["Fehler: "]);
    assert!(german.html.contains(r#"<option value="11:00" selected>"#), "what was filled in stays");
    assert!(world.stub.asked(&format!("POST /buergeramt/v1/draws/{DRAW}/entries")).is_empty());
}

#[actix_web::test]
async fn who_may_not_enter_reads_why_and_what_to_do() {
    let world = open_draw().await;
    let refusals = [
        (409, "draw-not-open", "Nobody can enter this draw at the moment"),
        (409, "already-entered", "You are in another draw already"),
        (409, "entered-in-doubt", "Before the draw, an office must see your identity document"),
        (409, "already-booked", "My appointments"),
        (404, "draw-not-found", "There is no such draw"),
        (403, "level-too-low", "Log in"),
    ];
    let mut browser = world.erika().await;
    for (status, code, sentence) in refusals {
        world.refuse(&format!("POST draws/{DRAW}/entries"), status, code);
        let form = browser.open(&page("/wishes")).await;
        browser.press(&form, "Enter now", &[]).await.says(status, &[sentence]);
    }
    // What fits no appointment comes back into the form, with a sentence that says so.
    world.refuse(&format!("POST draws/{DRAW}/entries"), 400, "invalid-request");
    let form = browser.open(&page("/wishes")).await;
    let again = browser.press(&form, "Enter now", &[]).await;
    again.says(200, &["One wish fits no appointment of this draw."]);
    assert_eq!(again.path(), page("/wishes"));
    world.refuse(&format!("POST draws/{DRAW}/entries"), 403, "entitlement-required");
    let form = browser.open(&page("/wishes")).await;
    let asked = browser.press(&form, "Enter now", &[]).await;
    assert_eq!(asked.path(), "/en/buergeramt/entitlement", "the number is asked for");
    world.browser().open(&page("/entry")).await.says(401, &["Please log in"]);
}

#[actix_web::test]
async fn every_page_about_draws_is_complete_in_every_language() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
    has_entered(&world, entry("booked"));
    let mut browser = world.erika().await;
    for language in languages() {
        for address in [DAYS, &page(""), &page("/entry"), &page("/leave"), "/en/check-draw"] {
            let shown = browser.open(&address.replacen("en", language, 1)).await;
            assert_eq!(shown.status, 200, "{language} {address}");
            assert!(!shown.text().contains("[draw-"), "{language} {address}: {shown:?}");
            assert!(!shown.text().contains("{$"), "{language} {address}: {shown:?}");
        }
    }
    stands(&world, "announced", &json!({}));
    for language in languages() {
        let shown = browser.open(&page("/wishes").replacen("en", language, 1)).await;
        assert_eq!(shown.status, 200, "{language}");
        assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
    }
}

#[actix_web::test]
async fn who_entered_a_draw_and_books_reads_before_and_after_what_becomes_of_the_entry() {
    let world = open_draw().await;
    has_entered(&world, entry("entered"));
    let mut browser = world.erika_with_hold().await;
    let confirm = browser.open("/en/confirm").await;
    confirm.says(200, &["You take part in a draw of appointments of this kind."]);
    assert_eq!(confirm.link("See my entry"), page("/entry"));

    let own = json!({ "bookings": [booking("confirmed")] });
    world.answer("GET bookings", Answer::Json(200, own));
    let shown = browser.open(&page("/entry")).await;
    shown.says(200, &["You have an appointment of this kind now.", "you get no other appointment"]);
    assert!(!shown.offers("Change wishes"), "the authority would refuse it");
    let leave = browser.open(&shown.link("Leave the draw")).await;
    leave.says(200, &["As long as you have an appointment of this kind you cannot enter again."]);
    leave.is_silent_about("You can enter again until the draw closes.");
}
