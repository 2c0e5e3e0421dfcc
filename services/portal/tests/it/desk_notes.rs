//! What the front desk notes of a visit, and why it could not.

use serde_json::json;

use crate::{
    desk::{finds, visit},
    stub::{Answer, BOOKING, CODE},
    world::{World, languages},
};

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
        page.is_silent_about("can no longer be changed");
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
        page.is_silent_about("can no longer be changed");
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

/// Fault: nothing put right that somebody had pressed "Did not come" for the wrong person, or too early.
#[actix_web::test]
async fn who_was_noted_as_missing_can_come_after_all_on_the_same_day() {
    let world = World::start().await;
    let came = "Came after all, name checked";
    finds(&world, json!([visit("missed")]));
    let requeue = format!("bookings/{BOOKING}/requeue");
    world.answer(&format!("POST {requeue}"), Answer::Json(200, json!({})));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk?location=mitte").await;
    page.says(200, &["Did not come"]);
    let list = browser.press(&page, came, &[]).await;
    assert_eq!(list.url.query(), Some("location=mitte"));
    assert_eq!(world.stub.asked(&format!("POST /buergeramt/v1/{requeue}")).len(), 1);
    // Who booked again meanwhile has another one.
    world.refuse(&format!("POST {requeue}"), 409, "already-booked");
    let page = browser.press(&page, came, &[]).await;
    page.says(409, &["The person has an appointment of this kind already"]);

    // What a job has closed, and what was missed on another day, stays as it is.
    let address = format!("/en/buergeramt/desk?code={CODE}");
    let mut closed = visit("missed");
    closed["unnoted"] = json!(true);
    finds(&world, json!([closed]));
    assert!(!browser.open(&address).await.offers(came));
    finds(&world, json!([visit("missed")]));
    assert!(browser.open(&address).await.offers(came));
    // It is past midnight.
    world.minutes_pass(15 * 60);
    let mut browser = world.clerk().await;
    assert!(!browser.open(&address).await.offers(came));
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
    page.says(200, &["If they come today after all, you can note that in the list."]);
    page.says(200, &["They cannot book an appointment of this kind online for 14 days."]);
    page.says(200, &["You can still book one for them at the front desk."]);
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
