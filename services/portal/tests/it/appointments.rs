//! A person's own appointments: the list, one of them, its calendar file and its cancellation.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING, CODE, PLACE, booking, place},
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
    page.is_silent_about("Your appointment is booked");
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
        ("parked", "You will be called later"),
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
    let begin = "DTSTART;TZID=Europe/Berlin:20270105T090000";
    for line in [begin, "SUMMARY:Appointment: Bürgeramt", "BEGIN:VALARM", "STATUS:CONFIRMED"] {
        assert!(page.html.contains(line), "{}", page.html);
    }
    assert!(!page.html.contains("Identity card"), "{}", page.html);
    // The person's own entry, and no invitation by somebody.
    for scheduling in ["METHOD", "ORGANIZER", "ATTENDEE"] {
        assert!(!page.html.contains(scheduling), "{}", page.html);
    }
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
    page.says(200, &["Your appointment is cancelled", "now somebody else can have it"]);
}

#[actix_web::test]
async fn the_second_click_of_a_double_click_says_that_it_is_cancelled() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}/cancel", one())).await;
    world.refuse(&format!("POST bookings/{BOOKING}/cancel"), 409, "booking-not-active");
    stands(&world, "cancelled");
    let again = browser.press(&page, "Yes, cancel it", &[]).await;
    again.says(200, &["Your appointment is cancelled"]);
    // One that ended in another way is not said to be cancelled.
    stands(&world, "rebooked");
    let moved = browser.press(&page, "Yes, cancel it", &[]).await;
    moved.says(409, &["This appointment can no longer be changed"]);
}

#[actix_web::test]
async fn how_many_come_stands_on_the_appointment_and_in_the_list() {
    let world = World::start().await;
    let mut three = booking("confirmed");
    three["people"] = json!(3);
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, three.clone()));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [three] })));
    let mut browser = world.erika().await;
    for address in [one(), "/en/appointments".to_owned()] {
        browser.open(&address).await.says(200, &["3 people"]);
    }
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

#[actix_web::test]
async fn one_appointment_has_the_name_a_code_for_the_desk_a_map_and_its_history() {
    let world = World::start().await;
    let mut found = booking("confirmed");
    found["person"] = json!({ "given_name": "ERIKA", "family_name": "MUSTERMANN" });
    found["history"] = json!([
        { "at": "2027-01-04T08:00:00Z", "what": "booked", "start": "2027-01-06T08:00:00Z" },
        { "at": "2027-01-04T09:00:00Z", "what": "moved", "start": "2027-01-05T08:00:00Z" },
        { "at": "2027-01-04T10:00:00Z", "what": "painted-green", "start": "2027-01-05T08:00:00Z" },
    ]);
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, found));
    let page = world.erika().await.open(&one()).await;
    page.says(200, &["For Erika Mustermann", "You can show this code at the front desk."]);
    page.says(200, &["Your appointment: Identity card, Tuesday, 5 January 2027 - "]);
    assert!(page.html.contains("<svg class=\"qr-code\" viewBox=\"0 0 29 29\""), "{}", page.html);
    let map = page.link("Show on a map");
    let address = "https://www.openstreetmap.org/search?query=Karl-Marx-Allee+31%2C+10178+Berlin";
    assert_eq!(map, address);
    page.says(200, &["Monday, 4 January 2027, 09:00 Booked for Wednesday, 6 January 2027, 09:00"]);
    page.says(200, &["Monday, 4 January 2027, 10:00 Moved to Tuesday, 5 January 2027, 09:00"]);
    page.is_silent_about("green");
    assert!(page.link("Wait for an earlier appointment").ends_with("join?service=120703"));
    page.says(200, &["You get no e-mails from us at the moment."]);
    assert!(page.link("Add an address").starts_with("/en/buergeramt/address?back=%2Fen%2F"));
}

#[actix_web::test]
async fn who_must_wait_after_the_next_cancellation_reads_it_before() {
    let world = World::start().await;
    let mut limited = booking("confirmed");
    limited["giving_up"] = json!({ "free_left": 0, "rebook_from": "2027-01-29T08:00:00Z" });
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, limited.clone()));
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}/cancel", one())).await;
    page.says(
        200,
        &["You must wait after that", "again only from: Friday, 29 January 2027, 09:00"],
    );
    page.is_silent_about("You can book a new appointment at once.");
    limited["giving_up"] = json!({ "free_left": 2 });
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, limited));
    let page = browser.open(&format!("{}/cancel", one())).await;
    page.says(
        200,
        &[
            "You can book a new appointment at once.",
            "cancel or move 1 more time without having to wait",
        ],
    );
    page.is_silent_about("You must wait after that");
}

