//! The front desk gives dates to applications on file, sees those that are open and takes one back.

use serde_json::{Value, json};

use crate::{
    browser::filled,
    page::Page,
    stub::Answer,
    world::{World, languages},
};

const DATE: &str = "/en/buergeramt/desk/assigned-dates";
const GIVING: &str = "POST desk/assigned-dates";
const OPEN: &str = "GET desk/assigned-dates";
const TAKING: &str = "POST desk/assigned-dates/dte_01jdc6nvt8e0pb9s3k1zqk6yzx/withdraw";
const ASKING: &str = "/en/buergeramt/desk/assigned-dates/dte_01jdc6nvt8e0pb9s3k1zqk6yzx/withdraw";
const FILLED: [(&str, &str); 7] = [
    ("service", "324280"),
    ("reference", "LEA-2026-004711"),
    ("location", "mitte"),
    ("day", "2027-01-07"),
    ("time", "09:00"),
    ("people", "2"),
    ("reason", "office-error"),
];

/// The authority gives dates of one of its services.
async fn giving() -> World {
    let services = json!({
        "groups": [],
        "services": [
            {
                "id": "324280", "name": { "de": "Niederlassungserlaubnis" }, "group": "aufenthalt",
                "entitlement_required": true, "allocation": "assign",
            },
            { "id": "120686", "name": { "de": "Anmeldung" }, "group": "ausweis" },
        ],
    });
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer(GIVING, Answer::Json(201, given()));
    world
}

fn given() -> Value {
    json!({
        "id": "dte_01jdc6nvt8e0pb9s3k1zqk6yzx", "service": "324280", "location": "mitte",
        "start": "2027-01-07T09:00:00+01:00", "end": "2027-01-07T09:20:00+01:00", "people": 2,
        "status": "open", "answer_by": "2027-01-05T10:00:00+01:00",
    })
}

/// Sends the form with these fields in the place of ours.
async fn send(world: &World, changes: &[(&str, &str)]) -> Page {
    let mut browser = world.clerk().await;
    let form = browser.open(DATE).await;
    browser.press(&form, "Save", &filled(&FILLED, changes)).await
}

fn sent(world: &World) -> Vec<Value> {
    asked(world, GIVING).iter().map(crate::stub::Asked::json).collect()
}

fn asked(world: &World, what: &str) -> Vec<crate::stub::Asked> {
    world.stub.asked(&what.replacen(' ', " /buergeramt/v1/", 1))
}

/// That authority, with one date that waits for an answer.
async fn waiting() -> World {
    let world = giving().await;
    let mut open = given();
    open["entitlement"] = json!("ent_01jdc6nvt8e0pb9s3k1zqk6yzx");
    world.answer(OPEN, Answer::Json(200, json!({ "dates": [open] })));
    world.answer(TAKING, Answer::Json(200, json!({})));
    world
}

/// Opens the question whether the date is to be taken back, and says yes with these fields.
async fn take_back(world: &World, fields: &[(&str, &str)]) -> Page {
    let mut browser = world.clerk().await;
    let question = browser.open(&format!("{ASKING}?place=mitte")).await;
    browser.press(&question, "Take back", fields).await
}

#[actix_web::test]
async fn the_desk_leads_there_and_a_date_is_given_as_it_was_filled_in() {
    let world = giving().await;
    let desk = world.clerk().await.open("/en/buergeramt/desk").await;
    assert_eq!(desk.link("Give an appointment to an application"), DATE);
    let form = world.clerk().await.open(DATE).await;
    form.says(200, &["Niederlassungserlaubnis", "Appointments waiting for an answer"]);
    form.is_silent_about("Anmeldung");
    let page = send(&world, &[]).await;
    page.says(200, &["The application has an appointment now", "LEA-2026-004711", "Rathaus Mitte"]);
    page.says(200, &["Thursday, 7 January 2027, 09:00", "Tuesday, 5 January 2027, 10:00"]);
    assert_eq!(page.path(), DATE, "no address has the number");
    let expected = json!({
        "service": "324280", "reference": "LEA-2026-004711", "location": "mitte",
        "start": "2027-01-07T08:00:00Z", "people": 2, "reason": { "code": "office-error" },
    });
    assert_eq!(sent(&world), [expected]);
}

