//! Dates that an authority gives to applications on file.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, booking},
    world::{World, languages},
};

const DAYS: &str = "/en/buergeramt/days?service=324280";
const DATE: &str = "dte_01jdc6nvt8e0pb9s3k1zqk6yzx";

/// The authority gives dates of one of its services.
async fn giving() -> World {
    let services = json!({
        "groups": [],
        "services": [{
            "id": "324280", "name": { "de": "Niederlassungserlaubnis" }, "group": "aufenthalt",
            "entitlement_required": true, "allocation": "assign",
        }],
    });
    World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await
}

fn given(world: &World, dates: &Value) {
    world.answer("GET assigned-dates", Answer::Json(200, json!({ "dates": dates })));
}

fn date() -> Value {
    json!({
        "id": DATE, "service": "324280", "location": "mitte", "start": "2027-01-07T09:00:00+01:00",
        "end": "2027-01-07T09:20:00+01:00", "people": 1, "status": "open",
        "answer_by": "2027-01-05T10:00:00+01:00",
    })
}

#[actix_web::test]
async fn where_the_authority_gives_dates_nobody_looks_for_a_time() {
    let world = giving().await;
    world.answer("GET availability/earliest", Answer::Json(200, json!({ "slot": null })));
    world.answer("GET availability/days", Answer::Json(200, json!({ "days": [] })));
    let sentences = [
        ("en", "This authority gives you an appointment", "Enter the application number"),
        ("de", "Diese Behörde gibt Ihnen einen Termin", "Antragsnummer eingeben"),
        ("de-easy", "Das Amt gibt Ihnen einen Termin", "Nummer vom Antrag eingeben"),
        ("tr", "Bu daire size bir randevu verir", "Başvuru numarasını girin"),
        ("uk", "Ця установа сама призначає вам запис", "Введіть номер заяви"),
        ("ar", "هذه الدائرة تمنحك موعدًا", "أدخل رقم الطلب"),
    ];
    for (language, title, way) in sentences {
        let days = world.browser().open(&DAYS.replacen("en", language, 1)).await;
        days.says(200, &[title, way]);
    }
    let days = world.browser().open(DAYS).await;
    days.is_silent_about("There is no free appointment at the moment.");
    days.is_silent_about("You can book this appointment as soon as we have your application.");
    let service = world.browser().open("/en/buergeramt/services/324280").await;
    service.says(200, &["How you get an appointment The authority gives you an appointment"]);
    service.is_silent_about("You can book this appointment as soon as we have your application.");
    assert!(!service.offers("See free appointments"));
    let number = "/en/buergeramt/entitlement?service=324280";
    assert_eq!(service.link("Enter the application number"), number);
    let asked = world.erika().await.open(number).await;
    assert!(asked.offers("Back to the service") && !asked.offers("Choose another day"));
}

/// Fault: the page offered to say how many come and what else is to be done, which changed nothing.
#[actix_web::test]
async fn where_no_time_is_chosen_nobody_is_asked_how_many_come() {
    for (allocation, says) in
        [("assign", "This authority gives you an appointment"), ("draw", "drawn")]
    {
        let service = |id: &str, name: &str, allocation: &str| {
            json!({
                "id": id, "name": { "de": name }, "group": "aufenthalt", "combinable": true,
                "max_people": 4, "allocation": allocation,
            })
        };
        let services = [
            service("324280", "Niederlassungserlaubnis", allocation),
            service("120703", "Personalausweis", "immediate"),
        ];
        let world = World::prepared(|stub| {
            let offered = json!({ "groups": [], "services": services });
            stub.answer("GET /buergeramt/v1/services", Answer::Json(200, offered));
        })
        .await;
        let mut browser = world.browser();
        for page in ["days?service=324280", "visit?service=324280", "days?service=324280&people=9"]
        {
            let shown = browser.open(&format!("/en/buergeramt/{page}")).await;
            assert_eq!(shown.path(), "/en/buergeramt/days", "{page}");
            shown.says(200, &[says]);
            shown.is_silent_about("1 person");
            assert!(!shown.offers("Change people and services"), "{shown:?}");
        }
        // Nor is it added to what is chosen.
        let other = browser.open("/en/buergeramt/days?service=120703").await;
        assert!(other.offers("Change people and services"), "{other:?}");
        assert!(!other.offers("Niederlassungserlaubnis"), "{other:?}");
    }
}

