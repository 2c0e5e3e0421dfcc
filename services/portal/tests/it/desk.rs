//! The front desk, and visitors without an online ID, whom only staff can serve.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, CODE, booking},
    world::{World, languages},
};

fn visit(status: &str) -> Value {
    let mut visit = booking(status);
    // It has begun a moment ago.
    visit["start"] = json!("2027-01-04T08:00:00Z");
    visit["end"] = json!("2027-01-04T08:20:00Z");
    visit["attendee"] =
        json!({ "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" });
    visit
}

/// Finds this visit, whatever is searched for; the clerk sees no catalogue.
fn finds(world: &World, visits: Value) {
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer("GET desk/bookings", Answer::Json(200, json!({ "bookings": visits })));
}

#[actix_web::test]
async fn a_code_finds_one_visitor_with_the_name_to_compare() {
    let world = World::start().await;
    finds(&world, json!([visit("confirmed")]));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk").await;
    page.says(200, &["Front desk", "The person's appointment number"]);
    page.is_silent_about("Your appointment number");
    page.is_silent_about("No appointments found.");
    let page = browser.open(&format!("/en/buergeramt/desk?code={}", CODE.to_lowercase())).await;
    page.says(200, &["Erika Mustermann", "12.08.1964", "Identity card", "Present, name checked"]);
    page.is_silent_about("Opening hours and services");
    let asked = world.stub.asked("GET /buergeramt/v1/desk/bookings");
    assert_eq!(asked[0].query, format!("code={CODE}"));
    assert_eq!(
        world.stub.identity(|identity| identity.requested("scope")),
        "openid offline_access desk"
    );
}

#[actix_web::test]
async fn a_marked_visit_says_what_to_do_first() {
    let world = World::start().await;
    let mut marked = visit("confirmed");
    marked["identity_check"] = json!(true);
    finds(&world, json!([marked]));
    let mut browser = world.clerk().await;
    let page = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    page.says(
        200,
        &["Identity to be checked at the visit: compare the documents", "A colleague must agree"],
    );
    finds(&world, json!([visit("confirmed")]));
    let page = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    page.is_silent_about("Identity to be checked");
}

#[actix_web::test]
async fn a_day_is_listed_by_place() {
    let world = World::start().await;
    finds(&world, json!([]));
    let page = world.clerk().await.open("/en/buergeramt/desk?location=mitte").await;
    page.says(200, &["No appointments found."]);
    let asked = world.stub.asked("GET /buergeramt/v1/desk/bookings");
    assert_eq!(asked[0].query, "location=mitte&date=2027-01-04");
}

