//! The front desk speaks to staff: not to the person, whom its pages are about.

use serde_json::json;

use crate::{
    stub::{Answer, DRAW, booking, draw, published},
    world::World,
};

/// What the person's own pages say, and what staff read instead.
const WORDS: [(&str, &str, &str); 6] = [
    ("de", "Ihre Terminnummer", "Terminnummer der Person"),
    ("en", "Your appointment number", "The person's appointment number"),
    ("de-easy", "Ihre Termin·nummer", "Termin·nummer vom Menschen"),
    ("tr", "Randevu numaranız", "Kişinin randevu numarası"),
    ("uk", "Номер вашого запису", "Номер запису людини"),
    ("ar", "رقم موعدك", "رقم موعد الشخص"),
];

#[actix_web::test]
async fn the_desk_says_the_persons_number_in_each_language() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    let mut visit = booking("checked_in");
    visit["attendee"] = json!({ "given_name": "ERIKA", "family_name": "MUSTERMANN" });
    world.answer("GET desk/bookings", Answer::Json(200, json!({ "bookings": [visit] })));
    let mut browser = world.clerk().await;
    for (language, to_the_person, to_staff) in WORDS {
        let page = browser.open(&format!("/{language}/buergeramt/desk?location=mitte")).await;
        page.says(200, &[to_staff, "Erika Mustermann"]);
        page.is_silent_about(to_the_person);
        page.is_silent_about("[desk-");
    }
    let page = browser.open("/en/buergeramt/desk?location=mitte").await;
    page.says(200, &["Is here and waits"]);
    page.is_silent_about("You are checked in");
}

#[actix_web::test]
async fn wishes_are_those_of_somebody_else() {
    let world = World::start().await;
    world.answer(&format!("GET draws/{DRAW}"), Answer::Json(200, published(&draw("announced"))));
    let mut browser = world.clerk().await;
    for form in [format!("draws/{DRAW}"), "waiting-lists/120703".to_owned()] {
        let page = browser.open(&format!("/en/buergeramt/desk/{form}")).await;
        page.says(200, &["Then the person takes any other appointment, too."]);
        page.is_silent_about("Then I take");
    }
}

#[actix_web::test]
async fn what_only_staff_book_is_neither_drawn_nor_waited_for_and_the_desk_says_so() {
    let locations = json!({ "locations": [{
        "id": "mitte", "name": { "de": "Rathaus Mitte" }, "services": ["120686", "121151"],
        "staff_services": ["120703", "121701"],
    }, {
        "id": "wedding", "name": { "de": "Rathaus Wedding" }, "services": ["120686"],
        "staff_services": ["121151"],
    }]});
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/locations", Answer::Json(200, locations));
    })
    .await;
    world.refuse("GET desk/catalogue", 403, "forbidden");
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk").await;
    let alone = "Only staff book these services They have no draw and no waiting list. The person gets the \
        appointment at the office or by phone. Identity card Certified copies";
    page.says(200, &[alone]);
    let ways = "Where people without an online ID get an appointment";
    assert_eq!(page.link(ways), "/en/without-online-id");
    assert_eq!(page.link("115"), "tel:115");
    // Everybody books a passport at one place at least.
    page.is_silent_about("Passport");
    page.is_silent_about("Enter into the draw");
    assert!(!page.offers("Put on the waiting list: Identity card"));
    let page = browser.open("/en/buergeramt/desk/waiting-lists/120703").await;
    page.says(409, &["There is no waiting list here"]);

    let everywhere = World::start().await;
    everywhere.refuse("GET desk/catalogue", 403, "forbidden");
    let page = everywhere.clerk().await.open("/en/buergeramt/desk").await;
    page.is_silent_about("Only staff book these services");
}