#[actix_web::test]
async fn a_date_that_the_authority_gave_is_accepted_or_declined_in_two_steps() {
    let world = giving().await;
    given(&world, &json!([date()]));
    let mut browser = world.erika().await;
    let list = browser.open("/en/appointments").await;
    list.says(200, &["Appointments waiting for your answer", "Thursday, 7 January 2027"]);
    let step = browser.open(&list.link("Answer by: Tuesday, 5 January 2027, 10:00")).await;
    assert_eq!(step.path(), format!("/en/buergeramt/assigned-dates/{DATE}"));
    step.says(200, &["Thursday, 7 January 2027", "Rathaus Mitte"]);
    assert!(step.comes_before("If you decline, you get another", "No, thank you"), "{step:?}");
    world.answer(
        &format!("POST assigned-dates/{DATE}/accept"),
        Answer::Json(201, booking("confirmed")),
    );
    let booked = browser.press(&step, "Book appointment", &[]).await;
    assert_eq!(booked.path(), format!("/en/buergeramt/appointments/{BOOKING}"));
    let asked = format!("POST /buergeramt/v1/assigned-dates/{DATE}/accept");
    assert_eq!(world.stub.asked(&asked)[0].json()["language"], "en");

    // Fault: one press gave away the date for which people wait for months.
    world.answer(&format!("POST assigned-dates/{DATE}/decline"), Answer::Json(200, json!({})));
    let sure = browser.open(&step.link("No, thank you")).await;
    sure.says(200, &["Would you like to decline this appointment?", "perhaps much later"]);
    sure.says(200, &["Thursday, 7 January 2027", "This cannot be undone."]);
    assert_eq!(sure.link("No, go back"), step.path());
    let asked = format!("POST /buergeramt/v1/assigned-dates/{DATE}/decline");
    assert!(world.stub.asked(&asked).is_empty(), "nothing is declined yet");
    given(&world, &json!([]));
    let declined = browser.press(&sure, "Yes, decline it", &[]).await;
    declined.says(200, &["You have declined the appointment"]);
    // What was accepted in another window is not declined.
    world.answer(
        &format!("POST assigned-dates/{DATE}/decline"),
        Answer::Problem(409, "date-over", json!({ "current_status": "accepted" })),
    );
    let kept = browser.press(&sure, "Yes, decline it", &[]).await;
    assert_eq!(kept.path(), "/en/appointments");
    kept.is_silent_about("You have declined the appointment");
    // Nor what lapsed before the answer came.
    world.answer(
        &format!("POST assigned-dates/{DATE}/decline"),
        Answer::Problem(409, "date-over", json!({ "current_status": "lapsed" })),
    );
    let late = browser.press(&sure, "Yes, decline it", &[]).await;
    late.says(409, &["This appointment is over"]);
}

