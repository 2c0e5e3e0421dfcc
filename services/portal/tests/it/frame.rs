//! What surrounds each page: languages, addresses that are no pages, ways without an online ID.

use serde_json::json;

use crate::{stub::Answer, world::World};

#[actix_web::test]
async fn an_address_that_is_no_page_says_so_with_a_search_in_its_language() {
    let world = World::start().await;
    let mut browser = world.browser();
    browser.prefers = Some("en");
    for (address, status) in [
        ("/de/nonsense", 404),
        ("/de/buergeramt/hold", 405),
        ("/de/release", 405),
        ("/de/logout", 405),
    ] {
        let page = browser.open(address).await;
        page.says(status, &["Fehler: Diese Seite gibt es nicht", "Was möchten Sie erledigen?"]);
        assert!(
            page.html.contains(r#"<form class="search" role="search" method="get" action="/de">"#)
        );
        assert_eq!(page.header("content-language"), "de");
    }
    browser.open("/nonsense/deeper").await.says(404, &["Error: This page does not exist"]);
}

/// Fault: it led before the reservation, the number of people and the log-in, which stand above each page's own heading.
#[actix_web::test]
async fn the_skip_link_leads_to_the_section_of_the_heading() {
    let world = World::start().await;
    let page = world.browser().open("/en/buergeramt/days?service=120703").await;
    assert_eq!(page.link("Skip to content"), "#content");
    let (before, content) = page.html.split_once("id=\"content\"").unwrap();
    assert!(before.contains("login-offer") && before.contains("Change people and services"));
    assert!(content.contains("<h1") && !content.contains("login-offer"), "{page:?}");
}

#[actix_web::test]
async fn a_slash_at_the_end_leads_to_the_page() {
    let world = World::start().await;
    for (address, page) in [
        ("/de/", "/de"),
        ("/en/about/", "/en/about"),
        ("/en/buergeramt/days/?service=120703", "/en/buergeramt/days?service=120703"),
        ("/en//", "/en"),
    ] {
        let answer = world.browser().get(address).await;
        assert_eq!(answer.status, 308, "{address}");
        assert_eq!(answer.header("location"), page);
    }
    // Never to another site: two slashes would begin a host.
    let address = format!("{}//evil.example/", world.base);
    world.browser().get(&address).await.says(404, &[]);
}

#[actix_web::test]
async fn a_page_answers_head_as_get_without_its_body() {
    let world = World::start().await;
    let page = world.browser().head("/de").await;
    assert_eq!((page.status, page.html.as_str()), (200, ""));
    assert_eq!(world.browser().head("/de/nonsense").await.status, 404);
}

#[actix_web::test]
async fn the_language_is_changed_on_the_page_of_the_form_after_it_was_sent() {
    let world = World::start().await;
    world.refuse("POST holds", 409, "already-holding");
    let mut browser = world.erika().await;
    let day = browser.open("/en/buergeramt/day?service=120703&date=2027-01-05").await;
    let refused = browser.press(&day, "09:00", &[]).await;
    assert_eq!(refused.status, 409);
    let german = browser.open(&refused.link("Deutsch")).await;
    assert_eq!(german.path(), "/de/buergeramt/day");
    german.says(200, &["Dienstag, 5. Januar 2027"]);
}

#[actix_web::test]
async fn the_search_stays_in_another_language() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open("/de?q=Reisepass").await;
    let english = browser.read_in(&page, "English", &[]).await;
    assert_eq!(english.url.query(), Some("q=Reisepass"));
}

#[actix_web::test]
async fn without_an_online_id_one_reads_whom_to_call_where_to_go_and_what_to_bring() {
    let world = World::start().await;
    for (language, sentence) in [
        ("en", "Identity card, passport or residence permit"),
        ("de", "Ausweis, Pass oder Aufenthaltstitel"),
        ("de", "Verlosung und Warteliste gibt es nur am Schalter, nicht am Telefon."),
        ("en", "Draws and waiting lists are only possible at the desk, not by phone."),
        ("de-easy", "Das Amt macht den Termin für Sie."),
    ] {
        let page = world.browser().open(&format!("/{language}/without-online-id")).await;
        page.says(200, &[sentence, "Rathaus Mitte", "Karl-Marx-Allee 31, 10178 Berlin"]);
        assert_eq!(page.link("115"), "tel:115");
    }
}

/// Fault: the same conditions were promised for what needs an application number, which no desk takes.
#[actix_web::test]
async fn who_needs_an_application_number_reads_whom_to_ask_instead_of_the_desk() {
    let world = World::start().await;
    let title = "If the service needs an application number";
    let page = world.browser().open("/en/without-online-id").await;
    page.says(200, &[title, "Phone or write to the authority that has your application."]);
    page.says(200, &["This is so for: Niederlassungserlaubnis"]);
    page.is_silent_about("same conditions");
    let services = json!({ "groups": [], "services": [
        { "id": "120686", "name": { "de": "Anmeldung" }, "group": "ausweis" },
        {
            "id": "324280", "name": { "de": "Niederlassungserlaubnis" }, "group": "aufenthalt",
            "entitlement_required": true, "allocation": "assign",
        },
    ]});
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    world.browser().open("/en/without-online-id").await.is_silent_about(title);
}

/// Fault: two appointments can stand until the office has compared who somebody is.
#[actix_web::test]
async fn who_reads_that_there_is_one_appointment_for_each_person_reads_what_becomes_of_a_second() {
    let world = World::start().await;
    for page in ["about", "login"] {
        let page = world.browser().open(&format!("/en/{page}")).await;
        page.says(200, &["Each person keeps at most one appointment per kind of service"]);
        page.says(200, &["A second appointment is then cancelled."]);
    }
}

/// Fault: every desk was promised to do what only some do.
#[actix_web::test]
async fn a_desk_promises_what_its_authority_does() {
    let world = World::start().await;
    let page = world.browser().open("/en/without-online-id").await;
    let all = "Book an appointment Take you out of a draw or off a waiting list Enter a draw for you \
        Put you on a waiting list";
    page.says(200, &[all, &format!("What the office can do for you at the desk: {all}")]);
    // Neither drawn nor waited for.
    let services = json!({ "groups": [], "services": [{
        "id": "120686", "name": { "de": "Anmeldung" }, "group": "ausweis",
    }]});
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    let page = world.browser().open("/en/without-online-id").await;
    page.says(200, &["What the office can do for you at the desk: Book an appointment"]);
    page.is_silent_about("Enter a draw for you");
    page.is_silent_about("Put you on a waiting list");
    world.refuse("GET desk/catalogue", 403, "forbidden");
    let desk = world.clerk().await.open("/en/buergeramt/desk").await;
    desk.says(200, &["People without online ID", "Book an appointment for a person"]);
}

/// Fault: a desk that only enters people into draws for an earlier appointment was said to book alone.
#[actix_web::test]
async fn a_desk_whose_draws_are_for_earlier_appointments_promises_them() {
    let services = json!({ "groups": [], "services": [{
        "id": "120686", "name": { "de": "Anmeldung" }, "group": "ausweis", "earlier_by_draw": true,
    }]});
    let world = World::prepared(|stub| {
        stub.answer("GET /buergeramt/v1/services", Answer::Json(200, services));
    })
    .await;
    let page = world.browser().open("/en/without-online-id").await;
    page.says(200, &["Take you out of a draw or off a waiting list Enter a draw for you"]);
    page.is_silent_about("Put you on a waiting list");
}
