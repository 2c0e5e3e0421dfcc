//! Draws whose winners must confirm.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, DRAW, booking, draw, entry, published},
    world::{World, languages},
};

const DAYS: &str = "/en/buergeramt/days?service=121701";

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

/// Drawn, and the seat is kept.
fn offered() -> Value {
    let mut entry = entry("offered");
    entry["turn"] = json!(7);
    entry["offer"] = json!({
        "location": "mitte", "start": "2027-01-19T09:00:00+01:00",
        "end": "2027-01-19T09:20:00+01:00", "answer_by": "2027-01-09T10:00:00+01:00",
    });
    entry
}

#[actix_web::test]
async fn a_winner_who_must_confirm_accepts_or_declines_in_two_clicks() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12, "confirm_within": 48 }));
    has_entered(&world, offered());
    let mut browser = world.erika().await;
    let list = browser.open("/en/appointments").await;
    list.says(200, &["Appointments waiting for your answer", "Tuesday, 19 January 2027"]);
    let answer = "Answer by: Saturday, 9 January 2027, 10:00";
    assert_eq!(list.link(answer), page("/seat"));
    let own = browser.open(&page("/entry")).await;
    own.says(
        200,
        &["You were drawn. An appointment is reserved for you.", "Tuesday, 19 January 2027"],
    );
    let step = browser.open(&own.link(answer)).await;
    step.says(200, &["Tuesday, 19 January 2027", "Rathaus Mitte"]);
    assert!(step.comes_before("If you decline, others get the", "No, thank you"), "{step:?}");

    let accept = format!("POST draws/{DRAW}/entries/own/accept");
    world.answer(&accept, Answer::Json(201, booking("confirmed")));
    let booked = browser.press(&step, "Book appointment", &[]).await;
    assert_eq!(booked.path(), format!("/en/buergeramt/appointments/{BOOKING}"));

    world.answer(&format!("POST draws/{DRAW}/entries/own/decline"), Answer::Json(204, json!(null)));
    let sure = browser.open(&step.link("No, thank you")).await;
    assert_eq!(sure.path(), page("/seat/decline"));
    sure.says(200, &["Would you like to decline this appointment?", "If you decline, others get"]);
    assert_eq!(sure.link("No, go back"), page("/seat"));
    has_entered(&world, entry("declined"));
    let declined = browser.press(&sure, "Yes, decline it", &[]).await;
    assert_eq!(declined.path(), page("/entry"));
    declined.says(200, &["You have declined the appointment.", "Others get the appointment."]);
    // Too late, in another window: the page says what became of it.
    world.refuse(&format!("POST draws/{DRAW}/entries/own/decline"), 409, "offer-over");
    has_entered(&world, entry("lapsed"));
    let lapsed = browser.press(&sure, "Yes, decline it", &[]).await;
    lapsed.says(200, &["you did not accept the appointment in time"]);
    for part in ["/seat", "/seat/decline"] {
        let late = browser.open(&page(part)).await;
        assert_eq!(late.path(), page("/entry"), "there is nothing to answer");
    }
}

#[actix_web::test]
async fn where_winners_must_confirm_everybody_reads_so_before_they_enter() {
    let world = World::start().await;
    stands(&world, "announced", &json!({}));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let says = "If you are drawn, your appointment is booked at once.";
    world.browser().open(DAYS).await.says(200, &[says]);
    stands(&world, "announced", &json!({ "confirm_within": 48 }));
    let sentence = "Accept it in time, or others get it.";
    let days = world.browser().open(DAYS).await;
    days.says(200, &[sentence]);
    days.is_silent_about(says);
    let mut browser = world.erika().await;
    let form = browser.open(&page("/wishes")).await;
    form.says(200, &["Without an answer, others get it."]);
    form.is_silent_about("booked in your name at once");
    has_entered(&world, offered());
    for language in languages() {
        for address in
            [DAYS, &page("/entry"), &page("/seat"), &page("/seat/decline"), &page("/wishes")]
        {
            let shown = browser.open(&address.replacen("en", language, 1)).await;
            assert_eq!(shown.status, 200, "{language} {address}");
            assert!(!shown.text().contains("[draw-"), "{language} {address}: {shown:?}");
        }
    }
}

#[actix_web::test]
async fn what_it_costs_not_to_accept_stands_there_before_one_enters_and_before_one_declines() {
    let world = World::start().await;
    let limit = json!({ "confirm_within": 48, "declined_seats": { "max": 1, "days": 90 } });
    stands(&world, "announced", &limit);
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let mut browser = world.erika().await;
    for address in [page(""), page("/wishes")] {
        let shown = browser.open(&address).await;
        shown.says(200, &["2 times in 90 days", "The authority decides and can lift it."]);
    }
    stands(&world, "settled", &limit);
    has_entered(&world, offered());
    let free = browser.open(&page("/seat")).await;
    free.says(200, &["You can enter the next draw.", "2 times in 90 days"]);
    let mut last = offered();
    last["offer"]["free_left"] = json!(0);
    last["offer"]["left_out_until"] = json!("2027-03-01T10:00:00+01:00");
    has_entered(&world, last);
    for language in languages() {
        let shown = browser.open(&page("/seat").replacen("en", language, 1)).await;
        assert!(shown.text().contains("2027"), "{language}: {shown:?}");
        assert!(!shown.text().contains("[draw-"), "{language}: {shown:?}");
    }
    let shown = browser.open(&page("/seat")).await;
    shown.says(
        200,
        &["Monday, 1 March 2027", "The authority decides and can lift the waiting time."],
    );
    shown.is_silent_about("You can enter the next draw.");
}

