//! The days with free appointments.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING},
    world::World,
};

const DAYS: &str = "/en/buergeramt/days?service=120703";

#[actix_web::test]
async fn free_days_lead_to_their_times_and_the_earliest_slot_to_its_choice() {
    let world = World::start().await;
    let page = world.browser().open(DAYS).await;
    page.says(
        200,
        &["Step 2 of 4: choose a day", "Identity card", "January 2027", "February 2027"],
    );
    page.says(200, &["Next free appointment Tuesday, 5 January 2027, 09:00"]);
    assert_eq!(
        page.link("Tuesday, 5 January 2027: 3 free appointments"),
        "/en/buergeramt/day?service=120703&date=2027-01-05"
    );
    let choice = page.link("Take this one");
    assert_eq!(
        choice,
        "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08%3A00%3A00Z"
    );
}

#[actix_web::test]
async fn all_places_that_do_the_service_are_asked_or_only_the_chosen_ones() {
    let world = World::start().await;
    let mut browser = world.browser();
    browser.open(DAYS).await.says(200, &["Searching at all 2 places."]);
    browser.open(&format!("{DAYS}&location=wedding")).await.says(200, &["Searching at 1 place."]);
    let asked = world.stub.asked("GET /buergeramt/v1/availability/days");
    assert_eq!(
        asked.iter().map(|asked| asked.query.as_str()).collect::<Vec<_>>(),
        [
            "service=120703&location=mitte&location=wedding&from=2027-01-04&to=2027-07-07",
            "service=120703&location=wedding&from=2027-01-04&to=2027-07-07",
        ]
    );
}

#[actix_web::test]
async fn services_of_the_same_group_can_be_added() {
    let world = World::start().await;
    let page = world.browser().open(DAYS).await;
    let both = page.link("Passport");
    assert_eq!(both, "/en/buergeramt/days?service=120703&service=121151");
    let page = world.browser().open(&both).await;
    page.says(200, &["Identity card, Passport"]);
    page.is_silent_about("Another service in the same appointment");
}

#[actix_web::test]
async fn who_finds_nothing_free_reads_that_reloading_does_not_help() {
    let world = World::start().await;
    world.answer("GET availability/days", Answer::Json(200, json!({ "days": [] })));
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    let page = world.browser().open(DAYS).await;
    page.says(200, &["There is no free appointment at the moment.", "Please come back later."]);
    assert!(!page.html.contains("<table"));
}

#[actix_web::test]
async fn a_service_with_an_application_links_to_its_number() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/days?service=324280").await;
    page.says(200, &["Application first, then the appointment"]);
    let link = page.link("Enter the application number");
    assert_eq!(link, "/en/buergeramt/entitlement?service=324280");
}

#[actix_web::test]
async fn who_moves_an_appointment_reads_so_and_takes_it_along() {
    let world = World::start().await;
    let page = world.browser().open(&format!("{DAYS}&replaces={BOOKING}")).await;
    page.says(200, &["You are moving an appointment.", "You keep your present appointment"]);
    let day = page.link("Tuesday, 5 January 2027: 3 free appointments");
    assert!(day.contains(&format!("replaces={BOOKING}")), "{day}");
    page.is_silent_about("Another service in the same appointment");
}

#[actix_web::test]
async fn an_authority_that_fails_is_said_to_be_down_and_appointments_to_be_safe() {
    for trouble in [Answer::Proxy(502), Answer::Malformed, Answer::Proxy(200)] {
        let world = World::start().await;
        world.answer("GET availability/days", trouble);
        let page = world.browser().open(DAYS).await;
        page.says(503, &["This authority does not answer right now"]);
        page.says(503, &["Booked appointments are stored safely."]);
        assert_eq!(page.link("Back to the start page"), "/en");
    }
}

#[actix_web::test]
async fn an_authority_that_does_not_answer_keeps_nobody_waiting() {
    let world = World::start().await;
    world.answer("GET availability/days", Answer::Never);
    let page = world.browser().open(DAYS).await;
    page.says(503, &["This authority does not answer right now"]);
}

#[actix_web::test]
async fn a_refusal_by_the_authority_is_explained() {
    let cases = [
        (500, "internal", "Something went wrong at the authority It is not your fault."),
        (429, "rate-limited", "Too many requests"),
        (422, "unknown-service", "This service is no longer offered here"),
        (418, "of-a-newer-service", "That did not work The authority refused the request."),
    ];
    for (status, code, sentence) in cases {
        let world = World::start().await;
        world.refuse("GET availability/days", status, code);
        world.browser().open(DAYS).await.says(status, &[sentence]);
    }
}
