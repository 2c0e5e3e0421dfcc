//! What the browser is told besides the page.

use crate::world::World;

#[actix_web::test]
async fn every_page_forbids_what_it_never_does() {
    let world = World::start().await;
    for address in ["/en", "/en/confirm", "/en/nowhere", "/"] {
        let page = world.browser().get(address).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{address}: {policy}");
        let ends = format!("form-action 'self' {}", world.stub.base);
        assert!(policy.ends_with(&ends), "log-out ends there: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("strict-transport-security"), "", "over http it means nothing");
    }
}

#[actix_web::test]
async fn there_is_no_cookie_before_the_log_in_and_then_one_that_scripts_cannot_read() {
    let world = World::start().await;
    let mut browser = world.browser();
    for address in ["/en", "/en/buergeramt/days?service=120703", "/en/about", "/en/confirm"] {
        assert_eq!(browser.get(address).await.header("set-cookie"), "", "{address}");
    }
    let cookie = browser.get("/en/login/start").await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("fairtermin="), "{cookie}");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
}

#[actix_web::test]
async fn over_https_the_cookie_is_bound_to_this_host() {
    let world = World::at_https().await;
    let page = world.browser().get("/en/login/start").await;
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("__Host-fairtermin="), "{cookie}");
    assert!(cookie.contains("Secure"), "{cookie}");
    assert_eq!(page.header("strict-transport-security"), "max-age=63072000");
}

#[actix_web::test]
async fn the_cookie_is_sealed_and_a_changed_one_is_nobody_s() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    let cookie = browser.cookie.clone().unwrap();
    assert!(!cookie.contains("refresh") && !cookie.contains("eyJ"), "{cookie}");
    // Whichever letter it is, another one is in its place.
    for place in ["fairtermin=".len(), cookie.len() / 2, cookie.len() - 8] {
        let other = if cookie.as_bytes()[place] == b'A' { "B" } else { "A" };
        let mut changed = cookie.clone();
        changed.replace_range(place..=place, other);
        browser.cookie = Some(changed);
        browser.open("/en/appointments").await.says(401, &["Please log in"]);
    }
}

#[actix_web::test]
async fn files_of_the_site_are_kept_for_an_hour() {
    let world = World::start().await;
    let page = world.browser().get("/assets/portal.css").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(page.header("cache-control"), "public, max-age=3600");
    world.browser().open("/assets/../Cargo.toml").await.says(404, &["Diese Seite gibt es nicht"]);
}

/// Fault: a shared cache could keep a file together with the cookie of whoever asked for it.
#[actix_web::test]
async fn what_renews_a_cookie_is_kept_by_no_cache() {
    let world = World::start().await;
    let mut browser = world.erika().await;
    world.minutes_pass(2);
    let page = browser.get("/assets/portal.css").await;
    assert!(page.header("set-cookie").starts_with("fairtermin="), "{page:?}");
    assert_eq!(page.header("cache-control"), "no-store");
}
