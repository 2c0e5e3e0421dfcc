//! How long the wait for another appointment is, where people book or cancel one.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING, booking},
    world::{World, languages},
};

const CONFIRM: &str = "/en/confirm";

fn cancel() -> String {
    format!("/en/buergeramt/appointments/{BOOKING}/cancel")
}

/// Erika has an appointment and holds another slot.
async fn world() -> World {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    world
}

#[actix_web::test]
async fn who_books_or_cancels_reads_what_happens_then_and_when_the_next_one_is_free() {
    let world = world().await;
    let mut browser = world.erika_with_hold().await;
    let confirm = browser.open(CONFIRM).await;
    confirm.says(200, &["What happens then", "You get an appointment number."]);
    confirm.says(200, &["move or cancel the appointment under “My appointments”"]);
    let cancel = browser.open(&cancel()).await;
    for page in [&confirm, &cancel] {
        page.says(200, &["Next free appointment: Tuesday, 5 January 2027"]);
    }
    assert!(confirm.comes_before("Next free appointment:", "Book appointment"));
    // Fault: among what happens then it read like the appointment that is booked.
    let only_later = "If you cancel this appointment later, you need another one. Next free";
    confirm.says(200, &[only_later]);
    let then = confirm.html.split("<h2").find(|part| part.contains("What happens then")).unwrap();
    assert!(!then.split("</ul>").next().unwrap().contains("Next free"), "{then}");
    for language in languages() {
        let page = browser.open(&format!("/{language}/confirm")).await;
        assert!(!page.text().contains("[confirm-"), "{language}: {page:?}");
    }
}

#[actix_web::test]
async fn a_wait_that_is_not_known_is_not_promised() {
    for (answer, sentence) in [
        (Answer::Proxy(502), "Next free appointment: We cannot say right now."),
        (Answer::Never, "Next free appointment: We cannot say right now."),
        (
            Answer::Json(200, json!({ "slot": null })),
            "Next free appointment: There is no free appointment at the moment.",
        ),
    ] {
        let world = world().await;
        // Before the first page: what was said is remembered for a moment.
        world.answer("GET availability/earliest", answer);
        let mut browser = world.erika_with_hold().await;
        for address in [CONFIRM, &cancel()] {
            browser.open(address).await.says(200, &[sentence]);
        }
    }
}
