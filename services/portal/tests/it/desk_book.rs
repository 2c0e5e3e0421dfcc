//! The front desk books for people without online ID, who show a document.

use serde_json::{Value, json};

use crate::{
    browser::{Browser, filled},
    page::Page,
    stub::{Answer, BOOKING, CODE, DRAW, booking, hold},
    world::{World, languages},
};

const BOOK: &str = "/en/buergeramt/desk/book";
pub(crate) const SEARCH: &str =
    "/en/buergeramt/desk/book?service=120703&location=mitte&day=2027-01-05&people=2";
/// The person at the desk, the visit of [`SEARCH`] and its first time.
pub(crate) const ERIKA: [(&str, &str); 10] = [
    ("service", "120703"),
    ("location", "mitte"),
    ("day", "2027-01-05"),
    ("people", "2"),
    ("slot", "2027-01-05T08:00:00Z"),
    ("family-name", "MUSTERMANN"),
    ("given-names", "ERIKA"),
    ("birth-date", "12.08.1964"),
    ("language", "tr"),
    ("reason", "no-online-access"),
];
pub(crate) const PRESS: &str = "Book the appointment";

/// Ten times are free, everybody's document is read, and everything is taken.
pub(crate) async fn world() -> World {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer("GET desk/slots", Answer::Json(200, slots()));
    world.answer("POST desk/holds", Answer::Json(201, hold()));
    world.answer("POST desk/bookings", Answer::Json(201, booking("confirmed")));
    world.answer(
        "GET desk/bookings",
        Answer::Json(200, json!({ "bookings": [found("confirmed")] })),
    );
    world.stub.answer("POST /desk/persons", Answer::Json(200, attendee("the attendee")));
    world
}

/// The appointment as the desk finds it by its number.
pub(crate) fn found(status: &str) -> Value {
    let mut found = booking(status);
    found["attendee"] = json!({ "given_name": "ERIKA", "family_name": "MUSTERMANN" });
    found
}

fn attendee(token: &str) -> Value {
    json!({ "attendee_token": token })
}

/// From 9 o'clock in Berlin on, every 20 minutes.
fn slots() -> Value {
    let slot = |index: u32| {
        let (hour, minute) = (8 + index / 3, index % 3 * 20);
        let start = format!("2027-01-05T{hour:02}:{minute:02}:00Z");
        let end = format!("2027-01-05T{hour:02}:{:02}:00Z", minute + 19);
        json!({ "location": "mitte", "start": start, "end": end, "free": 1 })
    };
    json!({ "slots": (0..10).map(slot).collect::<Vec<_>>() })
}

/// What was sent to the slot service.
fn sent(world: &World, what: &str) -> Vec<Value> {
    let asked = world.stub.asked(&what.replacen(' ', " /buergeramt/v1/", 1));
    asked.iter().map(crate::stub::Asked::json).collect()
}

/// Looks for times, and sends the form with Erika's details and these.
pub(crate) async fn book(browser: &mut Browser, changes: &[(&str, &str)]) -> Page {
    let form = browser.open(SEARCH).await;
    browser.press(&form, PRESS, &filled(&ERIKA, changes)).await
}

#[actix_web::test]
async fn the_desk_leads_to_a_search_and_the_search_to_a_handful_of_times() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let desk = browser.open("/en/buergeramt/desk").await;
    assert_eq!(desk.link("Book an appointment for a person"), BOOK);
    let opened = browser.open(BOOK).await;
    opened.says(200, &["Identity card", "Show free times"]);
    assert!(!opened.offers(PRESS), "{opened:?}");
    assert!(world.stub.asked("GET /buergeramt/v1/desk/slots").is_empty());

    let page = browser.open(SEARCH).await;
    page.says(200, &["Free times on Tuesday, 5 January 2027", "09:00", "11:20"]);
    page.is_silent_about("11:40");
    page.is_silent_about("Error:");
    let asked = &world.stub.asked("GET /buergeramt/v1/desk/slots")[0];
    assert_eq!(asked.query, "service=120703&location=mitte&people=2&date=2027-01-05");
    assert!(asked.token.is_some());

    world.erika().await.open(BOOK).await.says(401, &["This page is for staff"]);
}

