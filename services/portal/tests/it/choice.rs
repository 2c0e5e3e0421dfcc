//! The chosen slot, before it is held.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING, booking},
    world::World,
};

const CHOICE: &str = "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08:00:00Z";

#[actix_web::test]
async fn a_stranger_reads_what_was_chosen_and_how_to_log_in() {
    let world = World::start().await;
    let page = world.browser().open(CHOICE).await;
    page.says(200, &["The appointment you chose", "Identity card", "Tuesday, 5 January 2027"]);
    page.says(
        200,
        &["Please bring Photo", "You need the online ID card or an ELSTER certificate."],
    );
    let login = page.link("Log in now");
    assert!(login.starts_with("/en/login/start?back=%2Fen%2Fbuergeramt%2Fchoice"), "{login}");
    assert!(login.ends_with("&level=substantial&hold"), "{login}");
    assert_eq!(page.link("No online ID?"), "/en/without-online-id");
}

#[actix_web::test]
async fn the_slot_that_was_chosen_before_the_log_in_is_held_after_it_without_another_click() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open(CHOICE).await;
    let page = browser.open(&page.link("Log in now")).await;
    assert_eq!(world.stub.identity(|identity| identity.requested("acr_values")), "substantial");
    page.says(200, &["Check and book", "Reserved for you until 09:10", "For Erika Mustermann"]);
    assert_eq!(world.stub.asked("POST /buergeramt/v1/holds").len(), 1);
    // Only once: whoever goes back to the choice goes on with what is reserved.
    let page = browser.open(CHOICE).await;
    assert_eq!(page.path(), "/en/confirm");
    page.says(200, &["Check and book", "Reserved for you until 09:10"]);
    assert_eq!(world.stub.asked("POST /buergeramt/v1/holds").len(), 1);
}

/// Fault: "Reserve appointment" was offered to whom the authority would refuse it.
#[actix_web::test]
async fn who_has_an_appointment_of_the_kind_is_led_to_it_and_not_offered_another_one() {
    let world = World::start().await;
    let own = json!({ "bookings": [booking("confirmed")] });
    world.answer("GET bookings", Answer::Json(200, own));
    let mut browser = world.erika().await;
    let page = browser.open(CHOICE).await;
    page.says(200, &["You already have an appointment"]);
    assert!(!page.offers("Reserve appointment"), "{page:?}");
    let appointment = format!("/en/buergeramt/appointments/{BOOKING}");
    assert_eq!(page.link("See this appointment"), appointment);
    // Who moves it takes the place of it.
    let moving = browser.open(&format!("{CHOICE}&replaces={BOOKING}")).await;
    assert!(moving.offers("Reserve appointment"), "{moving:?}");
    // Fault: what had begun was to be moved.
    assert!(page.offers("Move this appointment"), "{page:?}");
    let mut begun = booking("confirmed");
    begun["start"] = json!("2027-01-04T07:50:00Z");
    begun["end"] = json!("2027-01-04T08:10:00Z");
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [begun] })));
    let page = browser.open(CHOICE).await;
    page.says(200, &["You already have an appointment", "See this appointment"]);
    assert!(!page.offers("Move this appointment"), "{page:?}");
}

#[actix_web::test]
async fn another_site_makes_nobody_hold_anything() {
    let world = World::start().await;
    let mut browser = world.browser();
    browser.came_from = Some("cross-site");
    let login = browser.open(CHOICE).await.link("Log in now");
    let page = browser.open(&login).await;
    page.says(200, &["The appointment you chose", "Reserve appointment"]);
    assert!(world.stub.asked("POST /buergeramt/v1/holds").is_empty());
}

#[actix_web::test]
async fn a_slot_that_went_during_the_log_in_leads_to_the_nearest_free_ones() {
    let world = World::start().await;
    let mut browser = world.browser();
    let login = browser.open(CHOICE).await.link("Log in now");
    world.refuse("POST holds", 409, "slot-taken");
    let page = browser.open(&login).await;
    page.says(409, &["Error: This time is not free any more, or not yet", "Free near that time"]);
    let (near, far) = ("Tuesday, 5 January 2027, 12:30", "Tuesday, 5 January 2027, 16:00");
    let text = page.text();
    assert!(text.find(near).unwrap() < text.find(far).unwrap(), "the nearest first: {text}");
    assert!(!page.offers("Tuesday, 5 January 2027, 09:00 Rathaus Mitte"), "it is gone");
    world.answer("POST holds", Answer::Json(200, crate::stub::hold()));
    let held = browser.press(&page, &format!("{near} Rathaus Mitte"), &[]).await;
    held.says(200, &["Check and book"]);
}

#[actix_web::test]
async fn a_slot_that_is_over_is_said_to_be_over() {
    let world = World::start().await;
    let past = "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-04T07:00:00Z";
    let page = world.browser().open(past).await;
    page.says(409, &["Error: This appointment is already over"]);
    page.is_silent_about("Somebody has it");
}

#[actix_web::test]
async fn the_place_that_was_searched_stays_on_the_way() {
    let world = World::start().await;
    let mut browser = world.browser();
    let address = "/en/buergeramt/day?service=120703&location=mitte&date=2027-01-05";
    let day = browser.open(address).await;
    let choice = browser.open(&day.link("09:00, Rathaus Mitte")).await;
    assert!(choice.link("Choose another time").contains("location=mitte"), "{choice:?}");
}

#[actix_web::test]
async fn a_log_in_that_is_not_sure_enough_must_be_surer() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.level = "basic");
    let page = world.erika().await.open(CHOICE).await;
    page.says(200, &["You need another login here"]);
    assert!(!page.offers("Reserve appointment"));
}

#[actix_web::test]
async fn a_slot_that_is_not_free_is_not_said_to_have_been_taken() {
    let world = World::start().await;
    world.answer("GET availability/slots", Answer::Json(200, json!({ "slots": [] })));
    let page = world.browser().open(CHOICE).await;
    page.says(409, &["This appointment is not free", "or there is no appointment at this time"]);
    page.is_silent_about("Somebody has it");
    let again = page.link("Find another appointment");
    assert_eq!(again, "/en/buergeramt/day?service=120703&date=2027-01-05");
}
