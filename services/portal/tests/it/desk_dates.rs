//! The front desk gives dates to applications on file.

use serde_json::{Value, json};

use crate::{page::Page, stub::Answer, world::World};

const DATE: &str = "/en/buergeramt/desk/assigned-dates";
const GIVING: &str = "POST desk/assigned-dates";
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
    let mut fields = FILLED.to_vec();
    fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    fields.extend(changes);
    browser.press(&form, "Save", &fields).await
}

fn sent(world: &World) -> Vec<Value> {
    let asked = world.stub.asked(&GIVING.replacen(' ', " /buergeramt/v1/", 1));
    asked.iter().map(crate::stub::Asked::json).collect()
}

#[actix_web::test]
async fn the_desk_leads_there_and_a_date_is_given_as_it_was_filled_in() {
    let world = giving().await;
    let desk = world.clerk().await.open("/en/buergeramt/desk").await;
    assert_eq!(desk.link("Give a date to an application"), DATE);
    let form = world.clerk().await.open(DATE).await;
    form.says(200, &["Niederlassungserlaubnis", "You cannot take a date back here."]);
    form.is_silent_about("Anmeldung");
    let page = send(&world, &[]).await;
    page.says(200, &["The application has a date now", "LEA-2026-004711", "Rathaus Mitte"]);
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
    page.says(422, &["Error: Give a date to an application"]);
    assert_eq!(page.link("This is no time of day. Write for example 09:00."), "#time");
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
    for (status, code, words, field) in [
        (404, "entitlement-not-found", unknown, "#reference"),
        (409, "slot-taken", taken, "#time"),
        (400, "slot-off-grid", taken, "#time"),
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
        (409, "already-booked", json!({}), "They must cancel that one first."),
        (403, "second-person-needed", case, "Tell them the case K7QD-3XHM."),
        (429, "rate-limited", again, "the next one from: Tuesday, 5 January 2027, 00:00"),
    ] {
        world.answer(GIVING, Answer::Problem(status, code, members));
        send(&world, &[]).await.says(409, &["Error:", sentence]);
    }
}

#[actix_web::test]
async fn an_authority_that_gives_no_dates_has_no_such_page() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    let mut browser = world.clerk().await;
    assert!(!browser.open("/en/buergeramt/desk").await.offers("Give a date to an application"));
    assert_eq!(browser.open(DATE).await.status, 404);
    let world = giving().await;
    world.erika().await.open(DATE).await.says(401, &["This page is for staff"]);
    let mut browser = world.clerk().await;
    for language in ["de", "en", "de-easy", "tr", "uk", "ar"] {
        let page = browser.open(&DATE.replacen("/en/", &format!("/{language}/"), 1)).await;
        page.says(200, &[]);
        page.is_silent_about("[desk-");
    }
}
