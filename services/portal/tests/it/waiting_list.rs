//! Waiting lists: joining with what suits, the place in line, offers by mail and on the page.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    stub::{Answer, BOOKING, OFFER, PLACE, booking, offer, place},
    world::{World, languages},
};

const DAYS: &str = "/en/buergeramt/days?service=120703";
const JOIN: &str = "/en/buergeramt/waiting-list/join?service=120703";
const TOKEN: &str = "5f0c2a9e4b7d11e8a3c6d0f19e2b8a47";

fn place_page() -> String {
    format!("/en/buergeramt/waiting-list/places/{PLACE}")
}

fn offer_page() -> String {
    format!("/en/buergeramt/waiting-list/offers/{OFFER}")
}

fn answer_page() -> String {
    format!("/en/buergeramt/waiting-list/answer?token={TOKEN}")
}

/// The person's place stands so, with these further members.
fn stands(world: &World, status: &str, more: &Value) {
    let mut place = place(status);
    place.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [place] })));
}

/// What the message asks: the place and its offer stand so.
fn asks(world: &World, status: &str, offer_status: &str, more: &Value) {
    let mut offered = offer();
    offered["status"] = json!(offer_status);
    offered["is_move"] = json!(false);
    let mut message = json!({
        "service": "120703", "status": status, "declines_left": 2, "offer": offered,
    });
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.answer("POST waiting-list/messages", Answer::Json(200, message));
}

fn answers(world: &World) -> Vec<Value> {
    let asked = world.stub.asked("POST /buergeramt/v1/waiting-list/answers");
    asked.iter().map(crate::stub::Asked::json).collect()
}

#[actix_web::test]
async fn where_nothing_is_free_people_can_wait() {
    let world = World::start().await;
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    world.answer("GET availability/days", Answer::Json(200, json!({ "days": [] })));
    let shown = world.browser().open(DAYS).await;
    shown.says(200, &["There is no free appointment at the moment.", "Wait for an appointment"]);
    shown.says(200, &["You need the online ID card or an ELSTER certificate."]);
    let login = shown.link("Join the waiting list");
    assert!(
        login.contains("waiting-list%2Fjoin") && login.ends_with("level=substantial"),
        "{login}"
    );
    assert_eq!(world.erika().await.open(DAYS).await.link("Join the waiting list"), JOIN);
    // A place is for one service; others have no list.
    for other in [format!("{DAYS}&service=121151"), "/en/buergeramt/days?service=121151".into()] {
        assert!(!world.browser().open(&other).await.offers("Join the waiting list"), "{other}");
    }
}

#[actix_web::test]
async fn what_suits_is_sent_as_it_is_meant() {
    let world = World::start().await;
    world.answer("POST waiting-list/entries", Answer::Json(201, place("waiting")));
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    form.says(200, &["41 people are waiting at the moment.", "You need not be fast."]);
    form.says(200, &["An offer is valid for 24 hours.", "If you decline 2 offers"]);
    // Fault: "at most", though offers by phone and at night stand longer.
    form.says(
        200,
        &["you have until the morning. If the office calls you, you have 24 hours more."],
    );
    // Fault: night and call were promised for whatever time was left.
    form.says(200, &["24 hours more. If the appointment is soon, you have less time."]);
    form.says(200, &["Mornings (finished by 12:00)", "Rathaus Wedding"]);
    form.says(200, &["Offers come by e-mail only, not by phone.", "Then the office calls you."]);
    assert_eq!(form.link("Where the desks are"), "/en/without-online-id");
    assert_eq!(form.link("115"), "tel:115");
    stands(&world, "waiting", &json!({}));
    let entered = [
        ("time-1", "-12:00"),
        ("weekday-1", "2"),
        ("weekday-1", "4"),
        ("place-1", "mitte"),
        ("time-2", "16:00-"),
        ("any", "on"),
        ("from", ""),
        ("until", "2027-02-26"),
        ("except", "2027-01-19"),
        ("except", ""),
    ];
    let shown = browser.press(&form, "Join now", &entered).await;
    assert_eq!(shown.path(), place_page());
    shown.says(200, &["You are on the waiting list."]);
    let asked = &world.stub.asked("POST /buergeramt/v1/waiting-list/entries")[0];
    assert!(asked.token.is_some() && asked.idempotency_key.is_some());
    let sent = asked.json();
    assert_eq!((&sent["service"], &sent["people"]), (&json!("120703"), &json!(1)));
    assert_eq!(sent["language"], "en");
    let any = json!({
        "locations": [], "weekdays": [], "until": "2027-02-26", "except": ["2027-01-19"],
    });
    let (mut first, mut second) = (any.clone(), any.clone());
    first["locations"] = json!(["mitte"]);
    first["weekdays"] = json!([2, 4]);
    first["before"] = json!("12:00");
    second["after"] = json!("16:00");
    assert_eq!(sent["wishes"], json!([first, second, any]));
}

