//! The front desk enters people without online ID into draws, and puts them on waiting lists.

use serde_json::{Value, json};

use crate::{
    browser::{Browser, filled},
    page::Page,
    stub::{Answer, BOOKING, DRAW, draw, entry, place, published},
    world::{World, languages},
};

pub(crate) const JOIN: &str = "/en/buergeramt/desk/waiting-lists/120703";
pub(crate) const ERIKA: [(&str, &str); 6] = [
    ("family-name", "MUSTERMANN"),
    ("given-names", "ERIKA"),
    ("birth-date", "12.08.1964"),
    ("language", "en"),
    ("at", "mitte"),
    ("reason", "no-online-access"),
];

pub(crate) fn enter() -> String {
    format!("/en/buergeramt/desk/draws/{DRAW}")
}

pub(crate) fn entries() -> String {
    format!("POST desk/draws/{DRAW}/entries")
}

/// The draw is open, everybody's document is read, and everything is taken.
pub(crate) async fn world() -> World {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("announced"))));
    world.answer(&entries(), Answer::Json(201, entry("entered")));
    world.answer("POST desk/waiting-list/entries", Answer::Json(201, place("waiting")));
    identified(&world, Answer::Json(200, json!({ "attendee_token": "the attendee" })));
    world
}

fn identified(world: &World, answer: Answer) {
    world.stub.answer("POST /desk/persons", answer);
}

/// The bodies that were sent to the slot service.
fn sent(world: &World, what: &str) -> Vec<Value> {
    let asked = world.stub.asked(&what.replacen(' ', " /buergeramt/v1/", 1));
    asked.iter().map(crate::stub::Asked::json).collect()
}

/// Opens the form at this address, and sends it with Erika's details and these.
pub(crate) async fn save(browser: &mut Browser, address: &str, more: &[(&str, &str)]) -> Page {
    let form = browser.open(address).await;
    browser.press(&form, "Save", &filled(&ERIKA, more)).await
}

#[actix_web::test]
async fn the_desk_leads_to_each_open_draw_and_waiting_list() {
    let world = world().await;
    let page = world.clerk().await.open("/en/buergeramt/desk").await;
    page.says(200, &["People without online ID", "Look at the identity document first."]);
    let week = "Appointments from Monday, 18 January 2027 to Sunday, 24 January 2027";
    assert_eq!(page.link(&format!("Enter into the draw: Certified copies. {week}")), enter());
    assert_eq!(page.link("Put on the waiting list: Identity card"), JOIN);
    let out = page.link(&format!("Take out of the draw: Certified copies. {week}"));
    assert_eq!(out, format!("{}/leave", enter()));
    let out = "/en/buergeramt/desk/waiting-list/leave";
    assert_eq!(page.link("Take somebody off the waiting list"), out);
    world.erika().await.open(&enter()).await.says(401, &["This page is for staff"]);
    world.erika().await.open(JOIN).await.says(401, &["This page is for staff"]);
}

#[actix_web::test]
async fn a_person_is_entered_into_a_draw_as_their_document_says() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page =
        save(&mut browser, &enter(), &[("day-1", "2027-01-19"), ("before-1", "10:00")]).await;
    page.says(200, &["The person is in the draw", "Erika Mustermann", "Certified copies"]);
    // Fault: the paper did not say of which authority it is.
    page.says(200, &["Bürgeramt"]);
    page.says(200, &["Print this page for the person.", "ntr_01jdc6nvt8e0pb9s3k1zqk6yzx"]);
    assert_eq!(page.path(), enter(), "no address has the name");
    let seen = world.stub.asked("POST /desk/persons")[0].json();
    let document = json!({
        "family_name": "MUSTERMANN", "given_names": "ERIKA", "birth_date": "12.08.1964",
    });
    assert_eq!(seen, document);
    let asked = &sent(&world, &entries())[0];
    let request = &asked["request"];
    assert_eq!(
        (&request["attendee"], &request["location"]),
        (&json!("the attendee"), &json!("mitte"))
    );
    assert_eq!((&request["language"], &request["people"]), (&json!("en"), &json!(1)));
    assert_eq!(request["reason"], json!({ "code": "no-online-access" }));
    assert_eq!(request["wishes"][0]["weekdays"], json!([2]));
    assert!(asked.get("ticket").is_none());
}