/// Fault: whoever was drawn with others did not read on the page of the seat for how many it is.
#[actix_web::test]
async fn the_page_of_a_drawn_seat_says_for_how_many_it_is() {
    let world = World::start().await;
    stands(&world, "settled", &json!({ "entered": 40, "served": 12, "confirm_within": 48 }));
    has_entered(&world, offered());
    let mut browser = world.erika().await;
    browser.open(&page("/seat")).await.is_silent_about("1 person");
    let mut party = offered();
    party["people"] = json!(6);
    has_entered(&world, party);
    browser.open(&page("/seat")).await.says(200, &["6 people"]);
    let seat = browser.open(&page("/seat").replace("/en/", "/uk/")).await;
    seat.says(200, &["6 осіб"]);
}

#[actix_web::test]
async fn whoever_has_no_e_mail_can_be_phoned_where_winners_must_confirm() {
    let world = World::start().await;
    stands(&world, "announced", &json!({ "confirm_within": 48 }));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let entering = format!("POST draws/{DRAW}/entries");
    world.answer(&entering, Answer::Json(201, entry("entered")));
    let mut browser = world.erika().await;
    let form = browser.open(&page("/wishes")).await;
    form.says(200, &["Without e-mail: we call you", "Rathaus Mitte"]);
    let number = [("phone", "030 9010"), ("phoned-by", "mitte")];
    browser.press(&form, "Enter now", &number).await;
    let asked = world.stub.asked(&format!("POST /buergeramt/v1/draws/{DRAW}/entries"));
    let stated: Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!(stated["phone"], json!({ "location": "mitte", "number": "030 9010" }));
    // Who has an address is not asked, nor is anybody whose appointment is booked at once.
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": "erika@example.org" })));
    browser.open(&page("/wishes")).await.is_silent_about("Without e-mail: we call you");
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": null })));
    stands(&world, "announced", &json!({}));
    browser.open(&page("/wishes")).await.is_silent_about("Without e-mail: we call you");
}

#[actix_web::test]
async fn a_form_that_comes_back_asks_for_the_number_again_and_no_address_has_it() {
    let world = World::start().await;
    stands(&world, "announced", &json!({ "confirm_within": 48 }));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let (again, number) = ("We cannot show your number here.", ("phone", "030 9010"));
    let stated = [number, ("phoned-by", "wedding")];
    let mut browser = world.erika().await;
    let form = browser.open(&page("/wishes")).await;
    form.is_silent_about(again);
    let times = [("after-1", "11:00"), ("before-1", "09:00")];
    let shown = browser.press(&form, "Enter now", &[&stated[..], &times].concat()).await;
    shown.says(200, &["A wish ends before it begins.", again]);
    assert!(shown.html.contains(r#"<option value="wedding" selected>"#), "{shown:?}");
    assert!(!shown.url.as_str().contains("9010"), "{}", shown.url);
    browser.press(&form, "Enter now", &times).await.is_silent_about(again);
    for (members, says) in [
        (json!({}), "One wish fits no appointment"),
        (json!({ "field": "phone.number" }), "Please enter a phone number with its area code."),
    ] {
        let refusal = Answer::Problem(400, "invalid-request", members);
        world.answer(&format!("POST draws/{DRAW}/entries"), refusal);
        let shown = browser.press(&form, "Enter now", &stated).await;
        shown.says(200, &[says, again]);
        assert!(!shown.url.as_str().contains("9010"), "{}", shown.url);
    }
}

#[actix_web::test]
async fn the_number_that_was_typed_stands_there_after_another_log_in() {
    let world = World::start().await;
    stands(&world, "announced", &json!({ "confirm_within": 48 }));
    world.refuse(&format!("GET draws/{DRAW}/entries/own"), 404, "entry-not-found");
    let mut browser = world.erika().await;
    let form = browser.open(&page("/wishes")).await;
    world.minutes_pass(31);
    let stated = [("phone", "030 9010"), ("phoned-by", "wedding")];
    let refused = browser.press(&form, "Enter now", &stated).await;
    let form = browser.open(&refused.link("Log in now")).await;
    form.is_silent_about("We cannot show your number here.");
    assert!(form.html.contains(r#"value="030 9010""#), "{form:?}");
    assert!(form.html.contains(r#"<option value="wedding" selected>"#), "{form:?}");
}
