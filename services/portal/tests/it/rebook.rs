//! Moving an appointment: the old one is given up with the booking of the new one.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING, DRAW, booking, draw, entry, hold},
    world::{World, languages},
};

const NEW: &str = "bkg_01jdc6nvt8e0pb9s3k1zqk6yzw";

#[actix_web::test]
async fn an_appointment_is_moved_in_one_step() {
    let world = World::start().await;
    let mut held = hold();
    held["replaces"] = json!(BOOKING);
    world.answer("POST holds", Answer::Json(200, held));
    let mut new = booking("confirmed");
    new["id"] = json!(NEW);
    new["replaces"] = json!(BOOKING);
    world.answer("POST bookings", Answer::Json(200, new.clone()));
    world.answer(&format!("GET bookings/{NEW}"), Answer::Json(200, new));

    let mut browser = world.erika().await;
    let days =
        browser.open(&format!("/en/buergeramt/days?service=120703&replaces={BOOKING}")).await;
    let day = browser
        .open(&days.link("5 few, Tuesday, 5 January 2027: tomorrow, 3 free times, nearly full"))
        .await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(200, &["If you book now, you give up your old appointment in the same step."]);
    assert_eq!(world.stub.asked("POST /buergeramt/v1/holds")[0].json()["replaces"], BOOKING);
    let page = browser.press(&page, "Move appointment", &[]).await;
    page.says(200, &["Your appointment has been moved"]);
    assert_eq!(page.path(), format!("/en/buergeramt/appointments/{NEW}"));
}

#[actix_web::test]
async fn whoever_moves_reads_first_in_which_draw_they_win_nothing_then() {
    let world = World::start().await;
    let mut held = hold();
    held["replaces"] = json!(BOOKING);
    world.answer("POST holds", Answer::Json(200, held));
    let mut earlier = draw("announced");
    earlier["service"] = json!("121151");
    earlier["needs_appointment"] = json!(true);
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [earlier] })));
    let own = format!("GET draws/{DRAW}/entries/own");
    let mut named = entry("entered");
    named["replaces"] = json!(BOOKING);
    world.answer(&own, Answer::Json(200, named.clone()));
    let address = format!("/en/buergeramt/day?service=120703&replaces={BOOKING}&date=2027-01-05");
    let mut browser = world.erika().await;
    let day = browser.open(&address).await;
    let says = "you win nothing there until you save your wishes anew";
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(200, &[says]);
    assert_eq!(page.link("Your entry"), format!("/en/buergeramt/draws/{DRAW}/entry"));
    for language in languages() {
        let address = page.url.as_str().replacen("/en/", &format!("/{language}/"), 1);
        let shown = browser.open(&address).await;
        assert!(!shown.text().contains("[move-"), "{language}: {shown:?}");
    }
    named["replaces"] = json!(NEW);
    world.answer(&own, Answer::Json(200, named));
    browser.open(page.url.as_str()).await.is_silent_about(says);
}

#[actix_web::test]
async fn an_appointment_that_is_over_meanwhile_is_not_moved() {
    let world = World::start().await;
    world.refuse("POST holds", 409, "booking-not-active");
    let mut browser = world.erika().await;
    let address = format!("/en/buergeramt/day?service=120703&replaces={BOOKING}&date=2027-01-05");
    let day = browser.open(&address).await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(409, &["This appointment can no longer be changed"]);
    assert_eq!(page.link("My appointments"), "/en/appointments");
}

/// Fault: only the last page of moving said that the appointment had begun.
#[actix_web::test]
async fn an_appointment_that_has_begun_is_not_moved() {
    let world = World::start().await;
    let mut begun = booking("confirmed");
    begun["start"] = json!("2027-01-04T07:50:00Z");
    begun["end"] = json!("2027-01-04T08:10:00Z");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, begun));
    let mut browser = world.erika().await;
    let query = format!("service=120703&replaces={BOOKING}");
    let slot = "slot=mitte%402027-01-05T08:00:00Z";
    let pages = [
        format!("days?{query}"),
        format!("day?{query}&date=2027-01-05"),
        format!("choice?{query}&{slot}"),
    ];
    for address in &pages {
        let page = browser.open(&format!("/en/buergeramt/{address}")).await;
        page.says(409, &["This appointment has already begun"]);
        assert_eq!(page.link("My appointments"), "/en/appointments");
    }
    // Fault: one that was over was said to have begun.
    world.minutes_pass(11);
    for address in &pages {
        let page = browser.open(&format!("/en/buergeramt/{address}")).await;
        page.says(409, &["This appointment is over", "Then book a new one."]);
        page.is_silent_about("You are moving an appointment");
        assert_eq!(page.link("Find another appointment"), "/en/buergeramt/days?service=120703");
    }
    for language in languages() {
        let page = browser.open(&format!("/{language}/buergeramt/{}", pages[0])).await;
        assert_eq!(page.status, 409, "{language}: {page:?}");
        assert!(!page.text().contains("[problem-"), "{language}: {page:?}");
    }
}

