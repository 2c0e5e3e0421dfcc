//! Holding a slot, and giving it back.

use crate::{
    stub::{Answer, BOOKING, DRAW, booking, draw, hold, reserved_until},
    world::World,
};

const DAY: &str = "/en/buergeramt/day?service=120703&date=2027-01-05";

#[actix_web::test]
async fn a_chosen_time_is_held_for_this_person_at_this_authority() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let day = browser.open(DAY).await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(200, &["Check and book", reserved_until(), "For Erika Mustermann"]);
    let asked = world.stub.asked("POST /buergeramt/v1/holds");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].token.as_deref(), Some("token for urn:fairtermin:authority:buergeramt"));
    assert_eq!(
        asked[0].json(),
        serde_json::json!({ "location": "mitte", "start": "2027-01-05T08:00:00Z", "services": ["120703"] })
    );
}

#[actix_web::test]
async fn every_page_says_that_a_slot_is_held_while_it_is() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/about").await;
    page.says(200, &["An appointment is reserved for you until 09:10"]);
    let link = format!("/en/confirm?hold={}", hold()["hold_id"].as_str().unwrap());
    assert_eq!(page.link("Check and book it now"), link);
    world.minutes_pass(11);
    browser.open("/en/about").await.is_silent_about("reserved for you");
}

#[actix_web::test]
async fn a_slot_that_was_faster_taken_leads_back_to_the_free_ones() {
    let world = World::start().await;
    world.refuse("POST holds", 409, "slot-taken");
    let mut browser = world.erika().await;
    let day = browser.open(DAY).await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(409, &["This time is not free any more, or not yet", "Nothing was booked for you."]);
    let again = page.link("Find another appointment");
    assert_eq!(again, "/en/buergeramt/day?service=120703&date=2027-01-05");
}

/// Fault: another day or a call was recommended while the draw of that day was open.
#[actix_web::test]
async fn who_chooses_what_is_drawn_is_led_to_the_open_draw() {
    let world = World::start().await;
    world.refuse("POST holds", 409, "allocated-by-draw");
    let mut browser = world.erika().await;
    let day = browser.open(&DAY.replace("120703", "121701")).await;
    // The open draw is of another week.
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(409, &["These appointments are drawn", "Choose another day, or please call 115."]);
    let mut open = draw("announced");
    open["week"] = "2027-01-04".into();
    world.answer("GET draws", Answer::Json(200, serde_json::json!({ "draws": [open] })));
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(409, &["These appointments are drawn", "Enter the draw."]);
    page.is_silent_about("call 115");
    let link = page.link("Enter the draw, or see my entry");
    assert_eq!(link, format!("/en/buergeramt/draws/{DRAW}"));
}

#[actix_web::test]
async fn a_booking_rule_explains_itself_with_its_values() {
    let world = World::start().await;
    let until = serde_json::json!({ "until": "2027-01-05T06:30:00Z" });
    world.answer("POST holds", Answer::Problem(409, "cooling-down", until));
    let mut browser = world.erika().await;
    let day = browser.open(DAY).await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(409, &["Tuesday, 5 January 2027, 07:30"]);
}

#[actix_web::test]
async fn who_has_an_appointment_already_is_shown_which_and_the_way_to_it() {
    let world = World::start().await;
    let refused = serde_json::json!({ "booking": BOOKING });
    world.answer("POST holds", Answer::Problem(409, "already-booked", refused));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika().await;
    let day = browser.open(DAY).await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(409, &["Identity card: Tuesday, 5 January 2027, 09:00"]);
    // Fault: "both belong to" was said of one and the same service.
    page.says(409, &["for this kind of service, you cannot book a second one"]);
    page.is_silent_about("Both belong to");
    let appointment = format!("/en/buergeramt/appointments/{BOOKING}");
    assert_eq!(page.link("See this appointment"), appointment);
    assert!(page.link("Move this appointment").contains(&format!("replaces={BOOKING}")));
}

/// Fault: "somebody has it" was said of a time that the person held themselves.
#[actix_web::test]
async fn a_time_that_overlaps_ones_own_hold_is_said_to_be_held_by_oneself() {
    let world = World::start().await;
    let mut own = hold();
    own["start"] = "2027-01-05T07:50:00Z".into();
    own["end"] = "2027-01-05T08:10:00Z".into();
    world.answer("GET holds", Answer::Json(200, serde_json::json!({ "holds": [own] })));
    for code in ["slot-taken", "asked-too-soon"] {
        world.refuse("POST holds", 409, code);
        let mut browser = world.erika().await;
        let day = browser.open(DAY).await;
        let page = browser.press(&day, "09:00", &[]).await;
        page.says(409, &["This time is already reserved for you", "reserved for you until 09:10"]);
        page.is_silent_about("This time is not free any more");
        let confirm = format!("/en/confirm?hold={}", hold()["hold_id"].as_str().unwrap());
        assert_eq!(page.link("See the reserved appointment"), confirm);
    }
}

