//! A person's own appointments: the list, one of them, its calendar file and its cancellation.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING, CODE, booking},
    world::World,
};

fn one() -> String {
    format!("/en/buergeramt/appointments/{BOOKING}")
}

fn stands(world: &World, status: &str) {
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking(status)));
}

#[actix_web::test]
async fn the_list_shows_what_is_ahead_what_is_past_and_who_did_not_answer() {
    let world = World::start().await;
    let past = json!({ "id": "bkg_01jdc6nvt8e0pb9s3k1zqk6yzw", "code": "3XHM-K7QD", "status": "served",
        "location": "wedding", "start": "2026-12-01T08:00:00Z", "end": "2026-12-01T08:20:00Z",
        "services": ["121151"], "created_at": "2026-11-01T08:00:00Z" });
    let all = json!({ "bookings": [past, booking("confirmed")] });
    world.answer("GET bookings", Answer::Json(200, all));
    let page = world.erika().await.open("/en/appointments").await;
    page.says(200, &["My appointments", "Tuesday, 5 January 2027, 09:00", CODE, "Booked"]);
    page.says(200, &["Past and cancelled appointments", "Tuesday, 1 December 2026"]);
    page.says(200, &["Immigration office does not answer right now.", "They are safe."]);
    assert_eq!(page.link("Show"), one());
    assert_eq!(page.link("Cancel"), format!("{}/cancel", one()));
    assert_eq!(page.link("Move"), format!("/en/buergeramt/days?service=120703&replaces={BOOKING}"));
}

#[actix_web::test]
async fn the_list_says_that_a_more_secure_login_shows_more() {
    let world = World::start().await;
    let own = json!({ "bookings": [], "all_from_level": "high" });
    world.answer("GET bookings", Answer::Json(200, own));
    let page = world.erika().await.open("/en/appointments").await;
    page.says(200, &["There are more appointments"]);
    page.is_silent_about("You have no appointment at the moment");
    let login = page.link("Log in more securely");
    assert!(login.contains("level=high"), "{login}");
}

#[actix_web::test]
async fn an_authority_that_fails_now_is_named_in_the_list() {
    for trouble in
        [Answer::Proxy(500), Answer::Malformed, Answer::Problem(500, "internal", json!({}))]
    {
        let world = World::start().await;
        world.answer("GET bookings", trouble);
        let page = world.erika().await.open("/en/appointments").await;
        page.says(200, &["Bürgeramt does not answer right now.", "You have no appointment"]);
    }
}

#[actix_web::test]
async fn one_appointment_says_where_when_and_what_to_bring() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let page = world.erika().await.open(&one()).await;
    page.says(200, &[CODE, "Identity card", "09:00 to 09:20", "Rathaus Mitte", "Booked on"]);
    page.says(200, &["At the appointment", "Please bring Photo"]);
    assert_eq!(page.link("Add to calendar"), format!("{}/calendar.ics", one()));
    page.is_silent_about("Your appointment is booked.");
}

#[actix_web::test]
async fn an_appointment_that_is_over_cannot_be_changed() {
    let states = [
        ("served", "Done"),
        ("missed", "Missed"),
        ("cancelled", "Cancelled"),
        ("rebooked", "Moved"),
        ("checked_in", "You are checked in, please wait"),
        ("called", "You are being called"),
        ("parked", "Set aside"),
        ("of-a-newer-service", "Please ask at the office"),
    ];
    let world = World::start().await;
    let mut browser = world.erika().await;
    for (status, sentence) in states {
        stands(&world, status);
        let page = browser.open(&one()).await;
        page.says(200, &[&format!("Status {sentence}")]);
        assert!(!page.offers("Cancel") && !page.offers("Move"), "{status}");
        let page = browser.open(&format!("{}/cancel", one())).await;
        assert_eq!(page.path(), one(), "{status}");
    }
}

#[actix_web::test]
async fn who_booked_for_the_person_is_said() {
    let world = World::start().await;
    let mut found = booking("confirmed");
    found["booked_by"] = json!({ "kind": "agency", "client": "zab", "name": "Ausländerakte" });
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, found));
    world.erika().await.open(&one()).await.says(200, &["Booked for you by Ausländerakte"]);
}

#[actix_web::test]
async fn an_appointment_of_somebody_else_is_not_found() {
    let world = World::start().await;
    world.refuse(&format!("GET bookings/{BOOKING}"), 404, "booking-not-found");
    let page = world.erika().await.open(&one()).await;
    page.says(404, &["We do not find this appointment among yours"]);
    assert_eq!(page.link("My appointments"), "/en/appointments");
}

#[actix_web::test]
async fn the_calendar_file_names_the_office_and_not_the_service() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let page = world.erika().await.open(&format!("{}/calendar.ics", one())).await;
    assert_eq!(page.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(page.header("content-disposition"), "attachment; filename=\"termin.ics\"");
    for line in ["DTSTART:20270105T080000Z", "SUMMARY:Appointment: Bürgeramt"] {
        assert!(page.html.contains(line), "{}", page.html);
    }
    assert!(!page.html.contains("Identity card"), "{}", page.html);
}

#[actix_web::test]
async fn an_appointment_is_cancelled_after_one_question() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let cancel = format!("POST bookings/{BOOKING}/cancel");
    world.answer(&cancel, Answer::Json(200, booking("cancelled")));
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}/cancel", one())).await;
    page.says(200, &["Would you like to cancel this appointment?", "This cannot be undone."]);
    assert_eq!(page.link("No, keep it"), one());
    assert!(world.stub.asked(&format!("POST /buergeramt/v1/bookings/{BOOKING}/cancel")).is_empty());
    stands(&world, "cancelled");
    let page = browser.press(&page, "Yes, cancel it", &[]).await;
    page.says(200, &["Your appointment is cancelled.", "now somebody else can have it"]);
}

#[actix_web::test]
async fn an_appointment_that_has_begun_cannot_be_cancelled() {
    let world = World::start().await;
    stands(&world, "confirmed");
    world.refuse(&format!("POST bookings/{BOOKING}/cancel"), 409, "booking-started");
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}/cancel", one())).await;
    let page = browser.press(&page, "Yes, cancel it", &[]).await;
    page.says(409, &["This appointment has already begun"]);
}

#[actix_web::test]
async fn a_stranger_must_log_in_and_comes_back() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let mut browser = world.browser();
    for address in ["/en/appointments", &one(), &format!("{}/cancel", one())] {
        let page = browser.open(address).await;
        page.says(401, &["Please log in"]);
    }
    let page = browser.open(&one()).await;
    let page = browser.open(&page.link("Log in now")).await;
    assert_eq!(page.path(), one());
    page.says(200, &[CODE]);
}

#[actix_web::test]
async fn whoever_opened_a_case_reads_what_that_means_and_the_number_to_say() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.says = json!({ "case": "K7QD-3XHM" }));
    let mut found = booking("confirmed");
    found["identity_check"] = json!(true);
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, found));
    let mut browser = world.erika().await;
    let page = browser.open(&one()).await;
    page.says(
        200,
        &["An office still has to see your identity document", "one appointment at each"],
    );
    page.says(200, &["Your case number: K7QD-3XHM", "Bring all identity documents that you have"]);
    // It is said before anybody books, too.
    browser.open("/en").await.says(200, &["Your case number: K7QD-3XHM"]);
}

#[actix_web::test]
async fn nobody_else_reads_of_a_case() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let page = world.erika().await.open(&one()).await;
    page.is_silent_about("Your case number");
    page.is_silent_about("Bring all identity documents that you have");
}