#[actix_web::test]
async fn before_cancelling_is_said_what_follows() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}/cancel", one())).await;
    page.says(200, &["What happens then", "at a random moment", "You are cancelling in time."]);
    page.says(200, &["taken together, is 5 in 30 days. If you go beyond it, you must wait"]);
    page.says(200, &["You get no e-mail, because we have no confirmed address of yours."]);
    page.is_silent_about("This is at short notice");
    assert!(page.link("Move it to another time instead").contains("replaces="));
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": "erika@example.org" })));
    // It begins tomorrow at 9 o'clock.
    world.minutes_pass(13 * 60);
    let mut browser = world.erika().await;
    let page = browser.open(&format!("{}/cancel", one())).await;
    page.says(200, &["This is at short notice", "less than 12 hours ahead", "for 14 days"]);
    assert!(!page.offers("Move it to another time instead"), "that counts alike");
    page.says(200, &["You get a confirmation by e-mail."]);
    let mut cancelled = booking("cancelled");
    cancelled["history"] = json!([
        { "at": "2027-01-04T21:00:00Z", "what": "cancelled", "start": "2027-01-05T08:00:00Z" },
    ]);
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, cancelled));
    let page = browser.open(&one()).await;
    page.says(200, &["You cancelled at short notice. After two such late cancellations"]);
}

#[actix_web::test]
async fn the_address_for_mails_is_added_changed_and_cleared_at_any_time() {
    let world = World::start().await;
    stands(&world, "confirmed");
    let mut browser = world.erika().await;
    let appointment = browser.open(&one()).await;
    let page = browser.open(&appointment.link("Add an address")).await;
    page.says(200, &["E-mails to you", "You get no e-mails from us at the moment."]);
    assert_eq!(page.link("Back"), one());
    assert!(!page.offers("Send me no more e-mails"));
    let refusals = [
        (400, "invalid-request", "This is not an e-mail address."),
        (429, "rate-limited", "We cannot send another code today."),
    ];
    for (status, code, sentence) in refusals {
        world.stub.answer("PUT /contact", Answer::Problem(status, code, json!({})));
        let page = browser.press(&page, "Send the code", &[("email", "erika@example")]).await;
        page.says(422, &[sentence, "Error: E-mails to you"]);
        assert!(page.html.contains("value=\"erika@example\""), "nothing typed is lost");
    }
    // Fault: an address with an umlaut before the @ was said to be none.
    let letters =
        Answer::Problem(400, "invalid-request", json!({ "reason": "local-part-letters" }));
    world.stub.answer("PUT /contact", letters);
    let refused = browser.press(&page, "Send the code", &[("email", "müller@exämple.de")]).await;
    refused.says(422, &["We cannot write to addresses with letters like ä, ö or ü before the @."]);
    world.stub.answer("PUT /contact", Answer::Json(202, json!({})));
    let waits = json!({ "email": null, "unproven": "erika@example.org" });
    world.stub.answer("GET /contact", Answer::Json(200, waits));
    let code = browser.press(&page, "Send the code", &[("email", "erika@example.org")]).await;
    assert_eq!(code.path(), "/en/buergeramt/address/code");
    code.says(200, &["We have sent a code to erika@example.org."]);
    world.stub.answer("POST /contact/proof", Answer::Json(200, json!({ "proven": true })));
    let known = json!({ "email": "erika@example.org" });
    world.stub.answer("GET /contact", Answer::Json(200, known));
    let proven = browser.press(&code, "Check code", &[("code", "123456")]).await;
    assert_eq!(proven.path(), "/en/buergeramt/address");
    proven.says(200, &["Your e-mail address is confirmed", "We write to erika@example.org."]);
    assert_eq!(proven.link("Back"), one(), "the way back is kept");
    world.stub.answer("DELETE /contact", Answer::Json(200, json!({})));
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": null })));
    let cleared = browser.press(&proven, "Send me no more e-mails", &[]).await;
    cleared.says(200, &["You get no more e-mails from us.", "at the authorities too"]);
    assert_eq!(world.stub.asked("DELETE /contact").len(), 1);
    // Nobody is led to another site.
    let page = browser.open("/en/buergeramt/address?back=//evil.example").await;
    assert_eq!(page.link("Back"), "/en");
}

/// Fault: an address that was kept said "Your appointment is booked" above "Status: Cancelled".
#[actix_web::test]
async fn an_address_that_is_opened_again_says_only_what_is_still_true() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let cases = [
        ("confirmed", "booked", "Your appointment is booked", true),
        ("cancelled", "booked", "Your appointment is booked", false),
        ("served", "booked", "Your appointment is booked", false),
        ("cancelled", "cancelled", "Your appointment is cancelled", true),
        ("confirmed", "cancelled", "Your appointment is cancelled", false),
    ];
    for (status, flag, sentence, is_said) in cases {
        stands(&world, status);
        let page = browser.open(&format!("{}?{flag}", one())).await;
        assert_eq!(page.text().contains(sentence), is_said, "{status} {flag}: {page:?}");
    }
    stands(&world, "cancelled");
    let waits = json!({ "email": null, "unproven": "erika@example.org" });
    world.stub.answer("GET /contact", Answer::Json(200, waits));
    let code = browser.open(&format!("{}/email?booked", one())).await;
    code.is_silent_about("Your appointment is booked");
    let listed = json!({ "entries": [place("waiting")] });
    world.answer("GET waiting-list", Answer::Json(200, listed));
    let kept = browser.open(&format!("/en/appointments?left={PLACE}")).await;
    kept.is_silent_about("You are no longer on the");
    let list = browser.open("/en/appointments?claimed&left&declined").await;
    for sentence in
        ["We have your application", "You are no longer on the", "You have declined the"]
    {
        list.is_silent_about(sentence);
    }
}