#[actix_web::test]
async fn what_is_missing_is_said_at_its_field_and_nobody_is_asked() {
    let world = giving().await;
    let page = send(&world, &[("reference", " "), ("time", "soon"), ("people", "0")]).await;
    page.says(422, &["Error: Give an appointment to an application"]);
    assert_eq!(page.link("This is not a time of day. Write for example 09:00."), "#time");
    assert_eq!(page.link("Write a number from 1 to 100."), "#people");
    for part in [r#"id="reference-error""#, r#"value="soon""#, r#"value="2027-01-07""#] {
        assert!(page.html.contains(part), "{part}: {page:?}");
    }
    assert!(sent(&world).is_empty());
}

#[actix_web::test]
async fn what_the_authority_refuses_is_said_where_it_can_be_mended() {
    let world = giving().await;
    let unknown = "There is no application with this number that is valid then. Check number, service \
        and day.";
    let taken = "Nothing is free there at this time. Choose another time or another place.";
    let no_day = "Nobody works there on this day, or it is no longer possible. Choose another day.";
    let too_many = "These are too many people for one visit there. Write a smaller number.";
    for (status, code, words, field) in [
        (404, "entitlement-not-found", unknown, "#reference"),
        (409, "slot-taken", taken, "#time"),
        (400, "slot-off-grid", taken, "#time"),
        (409, "closed", no_day, "#day"),
        (422, "slot-in-past", no_day, "#day"),
        (403, "too-many-people", too_many, "#people"),
    ] {
        world.refuse(GIVING, status, code);
        let page = send(&world, &[]).await;
        page.says(409, &["Error:"]);
        assert_eq!(page.link(words), field, "{code}");
        assert!(page.html.contains(r#"value="LEA-2026-004711""#), "{page:?}");
    }
    let case = json!({ "case": "K7QD-3XHM" });
    let again = json!({ "again_at": "2027-01-05T00:00:00+01:00" });
    for (status, code, members, sentence) in [
        (409, "date-already-assigned", json!({}), "Wait until the person answers"),
        (409, "already-booked", json!({}), "It must be cancelled first."),
        (403, "second-person-needed", case, "Tell them the case K7QD-3XHM."),
        (429, "rate-limited", again, "the next one from: Tuesday, 5 January 2027, 00:00"),
    ] {
        world.answer(GIVING, Answer::Problem(status, code, members));
        send(&world, &[]).await.says(409, &["Error:", sentence]);
    }
}

#[actix_web::test]
async fn why_the_office_gives_a_date_is_asked_of_the_office_and_nothing_is_chosen_beforehand() {
    let world = giving().await;
    let form = world.clerk().await.open(DATE).await;
    form.says(200, &["Why do you give this appointment?", "Please choose Niederlassungserlaubnis"]);
    form.is_silent_about("The person cannot or does not want to book online");
    for name in ["service", "location", "reason", "place"] {
        let empty = format!(
            r#"name="{name}" aria-required="true"><option value="">Please choose</option>"#
        );
        assert!(form.html.contains(&empty), "{empty}: {form:?}");
    }
    let page = send(&world, &[("service", ""), ("location", ""), ("reason", "")]).await;
    page.says(422, &["Error: Give an appointment to an application"]);
    assert_eq!(page.link("Choose a reason."), "#reason");
    for field in ["service", "location", "reason"] {
        assert!(page.html.contains(&format!(r#"id="{field}-error""#)), "{field}: {page:?}");
    }
    assert!(sent(&world).is_empty());

    // The list of no place is not read.
    let page = world.clerk().await.open(&format!("{DATE}?place=")).await;
    page.says(422, &["Error: Give an appointment to an application", "Choose the place."]);
    assert!(page.html.contains(r#"id="place-error""#), "{page:?}");
    assert!(asked(&world, OPEN).is_empty());
}

#[actix_web::test]
async fn an_authority_that_gives_no_dates_has_no_such_page() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    let mut browser = world.clerk().await;
    assert!(
        !browser.open("/en/buergeramt/desk").await.offers("Give an appointment to an application")
    );
    assert_eq!(browser.open(DATE).await.status, 404);
    let world = giving().await;
    world.erika().await.open(DATE).await.says(401, &["This page is for staff"]);
    let mut browser = world.clerk().await;
    for language in languages() {
        let page = browser.open(&DATE.replacen("/en/", &format!("/{language}/"), 1)).await;
        page.says(200, &[]);
        page.is_silent_about("[desk-");
    }
}

#[actix_web::test]
async fn an_open_date_is_seen_once_a_place_is_chosen_and_taken_back_after_a_question() {
    let world = waiting().await;
    let mut browser = world.clerk().await;
    browser.open(DATE).await.says(200, &["The list has no names.", "Show appointments"]);
    assert!(asked(&world, OPEN).is_empty(), "it is noted who reads them");
    let list = browser.open(&format!("{DATE}?place=mitte")).await;
    list.says(200, &["Niederlassungserlaubnis", "Thursday, 7 January 2027, 09:00"]);
    list.says(200, &["Answer by Tuesday, 5 January 2027, 10:00", "Rathaus Mitte"]);
    assert_eq!(asked(&world, OPEN)[0].query, "location=mitte");
    let question = browser.open(&list.link("Take this appointment back")).await;
    question.says(
        200,
        &["can then no longer accept this appointment", "Thursday, 7 January 2027, 09:00"],
    );
    assert!(asked(&world, TAKING).is_empty());

    let fields = [("reason", "office-error"), ("reference", " LEA-2026-004711 ")];
    let page = browser.press(&question, "Take back", &fields).await;
    page.says(200, &["The appointment is taken back"]);
    assert_eq!(page.path(), ASKING, "no address has the number");
    assert_eq!(page.link("Back to the appointments"), format!("{DATE}?place=mitte#open-dates"));
    let expected = json!({ "reason": { "code": "office-error" }, "reference": "LEA-2026-004711" });
    assert_eq!(asked(&world, TAKING)[0].json(), expected);
    take_back(&world, &[("reason", "urgent"), ("reference", "")]).await.says(200, &[]);
    assert_eq!(asked(&world, TAKING)[1].json(), json!({ "reason": { "code": "urgent" } }));

    world.answer(OPEN, Answer::Json(200, json!({ "dates": [] })));
    let list = browser.open(&format!("{DATE}?place=mitte")).await;
    list.says(200, &["No appointment is waiting for an answer here."]);
}

#[actix_web::test]
async fn why_a_date_is_not_taken_back_is_said_where_it_can_be_mended() {
    let world = waiting().await;
    let page = take_back(&world, &[("reference", "LEA-1")]).await;
    page.says(422, &["Error: Take this appointment back"]);
    assert_eq!(page.link("Choose a reason."), "#reason");
    assert!(page.html.contains(r#"value="LEA-1""#), "what was typed stays: {page:?}");
    assert!(asked(&world, TAKING).is_empty());

    let fields = [("reason", "urgent"), ("reference", "LEA-1")];
    world.refuse(TAKING, 404, "entitlement-not-found");
    let page = take_back(&world, &fields).await;
    page.says(409, &["Error:", "Thursday, 7 January 2027, 09:00"]);
    let other = "The appointment is for another application. Check the number.";
    assert_eq!(page.link(other), "#reference");

    // The person answered while the question was read.
    let mut browser = world.clerk().await;
    let question = browser.open(&format!("{ASKING}?place=mitte")).await;
    world.refuse(TAKING, 409, "date-over");
    world.answer(OPEN, Answer::Json(200, json!({ "dates": [] })));
    let page = browser.press(&question, "Take back", &fields).await;
    page.says(409, &["Error:", "This appointment is not open any more"]);
    assert!(!page.offers("Take back"), "{page:?}");
    let page = browser.open(&format!("{ASKING}?place=mitte")).await;
    page.says(409, &["This appointment is not open any more"]);
    assert!(!page.html.contains("Choose a reason"), "nothing was sent: {page:?}");
}

#[actix_web::test]
async fn open_dates_of_another_place_are_not_shown() {
    let world = waiting().await;
    world.refuse(OPEN, 403, "forbidden");
    let page = world.clerk().await.open(&format!("{DATE}?place=mitte")).await;
    page.says(403, &["You may not do this at this place", "Choose a place at which you work."]);
    assert!(page.offers("Show appointments"));
    let page = world.erika().await.open(&format!("{ASKING}?place=mitte")).await;
    page.says(401, &["This page is for staff"]);
}

#[actix_web::test]
async fn the_open_dates_are_there_in_each_language() {
    let world = waiting().await;
    let mut browser = world.clerk().await;
    for language in languages() {
        for address in [DATE, ASKING] {
            let address = address.replacen("/en/", &format!("/{language}/"), 1);
            let page = browser.open(&format!("{address}?place=mitte")).await;
            page.says(200, &["Niederlassungserlaubnis"]);
            page.is_silent_about("[desk-");
        }
    }
    let without = World::start().await;
    let page = without.clerk().await.open(&format!("{ASKING}?place=mitte")).await;
    assert_eq!(page.status, 404);
}
