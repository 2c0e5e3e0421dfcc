//! Addresses and forms that make no sense.

use crate::{stub::BOOKING, world::World};

#[actix_web::test]
async fn a_query_that_makes_no_sense_is_said_to_be_incomplete() {
    let world = World::start().await;
    let mut browser = world.browser();
    for query in [
        "days",
        "days?service=",
        "days?service=%00",
        "days?service=120703&location=%C3%BC",
        "days?service=120703&replaces=42",
        "day?service=120703",
        "day?service=120703&date=tomorrow",
        "day?service=120703&date=2027-02-30",
        "choice?service=120703",
        "choice?service=120703&slot=mitte",
        "choice?service=120703&slot=mitte@soon",
    ] {
        let page = browser.open(&format!("/en/buergeramt/{query}")).await;
        assert_eq!(page.status, 400, "{query}: {page:?}");
        page.says(400, &["This address is incomplete"]);
    }
}

#[actix_web::test]
async fn what_is_not_offered_here_is_no_page() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    for path in [
        "nowhere",
        "buergeramt/nowhere",
        "nowhere/days?service=120703",
        "%C3%BC/days?service=120703",
        "buergeramt/days?service=999999",
        "buergeramt/days?service=120703&location=spandau",
        "buergeramt/day?service=999999&date=2027-01-05",
        "buergeramt/appointments/42",
        "buergeramt/appointments/bkg_42/cancel",
    ] {
        let page = browser.open(&format!("/en/{path}")).await;
        assert_eq!(page.status, 404, "{path}: {page:?}");
        assert!(page.text().contains("This page does not exist"), "{path}: {page:?}");
    }
}

#[actix_web::test]
async fn an_authority_that_was_never_reached_is_down_and_not_unknown() {
    let world = World::start().await;
    let page = world.browser().open("/en/lea/days?service=120703").await;
    page.says(503, &["This authority does not answer right now"]);
}

#[actix_web::test]
async fn a_form_without_its_fields_does_nothing() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let csrf = browser.open("/en/about").await.button("Log out").1;
    for target in ["/en/buergeramt/hold", "/en/buergeramt/entitlement"] {
        browser.post("/en/about", target, &csrf).await.says(400, &["This address is incomplete"]);
    }
    let mut clerk = world.clerk().await;
    let csrf = clerk.open("/en/about").await.button("Log out").1;
    let target = format!("/en/buergeramt/desk/{BOOKING}");
    clerk.post("/en/about", &target, &csrf).await.says(400, &["This address is incomplete"]);
}

#[actix_web::test]
async fn no_form_is_accepted_from_another_site() {
    let world = World::start().await;
    let mut browser = world.clerk().await;
    let (_, secret) = browser.open("/en/about").await.button("Log out");
    let booking = format!("buergeramt/appointments/{BOOKING}");
    let targets = [
        "logout",
        "confirm",
        "release",
        "buergeramt/hold",
        "buergeramt/entitlement",
        &format!("buergeramt/desk/{BOOKING}"),
        &format!("{booking}/cancel"),
        &format!("{booking}/email"),
        &format!("{booking}/email/code"),
    ];
    for target in targets {
        let target = format!("/en/{target}");
        browser.site = "same-origin";
        browser.post("/en/about", &target, &[]).await.says(403, &["This page is too old"]);
        browser.site = "cross-site";
        browser.post("/en/about", &target, &secret).await.says(403, &["This page is too old"]);
    }
    assert!(browser.open("/en").await.offers("Log out"));
}

#[actix_web::test]
async fn a_form_is_small() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let (_, mut fields) = browser.open("/en/about").await.button("Log out");
    fields.push(("more".to_owned(), "x".repeat(20_000)));
    browser
        .post("/en/about", "/en/logout", &fields)
        .await
        .says(400, &["This address is incomplete"]);
    assert!(browser.open("/en").await.offers("Log out"));
}

#[actix_web::test]
async fn the_address_of_an_authority_leads_to_what_it_offers() {
    let world = World::start().await;
    let mut browser = world.browser();
    for authority in ["buergeramt", "lea"] {
        let sent = browser.get(&format!("/en/{authority}")).await;
        let there = sent.location().unwrap();
        assert_eq!(there.path(), "/en");
        assert_eq!(there.fragment(), Some(format!("authority-{authority}").as_str()));
    }
    browser.open("/en/nowhere").await.says(404, &["This page does not exist"]);
}

#[actix_web::test]
async fn an_error_of_the_desk_leads_back_to_the_desk() {
    let world = World::start().await;
    world.refuse("GET desk/catalogue", 500, "internal");
    let page = world.clerk().await.open("/en/buergeramt/desk").await;
    assert_eq!(page.link("Back to the front desk"), "/en/buergeramt/desk");
    assert!(!page.offers("Back to the start page"), "{page:?}");
}
