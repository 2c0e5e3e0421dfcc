//! What is kept about a person: to read and to download.

use serde_json::{Value, json};

use crate::{stub::Answer, world::World};

fn own_data(kinds: &[(&str, Value)]) -> Value {
    let sections = kinds.iter().map(|(kind, entry)| match *kind {
        "history" => json!({ "kind": kind, "kept_days": 366, "entries": [entry] }),
        _ => json!({ "kind": kind, "entries": [entry] }),
    });
    let sections: Vec<_> = sections.collect();
    json!({ "read_at": "2027-01-04T09:00:00+01:00", "sections": sections })
}

async fn world() -> World {
    let world = World::start().await;
    let office = own_data(&[
        ("bookings", json!({ "code": "K7QD-3XHM", "attendee": { "family_name": "Mustermann" } })),
        ("history", json!({ "kind": "cancelled" })),
        ("of-a-newer-service", json!({ "what": 7 })),
        (
            "audit",
            json!({ "action": "booking.read", "actor": "office", "at": "2027-01-04T10:00:00+01:00" }),
        ),
    ]);
    world.answer("GET me/data", Answer::Json(200, office));
    let identity = own_data(&[("contacts", json!({ "sealed_email": "erika@example.org" }))]);
    world.stub.answer("GET /me/data", Answer::Json(200, identity));
    world
}

#[actix_web::test]
async fn the_page_says_what_is_kept_where_for_how_long_and_who_looked() {
    let world = world().await;
    let mut browser = world.erika().await;
    let list = browser.open("/en/appointments").await;
    let page = browser.open(&list.link("My data")).await;
    page.says(
        200,
        &["My data", "Who looked at your data", "Monday, 4 January 2027, 10:00: Bürgeramt"],
    );
    page.says(
        200,
        &["Appointments So that your appointment takes place", "K7QD-3XHM", "Mustermann"],
    );
    page.says(
        200,
        &[
            "Each entry is deleted 366 days after it stops being valid.",
            "This is not deleted by itself.",
        ],
    );
    page.says(200, &["Login", "erika@example.org", "What happened at the desk, and the rest"]);
    // The other authority was never reached, which is said and hides nothing.
    page.says(200, &["Immigration office We could not read this right now.", "article 17 GDPR"]);
    // Identity is asked with a token for itself, the authority with its own.
    let asked = &world.stub.asked("GET /me/data")[0];
    assert_eq!(asked.token.as_deref(), Some("token for"));
    assert!(world.stub.asked("GET /buergeramt/v1/me/data")[0].token.is_some());
    for language in ["de", "de-easy", "tr", "uk", "ar"] {
        let page = browser.open(&format!("/{language}/my-data")).await;
        assert_eq!(page.status, 200, "{page:?}");
        assert!(!page.text().contains("data-"), "{language}: {page:?}");
    }
    world.browser().open("/en/my-data").await.says(401, &["Please log in"]);
}

#[actix_web::test]
async fn everything_is_one_file_and_what_is_missing_says_why() {
    let world = world().await;
    let mut browser = world.erika().await;
    let page = browser.open("/en/my-data").await;
    let file = browser.open(&page.link("Download everything as a file (JSON)")).await;
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"my-data.json\"");
    let data: Value = serde_json::from_str(&file.html).unwrap();
    assert_eq!(data["identity"]["sections"][0]["kind"], "contacts");
    assert_eq!(data["authorities"]["buergeramt"]["sections"][0]["entries"][0]["code"], "K7QD-3XHM");
    assert_eq!(data["authorities"]["lea"]["missing"], "authority-down");
}

#[actix_web::test]
async fn a_log_in_that_is_not_sure_enough_leads_to_a_surer_one() {
    let world = world().await;
    let low = Answer::Problem(403, "level-too-low", json!({ "required_level": "high" }));
    world.answer("GET me/data", low);
    let page = world.erika().await.open("/en/my-data").await;
    page.says(200, &["You can see this data after a more secure login.", "erika@example.org"]);
    let login = page.link("Log in more securely");
    assert!(login.contains("level=high") && login.contains("my-data"), "{login}");
    world.answer("GET me/data", Answer::Json(200, own_data(&[])));
    world.erika().await.open("/en/my-data").await.says(200, &["Nothing about you is kept here."]);
}

/// Fault: "not every authority has answered" was said although each had, and the log-in service asked for a surer log-in.
#[actix_web::test]
async fn what_is_hidden_from_this_log_in_is_not_said_to_be_unanswered() {
    let nobody = "So far nobody at the offices has opened your data.";
    let (hidden, unanswered) = (
        "You see a part of this only after a more secure login.",
        "Not every authority has answered.",
    );
    let world = World::with_one_authority().await;
    world.answer("GET me/data", Answer::Json(200, own_data(&[])));
    let low = Answer::Problem(403, "level-too-low", json!({ "required_level": "high" }));
    world.stub.answer("GET /me/data", low);
    let mut browser = world.erika().await;
    let page = browser.open("/en/my-data").await;
    page.says(200, &[hidden]);
    page.is_silent_about(unanswered);
    page.is_silent_about(nobody);
    world.stub.answer("GET /me/data", Answer::Json(200, own_data(&[])));
    let page = browser.open("/en/my-data").await;
    page.says(200, &[nobody]);
    page.is_silent_about(hidden);
}

