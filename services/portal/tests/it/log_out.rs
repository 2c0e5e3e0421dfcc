//! Log-out, here and at the identity service.

use std::collections::HashMap;

use crate::{
    stub::{Answer, SESSION},
    world::World,
};

#[actix_web::test]
async fn a_log_out_ends_the_session_here_and_there() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = browser.open("/en/about").await;
    let (target, fields) = page.button("Log out");
    let page = browser.post("/en/about", &target, &fields).await;
    assert_eq!(browser.cookie, None, "the cookie is removed");
    let address = page.location().unwrap();
    assert!(address.as_str().starts_with(&format!("{}/logout?", world.stub.base)), "{address}");
    let sent: HashMap<_, _> = address.query_pairs().into_owned().collect();
    // No token stands in an address: the revocation has ended the log-in.
    assert_eq!(sent.get("id_token_hint"), None);
    assert_eq!(sent["logout_hint"], SESSION);
    assert_eq!(sent["client_id"], "portal");
    assert_eq!(sent["post_logout_redirect_uri"], format!("{}/", world.base));
    assert_eq!(sent["ui_locales"], "en");
    let revoked = &world.stub.asked("POST /revoke")[0].body;
    assert_eq!(revoked, "token=the+refresh+token&token_type_hint=refresh_token");

    let page = browser.open(&format!("/?state={}", sent["state"])).await;
    assert_eq!(page.path(), "/en/goodbye");
    page.says(200, &["You are logged out."]);
    browser.open("/en/appointments").await.says(401, &["Please log in"]);
}

#[actix_web::test]
async fn a_log_out_works_though_the_identity_service_does_not() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    world.stub.answer("POST /revoke", Answer::Proxy(502));
    let page = browser.open("/en/about").await;
    let (target, fields) = page.button("Log out");
    let page = browser.post("/en/about", &target, &fields).await;
    assert_eq!(browser.cookie, None);
    // The browser may end what could not be revoked.
    let address = page.location().unwrap();
    let sent: HashMap<_, _> = address.query_pairs().into_owned().collect();
    assert_eq!(sent["id_token_hint"].split('.').count(), 3);
}

/// Fault: whose log-in had expired was told to press a button that was not there.
#[actix_web::test]
async fn who_is_logged_out_already_reads_that_they_are() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = browser.open("/en/about").await;
    let (target, fields) = page.button("Log out");
    world.minutes_pass(31);
    let page = browser.post("/en/about", &target, &fields).await;
    assert_eq!(page.location().unwrap().path(), "/en/goodbye", "{page:?}");
    // A page of an earlier log-in of the same person logs out, too.
    let mut browser = world.erika().await;
    let old = browser.open("/en/about").await;
    browser.open("/en/login/start?back=/en/about").await;
    let page = browser.press(&old, "Log out", &[]).await;
    assert_ne!(page.status, 403, "{page:?}");
    browser.open("/en/appointments").await.says(401, &["Please log in"]);
}

#[actix_web::test]
async fn nobody_is_logged_out_by_another_site() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let page = browser.post("/en/about", "/en/logout", &[]).await;
    page.says(403, &["This page is too old"]);
    assert!(browser.open("/en").await.offers("Log out"));
}

#[actix_web::test]
async fn a_refused_token_means_logged_out_on_every_page() {
    for code in ["invalid-token", "unauthenticated", "person-merged"] {
        for (call, address) in [
            ("GET bookings", "/en/appointments".to_owned()),
            ("GET me/data", "/en/my-data".to_owned()),
            (
                "GET bookings/bkg_01jdc6nvt8e0pb9s3k1zqk6yzw",
                "/en/buergeramt/appointments/bkg_01jdc6nvt8e0pb9s3k1zqk6yzw".to_owned(),
            ),
        ] {
            let world = World::start().await;
            world.refuse(call, 401, code);
            let mut browser = world.erika().await;
            let page = browser.open(&address).await;
            page.says(401, &["Please log in again", "Log in now"]);
            page.is_silent_about("does not answer");
            page.is_silent_about("You have no appointment");
            assert!(!page.offers("Log out"), "{code} {address}");
            browser.open(&address).await.says(401, &["Please log in", "Log in now"]);
        }
    }
}

#[actix_web::test]
async fn the_identity_service_refuses_a_token_in_the_same_way() {
    let world = World::start().await;
    let problem = Answer::Problem(401, "invalid-token", serde_json::json!({}));
    world.stub.answer("GET /contact", problem);
    let page = world.erika().await.open("/en/buergeramt/address").await;
    page.says(401, &["You are logged out", "Log in now"]);
    page.is_silent_about("does not answer");
}

#[actix_web::test]
async fn staff_read_that_appointments_are_a_persons_own() {
    let world = World::start().await;
    let page = world.clerk().await.open("/en/appointments").await;
    page.says(403, &["You are logged in as staff"]);
    page.is_silent_about("does not answer");
    assert!(!page.link("Log in now").ends_with("&staff"), "{page:?}");
}