/// Fault: the page of a date that was declined asked for the number of the application, and the list of the
/// appointments did not mention it any more.
#[actix_web::test]
async fn a_date_that_was_declined_is_said_to_be_with_what_comes_next() {
    let world = giving().await;
    given(&world, &json!([date()]));
    let mut browser = world.erika().await;
    let path = format!("/en/buergeramt/assigned-dates/{DATE}");
    let sure = browser.open(&format!("{path}/decline")).await;
    world.answer(&format!("POST assigned-dates/{DATE}/decline"), Answer::Json(200, json!({})));
    given(&world, &json!([]));
    browser.press(&sure, "Yes, decline it", &[]).await;
    let says =
        ["You have declined the appointment", "The authority gives you another appointment."];
    for page in ["/en/appointments", path.as_str(), sure.path()] {
        let shown = browser.open(page).await;
        shown.says(200, &says);
        assert_eq!(shown.path(), "/en/appointments");
    }
    // Once there is another date or the appointment, that is what counts.
    let mut other = date();
    other["id"] = json!("dte_01jdc6nvt8e0pb9s3k1zqk6yzy");
    given(&world, &json!([other]));
    browser.open("/en/appointments").await.is_silent_about(says[0]);
    given(&world, &json!([]));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [accepted()] })));
    browser.open("/en/appointments").await.is_silent_about(says[0]);
    // Another session does not know what became of it, and claims nothing.
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [] })));
    let gone = world.erika().await.open(&path).await;
    gone.says(404, &["There is no such appointment", "Perhaps you have declined it already"]);
    gone.says(404, &["Have you not entered your application number yet?"]);
    assert_eq!(gone.link("My appointments"), "/en/appointments");
}

#[actix_web::test]
async fn who_would_decline_a_date_is_asked_in_every_language() {
    let world = giving().await;
    given(&world, &json!([date()]));
    let mut browser = world.erika().await;
    for language in languages() {
        let page = format!("/{language}/buergeramt/assigned-dates/{DATE}/decline");
        let shown = browser.open(&page).await;
        assert_eq!(shown.status, 200, "{shown:?}");
        let text = shown.text();
        assert!(!text.contains("[decline-") && !text.contains("[assigned-"), "{text}");
    }
}

/// An appointment that came of a date.
fn accepted() -> Value {
    let mut accepted = booking("confirmed");
    accepted["services"] = json!(["324280"]);
    accepted
}

#[actix_web::test]
async fn an_appointment_that_the_authority_gave_is_not_moved_but_cancelled_for_another_one() {
    let world = giving().await;
    let mut known = accepted();
    known["giving_up"] = json!({ "free_left": 0, "rebook_from": "2027-01-29T08:00:00Z" });
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [known] })));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, known));
    let (mut browser, own) =
        (world.erika().await, format!("/en/buergeramt/appointments/{BOOKING}"));
    for address in ["/en/appointments", own.as_str()] {
        let page = browser.open(address).await;
        assert!(page.offers("Cancel") && !page.offers("Move"), "{page:?}");
    }
    let page = browser.open(&own).await;
    page.says(200, &["You cannot choose another time here.", "gives you another appointment."]);
    // An address that was kept leads to what the person can do.
    let moving = browser.open(&format!("{DAYS}&replaces={BOOKING}")).await;
    assert_eq!(moving.path(), own);

    let asked = browser.open(&format!("{own}/cancel")).await;
    asked.says(200, &["The authority gives you another appointment."]);
    assert!(!asked.offers("Move it to another time instead"));
    asked.is_silent_about("You must wait after that");
    asked.is_silent_about("you can book such an appointment again only from");
    let mut cancelled = accepted();
    cancelled["status"] = json!("cancelled");
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, cancelled));
    let page = browser.open(&format!("{own}?cancelled")).await;
    page.says(200, &["Your application stays on file."]);
    assert!(!page.offers("Find another appointment"));
}

/// Fault: who books no date read from when on they can book one again.
#[actix_web::test]
async fn one_that_the_authority_gave_and_that_is_over_is_only_said_to_be_over() {
    let world = giving().await;
    let mut over = accepted();
    over["start"] = json!("2027-01-04T07:00:00Z");
    over["end"] = json!("2027-01-04T07:20:00Z");
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [over] })));
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, over));
    let mut browser = world.erika().await;
    let page = browser.open(&format!("/en/buergeramt/appointments/{BOOKING}")).await;
    page.says(200, &["This appointment is over."]);
    page.is_silent_about("again from");
    browser.open("/en/appointments").await.is_silent_about("again from");
}