#[actix_web::test]
async fn who_is_in_line_sees_the_place_as_it_is_and_can_change_and_leave() {
    let world = World::start().await;
    stands(&world, "waiting", &json!({}));
    let mut browser = world.erika().await;
    let own = browser.open(&place_page()).await;
    own.says(200, &["People ahead of you: 12 to 15. We will know exactly tomorrow"]);
    own.says(
        200,
        &["Tuesday · finished by 12:00 · Rathaus Mitte · not on Tuesday, 19 January 2027"],
    );
    own.says(200, &["We have no confirmed e-mail address of yours.", "c0ffee"]);
    own.is_silent_about("Ahead of you 12 people");
    let exact = json!({ "place": {
        "day": "2027-01-03", "ahead_at_least": 1, "ahead_at_most": 1, "commitment": "c0ffee",
        "key": "5eed", "drawn": "00ff",
    }});
    stands(&world, "waiting", &exact);
    world.stub.answer("GET /contact", Answer::Json(200, json!({ "email": "erika@example.org" })));
    let own = browser.open(&place_page()).await;
    own.says(200, &["1 person is ahead of you.", "We send offers to erika@example.org.", "00ff"]);
    let form = browser.open(&own.link("Change what suits me")).await;
    for filled in ["value=\"-12:00\" checked", "value=\"2\" checked", "value=\"2027-01-19\""] {
        assert!(form.html.contains(filled), "{filled}");
    }
    let question = browser.open(&own.link("Leave the waiting list")).await;
    question.says(200, &["Would you like to leave the waiting list?"]);
    assert!(
        world.stub.asked(&format!("DELETE /buergeramt/v1/waiting-list/entries/{PLACE}")).is_empty()
    );
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [] })));
    for answer in [Answer::Json(200, json!({})), Answer::Problem(404, "not-waiting", json!({}))] {
        world.answer(&format!("DELETE waiting-list/entries/{PLACE}"), answer);
        let left = browser.press(&question, "Yes, leave", &[]).await;
        assert_eq!(left.path(), "/en/appointments");
        left.says(
            200,
            &["Your place is deleted. Offers that you declined still count for some time."],
        );
    }
}

#[actix_web::test]
async fn a_message_asks_and_only_its_button_declines_without_a_login() {
    let world = World::start().await;
    asks(&world, "offered", "open", &json!({}));
    let mut browser = world.browser();
    for _ in 0..3 {
        // As a mail scanner does.
        let question = browser.open(&answer_page()).await;
        question.says(200, &["Do you want this appointment?", "Thursday, 7 January 2027"]);
    }
    assert!(answers(&world).is_empty());
    let question = browser.open(&answer_page()).await;
    question.says(200, &["If you decline, the next person gets the offer. You keep your place."]);
    let accept = question.link("Yes, I want this appointment");
    assert!(accept.starts_with("/en/login?back=") && accept.contains("offers"), "{accept}");
    world.answer(
        "POST waiting-list/answers",
        Answer::Json(200, json!({ "status": "waiting", "declines_left": 1 })),
    );
    asks(&world, "waiting", "declined", &json!({ "declines_left": 1 }));
    let declined = browser.press(&question, "No, thank you", &[]).await;
    declined.says(200, &["You have declined.", "If you decline one more offer"]);
    assert_eq!(answers(&world), [json!({ "token": TOKEN, "answer": "decline" })]);
    assert!(world.stub.asked("POST /buergeramt/v1/waiting-list/answers")[0].token.is_none());
    // Pressed again, or too late: the page says how it stands.
    world.refuse("POST waiting-list/answers", 409, "offer-over");
    browser.press(&question, "No, thank you", &[]).await.says(200, &["You have declined."]);
    // Another site can send it no more than before.
    let mut stranger = world.browser();
    stranger.site = "cross-site";
    stranger.press(&question, "No, thank you", &[]).await.says(403, &["This page is too old"]);
}