/// Fault: whom the desk entered got no receipt and read nowhere how they would learn that they won.
#[actix_web::test]
async fn the_page_to_print_has_wishes_receipt_and_how_the_person_learns_the_result() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(&enter()).await;
    form.says(200, &["the place of the appointment calls there"]);
    let page = save(&mut browser, &enter(), &[]).await;
    page.says(200, &["Tuesday · finished by 10:00", "Any appointment", "Result from"]);
    page.says(
        200,
        &["Number of the entry", "They come or phone and say the number of this entry."],
    );
    page.says(200, &["Receipt", "{} — signed"]);
    assert!(page.html.contains(r#"<pre class="receipt" dir="ltr">"#), "{page:?}");
    assert!(sent(&world, &entries())[0].get("phone").is_none());

    let mut phoned = entry("entered");
    phoned["phoned_by"] = json!("mitte");
    world.answer(&entries(), Answer::Json(201, phoned));
    let page = save(&mut browser, &enter(), &[("phone", "030 9010")]).await;
    page.says(200, &["the place of the appointment calls: 030 9010"]);
    assert_eq!(sent(&world, &entries())[1]["phone"], "030 9010");
    // The number was not kept: the person has an address.
    world.answer(&entries(), Answer::Json(201, entry("entered")));
    let page = save(&mut browser, &enter(), &[("phone", "030 9010")]).await;
    page.says(200, &["By e-mail, to the address that they have confirmed."]);
}

#[actix_web::test]
async fn where_another_body_runs_the_log_in_the_desk_takes_the_ticket() {
    let world = world().await;
    let mut known = published(&draw("announced"));
    let announced = known["announcement"].as_str().unwrap();
    let announced = announced.replace(r#""independent":false"#, r#""independent":true"#);
    known["announcement"] = json!(announced);
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, known));
    let tickets = format!("POST /desk/draws/{DRAW}/tickets");
    world.stub.answer(&tickets, Answer::Json(200, json!({ "ticket": "the ticket" })));
    let mut browser = world.clerk().await;
    save(&mut browser, &enter(), &[]).await.says(200, &["The person is in the draw"]);
    assert_eq!(world.stub.asked(&tickets)[0].json(), json!({ "attendee": "the attendee" }));
    assert_eq!(sent(&world, &entries())[0]["ticket"], "the ticket");
    // Who took it online enters online.
    world.stub.answer(&tickets, Answer::Problem(409, "online-ticket", json!({})));
    let page = save(&mut browser, &enter(), &[]).await;
    page.says(409, &["The person has done this online already"]);
}

#[actix_web::test]
async fn a_person_is_put_on_a_waiting_list_with_a_number_to_call() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = save(&mut browser, JOIN, &[]).await;
    page.says(422, &["Error:", "Write a phone number with the area code."]);
    assert!(page.html.contains(r#"value="12.08.1964""#), "what was typed stays: {page:?}");
    let page = save(&mut browser, JOIN, &[("phone", "030 9010"), ("weekday-1", "2")]).await;
    page.says(200, &["The person is on the waiting list", "Erika Mustermann", "030 9010"]);
    let asked = sent(&world, "POST desk/waiting-list/entries");
    assert_eq!(asked.len(), 1);
    assert_eq!((&asked[0]["service"], &asked[0]["phone"]), (&json!("120703"), &json!("030 9010")));
    assert_eq!(asked[0]["request"]["wishes"][0]["weekdays"], json!([2]));
}

#[actix_web::test]
async fn what_is_missing_is_said_where_it_belongs_and_nobody_is_asked() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = save(&mut browser, &enter(), &[("family-name", " "), ("reason", "other")]).await;
    page.says(422, &["Error: Enter somebody into the draw"]);
    assert_eq!(page.link("Write the name as it is in the document."), "#family-name");
    assert_eq!(page.link("Say briefly why. Leave out names, numbers and addresses."), "#note");
    assert!(world.stub.asked("POST /desk/persons").is_empty());
}