#[actix_web::test]
async fn a_second_appointment_of_a_group_is_said_to_be_impossible_before_a_time_is_chosen() {
    let world = World::start().await;
    let own = serde_json::json!({ "bookings": [booking("confirmed")] });
    world.answer("GET bookings", Answer::Json(200, own));
    let mut browser = world.erika().await;
    // An identity card bars a passport.
    for page in ["days?service=121151", "day?service=121151&date=2027-01-05"] {
        let page = browser.open(&format!("/en/buergeramt/{page}")).await;
        page.says(
            200,
            &["You already have an appointment", "Both belong to “Identity documents”."],
        );
    }
    let other = browser.open("/en/buergeramt/days?service=324280").await;
    other.is_silent_about("You already have an appointment");
}

#[actix_web::test]
async fn the_log_in_is_offered_before_the_times_with_its_reason_and_level() {
    let world = World::start().await;
    for page in ["days?service=120703", "day?service=120703&date=2027-01-05"] {
        let page = world.browser().open(&format!("/en/buergeramt/{page}")).await;
        page.says(200, &["Log in to book", "This tells us who books the appointment."]);
        page.says(200, &["You need the online ID card or an ELSTER certificate."]);
        let login = page.link("Log in now");
        assert!(login.starts_with("/en/login/start?back=%2Fen%2Fbuergeramt%2Fday"), "{login}");
        assert_eq!(page.link("No online ID?"), "/en/without-online-id");
    }
    world.erika().await.open(DAY).await.is_silent_about("Log in to book");
}

#[actix_web::test]
async fn a_service_that_needs_an_application_asks_for_its_number() {
    let world = World::start().await;
    world.refuse("POST holds", 403, "entitlement-required");
    let mut browser = world.erika().await;
    let day = browser.open("/en/buergeramt/day?service=324280&date=2027-01-05").await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(200, &["Enter the application number", "Niederlassungserlaubnis"]);
}

#[actix_web::test]
async fn an_outage_while_holding_holds_nothing() {
    for trouble in [Answer::Proxy(502), Answer::Malformed] {
        let world = World::start().await;
        world.answer("POST holds", trouble);
        let mut browser = world.erika().await;
        let day = browser.open(DAY).await;
        let page = browser.press(&day, "09:00", &[]).await;
        page.says(503, &["This authority does not answer right now"]);
        browser.open("/en/about").await.is_silent_about("reserved for you");
    }
}

#[actix_web::test]
async fn a_held_slot_is_given_back_and_leads_to_the_same_search() {
    let world = World::start().await;
    let release = format!("DELETE holds/{}", hold()["hold_id"].as_str().unwrap());
    world.answer(&release, Answer::Json(200, serde_json::json!({})));
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/confirm").await;
    let page = browser.press(&page, "Give up reservation", &[]).await;
    assert_eq!(page.url.query(), Some("service=120703"));
    let released = world.stub.asked(&release.replace("holds", "/buergeramt/v1/holds"));
    assert_eq!(released[0].json()["hold_token"], "the hold token");
    page.is_silent_about("An appointment is reserved for you");
    page.says(200, &["Your previous reservation has been given up."]);
    let again = browser.open("/en/about").await;
    again.is_silent_about("has been given up");
}

/// The address of [`hold`] where it is given back.
fn release() -> String {
    format!("DELETE /buergeramt/v1/holds/{}", hold()["hold_id"].as_str().unwrap())
}

/// The hold of half past twelve.
fn later_hold() -> serde_json::Value {
    let mut later = hold();
    later["hold_id"] = "hld_01jdc6nvt8e0pb9s3k1zqk6yzw".into();
    later["hold_token"] = "the later token".into();
    later["start"] = "2027-01-05T11:30:00Z".into();
    later["end"] = "2027-01-05T11:50:00Z".into();
    later
}

/// The person holds nine o'clock, as the authority says with what follows if they give it up.
fn holds(world: &World, giving_up: serde_json::Value) {
    let mut present = hold();
    present["giving_up"] = giving_up;
    world.answer("GET holds", Answer::Json(200, serde_json::json!({ "holds": [present] })));
    let nothing = Answer::Json(200, serde_json::json!({}));
    world.stub.answer(&release(), nothing);
    world.refuse("POST holds", 409, "already-holding");
}

#[actix_web::test]
async fn another_slot_replaces_the_held_one_after_one_question_and_not_before() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    holds(&world, serde_json::json!({ "free_left": 2 }));
    let day = browser.open(DAY).await;
    let page = browser.press(&day, "12:30", &[]).await;
    page.says(409, &["Reserve this appointment instead?", "Reserved for you until 09:10"]);
    page.says(
        409,
        &["The other appointment", "12:30", "you can leave 1 more unbooked without having to wait"],
    );
    assert!(world.stub.asked(&release()).is_empty(), "nothing is given up yet");
    let kept = browser.open(&page.link("Keep the reservation")).await;
    kept.says(
        200,
        &["Check and book", "09:00", "you can leave 1 more unbooked without having to wait"],
    );

    let refused = Answer::Problem(409, "already-holding", serde_json::json!({}));
    world.answer("POST holds", Answer::InTurn(vec![refused, Answer::Json(200, later_hold())]));
    let taken = browser.press(&page, "Take the other appointment", &[]).await;
    taken.says(200, &["Check and book", "12:30"]);
    assert_eq!(world.stub.asked(&release()).len(), 1);
    // The page of the first one says what became of it, also when nothing is held any more.
    world.answer("GET holds", Answer::Json(200, serde_json::json!({ "holds": [] })));
    world.minutes_pass(11);
    let first = format!("/en/confirm?hold={}", hold()["hold_id"].as_str().unwrap());
    let first = browser.open(&first).await;
    first.says(410, &["This appointment is no longer reserved for you"]);
}