#[actix_web::test]
async fn a_message_asks_whether_somebody_still_waits() {
    let world = World::start().await;
    let until = json!({ "answer_by": "2027-01-12T10:00:00+01:00" });
    asks(&world, "asked", "lapsed", &until);
    let mut browser = world.browser();
    let question = browser.open(&answer_page()).await;
    question.says(200, &["Are you still waiting?", "until: Tuesday, 12 January 2027, 10:00"]);
    assert!(!question.offers("No, thank you"));
    world.answer(
        "POST waiting-list/answers",
        Answer::Json(200, json!({ "status": "waiting", "declines_left": 1 })),
    );
    asks(&world, "waiting", "lapsed", &json!({}));
    let answered = browser.press(&question, "Yes, I am still waiting", &[]).await;
    answered.says(200, &["You are on the waiting list.", "the next offer comes by e-mail again"]);
    assert_eq!(answers(&world), [json!({ "token": TOKEN, "answer": "still-waiting" })]);
    // The same on the page of the place, after a log-in.
    stands(&world, "asked", &until);
    let mut browser = world.erika().await;
    let own = browser.open(&place_page()).await;
    own.says(200, &["Are you still waiting?"]);
    let waiting = json!({ "status": "waiting", "declines_left": 1 });
    let path = format!("POST waiting-list/entries/{PLACE}/still-waiting");
    world.answer(&path, Answer::Json(200, waiting));
    stands(&world, "waiting", &json!({}));
    let answered = browser.press(&own, "Yes, I am still waiting", &[]).await;
    answered.says(200, &["From now on we offer you appointments again."]);
}

#[actix_web::test]
async fn every_end_of_an_offer_and_a_place_is_said() {
    let world = World::start().await;
    let mut browser = world.browser();
    for (status, offer_status, sentence) in [
        ("booked", "accepted", "You have an appointment."),
        // Fault: "no longer on the list" was said to who has joined again.
        ("ended", "declined", "This place on the waiting list has ended."),
        ("waiting", "withdrawn", "This offer is over."),
        ("offered", "lapsed", "This offer is over."),
        ("of-a-newer-service", "open", "This offer is over."),
    ] {
        asks(&world, status, offer_status, &json!({}));
        let shown = browser.open(&answer_page()).await;
        shown.says(200, &[sentence]);
        assert!(!shown.offers("No, thank you"), "{status}");
    }
    world.refuse("POST waiting-list/messages", 404, "offer-not-found");
    browser.open(&answer_page()).await.says(404, &["This link is no longer valid"]);
    let broken = browser.open("/en/buergeramt/waiting-list/answer?token=5f0c").await;
    broken.says(400, &["This address is incomplete"]);
    let mut browser = world.erika().await;
    for (reason, sentence) in [
        ("declines", "as the waiting list allows"),
        ("silence", "You did not tell us in time"),
        ("list-ended", "The authority has closed this waiting list."),
        ("full-moon", "You are no longer on the waiting list."),
    ] {
        stands(&world, "ended", &json!({ "reason": reason, "wishes": [] }));
        let shown = browser.open(&place_page()).await;
        shown.says(200, &[sentence]);
        assert_eq!(shown.offers("Join again"), reason != "list-ended", "{reason}");
        browser.open("/en/appointments").await.says(200, &["Place lost"]);
    }
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [] })));
    browser.open(&place_page()).await.says(409, &["We do not find this place"]);
    browser.open(&offer_page()).await.says(409, &["This offer is over, or it belongs to another"]);
}

