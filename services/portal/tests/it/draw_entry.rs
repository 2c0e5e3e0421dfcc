//! The page of one's own entry: what it says of other appointments, and how the result comes.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, DRAW, booking, draw, entry, published},
    world::{World, languages},
};

fn page(part: &str) -> String {
    format!("/en/buergeramt/draws/{DRAW}{part}")
}

/// The draw stands so, with these further members.
fn stands(world: &World, status: &str, more: &Value) {
    let mut draw = draw(status);
    draw.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [draw] })));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw)));
}

fn has_entered(world: &World, entry: Value) {
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, entry));
}

#[actix_web::test]
async fn whoever_has_another_appointment_reads_that_it_can_be_moved_only_if_it_can() {
    for (allocation, says) in [
        ("draw-then-immediate", "Your other appointment stays. You can move or cancel it."),
        ("draw", "Your other appointment stays. You can cancel it."),
        ("assign", "Your other appointment stays. You can cancel it."),
    ] {
        let services = json!({
            "groups": [],
            "services": [{
                "id": "121701", "name": { "de": "Beglaubigung", "en": "Certified copies" },
                "group": "ausweis", "allocation": allocation,
            }],
        });
        let world = World::prepared(|stub| {
            stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
        })
        .await;
        stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
        let mut booked = booking("confirmed");
        booked["services"] = json!(["121701"]);
        world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booked] })));
        let mut clash = entry("not_booked");
        clash["reason"] = json!("already-booked");
        has_entered(&world, clash);
        world.erika().await.open(&page("/entry")).await.says(200, &[says]);
    }
}

#[actix_web::test]
async fn whoever_was_drawn_when_the_time_was_over_reads_nothing_of_a_requirement() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 1, "served": 0 }));
    let mut browser = world.erika().await;
    for reason in ["slot-in-past", "too-short-notice"] {
        let mut over = entry("not_booked");
        over["reason"] = json!(reason);
        has_entered(&world, over);
        let shown = browser.open(&page("/entry")).await;
        shown.says(200, &["its time was over already or too soon", "0 of 1 person got"]);
        shown.is_silent_about("a requirement is not met");
        for language in languages() {
            let shown = browser.open(&page("/entry").replacen("en", language, 1)).await;
            assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
        }
    }
}

/// Fault: a booking ended the entry in silence, and the list of appointments said "Result" only.
#[actix_web::test]
async fn an_entry_that_another_appointment_ended_says_so_in_the_list_and_gives_no_advice() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_entered(&world, entry("entered"));
    let mut browser = world.erika().await;
    let barred = "As long as you have it, you get none in this draw.";
    browser.open("/en/appointments").await.is_silent_about(barred);
    let mut booked = booking("confirmed");
    booked["services"] = json!(["121701"]);
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booked] })));
    browser.open("/en/appointments").await.says(200, &[barred]);

    stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
    let mut ended = entry("not_booked");
    ended["reason"] = json!("already-booked");
    ended["ended"] = json!("{}\n\n— signed\n");
    has_entered(&world, ended);
    let list = browser.open("/en/appointments").await;
    list.says(200, &["You booked another appointment of this kind."]);
    let shown = browser.open(&page("/entry")).await;
    shown.says(200, &["12 of 40 people got an appointment."]);
    shown.is_silent_about("have a better chance");
    has_entered(&world, entry("without"));
    browser.open(&page("/entry")).await.says(200, &["have a better chance"]);
}

#[actix_web::test]
async fn whoever_left_a_number_reads_that_the_office_phones() {
    let world = World::start().await;
    stands(&world, "announced", &json!({ "confirm_within": 48 }));
    let (phones, nothing) = ("If you are drawn, the office calls you.", "You find the result here");
    let mut browser = world.erika().await;
    has_entered(&world, entry("entered"));
    let shown = browser.open(&page("/entry")).await;
    shown.says(200, &[nothing]);
    shown.is_silent_about(phones);
    let mut phoned = entry("entered");
    phoned["phoned_by"] = json!("mitte");
    has_entered(&world, phoned);
    let shown = browser.open(&page("/entry")).await;
    shown.says(200, &[phones]);
    shown.is_silent_about(nothing);
    for language in languages() {
        let shown = browser.open(&page("/entry").replacen("en", language, 1)).await;
        assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
    }
    // Whoever has an address by now is written to.
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": "erika@example.org" })));
    browser.open(&page("/entry")).await.is_silent_about(phones);
}

#[actix_web::test]
async fn who_must_wait_after_seats_not_taken_reads_until_when_and_what_they_can_do() {
    let world = World::start().await;
    let rule = json!({ "confirm_within": 48, "declined_seats": { "max": 1, "days": 90 } });
    stands(&world, "settled", &rule);
    let (waits, next) = ("online again from: Monday, 1 March 2027, 10:00", "To the next draw");
    let mut browser = world.erika().await;
    for status in ["declined", "lapsed"] {
        has_entered(&world, entry(status));
        let free = browser.open(&page("/entry")).await;
        free.says(200, &["2 times in 90 days", next]);
        free.is_silent_about("online again from");
        let mut left_out = entry(status);
        left_out["left_out_until"] = json!("2027-03-01T09:00:00Z");
        has_entered(&world, left_out);
        let shown = browser.open(&page("/entry")).await;
        shown.says(200, &[waits, "the office can enter you at the desk"]);
        shown.is_silent_about(next);
        assert_eq!(shown.link("Find another appointment"), free.link(next));
        for language in languages() {
            let shown = browser.open(&page("/entry").replacen("en", language, 1)).await;
            shown.says(200, &["2027"]);
            shown.is_silent_about("[draw-");
        }
    }
}