/// Fault: the confirm page showed the old hold without a word, so that four people were booked instead of one.
#[actix_web::test]
async fn the_held_time_for_others_or_for_something_else_is_another_wish() {
    let world = World::start().await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika_with_hold().await;
    holds(&world, serde_json::json!({ "free_left": 2 }));
    let moves = format!("service=120703&replaces={BOOKING}");
    for (search, differs) in [
        ("service=120703&people=3", "3 people"),
        ("service=121151", "Passport"),
        ("service=120703&service=121151", "Passport"),
        (moves.as_str(), "With this one you move your booked appointment."),
    ] {
        let day = browser.open(&format!("/en/buergeramt/day?{search}&date=2027-01-05")).await;
        let page = browser.press(&day, "09:00", &[]).await;
        page.says(409, &["Reserve this appointment instead?", "Identity card", differs]);
        assert!(page.offers("Take the other appointment"), "{page:?}");
    }
    assert!(world.stub.asked(&release()).is_empty(), "nothing is given up yet");

    let day = browser.open(DAY).await;
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(200, &["Check and book"]);
    let day = browser.open(&DAY.replace("&date", "&people=3&date")).await;
    let page = browser.press(&day, "09:00", &[]).await;
    let refused = Answer::Problem(409, "already-holding", serde_json::json!({}));
    let mut three = later_hold();
    three["start"] = hold()["start"].clone();
    three["end"] = hold()["end"].clone();
    three["people"] = serde_json::json!(3);
    world.answer("POST holds", Answer::InTurn(vec![refused, Answer::Json(200, three)]));
    let taken = browser.press(&page, "Take the other appointment", &[]).await;
    taken.says(200, &["Check and book", "3 people"]);
    assert_eq!(world.stub.asked(&release()).len(), 1);
}

#[actix_web::test]
async fn a_swap_that_is_refused_keeps_the_held_slot() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    holds(&world, serde_json::json!({ "free_left": 2 }));
    let day = browser.open(DAY).await;
    let question = browser.press(&day, "12:30", &[]).await;
    // It went while the person read the question.
    world.answer("GET availability/slots", Answer::Json(200, serde_json::json!({ "slots": [] })));
    let page = browser.press(&question, "Take the other appointment", &[]).await;
    page.says(409, &["This time is not free any more, or not yet"]);
    page.says(409, &["An appointment is reserved for you until 09:10"]);
    // A rule that refuses takes nothing away either.
    world.refuse("POST holds", 409, "slot-not-offered");
    browser.press(&question, "Take the other appointment", &[]).await;
    assert!(world.stub.asked(&release()).is_empty());
    browser.open("/en/about").await.says(200, &["An appointment is reserved for you until 09:10"]);
}

#[actix_web::test]
async fn a_slot_that_goes_while_the_held_one_is_given_up_says_that_both_are_gone() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    holds(&world, serde_json::json!({ "free_left": 2 }));
    let day = browser.open(DAY).await;
    let question = browser.press(&day, "12:30", &[]).await;
    let refused = |code| Answer::Problem(409, code, serde_json::json!({}));
    let answers = vec![refused("already-holding"), refused("slot-taken")];
    world.answer("POST holds", Answer::InTurn(answers));
    let page = browser.press(&question, "Take the other appointment", &[]).await;
    page.says(409, &["Your previous reservation has been given up."]);
    page.is_silent_about("An appointment is reserved for you");
}

#[actix_web::test]
async fn who_would_have_to_wait_after_giving_up_keeps_the_held_slot() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let from = "2027-01-05T08:00:00Z";
    holds(&world, serde_json::json!({ "free_left": 0, "hold_again_from": from }));
    let day = browser.open(DAY).await;
    let page = browser.press(&day, "12:30", &[]).await;
    page.says(409, &["Book the appointment that is reserved for you"]);
    page.says(409, &["again only from: Tuesday, 5 January 2027, 09:00"]);
    assert!(!page.offers("Take the other appointment"));
    let page = browser.open("/en/confirm").await;
    page.says(200, &["again only from: Tuesday, 5 January 2027, 09:00"]);
    assert!(world.stub.asked(&release()).is_empty());
}

#[actix_web::test]
async fn a_form_with_a_guessed_secret_does_nothing() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let fields =
        [("service", "120703"), ("slot", "mitte@2027-01-05T08:00:00Z"), ("csrf", "guessed")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let page = browser.post(DAY, "/en/buergeramt/hold", &fields).await;
    page.says(403, &["This page is too old", "For your safety we did nothing."]);
    assert!(world.stub.asked("POST /buergeramt/v1/holds").is_empty());
}