#[actix_web::test]
async fn what_only_is_drawn_is_not_moved() {
    let services = json!({
        "groups": [],
        "services": [{
            "id": "120703", "name": { "de": "Personalausweis" }, "group": "ausweis",
            "allocation": "draw",
        }],
    });
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    world.answer(&format!("GET bookings/{BOOKING}"), Answer::Json(200, booking("confirmed")));
    let mut browser = world.erika().await;
    let page = browser.open(&format!("/en/buergeramt/appointments/{BOOKING}")).await;
    page.says(200, &["You cannot choose another time here.", "enter the next draw"]);
    assert!(!page.offers("Move"), "{page:?}");
}

#[actix_web::test]
async fn an_address_with_a_day_or_a_time_leads_to_what_people_do_instead() {
    let world = giving().await;
    let mut browser = world.erika().await;
    for address in [
        "day?service=324280&date=2027-01-05",
        "choice?service=324280&slot=mitte%402027-01-05T08:00:00Z",
    ] {
        let page = browser.open(&format!("/en/buergeramt/{address}")).await;
        assert_eq!(page.path(), "/en/buergeramt/days", "{address}");
        page.says(200, &["This authority gives you an appointment"]);
        page.is_silent_about("There is no free appointment at the moment.");
    }
    // Where a time is chosen and the authority gives dates by now.
    let world = World::start().await;
    let mut browser = world.erika().await;
    let day = browser.open("/en/buergeramt/day?service=120703&date=2027-01-05").await;
    world.refuse("POST holds", 409, "assigned-by-office");
    let refused = browser.press(&day, "09:00", &[]).await;
    refused.says(409, &["You cannot choose a time for this service."]);
    assert_eq!(refused.link("My appointments"), "/en/appointments");
    assert!(!refused.offers("Find another appointment"), "{refused:?}");
}

#[actix_web::test]
async fn who_proves_the_application_before_there_is_a_date_reads_what_comes() {
    let world = giving().await;
    given(&world, &json!([]));
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open("/en/buergeramt/entitlement?service=324280").await;
    let page = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    page.says(200, &["We have your application", "The authority gives you an appointment."]);
    // Fault: the pages of the service went on to ask for the number that they showed.
    for address in [DAYS, "/en/buergeramt/services/324280"] {
        let page = browser.open(address).await;
        page.says(
            200,
            &["Application number: A-17", "You find yours under “My appointments” as soon as"],
        );
        page.is_silent_about("Enter your application number");
        assert!(page.offers("My appointments") && !page.offers("Enter the application number"));
    }
}

#[actix_web::test]
async fn who_proves_the_application_is_led_to_their_dates() {
    let world = giving().await;
    given(&world, &json!([date()]));
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open("/en/buergeramt/entitlement?service=324280").await;
    let page = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    assert_eq!(page.path(), "/en/appointments");
    page.says(200, &["Thursday, 7 January 2027"]);
}

/// Fault: who had the appointment already read that the authority gives them one.
#[actix_web::test]
async fn who_proves_the_application_of_the_appointment_they_have_is_led_to_it() {
    let world = giving().await;
    given(&world, &json!([]));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [accepted()] })));
    world.answer("POST entitlements/claim", Answer::Json(200, json!({})));
    let mut browser = world.erika().await;
    let page = browser.open("/en/buergeramt/entitlement?service=324280").await;
    let page = browser.press(&page, "Check number", &[("reference", "A-17")]).await;
    page.says(200, &["You have an appointment for it already. You find it on this page."]);
    page.is_silent_about("The authority gives you an appointment.");
}

/// Fault: the link in an older message said that there is no such appointment, though it was accepted.
#[actix_web::test]
async fn a_date_that_was_accepted_leads_to_its_appointment() {
    let world = giving().await;
    given(&world, &json!([]));
    world.answer("GET bookings", Answer::Json(200, json!({ "bookings": [accepted()] })));
    let mut browser = world.erika().await;
    let page = browser.open(&format!("/en/buergeramt/assigned-dates/{DATE}")).await;
    page.says(409, &["You have an appointment at this authority already"]);
    let appointment = format!("/en/buergeramt/appointments/{BOOKING}");
    assert_eq!(page.link("See this appointment"), appointment);
}