#[actix_web::test]
async fn whoever_cannot_join_reads_why_and_what_to_do() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let form = browser.open(JOIN).await;
    for (status, code, sentence) in [
        (409, "no-waiting-list", "There is no waiting list here"),
        (409, "waiting-list-full", "The waiting list is full"),
        (409, "already-waiting", "You are already waiting for a similar appointment"),
    ] {
        world.refuse("POST waiting-list/entries", status, code);
        let refused = browser.press(&form, "Join now", &[]).await;
        refused.says(status, &[sentence]);
        assert_eq!(refused.link("Find another appointment"), DAYS);
    }
    let low = Answer::Problem(403, "level-too-low", json!({ "required_level": "high" }));
    world.answer("POST waiting-list/entries", low);
    let refused = browser.press(&form, "Join now", &[]).await;
    assert!(refused.link("Log in now").contains("level=high"));
    world.refuse("POST waiting-list/entries", 403, "entitlement-required");
    let proof = browser.press(&form, "Join now", &[]).await;
    assert_eq!(proof.path(), "/en/buergeramt/entitlement");
    // Another list of the group, and a service without one.
    stands(&world, "waiting", &json!({ "service": "121151" }));
    browser.open(JOIN).await.says(409, &["You are already waiting for a similar appointment"]);
    let without = "/en/buergeramt/waiting-list/join?service=121151";
    browser.open(without).await.says(409, &["There is no waiting list here"]);
    let unknown = "/en/buergeramt/waiting-list/join?service=nothing";
    browser.open(unknown).await.says(404, &["This page does not exist"]);
    world.browser().open(JOIN).await.says(401, &["Please log in"]);
    world.stub.identity(|identity| identity.level = "basic");
    world.erika().await.open(JOIN).await.says(403, &["We need to be more certain who you are."]);
}

#[actix_web::test]
async fn who_has_an_appointment_reads_that_only_earlier_ones_are_offered() {
    let world = World::start().await;
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booking("confirmed")] })));
    let form = world.erika().await.open(JOIN).await;
    form.says(200, &["You already have an appointment: Tuesday, 5 January 2027, 09:00"]);
    form.says(200, &["You keep the appointment that you have until you accept an offer."]);
}

/// Fault: what had begun was to be kept until an offer is accepted, and is given back by none.
#[actix_web::test]
async fn an_appointment_that_has_begun_is_not_given_back_for_an_earlier_one() {
    let world = World::start().await;
    stands(&world, "waiting", &json!({ "replaces": BOOKING }));
    let mut browser = world.erika().await;
    for (start, is_kept) in [("2027-01-05T08:00:00Z", true), ("2027-01-04T08:00:00Z", false)] {
        let mut own = booking("confirmed");
        own["start"] = json!(start);
        world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, own));
        let shown = browser.open(&place_page()).await;
        let says = "Until you accept an offer you keep your appointment";
        assert_eq!(shown.text().contains(says), is_kept, "{shown:?}");
    }
}

#[actix_web::test]
async fn the_list_says_so_when_places_cannot_be_learnt_by_leaving_them_out() {
    let world = World::start().await;
    world.answer("GET waiting-list", Answer::Proxy(502));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [booking("confirmed")] })));
    let shown = world.erika().await.open("/en/appointments").await;
    shown.says(200, &["Tuesday, 5 January 2027, 09:00"]);
    shown.is_silent_about("Waiting list");
}

#[actix_web::test]
async fn every_page_speaks_every_language() {
    let world = World::start().await;
    stands(&world, "offered", &json!({ "offer": offer() }));
    asks(&world, "offered", "open", &json!({}));
    let mut browser: Browser = world.erika().await;
    let (leaving, declining) =
        (format!("{}/leave", place_page()), format!("{}/decline", offer_page()));
    for language in languages() {
        for page in [JOIN, &place_page(), &offer_page(), &answer_page(), &leaving, &declining] {
            let shown = browser.open(&page.replacen("/en/", &format!("/{language}/"), 1)).await;
            assert_eq!(shown.status, 200, "{shown:?}");
            let text = shown.text();
            assert!(!text.contains("waiting-") && !text.contains("{ $"), "{language}: {text}");
        }
    }
}

#[actix_web::test]
async fn an_address_without_a_language_leads_to_the_list_in_that_of_the_browser() {
    let world = World::start().await;
    let mut browser = world.browser();
    browser.prefers = Some("uk");
    let page = browser.get("/appointments").await;
    assert_eq!(page.location().unwrap().path(), "/uk/appointments");
}