/// Fault: the services were asked one after another, and each found one more field that was wrong.
#[actix_web::test]
async fn all_wrong_fields_are_said_at_once_and_nobody_is_asked() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let wrong = [("birth-date", "31.02.1980"), ("phone", "9010"), ("reason", "")];
    let page = save(&mut browser, JOIN, &wrong).await;
    page.says(422, &["Error: Put somebody on the waiting list"]);
    for (mistake, field) in [
        ("This is not a date of birth. Write for example 17.04.1980.", "birth-date"),
        ("Write a phone number with the area code. Numbers that cost extra do not work.", "phone"),
        ("Choose a reason.", "reason"),
    ] {
        assert_eq!(page.link(mistake), format!("#{field}"));
        assert!(page.html.contains(&format!(r#"id="{field}-error""#)), "{page:?}");
    }
    assert!(world.stub.asked("POST /desk/persons").is_empty());
}

/// Fault: a day that is no day of birth was said when all other fields were right.
#[actix_web::test]
async fn who_is_not_born_yet_or_too_long_ago_is_said_with_the_other_fields() {
    let world = world().await;
    let mut browser = world.clerk().await;
    for birth_date in ["05.01.2027", "17.04.1780"] {
        let wrong = [("birth-date", birth_date), ("reason", "")];
        let page = save(&mut browser, &enter(), &wrong).await;
        page.says(422, &["Error: Enter somebody into the draw"]);
        let mistake = "This is not a date of birth. Write for example 17.04.1980.";
        assert_eq!(page.link(mistake), "#birth-date", "{birth_date}");
        assert_eq!(page.link("Choose a reason."), "#reason");
    }
    assert!(world.stub.asked("POST /desk/persons").is_empty());
}

#[actix_web::test]
async fn a_colleague_or_a_case_comes_first_and_the_form_stays_filled_in() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let case = json!({ "case": "K7QD-3XHM" });
    world.answer(&entries(), Answer::Problem(403, "second-person-needed", case.clone()));
    let page = save(&mut browser, &enter(), &[]).await;
    page.says(409, &["A colleague must agree", "Tell them the case K7QD-3XHM."]);
    page.says(409, &["It is about this entry.", "press “Save” again."]);
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    // They agreed: the same form is sent again as it stands.
    world.answer(&entries(), Answer::Json(201, entry("entered")));
    let page = browser.press(&page, "Save", &ERIKA).await;
    page.says(200, &["The person is in the draw"]);

    identified(&world, Answer::Problem(403, "second-person-needed", case.clone()));
    let page = save(&mut browser, &enter(), &[]).await;
    page.says(409, &["A colleague must agree that this person is new", "the case K7QD-3XHM."]);
    page.says(409, &["The entry itself may need a second agreement."]);
    identified(&world, Answer::Problem(409, "person-unclear", case));
    let page = save(&mut browser, &enter(), &[]).await;
    page.says(409, &["It is unclear who this person is", "case K7QD-3XHM"]);
    page.says(409, &["A person with the same or similar details is known already."]);
    identified(&world, Answer::Problem(400, "invalid-request", json!({ "field": "birth_date" })));
    let page = save(&mut browser, &enter(), &[("birth-date", "31.02.1980")]).await;
    let wrong = "This is not a date of birth. Write for example 17.04.1980.";
    assert_eq!(page.link(wrong), "#birth-date");
    identified(&world, Answer::Json(200, json!({ "attendee_token": "the attendee" })));
    world.answer(&entries(), Answer::Problem(400, "invalid-request", json!({ "field": "wishes" })));
    let page = save(&mut browser, &enter(), &[]).await;
    let unfit = "No appointment fits this. Choose other days, places or times.";
    assert_eq!(page.link(unfit), "#any");
}

#[actix_web::test]
async fn what_was_typed_at_the_desk_outlives_an_ended_session() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(&enter()).await;
    world.minutes_pass(31);
    let refused = browser.press(&form, "Save", &ERIKA).await;
    refused.says(403, &["What you entered is not lost."]);
    let form = browser.open(&refused.link("Log in now")).await;
    assert!(form.html.contains(r#"value="MUSTERMANN""#), "{form:?}");
}

#[actix_web::test]
async fn what_is_refused_otherwise_leads_back_to_the_form_as_it_was() {
    let world = world().await;
    world.refuse(&entries(), 403, "forbidden");
    let mut browser = world.clerk().await;
    let page = save(&mut browser, &enter(), &[]).await;
    page.says(403, &["You don't have permission", "What you entered is not lost."]);
    let form = browser.open(&page.link("Open the page again")).await;
    assert!(form.html.contains(r#"value="MUSTERMANN""#), "{form:?}");
}

/// Fault: the page spoke to the person ("You need an appointment"), and not to the staff who read it.
#[actix_web::test]
async fn who_cannot_enter_a_draw_is_said_to_staff_on_the_form() {
    let world = world().await;
    let mut earlier = draw("announced");
    earlier["needs_appointment"] = json!(true);
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&earlier)));
    let mut browser = world.clerk().await;
    let needed =
        "Only people who already have an appointment after the first day of the draw can enter.";
    browser.open(&enter()).await.says(200, &[needed]);
    for (code, said) in [
        ("later-appointment-needed", "For this draw the person needs an appointment"),
        ("already-entered", "The person is in another draw already"),
    ] {
        world.refuse(&entries(), 409, code);
        let page = save(&mut browser, &enter(), &[]).await;
        page.says(409, &[said]);
        page.is_silent_about("You need an appointment");
        page.is_silent_about("You are in another draw");
        assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
    }
}

/// Fault: nothing said that the person keeps the appointment that staff had just booked.
#[actix_web::test]
async fn who_has_an_appointment_and_joins_a_list_is_said_to_keep_it() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let kept = "The person has an appointment already. They are only offered earlier ones";
    save(&mut browser, JOIN, &[("phone", "030 9010")]).await.is_silent_about(kept);
    let mut moving = place("waiting");
    moving["replaces"] = json!(BOOKING);
    world.answer("POST desk/waiting-list/entries", Answer::Json(201, moving));
    save(&mut browser, JOIN, &[("phone", "030 9010")]).await.says(200, &[kept]);
}