#[actix_web::test]
async fn a_person_is_booked_for_and_the_page_is_printed_for_them() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = book(&mut browser, &[]).await;
    page.says(200, &["The appointment is booked", "Print this page for the person."]);
    page.says(200, &[CODE, "Erika Mustermann", "Personalausweis", "Rathaus Mitte", "Foto"]);
    assert_eq!(page.path(), format!("/en/buergeramt/desk/{BOOKING}/booked"));
    assert!(!page.url.as_str().to_lowercase().contains("muster"), "no address has the name");
    assert_eq!(page.link("Book another appointment"), BOOK);

    let seen = world.stub.asked("POST /desk/persons")[0].json();
    let document = json!({
        "family_name": "MUSTERMANN", "given_names": "ERIKA", "birth_date": "12.08.1964",
    });
    assert_eq!(seen, document);
    let held = json!({
        "attendee": "the attendee", "location": "mitte", "start": "2027-01-05T08:00:00Z",
        "services": ["120703"], "people": 2,
    });
    assert_eq!(sent(&world, "POST desk/holds"), [held]);
    let confirmed = json!({
        "hold_token": "the hold token", "attendee": "the attendee", "language": "tr",
        "reason": { "code": "no-online-access" },
    });
    assert_eq!(sent(&world, "POST desk/bookings"), [confirmed]);
    let asked = &world.stub.asked("POST /buergeramt/v1/desk/bookings")[0];
    assert!(asked.idempotency_key.is_some());
}

/// Fault: a caller got a provisional appointment, and no page of the desk compared their document.
#[actix_web::test]
async fn nobody_is_booked_for_on_the_phone() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(&SEARCH.replace("book?", "book?how=phone&")).await;
    form.says(200, &["Place of birth", "09:00"]);
    form.is_silent_about("On the phone");
    browser.press(&form, PRESS, &ERIKA).await.says(200, &["Print this page for the person."]);
    assert!(world.stub.asked("POST /desk/callers").is_empty());
    assert_eq!(sent(&world, "POST desk/holds")[0]["attendee"], "the attendee");
}

#[actix_web::test]
async fn all_that_is_wrong_is_said_at_once_and_nobody_is_asked() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = browser.open(&format!("{BOOK}?service=&location=&day=soon&people=0")).await;
    page.says(422, &["Error: Book an appointment for a person"]);
    for (mistake, field) in [
        ("Choose the service.", "#service"),
        ("Choose the place.", "#location"),
        ("This is not a date. Write it like this: 24.12.2026", "#day"),
        ("Write a number from 1 to 100.", "#people"),
    ] {
        assert_eq!(page.link(mistake), field);
    }
    let form = browser.open(SEARCH).await;
    let changes =
        [("slot", ""), ("family-name", " "), ("reason", ""), ("birth-date", "12.08.1964")];
    let page = browser.press(&form, PRESS, &filled(&ERIKA, &changes)).await;
    page.says(422, &["Error:"]);
    assert_eq!(page.link("Choose a time."), "#slot");
    assert_eq!(page.link("Write the name as it is in the document."), "#family-name");
    assert_eq!(page.link("Choose a reason."), "#reason");
    assert!(page.html.contains(r#"value="12.08.1964""#), "what was typed stays: {page:?}");
    assert!(world.stub.asked("POST /desk/persons").is_empty());
    assert!(sent(&world, "POST desk/holds").is_empty());
}

#[actix_web::test]
async fn other_times_are_shown_and_what_was_typed_stays() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(SEARCH).await;
    let page = browser.press(&form, "2 more times", &ERIKA).await;
    page.says(200, &["11:40", "12:00"]);
    page.is_silent_about("09:00");
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    let page = browser.press(&page, "Show free times", &ERIKA).await;
    page.says(200, &["09:00"]);
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    // The times of a Tuesday are none of a Wednesday: the day was changed, and nothing is booked.
    let page = browser.press(&page, PRESS, &filled(&ERIKA, &[("day", "2027-01-06")])).await;
    page.says(422, &["Free times on Wednesday, 6 January 2027"]);
    assert_eq!(page.link("There are other times for this. Choose one of them."), "#slot");
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    assert!(sent(&world, "POST desk/holds").is_empty());
}

