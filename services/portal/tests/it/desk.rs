//! The front desk, and visitors without an online ID, whom only staff can serve.

use serde_json::{Value, json};

use crate::{
    stub::{Answer, BOOKING, CODE, booking},
    world::World,
};

/// Erika's visit, which has begun a moment ago.
pub(crate) fn visit(status: &str) -> Value {
    let mut visit = booking(status);
    visit["start"] = json!("2027-01-04T08:00:00Z");
    visit["end"] = json!("2027-01-04T08:20:00Z");
    visit["attendee"] =
        json!({ "given_name": "ERIKA", "family_name": "MUSTERMANN", "birthdate": "1964-08-12" });
    visit
}

/// Finds this visit, whatever is searched for; the clerk sees no catalogue.
pub(crate) fn finds(world: &World, visits: Value) {
    world.refuse("GET desk/catalogue", 403, "forbidden");
    world.answer("GET desk/bookings", Answer::Json(200, json!({ "bookings": visits })));
}

#[actix_web::test]
async fn a_code_finds_one_visitor_with_the_name_to_compare() {
    let world = World::start().await;
    finds(&world, json!([visit("confirmed")]));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk").await;
    page.says(200, &["Front desk", "The person's appointment number"]);
    page.is_silent_about("Your appointment number");
    page.is_silent_about("No appointments found.");
    let page = browser.open(&format!("/en/buergeramt/desk?code={}", CODE.to_lowercase())).await;
    page.says(200, &["Erika Mustermann", "12.08.1964", "Identity card", "Present, name checked"]);
    page.is_silent_about("Opening hours and services");
    let asked = world.stub.asked("GET /buergeramt/v1/desk/bookings");
    assert_eq!(asked[0].query, format!("code={CODE}"));
    assert_eq!(
        world.stub.identity(|identity| identity.requested("scope")),
        "openid offline_access desk"
    );
}

#[actix_web::test]
async fn a_marked_visit_says_what_to_do_first() {
    let world = World::start().await;
    let mut marked = visit("confirmed");
    marked["identity_check"] = json!(true);
    finds(&world, json!([marked]));
    let mut browser = world.clerk().await;
    let page = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    page.says(
        200,
        &["Identity to be checked at the visit: compare the documents", "A colleague must agree"],
    );
    finds(&world, json!([visit("confirmed")]));
    let page = browser.open(&format!("/en/buergeramt/desk?code={CODE}")).await;
    page.is_silent_about("Identity to be checked");
}

#[actix_web::test]
async fn a_day_is_listed_by_place() {
    let world = World::start().await;
    finds(&world, json!([]));
    let page = world.clerk().await.open("/en/buergeramt/desk?location=mitte").await;
    page.says(200, &["No appointments found."]);
    let asked = world.stub.asked("GET /buergeramt/v1/desk/bookings");
    assert_eq!(asked[0].query, "location=mitte&date=2027-01-04");
}