#[actix_web::test]
async fn the_page_says_in_words_what_is_kept_and_each_heading_once() {
    let world = world().await;
    let booked = json!({
        "code": "K7QD-3XHM", "binding": "own", "desk": 3, "location": "wedding", "language": "tr",
        "services": r#"["120703","121151"]"#,
    });
    let data = own_data(&[
        ("bookings", booked),
        ("waiting_entries", json!({ "service": "121151", "phone": "030 9010" })),
        ("reservations", json!({ "kind": "hold", "desk": 3 })),
        ("history", json!({ "kind": "hold_abandoned", "at": "2027-01-04T10:00:00+01:00" })),
    ]);
    world.answer("GET me/data", Answer::Json(200, data));
    let known = json!({ "authority": "buergeramt", "pseudonym": "psn_1", "person": "per_1" });
    let name = json!({ "given_name": "Erika", "family_name": "Mustermann" });
    let sealed = json!({ "form": "sounding-weaker", "sealed_attributes": name });
    let identity = own_data(&[("known_authorities", known), ("evidence", sealed)]);
    world.stub.answer("GET /me/data", Answer::Json(200, identity));
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/my-data").await;
    page.says(
        200,
        &["Service Identity card and Passport", "Where Rathaus Wedding", "Language Türkçe"],
    );
    page.says(200, &["Phone number 030 9010", "Service Passport"]);
    page.says(200, &["What happened Reservation given up or run out"]);
    page.says(200, &["When Monday, 4 January 2027, 10:00", "For Erika Mustermann"]);
    page.says(200, &["Identifiers for the authorities", "Authority Bürgeramt"]);
    page.says(200, &["An entry for programs. It is in the file."]);
    for raw in ["sounding-weaker", "sealed_attributes", "hold_abandoned", "binding", "per_1"] {
        page.is_silent_about(raw);
    }
    let heading = ">Appointments</h3>";
    assert_eq!(page.html.matches(heading).count(), 1, "{page:?}");
    page.says(200, &["Reserved right now", "reserved until 09:10", "Messages to you"]);
    page.is_silent_about("Much is deleted by itself");
}

/// Fault: the page said that nobody had looked, although staff had read a case about the person, had agreed to it, or
/// had found the person by what a document says. It said so as well when an authority had not answered.
#[actix_web::test]
async fn whatever_staff_learnt_of_the_person_is_a_reading_and_silence_is_none() {
    let nobody = "So far nobody at the offices has opened your data.";
    let unanswered = "Not every authority has answered.";
    let reading = |action: &str| {
        let at = "2027-01-05T11:00:00+01:00";
        own_data(&[("audit", json!({ "action": action, "actor": "office", "at": at }))])
    };
    for action in [
        "desk-case.read",
        "desk-case.agreed",
        "draw-entry.read",
        "person.read",
        "person.recognised",
        "person.merge-proposed",
        "person.decided",
    ] {
        let world = World::start().await;
        world.answer("GET me/data", Answer::Json(200, own_data(&[])));
        world.stub.answer("GET /me/data", Answer::Json(200, reading(action)));
        let page = world.erika().await.open("/en/my-data").await;
        page.says(200, &["Tuesday, 5 January 2027, 11:00: an office"]);
        page.is_silent_about(nobody);
    }
    // The other authority is never reached.
    let world = World::start().await;
    world.answer("GET me/data", Answer::Json(200, own_data(&[])));
    world.stub.answer("GET /me/data", Answer::Json(200, own_data(&[])));
    let page = world.erika().await.open("/en/my-data").await;
    page.says(200, &[unanswered]);
    page.is_silent_about(nobody);
}

/// Fault: what the log-in service told of staff had a date, and not whose staff they were.
#[actix_web::test]
async fn a_reading_that_the_log_in_service_tells_names_the_authority() {
    for (authority, named) in
        [("buergeramt", "Bürgeramt"), ("lea", "Immigration office"), ("other", "an office")]
    {
        let world = World::start().await;
        world.answer("GET me/data", Answer::Json(200, own_data(&[])));
        let entry = json!({
            "action": "person.recognised", "actor": "office", "authority": authority,
            "at": "2027-01-05T11:00:00+01:00",
        });
        world.stub.answer("GET /me/data", Answer::Json(200, own_data(&[("audit", entry)])));
        let page = world.erika().await.open("/en/my-data").await;
        page.says(200, &[&format!("Tuesday, 5 January 2027, 11:00: {named}")]);
    }
}
