//! What a thief can do with pieces of a log-in: nothing.

use crate::{
    browser::{Browser, PORTAL},
    world::{VERIFIER, World},
};

#[actix_web::test]
async fn an_answer_opened_in_another_browser_logs_nobody_in() {
    let world = World::start().await;
    let (mut thief, mut victim) = (Browser::new(), Browser::new());
    // The thief begins a log-in and sends the victim its last step: log-in CSRF.
    let choice = thief.open(&world.authorize("")).await;
    let cards = thief.follow(&choice, &["provider=eid"]).await;
    let last_step = cards.link(&["/choose?", "citizen=erika", "means=online-id"]);
    let page = victim.open(&last_step).await;
    assert_eq!(page.status, 400);
    assert!(page.text.contains("in einem anderen Browser"), "{}", page.text);
    // Having cookies of one's own does not help.
    victim.open(&world.authorize("")).await;
    assert_eq!(victim.open(&last_step).await.status, 400);
}

#[actix_web::test]
async fn the_same_answer_works_once() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let cards = browser.follow(&choice, &["provider=eid"]).await;
    let last_step = cards.link(&["/choose?", "citizen=erika", "means=online-id"]);
    assert!(browser.open(&last_step).await.parameter("code").is_some());
    // Fault: they read "You are not logged in". The portal knows whether they are, and leads on.
    for link in [last_step, choice.link(&["provider=bundid"])] {
        let again = browser.open(&link).await;
        assert!(again.url.as_str().starts_with(PORTAL), "{}", again.text);
        assert_eq!(again.parameter("code"), None);
        assert_eq!(again.parameter("error_description").as_deref(), Some("over"));
        assert_eq!(again.parameter("state").as_deref(), Some("portal-state"));
    }
    // Not in another browser.
    let mut other = Browser::new();
    other.open(&world.authorize("")).await;
    assert_eq!(other.open(&choice.link(&["provider=bundid"])).await.status, 400);
}

#[actix_web::test]
async fn an_answer_of_one_provider_is_refused_at_the_others_address() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let cards = browser.follow(&choice, &["provider=eid"]).await;
    let state = cards.link(&["/choose?"]);
    assert!(state.starts_with(&world.eid));
    // Find our own state as an attacker would: from the address of the provider's page.
    let state = cards.parameter("state").unwrap();
    for (provider, issuer) in
        [("bundid", &world.eid), ("bundid", &world.bundid), ("eid", &world.bundid)]
    {
        let mut browser_again = Browser::new();
        let choice = browser_again.open(&world.authorize("")).await;
        let cards = browser_again.follow(&choice, &["provider=eid"]).await;
        let own_state = cards.parameter("state").unwrap();
        assert_ne!(own_state, state);
        let url =
            format!("{}/callback/{provider}?code=x&state={own_state}&iss={issuer}", world.issuer);
        let page = browser_again.open(&url).await;
        assert_eq!(page.status, 403, "{provider} {issuer}: {}", page.text);
        assert!(page.text.contains("an answer that we cannot trust"), "{}", page.text);
    }
}

#[actix_web::test]
async fn a_code_is_useless_without_the_portals_secret_and_verifier() {
    let world = World::start().await;
    let redirect = format!("{PORTAL}/login/callback");
    let attempts = [
        ("portal", "wrong secret", redirect.as_str(), VERIFIER, "invalid_client"),
        ("nobody", "portal secret", &redirect, VERIFIER, "invalid_client"),
        ("other", "other secret", &redirect, VERIFIER, "invalid_grant"),
        ("portal", "portal secret", "http://portal.test/", VERIFIER, "invalid_grant"),
        (
            "portal",
            "portal secret",
            &redirect,
            "another-verifier-of-forty-three-characters-or-so",
            "invalid_grant",
        ),
    ];
    for (client, secret, redirect_uri, verifier, expected) in attempts {
        let page = world.log_in(&mut Browser::new(), "eid", "erika", "online-id").await;
        let code = page.parameter("code").unwrap();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        let refused = world.token_as(client, secret, &form).await.unwrap_err();
        assert_eq!(refused["error"], expected, "{client} {secret} {redirect_uri} {verifier}");
    }
}

#[actix_web::test]
async fn a_code_presented_twice_ends_the_session_of_the_first() {
    let world = World::start().await;
    let page = world.log_in(&mut Browser::new(), "eid", "erika", "online-id").await;
    let code = page.parameter("code").unwrap();
    let tokens = world.exchange(&code).await.unwrap();
    world.refresh(&tokens, "lea").await.unwrap();
    assert_eq!(world.exchange(&code).await.unwrap_err()["error"], "invalid_grant");
    assert_eq!(world.refresh(&tokens, "lea").await.unwrap_err()["error"], "invalid_grant");
}
