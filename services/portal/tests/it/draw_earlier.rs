//! Draws among people who have an appointment and would like an earlier one.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, DRAW, booking, draw, entry, published},
    world::{World, languages},
};

const WEEK: &str = "Appointments from Monday, 18 January 2027 to Sunday, 24 January 2027";
const TITLE: &str = "Earlier appointment by draw";

fn appointment() -> String {
    format!("/en/buergeramt/appointments/{BOOKING}")
}

fn page(part: &str) -> String {
    format!("/en/buergeramt/draws/{DRAW}{part}")
}

/// A draw of earlier appointments stands so, with these further members.
fn stands(world: &World, status: &str, more: &Value) {
    let mut draw = draw(status);
    draw["service"] = json!("121151");
    draw["needs_appointment"] = json!(true);
    draw.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET draws", Answer::Json(200, json!({ "draws": [draw] })));
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw)));
}

/// The person has an appointment for the service on that day.
fn has_appointment(world: &World, day: &str) {
    has_appointment_for(world, day, &["121151"]);
}

fn has_appointment_for(world: &World, day: &str, services: &[&str]) {
    let mut booked = booking("confirmed");
    booked["services"] = json!(services);
    booked["start"] = json!(format!("{day}T08:00:00Z"));
    booked["end"] = json!(format!("{day}T08:20:00Z"));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booked.clone()));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booked] })));
}

fn has_entered(world: &World, entry: Value) {
    world.answer(&format!("GET draws/{DRAW}/entries/own"), Answer::Json(200, entry));
}

fn has_not_entered(world: &World) {
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
}

#[actix_web::test]
async fn the_page_of_an_appointment_leads_into_the_draws_of_earlier_ones() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_appointment(&world, "2027-01-27");
    let mut browser = world.erika().await;
    let shown = browser.open(&appointment()).await;
    shown.says(200, &[TITLE, "it replaces this appointment", "Closes: Thursday, 7 January 2027"]);
    assert_eq!(shown.link(WEEK), page("/entry"));
    shown.says(200, &[&format!("Passport {WEEK}")]);
    // One that opens later can be read about; one that is closed is not shown.
    stands(&world, "announced", &json!({ "opens": "2027-01-05T07:00:00Z" }));
    let soon = browser.open(&appointment()).await;
    soon.says(200, &["Opens: Tuesday, 5 January 2027"]);
    assert_eq!(soon.link(WEEK), page(""));
    stands(&world, "frozen", &json!({}));
    browser.open(&appointment()).await.is_silent_about(TITLE);
    // Nothing of it is earlier than this one.
    stands(&world, "announced", &json!({}));
    has_appointment(&world, "2027-01-18");
    browser.open(&appointment()).await.is_silent_about(TITLE);
    // The appointment matters more.
    has_appointment(&world, "2027-01-27");
    world.answer("GET draws", Answer::Proxy(502));
    browser.open(&appointment()).await.says(200, &["K7QD-3XHM"]);
}

/// Fault: a win would have replaced the appointment by one for another service.
#[actix_web::test]
async fn a_draw_for_another_service_is_not_offered_as_an_earlier_appointment() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    let mut browser = world.erika().await;
    for services in [&["120703"][..], &["121151", "120703"]] {
        has_appointment_for(&world, "2027-01-27", services);
        browser.open(&appointment()).await.is_silent_about(TITLE);
    }
}

#[actix_web::test]
async fn a_draw_for_everybody_is_not_offered_beside_an_appointment() {
    let world = World::start().await;
    stands(&world, "announced", &json!({ "needs_appointment": false }));
    has_appointment(&world, "2027-01-27");
    world.erika().await.open(&appointment()).await.is_silent_about(TITLE);
}

#[actix_web::test]
async fn who_has_an_appointment_enters_and_keeps_it_until_they_win() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_appointment(&world, "2027-01-27");
    has_not_entered(&world);
    world.answer(&format!("POST draws/{DRAW}/entries"), Answer::Json(201, entry("entered")));
    let mut browser = world.erika().await;
    let form = browser.open(&page("/entry")).await;
    form.says(200, &["Only days before the day of your appointment count."]);
    has_entered(&world, entry("entered"));
    let own = browser.press(&form, "Enter now", &[]).await;
    own.says(200, &["You are in the draw."]);
    own.is_silent_about("You have an appointment of this kind now.");
    assert!(own.offers("Change wishes"));
    let leave = browser.open(&page("/leave")).await;
    leave.is_silent_about("As long as you have an appointment of this kind you cannot enter");
    browser.open(&page("")).await.says(200, &["would like an earlier one"]);
}

