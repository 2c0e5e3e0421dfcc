//! The desk's pages with a form are read in another language: what was typed goes along.

use serde_json::json;

use crate::{
    desk_book::{self, PRESS, SEARCH},
    desk_later::{JOIN, enter, save, world},
    page::InLanguage,
    stub::{Answer, PLACE},
    world::World,
};

const STRANGER: (&str, &str) = ("family-name", "FREMDLING");
const TYPED: &str = r#"value="FREMDLING""#;

/// Fault: a clerk who saw the language switch after typing lost all of it.
#[actix_web::test]
async fn what_was_typed_about_a_person_goes_along_and_stands_in_no_address() {
    let world = world().await;
    let leave_draw = format!("{}/leave", enter());
    let note = r#"value="They moved away""#;
    for (address, typed, shown) in [
        (enter().as_str(), STRANGER, TYPED),
        (JOIN, STRANGER, TYPED),
        (leave_draw.as_str(), STRANGER, TYPED),
        ("/en/buergeramt/desk/waiting-list/leave", ("note", "They moved away"), note),
    ] {
        let mut browser = world.clerk().await;
        let form = browser.open(address).await;
        let german = browser.read_in(&form, "Deutsch", &[typed]).await;
        assert_eq!(german.header("content-language"), "de", "{address}: {german:?}");
        german.says(200, &[]);
        german.is_silent_about("Fehler:");
        assert!(german.html.contains(shown), "{address}: {german:?}");
        assert!(!german.url.as_str().contains(typed.1), "{}", german.url);
        let arabic = browser.read_in(&german, "العربية", &[]).await;
        assert!(arabic.html.contains(shown), "{address}: and on: {arabic:?}");
    }
    assert!(world.stub.asked("POST /desk/persons").is_empty(), "nothing was done with it");
}

#[actix_web::test]
async fn a_form_that_lacks_something_keeps_what_was_typed_in_another_language() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = save(&mut browser, &enter(), &[STRANGER, ("reason", "")]).await;
    page.says(422, &["Choose a reason."]);
    let german = browser.read_in(&page, "Deutsch", &[]).await;
    assert!(german.html.contains(TYPED), "{german:?}");
}

#[actix_web::test]
async fn a_booking_is_read_in_another_language_before_and_after_its_search() {
    let world = desk_book::world().await;
    let mut browser = world.clerk().await;
    let search = browser.open("/en/buergeramt/desk/book").await;
    let typed = [("service", "120703"), ("day", "2027-01-05"), ("people", "2")];
    let german = browser.read_in(&search, "Deutsch", &typed).await;
    german.says(200, &[]);
    german.is_silent_about("Fehler:");
    for shown in [r#"value="120703" selected"#, r#"value="2027-01-05""#, r#"value="2""#] {
        assert!(german.html.contains(shown), "{shown}: {german:?}");
    }
    assert!(world.stub.asked("GET /buergeramt/v1/desk/slots").is_empty(), "nobody searched yet");

    let form = browser.open(SEARCH).await;
    let chosen = [STRANGER, ("slot", "2027-01-05T08:20:00Z")];
    let german = browser.read_in(&form, "Deutsch", &chosen).await;
    german.says(200, &["09:20"]);
    german.is_silent_about("Fehler:");
    for shown in [TYPED, r#"value="2027-01-05T08:20:00Z" checked"#] {
        assert!(german.html.contains(shown), "{shown}: {german:?}");
    }
    assert!(!german.url.as_str().contains("FREMD"), "{}", german.url);
}

/// A browser presses the first button of a form for the enter key: in the search fields it looks for times, as before.
#[actix_web::test]
async fn the_enter_key_chooses_no_language_and_books_nothing() {
    let world = desk_book::world().await;
    let mut browser = world.clerk().await;
    let first = |html: &str| {
        let (before, after) = html.split_once("form=\"page-form\"").unwrap();
        let start = before.rsplit_once('<').unwrap().1.to_owned();
        start + after.split('>').next().unwrap()
    };
    let book = browser.open(SEARCH).await;
    assert!(book.offers(PRESS));
    let tag = first(&book.html);
    assert!(tag.contains(r#"name="show""#) && !tag.contains("formaction"), "{tag}");
    for address in ["/en/buergeramt/desk", "/en/buergeramt/desk/book", "/en/buergeramt/desk/cases"]
    {
        let page = browser.open(address).await;
        let tag = first(&page.html);
        assert!(tag.starts_with("button") && !tag.contains("formaction"), "{address}: {tag}");
    }
}

#[actix_web::test]
async fn a_number_that_was_typed_goes_along_and_is_not_wrong_yet() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer("GET desk/bookings", Answer::Json(200, json!({ "bookings": [] })));
    let mut browser = world.clerk().await;
    for (address, field) in [
        ("/en/buergeramt/desk", "code"),
        ("/en/buergeramt/desk/draw-entries", "number"),
        ("/en/buergeramt/desk/cases", "code"),
    ] {
        for typed in ["k7q", ""] {
            let page = browser.open(address).await;
            let german = browser.read_in(&page, "Deutsch", &[(field, typed)]).await;
            german.says(200, &[]);
            german.is_silent_about("Fehler:");
            assert!(!german.html.contains("aria-invalid"), "{address} {typed}: {german:?}");
            assert!(german.html.contains(&format!(r#"value="{typed}""#)), "{address}: {german:?}");
        }
    }
    // The day of a place stays, too.
    let day = browser.open("/en/buergeramt/desk?location=mitte").await;
    let german = browser.read_in(&day, "Deutsch", &[("code", "k7q")]).await;
    german.says(200, &["Keine Termine gefunden."]);
    assert!(german.html.contains(r#"value="mitte" selected"#), "{german:?}");
}

#[actix_web::test]
async fn what_was_typed_survives_a_session_that_ended_before_the_language_was_changed() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(JOIN).await;
    world.minutes_pass(31);
    let needed = browser.read_in(&form, "Deutsch", &[STRANGER]).await;
    needed.says(401, &[]);
    assert_eq!(needed.header("content-language"), "de");
    assert!(!needed.html.contains("FREMDLING"), "{needed:?}");
    let german = browser.open(&needed.link("Jetzt anmelden")).await;
    assert_eq!(german.path(), JOIN.replacen("/en/", "/de/", 1));
    assert!(german.html.contains(TYPED), "{german:?}");
}

/// Fault: what was too long to go along was gone without a word.
#[actix_web::test]
async fn what_is_too_long_to_go_along_is_said_to_be_lost_once() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open("/en/buergeramt/desk/waiting-list/leave").await;
    let long = "x".repeat(1001);
    let lost = "Ihre Eingaben konnten wir nicht aufheben.";
    let typed = [("place", PLACE), ("note", long.as_str())];
    let german = browser.read_in(&form, "Deutsch", &typed).await;
    german.says(200, &[lost]);
    assert!(!german.html.contains(PLACE), "a part of a form would be another one: {german:?}");
    let again = browser.open("/de/buergeramt/desk/waiting-list/leave").await;
    again.is_silent_about(lost);
    // What was not typed was not lost.
    let InLanguage::Sent { .. } = again.in_language("English", &[]) else { panic!("{again:?}") };
    browser.read_in(&again, "English", &[]).await.is_silent_about("could not be kept");
}