/// Fault: staff filled in a person for a service that needs an application, and read only then that it does.
#[actix_web::test]
async fn a_service_that_needs_an_application_says_so_before_anybody_is_filled_in() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let needed = "For this the person needs an application";
    browser.open(SEARCH).await.is_silent_about(needed);
    let page = browser.open(&SEARCH.replace("120703", "324280")).await;
    page.says(200, &[needed, "The application number cannot be entered here.", "09:00"]);
    assert!(page.offers(PRESS), "who has shown online that it is theirs is booked: {page:?}");
    // They have not: the page says what comes first, once, and not what the person would read.
    world.refuse("POST desk/holds", 403, "entitlement-required");
    let page = book(&mut browser, &[]).await;
    page.says(409, &[needed]);
    page.is_silent_about("Online the person would read");
}

/// Fault: a day that is over, or on which nobody works, asked who the person is, and offered to book them.
#[actix_web::test]
async fn where_nothing_is_free_nobody_is_asked_who_comes() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let begun = browser.open(SEARCH).await;
    world.answer("GET desk/slots", Answer::Json(200, json!({ "slots": [] })));
    let page = browser.open(SEARCH).await;
    page.says(200, &["Nothing is free there on this day."]);
    page.is_silent_about("Place of birth");
    assert!(!page.offers(PRESS), "{page:?}");
    let page = browser.press(&page, "Show free times", &ERIKA[..4]).await;
    page.says(200, &["Nothing is free there on this day."]);
    page.is_silent_about("Place of birth");
    // Who was filled in before stays for the next day.
    let page = browser.press(&begun, "Show free times", &ERIKA).await;
    page.says(200, &["Nothing is free there on this day."]);
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    assert!(!page.offers(PRESS), "{page:?}");
    world.answer("GET desk/slots", Answer::Json(200, slots()));
    let page = browser.press(&page, "Show free times", &ERIKA).await;
    assert!(page.offers(PRESS), "{page:?}");
}

#[actix_web::test]
async fn every_refusal_leads_on_with_everything_that_was_typed() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let kept = |page: &Page| {
        assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
        assert!(page.offers(PRESS), "{page:?}");
    };
    for code in ["slot-taken", "asked-too-soon", "slot-not-offered", "closed"] {
        world.refuse("POST desk/holds", 409, code);
        let page = book(&mut browser, &[]).await;
        page.says(409, &["Free times on Tuesday, 5 January 2027"]);
        assert_eq!(page.link("This time is not free now. Choose another one."), "#slot");
        kept(&page);
    }
    let other = json!({
        "start": "2027-01-07T09:00:00+01:00", "expires_at": "2027-01-04T09:10:00+01:00",
    });
    for (status, code, members, title) in [
        (409, "already-holding", other, "An appointment is already reserved for the person"),
        (409, "already-booked", json!({}), "The person has an appointment of this kind already"),
        (403, "too-short-notice", json!({}), "A rule of the authority does not allow it"),
        (403, "entitlement-required", json!({}), "For this the person needs an application"),
        (403, "forbidden", json!({}), "You may not do this at this place"),
    ] {
        world.answer("POST desk/holds", Answer::Problem(status, code, members));
        let page = book(&mut browser, &[]).await;
        page.says(409, &[title]);
        kept(&page);
    }
    world.answer("POST desk/holds", Answer::Json(201, hold()));
    let case = json!({ "case": "K7QD-3XHM" });
    world.answer("POST desk/bookings", Answer::Problem(403, "second-person-needed", case));
    let page = book(&mut browser, &[]).await;
    page.says(
        409,
        &["A colleague must agree", "the case K7QD-3XHM. The time is reserved until 09:10"],
    );
    kept(&page);
    // They agreed: the same form is sent again as it stands.
    world.answer("POST desk/bookings", Answer::Json(201, booking("confirmed")));
    browser.press(&page, PRESS, &ERIKA).await.says(200, &["The appointment is booked"]);
}