#[actix_web::test]
async fn the_day_and_the_calls_of_no_place_are_not_read_and_the_field_says_why() {
    let world = World::start().await;
    finds(&world, json!([]));
    let mut browser = world.clerk().await;
    for (address, status) in [("desk", 200), ("desk/calls", 422)] {
        let page = browser.open(&format!("/en/buergeramt/{address}")).await;
        let empty =
            r#"name="location" aria-required="true"><option value="">Please choose</option>"#;
        assert!(page.html.contains(empty), "{page:?}");
        page.is_silent_about("Choose the place.");
        let page = browser.open(&format!("/en/buergeramt/{address}?location=")).await;
        page.says(status, &["Choose the place."]);
        assert!(page.html.contains(r#"id="location-error""#), "{page:?}");
    }
    assert!(world.stub.asked("GET /buergeramt/v1/desk/bookings").is_empty());
    assert!(world.stub.asked("GET /buergeramt/v1/desk/waiting-list/calls").is_empty());
}

#[actix_web::test]
async fn what_cannot_be_a_code_is_not_searched_for() {
    let world = World::start().await;
    finds(&world, json!([]));
    let page = world.clerk().await.open("/en/buergeramt/desk?code=hello&location=mitte").await;
    page.says(200, &["This is not an appointment number. It has 8 letters and digits."]);
    page.says(200, &["It never contains O, 0, I or 1."]);
    assert!(world.stub.asked("GET /buergeramt/v1/desk/bookings").is_empty());
}

/// Fault: a number that there is not was said to be none.
#[actix_web::test]
async fn a_number_that_there_is_not_is_said_to_be_unknown_and_perhaps_misspelt() {
    let world = World::start().await;
    finds(&world, json!([]));
    let mut browser = world.clerk().await;
    for typed in [CODE, "ZZZZ-ZZZZ"] {
        let page = browser.open(&format!("/en/buergeramt/desk?code={typed}")).await;
        page.says(200, &["There is no appointment with this number. Is it typed right?"]);
        assert!(page.html.contains(r#"id="code-error""#), "{page:?}");
        page.is_silent_about("This is not an appointment number.");
        page.is_silent_about("No appointments found.");
    }
    let page = browser.open("/en/buergeramt/desk?code=K7QD-3XH0").await;
    page.says(200, &["It never contains O, 0, I or 1."]);
    let page = browser.open("/en/buergeramt/desk/cases?code=ZZZZ-ZZZZ").await;
    page.says(404, &["There is no case with this number. Is it typed right?"]);
}

#[actix_web::test]
async fn a_visit_is_moved_on_and_the_same_list_shown_again() {
    let world = World::start().await;
    finds(&world, json!([visit("called")]));
    world.answer(&format!("POST bookings/{BOOKING}/serve"), Answer::Json(200, json!({})));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk?location=mitte").await;
    let page = browser.press(&page, "Done", &[]).await;
    assert_eq!(page.url.query(), Some("location=mitte"));
    assert_eq!(world.stub.asked(&format!("POST /buergeramt/v1/bookings/{BOOKING}/serve")).len(), 1);
}

/// Fault: one press of a button beside others ended the appointment of whoever stood in the queue.
#[actix_web::test]
async fn who_did_not_come_is_asked_about_once_more_with_what_follows() {
    let world = World::start().await;
    finds(&world, json!([visit("confirmed")]));
    let missed = format!("bookings/{BOOKING}/miss");
    world.answer(&format!("POST {missed}"), Answer::Json(200, json!({})));
    let mut browser = world.clerk().await;
    let list = browser.open("/en/buergeramt/desk?location=mitte").await;
    let page = browser.open(&list.link("Did not come")).await;
    page.says(200, &["Did the person not come?", "Erika Mustermann", CODE, "Rathaus Mitte"]);
    page.says(200, &["They cannot book an appointment of this kind for 14 days."]);
    assert_eq!(page.link("No, back to the list"), "/en/buergeramt/desk?location=mitte");
    let asked = || world.stub.asked(&format!("POST /buergeramt/v1/{missed}")).len();
    assert_eq!(asked(), 0);
    let list = browser.press(&page, "Yes, did not come", &[]).await;
    assert_eq!((asked(), list.url.query()), (1, Some("location=mitte")));
    // A colleague was faster: there is nothing to ask any more.
    finds(&world, json!([visit("checked_in")]));
    let list = browser.open(page.url.as_str()).await;
    list.says(409, &["Nothing was noted now", "Erika Mustermann: Is here and waits"]);
    let german = browser.read_in(&list, "Deutsch", &[]).await;
    assert_eq!(german.path(), "/de/buergeramt/desk");
    for language in languages() {
        finds(&world, json!([visit("confirmed")]));
        let address = format!("/{language}/buergeramt/desk/{BOOKING}/missed?code={CODE}&query=");
        let page = browser.open(&address).await;
        page.says(200, &["14"]);
        page.is_silent_about("[desk-");
    }
}

/// Fault: the second of two clerks read what citizens read of an appointment that is over, and lost the list.
#[actix_web::test]
async fn who_was_slower_than_a_colleague_sees_the_same_list_and_how_the_visit_stands() {
    let world = World::start().await;
    let mut browser = world.clerk().await;
    let done = "This is noted already, perhaps by a colleague";
    let changed = "Nothing was noted now: the appointment has changed meanwhile";
    for (before, action, button, after, title, stands) in [
        ("confirmed", "check-in", "Present, name checked", "checked_in", done, "Is here and waits"),
        ("checked_in", "call", "Call", "called", done, "Called"),
        ("called", "serve", "Done", "parked", changed, "Set aside"),
        ("parked", "requeue", "Back into the queue", "served", changed, "Done"),
    ] {
        finds(&world, json!([visit(before)]));
        world.refuse(&format!("POST bookings/{BOOKING}/{action}"), 409, "booking-not-active");
        let list = browser.open("/en/buergeramt/desk?location=mitte").await;
        finds(&world, json!([visit(after)]));
        let page = browser.press(&list, button, &[]).await;
        page.says(409, &[title, &format!("Erika Mustermann: {stands}"), "Front desk"]);
        page.is_silent_about("My appointments");
        assert!(page.html.contains(r#"<option value="mitte" selected>"#), "{page:?}");
        // What is pressed there leads to the same list again.
        assert!(page.html.contains(r#"name="query" value="location=mitte""#) || after == "served");
    }
    // What was cancelled is in no list of a day: it is found by its number.
    finds(&world, json!([visit("confirmed")]));
    let list = browser.open("/en/buergeramt/desk?location=mitte").await;
    let found = |visits| Answer::Json(200, json!({ "bookings": visits }));
    let answers = vec![found(json!([])), found(json!([visit("cancelled")]))];
    world.answer("GET desk/bookings", Answer::InTurn(answers));
    let page = browser.press(&list, "Present, name checked", &[]).await;
    page.says(409, &[changed, "Erika Mustermann: Cancelled", "No appointments found."]);
}

#[actix_web::test]
async fn every_refusal_of_an_action_keeps_the_list_or_the_way_to_it() {
    let world = World::start().await;
    finds(&world, json!([visit("confirmed")]));
    let mut browser = world.clerk().await;
    let list = browser.open("/en/buergeramt/desk?location=mitte").await;
    let press = format!("POST bookings/{BOOKING}/check-in");
    for (status, code, said) in [
        (404, "booking-not-found", "The front desk does not find this appointment"),
        (409, "already-booked", "The person has an appointment of this kind already"),
        (422, "document-needed", "This appointment was booked by phone"),
    ] {
        world.refuse(&press, status, code);
        let page = browser.press(&list, "Present, name checked", &[]).await;
        page.says(409, &[said, "Erika Mustermann"]);
        page.is_silent_about("My appointments");
    }
    world.answer(&press, Answer::Proxy(502));
    let page = browser.press(&list, "Present, name checked", &[]).await;
    assert_eq!(page.link("Back to the front desk"), "/en/buergeramt/desk?location=mitte");
}

#[actix_web::test]
async fn an_action_before_its_time_says_from_when_on_it_can_be_noted() {
    let world = World::start().await;
    finds(&world, json!([visit("confirmed")]));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk?location=mitte").await;
    for (code, title) in [
        ("not-today", "This appointment is on another day"),
        ("booking-not-begun", "This appointment has not begun yet"),
    ] {
        let times = json!({
            "start": "2027-01-05T09:00:00+01:00", "noted_from": "2027-01-05T00:00:00+01:00",
        });
        let early = Answer::Problem(409, code, times);
        world.answer(&format!("POST bookings/{BOOKING}/check-in"), early);
        let page = browser.press(&page, "Present, name checked", &[]).await;
        page.says(409, &[title, "from: Tuesday, 5 January 2027, 00:00."]);
        page.is_silent_about("115");
    }
}

#[actix_web::test]
async fn a_supervisor_sees_why_a_catalogue_is_not_in_force() {
    let world = World::start().await;
    let state = json!({
        "version": 7, "in_force_since": "2027-01-01T07:00:00Z",
        "refused": { "at": "2027-01-03T07:00:00Z", "mistakes": ["services[0]: no name"] },
    });
    world.answer("GET desk/catalogue", Answer::Json(200, state));
    let page = world.clerk().await.open("/en/buergeramt/desk").await;
    page.says(200, &["is not in force.", "services[0]: no name", "Opening hours and services"]);
}

#[actix_web::test]
async fn the_desk_is_for_staff_of_this_authority() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/desk").await;
    page.says(401, &["This page is for staff"]);
    assert_eq!(page.link("Log in now"), "/en/login/start?back=%2Fen%2Fbuergeramt%2Fdesk&staff");
    world.erika().await.open("/en/buergeramt/desk").await.says(401, &["This page is for staff"]);

    let mut clerk = world.clerk().await;
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_target"));
    clerk.open("/en/buergeramt/desk").await.says(403, &["You don't have permission"]);
}

/// Fault: a citizen who opened a page of the desk was logged out without a word.
#[actix_web::test]
async fn a_page_of_the_desk_that_refuses_a_citizen_ends_no_log_in() {
    let world = World::start().await;
    let mut citizen = world.erika().await;
    for address in ["desk", "desk/calls", "desk/book"] {
        let page = citizen.open(&format!("/en/buergeramt/{address}")).await;
        page.says(401, &["This page is for staff"]);
        citizen.open("/en/about").await.says(200, &["Logged in", "Log out"]);
    }
}

/// Fault: the page that refused a clerk of another office led back to itself.
#[actix_web::test]
async fn a_clerk_of_another_office_is_led_to_their_own() {
    let world = World::start().await;
    let mut clerk = world.clerk().await;
    world.stub.identity(|identity| identity.refuses_authority = Some("buergeramt"));
    for address in ["desk", "desk/calls", "desk/book"] {
        let page = clerk.open(&format!("/en/buergeramt/{address}")).await;
        page.says(403, &["You don't have permission"]);
        assert_eq!(page.link("To the front desk: Immigration office"), "/en/lea/desk");
        assert_eq!(page.link("Back to the start page"), "/en");
        assert!(!page.offers("Back to the front desk"), "{page:?}");
    }
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_target"));
    world.minutes_pass(6);
    let page = clerk.open("/en/buergeramt/desk").await;
    page.says(403, &["Back to the start page"]);
    page.is_silent_about("To the front desk");
}

#[actix_web::test]
async fn whoever_is_logged_out_at_the_desk_logs_in_as_staff() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/desk?location=mitte").await;
    let login = "/en/login/start?back=%2Fen%2Fbuergeramt%2Fdesk%3Flocation%3Dmitte&staff";
    assert_eq!((page.link("Log in now"), page.link("Log in")), (login.into(), login.into()));
    let page = world.browser().open("/en/buergeramt/days?service=120703").await;
    assert!(!page.link("Log in").contains("staff"), "{page:?}");
}

#[actix_web::test]
async fn a_desk_whose_authority_is_down_says_so() {
    let world = World::start().await;
    finds(&world, json!([]));
    world.answer("GET desk/bookings", Answer::Malformed);
    let page = world.clerk().await.open("/en/buergeramt/desk?location=mitte").await;
    page.says(503, &["This authority does not answer right now"]);
}

#[actix_web::test]
async fn who_has_no_online_id_reads_where_to_go() {
    let world = World::start().await;
    let page = world.browser().open("/en/login").await;
    assert_eq!(page.link("No online ID?"), "/en/without-online-id");
}

/// Fault: the buttons stood beside appointments of other days, and were refused.
#[actix_web::test]
async fn buttons_are_there_when_they_can_be_pressed() {
    let world = World::start().await;
    let mut browser = world.clerk().await;
    let address = format!("/en/buergeramt/desk?code={CODE}");
    let (present, missed) = ("Present, name checked", "Did not come");
    finds(&world, json!([visit("confirmed")]));
    let page = browser.open(&address).await;
    assert!(page.offers(present) && page.offers(missed), "{page:?}");
    let mut later = visit("confirmed");
    later["start"] = json!("2027-01-04T11:00:00Z");
    later["end"] = json!("2027-01-04T11:20:00Z");
    finds(&world, json!([later]));
    let page = browser.open(&address).await;
    assert!(page.offers(present) && !page.offers(missed), "{page:?}");
    page.says(200, &["From 12:00 on you can note here that the person did not come."]);
    later["start"] = json!("2027-01-05T08:00:00Z");
    later["end"] = json!("2027-01-05T08:20:00Z");
    finds(&world, json!([later]));
    let page = browser.open(&address).await;
    assert!(!page.offers(present) && !page.offers(missed), "{page:?}");
    page.says(200, &["From Tuesday, 5 January 2027 on you can note here whether"]);
}

/// Fault: "Did not come" stood on what nobody had noted, and "Booked" on what was over.
#[actix_web::test]
async fn what_is_over_and_not_noted_is_neither_missed_nor_to_come() {
    let world = World::start().await;
    let mut closed = visit("missed");
    closed["unnoted"] = json!(true);
    finds(&world, json!([closed]));
    let mut browser = world.clerk().await;
    let address = format!("/en/buergeramt/desk?code={CODE}");
    let (over, missed) = ("Over, nothing noted", "Did not come");
    let shown = browser.open(&address).await;
    shown.says(200, &[over]);
    shown.is_silent_about(missed);
    finds(&world, json!([visit("missed")]));
    browser.open(&address).await.says(200, &[missed]);

    finds(&world, json!([visit("confirmed")]));
    browser.open(&address).await.says(200, &["Booked"]);
    world.minutes_pass(20);
    let shown = browser.open(&address).await;
    shown.says(200, &[over]);
    assert!(shown.offers("Present, name checked"), "it can be noted still: {shown:?}");
    // Who is called late is there.
    finds(&world, json!([visit("called")]));
    browser.open(&address).await.is_silent_about(over);
}