#[actix_web::test]
async fn who_needs_an_appointment_first_reads_so_before_the_form() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_not_entered(&world);
    let mut browser = world.erika().await;
    let refused = browser.open(&page("/entry")).await;
    refused.says(409, &["You need an appointment to enter this draw"]);
    assert!(!refused.offers("Enter now"));
    assert_eq!(
        refused.link("Find another appointment"),
        "/en/buergeramt/days?service=121151",
        "the way on"
    );
    // Nothing of it is earlier than this one.
    has_appointment(&world, "2027-01-18");
    let refused = browser.open(&page("/wishes")).await;
    refused.says(409, &["You need an appointment to enter this draw"]);
    // What only a surer log-in shows is left to the authority.
    let hidden = json!({ "bookings": [], "all_from_level": "high" });
    world.answer("GET bookings", Answer::Json(200, hidden));
    world.refuse(&format!("POST draws/{DRAW}/entries"), 409, "later-appointment-needed");
    let form = browser.open(&page("/wishes")).await;
    let refused = browser.press(&form, "Enter now", &[]).await;
    refused.says(409, &["You need an appointment to enter this draw"]);
}

#[actix_web::test]
async fn the_result_says_whether_the_appointment_stays() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12 }));
    let mut browser = world.erika().await;
    has_entered(&world, entry("without"));
    let lost = browser.open(&page("/entry")).await;
    lost.says(200, &["You got no earlier appointment this time.", "Your appointment stays."]);
    let mut ended = entry("not_booked");
    ended["reason"] = json!("later-appointment-needed");
    ended["receipt"] = json!("");
    ended["ended"] = json!("end\n\n— signed\n");
    has_entered(&world, ended);
    let ended = browser.open(&page("/entry")).await;
    ended.says(200, &["The appointment that you wanted to replace was cancelled or moved."]);
    ended.is_silent_about("You booked another appointment of this kind.");
}

#[actix_web::test]
async fn an_entry_names_the_appointment_that_it_replaces_and_says_when_that_is_gone() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_appointment(&world, "2027-01-27");
    has_not_entered(&world);
    let mut browser = world.erika().await;
    let says = "What you win replaces this appointment: Wednesday, 27 January 2027";
    browser.open(&page("/wishes")).await.says(200, &[says, "you win nothing here"]);
    let mut named = entry("entered");
    named["replaces"] = json!(BOOKING);
    has_entered(&world, named.clone());
    browser.open(&page("/entry")).await.says(200, &[says]);
    named["replaces"] = json!("bkg_00000000000000000000000009");
    has_entered(&world, named);
    let gone = browser.open(&page("/entry")).await;
    gone.says(200, &["The appointment that you wanted to replace is not there any more."]);
    gone.is_silent_about(says);
    // What is saved now names the present one.
    browser.open(&page("/wishes")).await.says(200, &[says]);
}

#[actix_web::test]
async fn an_entry_without_an_appointment_says_that_it_wins_nothing_and_how_to_mend_it() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    let mut named = entry("entered");
    named["replaces"] = json!(BOOKING);
    has_entered(&world, named);
    let mut browser = world.erika().await;
    let (missing, is_in) = ("and you have no other one. Book an appointment.", "You are in.");
    let own = browser.open(&page("/entry")).await;
    own.says(200, &["The appointment that you wanted to replace is not there any more.", missing]);
    own.is_silent_about(is_in);
    assert_eq!(own.link("Find another appointment"), "/en/buergeramt/days?service=121151");
    browser.open(&page("/wishes")).await.says(200, &[missing]);
    for language in languages() {
        let shown = browser.open(&page("/entry").replacen("en", language, 1)).await;
        assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
    }
    // After the closing nothing mends it.
    for status in ["frozen", "revealed"] {
        stands(&world, status, &json!({}));
        let own = browser.open(&page("/entry")).await;
        own.says(200, &["So you win nothing in this draw."]);
        own.is_silent_about(is_in);
        own.is_silent_about(missing);
    }
    stands(&world, "announced", &json!({}));
    // What cannot be learnt, or only a surer log-in shows, is not said to be gone.
    let hidden = json!({ "bookings": [], "all_from_level": "high" });
    for unknown in [Answer::Proxy(502), Answer::Json(200, hidden)] {
        world.answer("GET bookings", unknown);
        let own = browser.open(&page("/entry")).await;
        own.says(200, &[is_in]);
        own.is_silent_about(missing);
    }
}