/// Fault: staff were told to look for another day only.
#[actix_web::test]
async fn a_day_on_which_nothing_is_free_leads_to_the_open_draw_of_the_service() {
    let world = world().await;
    world.answer("GET desk/slots", Answer::Json(200, json!({ "slots": [] })));
    let mut browser = world.clerk().await;
    let page = browser.open(&SEARCH.replace("120703", "121701")).await;
    page.says(200, &["Nothing is free there on this day."]);
    let week = "Appointments from Monday, 18 January 2027 to Sunday, 24 January 2027";
    let way = page.link(&format!("Enter into the draw: Certified copies. {week}"));
    assert_eq!(way, format!("/en/buergeramt/desk/draws/{DRAW}"));
    assert!(!browser.open(SEARCH).await.html.contains("/desk/draws/"));
}

/// Fault: "these services do not go together" was said of a single one, on a page without the form.
#[actix_web::test]
async fn what_no_single_visit_can_be_is_said_at_the_number_of_people() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let sentence = "This cannot be done in one visit there.";
    world.refuse("POST desk/holds", 422, "services-not-combinable");
    let page = book(&mut browser, &[]).await;
    page.says(409, &[sentence]);
    page.is_silent_about("go together");
    assert!(page.html.contains(r#"id="people-error""#), "{page:?}");
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    // The same of a search, where nobody is filled in yet.
    world.refuse("GET desk/slots", 422, "services-not-combinable");
    let page = browser.open(SEARCH).await;
    page.says(409, &[sentence]);
    assert!(page.html.contains(r#"id="people-error""#), "{page:?}");
    page.is_silent_about("Choose a reason.");
}

/// Fault: the last free time of the day was gone from the form while a colleague was asked, and the button with it.
#[actix_web::test]
async fn the_time_that_is_kept_until_a_colleague_agrees_stays_in_the_form() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(SEARCH).await;
    let case = json!({ "case": "K7QD-3XHM" });
    world.answer("POST desk/bookings", Answer::Problem(403, "second-person-needed", case));
    world.answer("GET desk/slots", Answer::Json(200, json!({ "slots": [] })));
    let stands = |page: &Page| {
        let chosen = r#"name="slot" value="2027-01-05T08:00:00Z" checked"#;
        assert!(page.html.contains(chosen) && page.offers(PRESS), "{page:?}");
    };
    let page = browser.press(&form, PRESS, &ERIKA).await;
    page.says(409, &["A colleague must agree", "09:00"]);
    stands(&page);
    let page = browser.press(&page, "Show free times", &ERIKA).await;
    stands(&page);
    world.answer("POST desk/bookings", Answer::Json(201, booking("confirmed")));
    browser.press(&page, PRESS, &ERIKA).await.says(200, &["The appointment is booked"]);
    // It is kept for a while only, and what was taken meanwhile is not.
    world.refuse("POST desk/holds", 409, "slot-taken");
    assert!(!browser.press(&page, PRESS, &ERIKA).await.html.contains("name=\"slot\""));
    world.minutes_pass(10);
    assert!(!browser.press(&page, "Show free times", &ERIKA).await.offers(PRESS));
}

#[actix_web::test]
async fn a_booking_that_was_typed_outlives_an_ended_session() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(SEARCH).await;
    world.minutes_pass(31);
    let refused = browser.press(&form, PRESS, &ERIKA).await;
    refused.says(403, &["You are not logged in any more", "What you entered is not lost."]);
    let form = browser.open(&refused.link("Log in now")).await;
    form.says(200, &["09:00"]);
    assert!(form.html.contains(r#"value="MUSTERMANN""#), "{form:?}");
    form.is_silent_about("Error:");
}

#[actix_web::test]
async fn where_no_time_is_chosen_the_desk_has_no_such_page() {
    let locations = json!({ "locations": [{ "id": "mitte", "name": { "de": "Rathaus Mitte" } }] });
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/locations", Answer::Json(200, locations));
    })
    .await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    let mut browser = world.clerk().await;
    let desk = browser.open("/en/buergeramt/desk").await;
    assert!(!desk.offers("Book an appointment for a person"), "{desk:?}");
    assert_eq!(browser.open(BOOK).await.status, 404);
}

#[actix_web::test]
async fn the_page_speaks_each_language() {
    let world = world().await;
    let mut browser = world.clerk().await;
    for language in languages() {
        let page = browser.open(&SEARCH.replace("/en/", &format!("/{language}/"))).await;
        page.says(200, &["09:00"]);
        page.is_silent_about("[desk-");
    }
}