#[actix_web::test]
async fn the_day_and_the_calls_of_no_place_are_not_read_and_the_field_says_why() {
    let world = World::start().await;
    finds(&world, json!([]));
    let mut browser = world.clerk().await;
    for (address, status) in [("desk", 200), ("desk/calls", 422)] {
        let page = browser.open(&format!("/en/buergeramt/{address}")).await;
        let empty =
            r#"name="location" aria-required="true"><option value="">Please choose</option>"#;
        assert!(page.html.contains(empty), "{page:?}");
        page.is_silent_about("Choose the place.");
        let page = browser.open(&format!("/en/buergeramt/{address}?location=")).await;
        page.says(status, &["Choose the place."]);
        assert!(page.html.contains(r#"id="location-error""#), "{page:?}");
    }
    assert!(world.stub.asked("GET /buergeramt/v1/desk/bookings").is_empty());
    assert!(world.stub.asked("GET /buergeramt/v1/desk/waiting-list/calls").is_empty());
}

#[actix_web::test]
async fn what_cannot_be_a_code_is_not_searched_for() {
    let world = World::start().await;
    finds(&world, json!([]));
    let page = world.clerk().await.open("/en/buergeramt/desk?code=hello&location=mitte").await;
    page.says(200, &["This is not an appointment number. It has 8 letters and digits."]);
    page.says(200, &["It never contains O, 0, I or 1."]);
    assert!(world.stub.asked("GET /buergeramt/v1/desk/bookings").is_empty());
}

/// Fault: a number that there is not was said to be none.
#[actix_web::test]
async fn a_number_that_there_is_not_is_said_to_be_unknown_and_perhaps_misspelt() {
    let world = World::start().await;
    finds(&world, json!([]));
    let mut browser = world.clerk().await;
    for typed in [CODE, "ZZZZ-ZZZZ"] {
        let page = browser.open(&format!("/en/buergeramt/desk?code={typed}")).await;
        page.says(200, &["There is no appointment with this number. Is it typed right?"]);
        assert!(page.html.contains(r#"id="code-error""#), "{page:?}");
        page.is_silent_about("This is not an appointment number.");
        page.is_silent_about("No appointments found.");
    }
    let page = browser.open("/en/buergeramt/desk?code=K7QD-3XH0").await;
    page.says(200, &["It never contains O, 0, I or 1."]);
    let page = browser.open("/en/buergeramt/desk/cases?code=ZZZZ-ZZZZ").await;
    page.says(404, &["There is no case with this number. Is it typed right?"]);
}

#[actix_web::test]
async fn a_visit_is_moved_on_and_the_same_list_shown_again() {
    let world = World::start().await;
    finds(&world, json!([visit("called")]));
    world.answer(&format!("POST bookings/{BOOKING}/serve"), Answer::Json(200, json!({})));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk?location=mitte").await;
    let page = browser.press(&page, "Done", &[]).await;
    assert_eq!(page.url.query(), Some("location=mitte"));
    assert_eq!(world.stub.asked(&format!("POST /buergeramt/v1/bookings/{BOOKING}/serve")).len(), 1);
}

#[actix_web::test]
async fn an_action_after_its_time_says_what_staff_can_do_instead() {
    let world = World::start().await;
    finds(&world, json!([visit("confirmed")]));
    let mut browser = world.clerk().await;
    let page = browser.open("/en/buergeramt/desk?location=mitte").await;
    world.refuse(&format!("POST bookings/{BOOKING}/check-in"), 409, "no-longer-noted");
    let page = browser.press(&page, "Present, name checked", &[]).await;
    page.says(409, &["Nothing more can be noted", "Then lift the limits of the person."]);
}

#[actix_web::test]
async fn a_supervisor_sees_why_a_catalogue_is_not_in_force() {
    let world = World::start().await;
    let state = json!({
        "version": 7, "in_force_since": "2027-01-01T07:00:00Z",
        "refused": { "at": "2027-01-03T07:00:00Z", "mistakes": ["services[0]: no name"] },
    });
    world.answer("GET desk/catalogue", Answer::Json(200, state));
    let page = world.clerk().await.open("/en/buergeramt/desk").await;
    page.says(200, &["is not in force.", "services[0]: no name", "Opening hours and services"]);
}

#[actix_web::test]
async fn the_desk_is_for_staff_of_this_authority() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/desk").await;
    page.says(401, &["This page is for staff"]);
    assert_eq!(page.link("Log in now"), "/en/login/start?back=%2Fen%2Fbuergeramt%2Fdesk&staff");
    world.erika().await.open("/en/buergeramt/desk").await.says(401, &["This page is for staff"]);

    let mut clerk = world.clerk().await;
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_target"));
    clerk.open("/en/buergeramt/desk").await.says(403, &["You don't have permission"]);
}

/// Fault: a citizen who opened a page of the desk was logged out without a word.
#[actix_web::test]
async fn a_page_of_the_desk_that_refuses_a_citizen_ends_no_log_in() {
    let world = World::start().await;
    let mut citizen = world.erika().await;
    for address in ["desk", "desk/calls", "desk/book"] {
        let page = citizen.open(&format!("/en/buergeramt/{address}")).await;
        page.says(401, &["This page is for staff"]);
        citizen.open("/en/about").await.says(200, &["Logged in", "Log out"]);
    }
}

/// Fault: the page that refused a clerk of another office led back to itself.
#[actix_web::test]
async fn a_clerk_of_another_office_is_led_to_their_own() {
    let world = World::start().await;
    let mut clerk = world.clerk().await;
    world.stub.identity(|identity| identity.refuses_authority = Some("buergeramt"));
    for address in ["desk", "desk/calls", "desk/book"] {
        let page = clerk.open(&format!("/en/buergeramt/{address}")).await;
        page.says(403, &["You don't have permission"]);
        assert_eq!(page.link("To the front desk: Immigration office"), "/en/lea/desk");
        assert_eq!(page.link("Back to the start page"), "/en");
        assert!(!page.offers("Back to the front desk"), "{page:?}");
    }
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_target"));
    world.minutes_pass(6);
    let page = clerk.open("/en/buergeramt/desk").await;
    page.says(403, &["Back to the start page"]);
    page.is_silent_about("To the front desk");
}

#[actix_web::test]
async fn whoever_is_logged_out_at_the_desk_logs_in_as_staff() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/desk?location=mitte").await;
    let login = "/en/login/start?back=%2Fen%2Fbuergeramt%2Fdesk%3Flocation%3Dmitte&staff";
    assert_eq!((page.link("Log in now"), page.link("Log in")), (login.into(), login.into()));
    let page = world.browser().open("/en/buergeramt/days?service=120703").await;
    assert!(!page.link("Log in").contains("staff"), "{page:?}");
}

#[actix_web::test]
async fn a_desk_whose_authority_is_down_says_so() {
    let world = World::start().await;
    finds(&world, json!([]));
    world.answer("GET desk/bookings", Answer::Malformed);
    let page = world.clerk().await.open("/en/buergeramt/desk?location=mitte").await;
    page.says(503, &["This authority does not answer right now"]);
}

#[actix_web::test]
async fn who_has_no_online_id_reads_where_to_go() {
    let world = World::start().await;
    let page = world.browser().open("/en/login").await;
    assert_eq!(page.link("No online ID?"), "/en/without-online-id");
}

/// Fault: the buttons stood beside appointments of other days, and were refused.
#[actix_web::test]
async fn buttons_are_there_when_they_can_be_pressed() {
    let world = World::start().await;
    let mut browser = world.clerk().await;
    let address = format!("/en/buergeramt/desk?code={CODE}");
    let (present, missed) = ("Present, name checked", "Did not come");
    finds(&world, json!([visit("confirmed")]));
    let page = browser.open(&address).await;
    assert!(page.offers(present) && page.offers(missed), "{page:?}");
    let mut later = visit("confirmed");
    later["start"] = json!("2027-01-04T11:00:00Z");
    later["end"] = json!("2027-01-04T11:20:00Z");
    finds(&world, json!([later]));
    let page = browser.open(&address).await;
    assert!(page.offers(present) && !page.offers(missed), "{page:?}");
    page.says(200, &["From 12:00 on you can note here that the person did not come."]);
    later["start"] = json!("2027-01-05T08:00:00Z");
    later["end"] = json!("2027-01-05T08:20:00Z");
    finds(&world, json!([later]));
    let page = browser.open(&address).await;
    assert!(!page.offers(present) && !page.offers(missed), "{page:?}");
    page.says(200, &["From Tuesday, 5 January 2027 on you can note here whether"]);
}