#[actix_web::test]
async fn whoever_cancels_reads_first_in_which_draw_they_win_nothing_then() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_appointment(&world, "2027-01-27");
    let mut named = entry("entered");
    named["replaces"] = json!(BOOKING);
    has_entered(&world, named.clone());
    let mut browser = world.erika().await;
    let (cancel, says) = (format!("{}/cancel", appointment()), "Without it you win nothing there.");
    let ask = browser.open(&cancel).await;
    ask.says(200, &[says]);
    assert_eq!(ask.link("Your entry"), page("/entry"));
    for language in languages() {
        let shown = browser.open(&cancel.replacen("en", language, 1)).await;
        assert!(!shown.text().contains("[cancel-"), "{language}: {shown:?}");
    }
    named["replaces"] = json!("bkg_00000000000000000000000009");
    has_entered(&world, named);
    browser.open(&cancel).await.is_silent_about(says);
    let mut over = entry("without");
    over["replaces"] = json!(BOOKING);
    has_entered(&world, over);
    browser.open(&cancel).await.is_silent_about(says);
    has_not_entered(&world);
    browser.open(&cancel).await.is_silent_about(says);
}

#[actix_web::test]
async fn the_form_asks_only_for_days_before_the_day_of_the_appointment() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_not_entered(&world);
    let mut browser = world.erika().await;
    let (monday, tuesday) = ("day-1-2027-01-18", "day-1-2027-01-19");
    for (appointment, offers_tuesday) in [("2027-01-27", true), ("2027-01-19", false)] {
        has_appointment(&world, appointment);
        let form = browser.open(&page("/wishes")).await;
        form.says(200, &["Monday, 18 January 2027"]);
        assert!(form.html.contains(monday), "{appointment}");
        assert_eq!(form.html.contains(tuesday), offers_tuesday, "{appointment}");
    }
    // A draw for everybody bounds nothing.
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [] })));
    stands(&world, "announced", &json!({ "needs_appointment": false }));
    let form = browser.open(&page("/wishes")).await;
    assert!(form.html.contains(tuesday));
}

#[actix_web::test]
async fn a_wish_for_every_day_before_the_appointment_is_shown_as_a_wish_for_any_day() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    has_appointment(&world, "2027-01-19");
    let mut entered = entry("entered");
    entered["wishes"] = json!([
        { "locations": ["mitte"], "weekdays": [], "except": [], "until": "2027-01-18" },
    ]);
    has_entered(&world, entered);
    let form = world.erika().await.open(&page("/wishes")).await;
    assert!(form.html.contains("day-1-2027-01-18"));
    assert!(!form.html.contains(r#"value="2027-01-18" checked"#));
}

#[actix_web::test]
async fn a_service_whose_draws_only_move_appointments_is_not_said_to_be_drawn_first() {
    for (earlier_by_draw, is_drawn_first) in [(false, true), (true, false)] {
        let services = json!({
            "groups": [],
            "services": [{
                "id": "121701", "name": { "de": "Beglaubigung", "en": "Certified copies" },
                "group": "ausweis", "allocation": "draw-then-immediate",
                "earlier_by_draw": earlier_by_draw,
            }],
        });
        let world = World::prepared(|stub| {
            stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
        })
        .await;
        world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
        let mut browser = world.browser();
        for address in ["/en", "/en?q=copies", "/en/buergeramt/services/121701"] {
            let shown = browser.open(address).await;
            shown.says(200, &["Certified copies"]);
            let says = shown.html.contains("drawn by lot");
            assert_eq!(says, is_drawn_first, "{address}");
        }
    }
}
