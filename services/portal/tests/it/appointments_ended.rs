//! Appointments that do not stand any more.

use serde_json::json;

use crate::{
    stub::{Answer, BOOKING, CODE, booking},
    world::World,
};

/// Fault: the old number stood there large, and nothing led to the appointment that the person has.
#[actix_web::test]
async fn a_moved_or_cancelled_one_says_so_first_and_leads_to_the_present_one() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = format!("/en/buergeramt/appointments/{BOOKING}");
    let mut present = booking("confirmed");
    present["id"] = json!("bkg_01jdc6nvt8e0pb9s3k1zqk6yzz");
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [present] })));
    for (status, says) in [
        ("rebooked", "This appointment has been moved."),
        ("cancelled", "This appointment is cancelled."),
    ] {
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking(status)));
        let shown = browser.open(&page).await;
        shown.says(200, &[says, "The time and the number below are no longer valid."]);
        assert!(shown.comes_before(says, CODE), "{shown:?}");
        let now = shown.link("Your appointment now: Tuesday, 5 January 2027, 09:00");
        assert_eq!(now, "/en/buergeramt/appointments/bkg_01jdc6nvt8e0pb9s3k1zqk6yzz");
        assert!(!shown.html.contains("ticket__code"), "{shown:?}");
    }
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [] })));
    browser.open(&page).await.is_silent_about("Your appointment now");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let shown = browser.open(&page).await;
    shown.is_silent_about("no longer valid");
    assert!(shown.html.contains("ticket__code"), "{shown:?}");
}

/// Fault: whoever must wait already read that they must after another late one, and a link to find one.
#[actix_web::test]
async fn who_must_wait_after_cancelling_reads_from_when_on_they_can_book_and_no_way_to_book_now() {
    let world = World::start().await;
    let mut limited = booking("confirmed");
    limited["giving_up"] = json!({ "free_left": 2, "rebook_from": "2027-01-29T08:00:00Z" });
    let mut cancelled = booking("cancelled");
    cancelled["history"] = json!([
        { "at": "2027-01-05T07:00:00Z", "what": "cancelled", "start": "2027-01-05T08:00:00Z" },
    ]);
    let one = Answer::Json(200, limited);
    let ended = Answer::Json(200, cancelled.clone());
    world.answer(
        &format!("GET bookings/{BOOKING}"),
        Answer::InTurn(vec![one.clone(), one, ended.clone()]),
    );
    world.answer(&format!("POST bookings/{BOOKING}/cancel"), ended);
    let mut browser = world.erika().await;
    let page = format!("/en/buergeramt/appointments/{BOOKING}");
    let ask = browser.open(&format!("{page}/cancel")).await;
    ask.says(200, &["again only from: Friday, 29 January 2027, 09:00"]);
    ask.is_silent_about("without having to wait");
    let says = "You can book such an appointment again only from: Friday, 29 January 2027, 09:00";
    let done = browser.press(&ask, "Yes, cancel it", &[]).await;
    done.says(200, &["Your appointment is cancelled", says]);
    assert!(!done.offers("Find another appointment"), "{done:?}");
    done.is_silent_about("After two such late cancellations");
    browser.open(&page).await.says(200, &[says]);
}

/// Fault: what was over could be moved and cancelled on its pages, and nothing said why no other one can be booked.
#[actix_web::test]
async fn one_that_is_over_says_so_and_from_when_on_another_one_can_be_booked() {
    let world = World::start().await;
    let page = format!("/en/buergeramt/appointments/{BOOKING}");
    let all = json!({ "bookings": [booking("confirmed")] });
    world.answer("GET bookings", Answer::Json(200, all));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    // It began ten minutes ago, and takes ten more.
    world.minutes_pass(24 * 60 + 10);
    let mut browser = world.erika().await;
    let begun = browser.open(&page).await;
    begun.says(200, &["Status Booked", "At the appointment"]);
    assert!(!begun.offers("Move") && !begun.offers("Cancel"), "{begun:?}");

    world.minutes_pass(10);
    let over = "This appointment is over.";
    let again = "you can book such an appointment again from: Tuesday, 5 January 2027, 21:20";
    let shown = browser.open(&page).await;
    shown.says(200, &[over, again, "Status Over"]);
    shown.is_silent_about("At the appointment");
    assert!(!shown.offers("Move") && !shown.offers("Cancel"), "{shown:?}");
    assert_eq!(browser.open(&format!("{page}/cancel")).await.path(), page);
    let list = browser.open("/en/appointments").await;
    list.says(200, &["You have no appointment at the moment.", over, again]);
    assert!(list.text().contains(" Over"), "{list:?}");

    world.minutes_pass(12 * 60);
    let shown = world.erika().await.open(&page).await;
    shown.says(200, &[over, "Status Over"]);
    shown.is_silent_about("again from");
}

/// Fault: "Missed" stood on what nobody had noted, and the wait after a miss did not follow.
#[actix_web::test]
async fn what_nobody_noted_is_over_and_not_missed() {
    let world = World::start().await;
    let page = format!("/en/buergeramt/appointments/{BOOKING}");
    let mut closed = booking("missed");
    closed["unnoted"] = json!(true);
    closed["history"] = json!([
        { "at": "2027-01-05T20:20:00Z", "what": "closed", "start": "2027-01-05T08:00:00Z" },
    ]);
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, closed.clone()));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [closed] })));
    let mut browser = world.erika().await;
    let shown = browser.open(&page).await;
    shown.says(200, &["This appointment is over.", "Status Over", "the office noted nothing"]);
    shown.is_silent_about("Missed");
    browser.open("/en/appointments").await.is_silent_about("Missed");
}
