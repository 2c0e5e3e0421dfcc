//! The number of an application, which some services ask for.

use serde_json::json;

use crate::{
    stub::{Answer, place},
    world::{World, languages},
};

const ASK: &str = "/en/buergeramt/entitlement?service=324280";

#[actix_web::test]
async fn the_right_number_opens_the_way_to_the_days() {
    let world = World::start().await;
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    page.says(200, &["Enter the application number", "Niederlassungserlaubnis"]);
    let page = browser.press(&page, "Check number", &[("reference", " A-١٧ ")]).await;
    assert_eq!(page.path(), "/en/buergeramt/days");
    page.says(200, &["We have your application", "Your number was accepted."]);
    assert!(!page.offers("Enter the application number"), "{page:?}");
    let asked = world.stub.asked("POST /buergeramt/v1/entitlements/claim")[0].json();
    assert_eq!((&asked["service"], &asked["reference"]), (&json!("324280"), &json!("A-17")));
}

/// Fault: pages went on to ask for a number that they knew.
#[actix_web::test]
async fn a_number_that_is_known_is_shown_and_not_asked_for_again() {
    let world = World::start().await;
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let days = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    let service = browser.open("/en/buergeramt/services/324280").await;
    let known = browser.open(ASK).await;
    for page in [&days, &service, &known] {
        page.says(200, &["We have your application", "Application number: A-17"]);
        assert!(!page.html.contains(r#"name="reference""#), "{page:?}");
        page.is_silent_about("Application first");
        assert_eq!(page.link("Enter another number"), format!("{ASK}&change"));
    }
    assert_eq!(known.link("Deutsch"), ASK.replacen("en", "de", 1));
    let other = browser.open(&known.link("Enter another number")).await;
    let days = browser.press(&other, "Check number", &[("reference", "A-18")]).await;
    days.says(200, &["Application number: A-18"]);
    days.is_silent_about("A-17");
    for language in languages() {
        let shown = browser.open(&ASK.replacen("en", language, 1)).await;
        assert!(shown.text().contains("A-18") && !shown.text().contains("[application-"));
    }
}

#[actix_web::test]
async fn a_number_that_the_authority_does_not_know_any_more_is_asked_for_again() {
    let world = World::start().await;
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    world.refuse("POST holds", 403, "entitlement-required");
    let day = browser.open("/en/buergeramt/day?service=324280&date=2027-01-05").await;
    let page = browser.press(&day, "12:30", &[]).await;
    assert!(page.html.contains(r#"name="reference""#), "{page:?}");
    let page = browser.open(ASK).await;
    assert!(page.html.contains(r#"name="reference""#), "{page:?}");
    page.is_silent_about("A-17");
}

/// An application can be taken back between the reservation and the booking.
#[actix_web::test]
async fn a_number_that_is_refused_at_the_booking_is_asked_for_again() {
    let world = World::start().await;
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut held = crate::stub::hold();
    held["services"] = json!(["324280"]);
    world.answer("POST holds", Answer::Json(200, held));
    world.refuse("POST bookings", 403, "entitlement-required");
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    let day = browser.open("/en/buergeramt/day?service=324280&date=2027-01-05").await;
    let page = browser.press(&day, "09:00", &[]).await;
    assert_eq!(page.path(), "/en/confirm", "{page:?}");
    let refused = browser.press(&page, "Book appointment", &[]).await;
    assert_eq!(refused.status, 403, "{refused:?}");
    let page = browser.open(ASK).await;
    assert!(page.html.contains(r#"name="reference""#), "{page:?}");
    page.is_silent_about("A-17");
}

/// Fault: who had written no number was asked whether it is right.
#[actix_web::test]
async fn an_empty_number_is_only_said_to_be_missing() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let page = browser.press(&page, "Check number", &[("reference", " ")]).await;
    page.says(200, &["Error: Enter the application number"]);
    page.says(200, &["Please write the number into the field."]);
    page.is_silent_about("does not match your name");
    page.is_silent_about("Is the number right?");
}

#[actix_web::test]
async fn an_unknown_number_can_be_corrected() {
    let world = World::start().await;
    world.refuse("POST entitlements/claim", 404, "entitlement-not-found");
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let page = browser.press(&page, "Check number", &[("reference", "A-18")]).await;
    page.says(200, &["This number does not match your name and date of birth."]);
    assert!(page.html.contains(r#"value="A-18""#));
    page.says(200, &["Error: Enter the application number", "Please check what you entered"]);
    let german = browser.read_in(&page, "Deutsch", &[]).await;
    german.says(200, &["Fehler: Antragsnummer eingeben"]);
    assert!(german.html.contains(r#"value="A-18""#), "what was entered stays");
}

#[actix_web::test]
async fn whoever_is_refused_reads_how_a_person_helps_and_what_to_bring() {
    let help = [
        (
            "de",
            "Nummer prüfen",
            "Rufen Sie die Behörde an oder gehen Sie hin. Bringen Sie das Schreiben",
        ),
        ("en", "Check number", "Call the authority or go there. Bring the letter"),
        ("de-easy", "Nummer prüfen", "Bringen Sie den Brief mit."),
        ("tr", "Numarayı kontrol et", "Daireyi arayın veya oraya gidin. Mektubu"),
        ("uk", "Перевірити номер", "Зателефонуйте до установи або прийдіть. Візьміть лист"),
        ("ar", "التحقق من الرقم", "اتصل بالدائرة أو اذهب إليها. أحضر الرسالة"),
    ];
    let refusals = [(404, "entitlement-not-found"), (429, "rate-limited")];
    for (status, code) in refusals {
        let world = World::start().await;
        world.refuse("POST entitlements/claim", status, code);
        for (language, button, sentence) in help {
            let mut browser = world.erika().await;
            let page = browser.open(&ASK.replacen("en", language, 1)).await;
            assert!(!page.html.contains(sentence), "{language}");
            let page = browser.press(&page, button, &[("reference", "A-18")]).await;
            page.says(200, &[sentence]);
        }
    }
}

#[actix_web::test]
async fn whoever_finds_the_number_used_reads_who_helps() {
    let world = World::start().await;
    world.refuse("POST entitlements/claim", 409, "entitlement-taken");
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let page = browser.press(&page, "Check number", &[("reference", "A-18")]).await;
    page.says(
        409,
        &["Somebody has used this number already", "Then call the authority or go there"],
    );
}

#[actix_web::test]
async fn whoever_tried_too_many_numbers_reads_when_to_try_again() {
    let world = World::start().await;
    world.refuse("POST entitlements/claim", 429, "rate-limited");
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let page = browser.press(&page, "Check number", &[("reference", "A-18")]).await;
    page.says(200, &["You have entered too many numbers today. You can try again tomorrow."]);
}

#[actix_web::test]
async fn a_stranger_logs_in_first_and_an_outage_is_one() {
    let world = World::start().await;
    world.browser().open(ASK).await.says(401, &["Please log in"]);
    world.answer("POST entitlements/claim", Answer::Proxy(502));
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let page = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    page.says(503, &["This authority does not answer right now"]);
}

#[actix_web::test]
async fn a_service_without_an_application_has_no_number() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = browser.open("/en/buergeramt/entitlement?service=120703").await;
    let page = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    page.says(400, &["This address is incomplete"]);
}

#[actix_web::test]
async fn an_empty_field_asks_for_the_number_and_nothing_is_said_of_another_service() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = browser.open(ASK).await;
    let page = browser.press(&page, "Check number", &[("reference", "  ")]).await;
    page.says(200, &["Please write the number into the field."]);
    page.is_silent_about("does not match your name");
    assert!(world.stub.asked("POST /buergeramt/v1/entitlements/claim").is_empty());
    let other = browser.open("/en/buergeramt/entitlement?service=120703").await;
    other.is_silent_about("Please write the number into the field.");
    other.is_silent_about("Error:");
}

#[actix_web::test]
async fn the_slot_that_was_chosen_is_held_once_the_number_is_known() {
    let world = World::start().await;
    world.refuse("POST holds", 403, "entitlement-required");
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let day = browser.open("/en/buergeramt/day?service=324280&date=2027-01-05").await;
    let page = browser.press(&day, "12:30", &[]).await;
    page.says(200, &["After that we reserve for you: Tuesday, 5 January 2027, 12:30."]);
    world.answer("POST holds", Answer::Json(200, crate::stub::hold()));
    let page = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    page.says(200, &["Check and book"]);
    let asked = world.stub.asked("POST /buergeramt/v1/holds");
    assert_eq!(asked.last().unwrap().json()["start"], "2027-01-05T11:30:00Z");
}

#[actix_web::test]
async fn a_stranger_reads_before_the_log_in_that_the_number_comes_first() {
    let world = World::start().await;
    let choice = "/en/buergeramt/choice?service=324280&slot=mitte%402027-01-05T08:00:00Z";
    let page = world.browser().open(choice).await;
    page.says(200, &["After logging in you enter the number of your application"]);
    page.is_silent_about("As soon as you have logged in, we reserve the appointment for you");
}

#[actix_web::test]
async fn the_form_of_a_waiting_list_says_first_that_an_application_is_needed() {
    let services = json!({
        "groups": [],
        "services": [{
            "id": "324280", "name": { "de": "Niederlassungserlaubnis" }, "group": "aufenthalt",
            "entitlement_required": true, "waiting_list": true,
        }],
    });
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    let join = "/en/buergeramt/waiting-list/join?service=324280";
    let first = "Application first, then the waiting list";
    let mut browser = world.erika().await;
    let form = browser.open(join).await;
    form.says(200, &[first]);
    assert_eq!(form.link("Enter the application number"), ASK);
    for language in languages() {
        let shown = browser.open(&join.replacen("en", language, 1)).await;
        assert!(!shown.text().contains("[waiting-"), "{language}: {shown:?}");
    }
    let mut waits = place("waiting");
    waits["service"] = json!("324280");
    waits["group"] = json!("aufenthalt");
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let ask = browser.open(ASK).await;
    browser.press(&ask, "Check number", &[("reference", "A-17")]).await;
    let known = browser.open(join).await;
    known.says(200, &["Application number: A-17"]);
    known.is_silent_about(first);
    world.answer("GET waiting-list", Answer::Json(200, json!({ "entries": [waits] })));
    browser.open(join).await.is_silent_about(first);
    // Other services ask for none.
    let world = World::start().await;
    let form = world.erika().await.open("/en/buergeramt/waiting-list/join?service=120703").await;
    form.is_silent_about(first);
}
