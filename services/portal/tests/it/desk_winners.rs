//! The front desk phones winners of draws who have no e-mail, and asks before it declines for them.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, CODE, DRAW, booking, draw, entry, published},
    world::{World, languages},
};

const OF_MITTE: &str = "/en/buergeramt/desk/calls?location=mitte";
const ENTRY: &str = "ntr_00000000000000000000000001";
const DECLINES: &str = "The person declines";

fn winner() -> Value {
    json!({
        "entry": ENTRY, "draw": DRAW, "service": "121701", "phone": "030 9010", "language": "tr",
        "attendee": { "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" },
        "offer": {
            "location": "mitte", "start": "2027-01-19T09:00:00+01:00",
            "end": "2027-01-19T09:20:00+01:00", "answer_by": "2027-01-10T10:00:00+01:00",
            "left_out_until": "2027-03-01T10:00:00+01:00",
        },
    })
}

fn answering(answer: &str) -> String {
    format!("POST desk/draws/{DRAW}/entries/{ENTRY}/{answer}")
}

/// What was sent to decline the seat.
fn sent(world: &World) -> Vec<Value> {
    let asked = world.stub.asked(&answering("decline").replacen(' ', " /buergeramt/v1/", 1));
    asked.iter().map(crate::stub::Asked::json).collect()
}

/// Erika was drawn and is to be phoned; nobody else is.
async fn world() -> World {
    let world = World::start().await;
    world.answer("GET desk/waiting-list/calls", Answer::Json(200, json!({ "calls": [] })));
    world.answer("GET desk/draws/calls", Answer::Json(200, json!({ "calls": [winner()] })));
    world
}

/// Goes from the calls to the question and says yes.
async fn decline(browser: &mut Browser) -> Page {
    let calls = browser.open(OF_MITTE).await;
    let form = browser.open(&calls.link(DECLINES)).await;
    browser.press(&form, DECLINES, &[]).await
}

#[actix_web::test]
async fn winners_of_a_draw_without_e_mail_are_phoned_and_answered_for() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let page = browser.open(OF_MITTE).await;
    page.says(
        200,
        &["Erika Mustermann", "The person was drawn.", "Tuesday, 19 January 2027, 09:00"],
    );
    page.says(200, &["Answer by Sunday, 10 January 2027, 10:00", "Monday, 1 March 2027"]);
    let case = json!({ "case": "K7QD-3XHM" });
    world.answer(&answering("accept"), Answer::Problem(403, "second-person-needed", case));
    let asked = browser.press(&page, "The person takes it", &[]).await;
    asked.says(409, &["Tell them the case K7QD-3XHM.", "press “The person takes it” again."]);
    world.answer(&answering("accept"), Answer::Json(201, booking("confirmed")));
    let accepted = browser.press(&asked, "The person takes it", &[]).await;
    accepted.says(200, &["The appointment is booked", CODE]);
}

/// Fault: the page named neither person nor time, and asked why in the words of booking.
#[actix_web::test]
async fn a_drawn_seat_is_declined_after_one_question_with_whose_it_is_and_what_follows() {
    let world = world().await;
    world.answer(&answering("decline"), Answer::Json(204, json!(null)));
    let mut browser = world.clerk().await;
    let calls = browser.open(OF_MITTE).await;
    let form = browser.open(&calls.link(DECLINES)).await;
    form.says(200, &["Decline the drawn appointment", "Erika Mustermann", "Rathaus Mitte"]);
    form.says(200, &["Tuesday, 19 January 2027, 09:00", "only from: Monday, 1 March 2027"]);
    form.is_silent_about("The person cannot or does not want to book online");
    assert_eq!(form.link("Back to the calls"), OF_MITTE);
    assert!(sent(&world).is_empty(), "nothing is declined before it is asked");

    let declined = browser.press(&form, DECLINES, &[]).await;
    declined.says(200, &["The appointment is declined", "Others get it."]);
    assert_eq!(declined.link("Back to the calls"), OF_MITTE);
    assert_eq!(declined.link("Back to the front desk"), "/en/buergeramt/desk?location=mitte");
    assert_eq!(sent(&world), [json!({ "reason": { "code": "no-online-access" } })]);
}

/// Fault: it asked about what was accepted before, and about what there never was.
#[actix_web::test]
async fn nobody_is_asked_about_a_seat_that_waits_for_no_answer() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let ask = browser.open(OF_MITTE).await.link(DECLINES);
    let other = ask.replace(ENTRY, "ntr_00000000000000000000000002");
    browser.open(&other).await.says(409, &["This offer is over", "Erika Mustermann"]);
    world.answer("GET desk/draws/calls", Answer::Json(200, json!({ "calls": [] })));
    let page = browser.open(&ask).await;
    page.says(409, &["This offer is over", "There is nobody to call here now."]);
    for read in ["GET desk/draws/calls", "GET desk/waiting-list/calls"] {
        world.refuse(read, 403, "forbidden");
    }
    browser.open(&ask).await.says(403, &["You may not do this at this place"]);
}

