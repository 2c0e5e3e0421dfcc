//! A session ends by itself, and a form or page of it leads to a new log-in.

use crate::{browser::Browser, page::Page, world::World};

async fn appointments(browser: &mut Browser) -> Page {
    browser.open("/en/appointments").await
}

#[actix_web::test]
async fn a_session_ends_after_half_an_hour_without_a_page() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    for _ in 0..3 {
        world.minutes_pass(20);
        appointments(&mut browser).await.says(200, &["My appointments"]);
    }
    world.minutes_pass(31);
    appointments(&mut browser).await.says(401, &["Please log in", "Your login may have ended."]);
}

#[actix_web::test]
async fn a_form_of_an_ended_session_does_nothing() {
    let world = World::start().await;
    let mut browser = world.erika_with_hold().await;
    let page = browser.open("/en/confirm").await;
    world.minutes_pass(31);
    let page = browser.press(&page, "Book appointment", &[]).await;
    page.says(403, &["You are not logged in any more"]);
    assert_eq!(page.link("Log in now"), "/en/login/start?back=%2Fen%2Fconfirm");
    assert!(world.stub.asked("POST /buergeramt/v1/bookings").is_empty());
}

#[actix_web::test]
async fn a_log_in_that_was_ended_elsewhere_is_forgotten_here() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    appointments(&mut browser).await.says(200, &["My appointments"]);
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_grant"));
    appointments(&mut browser).await.says(200, &["My appointments"]);
    world.minutes_pass(5);
    appointments(&mut browser).await.says(401, &["Please log in"]);
    let page = browser.open("/en").await;
    assert!(page.offers("Log in") && !page.offers("Log out"));
}

#[actix_web::test]
async fn a_form_that_needs_a_new_log_in_leads_back_to_its_page() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let day = browser.open("/en/buergeramt/day?service=120703&date=2027-01-05").await;
    world.stub.identity(|identity| identity.refuses_refresh = Some("invalid_grant"));
    world.minutes_pass(5);
    let page = browser.press(&day, "09:00", &[]).await;
    page.says(401, &["Please log in"]);
    let login = page.link("Log in now");
    assert!(login.contains("back=%2Fen%2Fbuergeramt%2Fday%3Fservice%3D120703"), "{login}");
}

#[actix_web::test]
async fn one_access_token_serves_until_shortly_before_its_end() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let refreshed = || {
        let tokens = world.stub.asked("POST /token");
        tokens.iter().filter(|asked| asked.body.contains("refresh_token=")).count()
    };
    for (minutes, count) in [(0, 1), (4, 1), (1, 2)] {
        world.minutes_pass(minutes);
        appointments(&mut browser).await.says(200, &[]);
        assert_eq!(refreshed(), count);
    }
}