/// Fault: the page spoke to the person, and led staff to appointments of their own, which they have none of.
#[actix_web::test]
async fn who_waits_in_another_list_is_said_to_staff_on_the_form() {
    let world = world().await;
    world.refuse("POST desk/waiting-list/entries", 409, "already-waiting");
    let page = save(&mut world.clerk().await, JOIN, &[("phone", "030 9010")]).await;
    page.says(409, &["The person is waiting for a similar appointment already"]);
    page.is_silent_about("You are already waiting");
    assert!(page.html.contains(r#"value="MUSTERMANN""#), "{page:?}");
}

#[actix_web::test]
async fn both_forms_are_there_in_each_language() {
    let world = world().await;
    let mut browser = world.clerk().await;
    for language in languages() {
        for address in [enter(), JOIN.to_owned()] {
            let page = browser.open(&address.replacen("/en/", &format!("/{language}/"), 1)).await;
            page.says(200, &[]);
            page.is_silent_about("[desk-");
        }
    }
}

/// Fault: a form without them was answered by "This address is incomplete", and all that was typed was lost.
#[actix_web::test]
async fn a_place_or_reason_that_is_missing_is_said_at_its_field() {
    let world = world().await;
    let mut browser = world.clerk().await;
    for form in [enter(), JOIN.to_owned()] {
        let page = save(&mut browser, &form, &[("at", ""), ("reason", "")]).await;
        page.says(422, &["Choose the place at which you are working now."]);
        page.says(422, &["Choose a reason."]);
        for part in [r#"id="at-error""#, r#"id="reason-error""#, r#"value="MUSTERMANN""#] {
            assert!(page.html.contains(part), "{part}: {page:?}");
        }
    }
    assert!(sent(&world, &entries()).is_empty());
}