#[actix_web::test]
async fn what_a_colleague_must_agree_to_is_said_above_the_form_and_what_is_over_above_the_calls() {
    let world = world().await;
    let mut browser = world.clerk().await;
    for (status, code, members, sentences) in [
        (
            403,
            "second-person-needed",
            json!({ "case": "K7QD-3XHM" }),
            ["Tell them the case K7QD-3XHM.", "press “The person declines” again."],
        ),
        (409, "case-state", json!({}), ["Check the number.", "Erika Mustermann"]),
        (409, "offer-over", json!({}), ["This offer is over", "Erika Mustermann"]),
    ] {
        world.answer(&answering("decline"), Answer::Problem(status, code, members));
        let page = decline(&mut browser).await;
        page.says(409, &["Error:"]);
        page.says(409, &sentences);
        let asks = page.offers("Back to the calls");
        assert_eq!(asks, code != "offer-over", "{code}: {page:?}");
    }
}

#[actix_web::test]
async fn the_form_is_for_staff_and_there_in_each_language() {
    let world = world().await;
    let mut browser = world.clerk().await;
    let form = browser.open(OF_MITTE).await.link(DECLINES);
    for language in languages() {
        let page = browser.open(&form.replacen("/en/", &format!("/{language}/"), 1)).await;
        page.says(200, &[]);
        page.is_silent_about("[desk-");
    }
    world.erika().await.open(&form).await.says(401, &["This page is for staff"]);
}

/// Fault: nobody told a person whom the desk entered that they had won.
#[actix_web::test]
async fn a_winner_who_is_booked_is_phoned_until_staff_say_that_they_know() {
    let world = world().await;
    let call = json!({
        "entry": ENTRY, "draw": DRAW, "phone": "030 9010", "language": "tr",
        "attendee": { "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" },
        "booking": booking("confirmed"),
    });
    let calls = |untold: Value| Answer::Json(200, json!({ "calls": [], "untold": untold }));
    world.answer("GET desk/draws/calls", calls(json!([call])));
    world.answer(&answering("told"), Answer::Json(204, json!(null)));
    let mut browser = world.clerk().await;
    let page = browser.open(OF_MITTE).await;
    page.says(200, &["The person was drawn and has this appointment.", "Erika Mustermann", CODE]);
    // Fault: one press deleted the number of whoever stood in the list.
    let question = browser.open(&page.link("The person knows it")).await;
    question.says(200, &["Does the person know it?", "Erika Mustermann", "Their phone number is"]);
    question.says(200, &["Tuesday, 5 January 2027, 09:00"]);
    assert_eq!(question.link("Back to the calls"), OF_MITTE);
    assert!(world.stub.asked(&answering("told").replacen(' ', " /buergeramt/v1/", 1)).is_empty());
    let told = browser.press(&question, "The person knows it", &[]).await;
    told.says(200, &["We have noted that the person knows", "Their phone number is deleted."]);
    assert_eq!(told.link("Back to the calls"), OF_MITTE);
    world.answer("GET desk/draws/calls", calls(json!([])));
    browser.open(OF_MITTE).await.says(200, &["There is nobody to call here now."]);
    // A colleague was faster: there is nothing to ask any more.
    let page = browser.open(question.url.as_str()).await;
    page.says(200, &["There is nobody to call here now."]);
    for language in languages() {
        world.answer("GET desk/draws/calls", calls(json!([call])));
        let asked = question.url.path().replacen("/en/", &format!("/{language}/"), 1);
        let page = browser.open(&format!("{asked}?location=mitte")).await;
        page.says(200, &["Erika Mustermann"]);
        page.is_silent_about("[desk-");
    }
}

fn found(status: &str) -> Value {
    json!({ "entry": entry("entered")["id"], "draw": DRAW, "service": "121151", "status": status })
}

#[actix_web::test]
async fn the_desk_reads_what_came_of_an_entry_by_its_number() {
    let world = world().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("settled"))));
    let number = entry("entered")["id"].as_str().unwrap().to_owned();
    let asked = format!("GET desk/draws/entries/{number}");
    let mut browser = world.clerk().await;
    let address = format!("/en/buergeramt/desk/draw-entries?number={number}");
    for (status, said) in [
        ("entered", "It is not decided yet. The result is there from:"),
        ("without", "The person was not drawn"),
        (
            "not_booked",
            "The person got no appointment: it could not be booked, or they have another one already",
        ),
        ("declined", "The person was drawn and has declined"),
        ("lapsed", "The person was drawn and did not accept in time"),
    ] {
        world.answer(&asked, Answer::Json(200, found(status)));
        browser.open(&address).await.says(200, &[said]);
    }
    let mut booked = found("booked");
    booked["booking"] = booking("confirmed");
    world.answer(&asked, Answer::Json(200, booked));
    // The field of the front desk takes the number, too, however it is written.
    let typed = format!("/en/buergeramt/desk?code={}", number.to_uppercase());
    let page = browser.open(&typed).await;
    page.says(200, &["The person was drawn and has an appointment", CODE]);
    assert_eq!(page.path(), "/en/buergeramt/desk/draw-entries");

    world.refuse(&asked, 404, "entry-not-found");
    browser.open(&address).await.says(404, &["No front desk has made an entry with this number."]);
    let wrong = "/en/buergeramt/desk/draw-entries?number=K7QD-3XHM";
    browser.open(wrong).await.says(422, &["This is not the number of an entry."]);
    world.erika().await.open(&address).await.says(401, &["This page is for staff"]);
}