#[actix_web::test]
async fn whoever_goes_back_after_moving_or_cancelling_reads_that_the_appointment_is_gone() {
    for status in ["rebooked", "cancelled"] {
        let world = World::start().await;
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking(status)));
        let mut browser = world.erika().await;
        let query = format!("service=120703&replaces={BOOKING}");
        for address in [format!("days?{query}"), format!("day?{query}&date=2027-01-05")] {
            let page = browser.open(&format!("/en/buergeramt/{address}")).await;
            page.says(409, &["This appointment does not exist any more"]);
            assert_eq!(page.link("My appointments"), "/en/appointments");
            let again = page.link("Find another appointment");
            assert_eq!(again, "/en/buergeramt/days?service=120703");
        }
    }
}

#[actix_web::test]
async fn the_old_appointment_stands_beside_the_new_one_with_what_becomes_of_its_number() {
    let world = World::start().await;
    let mut held = hold();
    held["replaces"] = json!(BOOKING);
    held["start"] = json!("2027-01-05T11:30:00Z");
    held["end"] = json!("2027-01-05T11:50:00Z");
    world.answer("POST holds", Answer::Json(200, held));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika().await;
    let address = format!("/en/buergeramt/day?service=120703&replaces={BOOKING}&date=2027-01-05");
    let day = browser.open(&address).await;
    let page = browser.press(&day, "12:30", &[]).await;
    page.says(200, &["Present appointment", "09:00 to 09:20", "New appointment", "12:30 to 12:50"]);
    page.says(200, &["Your appointment number K7QD-3XHM is then no longer valid."]);
    // How often it can be moved again is said by the authority, or not at all.
    page.is_silent_about("Until it begins you can move");
    let mut limited = booking("confirmed");
    limited["giving_up"] = json!({ "free_left": 0, "move_again_from": "2027-01-29T08:00:00Z" });
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, limited));
    let page = browser.open("/en/confirm").await;
    page.says(
        200,
        &["If you move it now, you can move it again", "Friday, 29 January 2027, 09:00"],
    );
}

/// Fault: only who cancelled was warned, and was offered to move instead, which counts alike.
#[actix_web::test]
async fn who_moves_late_reads_that_it_counts() {
    let world = World::start().await;
    let mut held = hold();
    held["replaces"] = json!(BOOKING);
    world.answer("POST holds", Answer::Json(200, held.clone()));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let address = format!("/en/buergeramt/day?service=120703&replaces={BOOKING}&date=2027-01-05");
    let mut browser = world.erika().await;
    let day = browser.open(&address).await;
    let page = browser.press(&day, "12:30", &[]).await;
    page.says(200, &["Present appointment"]);
    page.is_silent_about("This is at short notice");
    // The old appointment begins tomorrow at 9 o'clock.
    world.minutes_pass(13 * 60);
    held["expires_at"] = json!("2027-01-04T21:10:00Z");
    world.answer("POST holds", Answer::Json(200, held));
    let mut browser = world.erika().await;
    let day = browser.open(&address).await;
    let page = browser.press(&day, "12:30", &[]).await;
    page.says(200, &["This is at short notice", "begins in less than 12 hours", "for 14 days"]);
    page.says(200, &["cancel or move so late twice in 14 days", "Moving is still better"]);
}

/// Fault: the page showed an appointment that was cancelled in another tab as the present one.
#[actix_web::test]
async fn what_was_cancelled_in_another_tab_is_not_shown_as_present() {
    let world = World::start().await;
    let mut held = hold();
    held["replaces"] = json!(BOOKING);
    world.answer("POST holds", Answer::Json(200, held.clone()));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let address = format!("/en/buergeramt/day?service=120703&replaces={BOOKING}&date=2027-01-05");
    let mut browser = world.erika().await;
    let day = browser.open(&address).await;
    let page = browser.press(&day, "09:00", &[]).await;
    let gone = "Your old appointment can no longer be moved";
    page.is_silent_about(gone);
    // Fault: one that had begun was said to be cancelled or moved.
    let mut begun = booking("confirmed");
    begun["start"] = json!("2027-01-04T08:00:00Z");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, begun));
    browser.open(page.url.as_str()).await.says(200, &[gone, "or it has already begun"]);
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("cancelled")));
    let page = browser.open(page.url.as_str()).await;
    page.says(200, &[gone]);
    assert!(!page.offers("Move appointment"), "{page:?}");
    world.answer("GET holds", Answer::Json(200, json!({ "holds": [held] })));
    world.refuse("POST holds", 409, "already-holding");
    let id = "hld_01jdc6nvt8e0pb9s3k1zqk6yzx";
    world.answer(&format!("DELETE holds/{id}"), Answer::Json(204, json!(null)));
    browser.press(&page, "Book this time as a new appointment", &[]).await;
    let asked = world.stub.asked("POST /buergeramt/v1/holds");
    assert!(asked.last().unwrap().json()["replaces"].is_null(), "nothing is moved");
    assert!(asked.len() >= 3, "given up, and taken anew");
}
