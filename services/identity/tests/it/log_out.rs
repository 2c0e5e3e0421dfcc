//! Logging out.

use crate::{
    browser::{Browser, PORTAL},
    world::World,
};

#[actix_web::test]
async fn after_logging_out_no_further_token_is_to_be_had() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let others = world.tokens("eid", "erika", "online-id").await;
    let url = format!(
        "{}/logout?id_token_hint={}&post_logout_redirect_uri={PORTAL}/&state=bye",
        world.issuer, tokens.id_token
    );
    let page = Browser::new().open(&url).await;
    assert_eq!(page.url.as_str(), format!("{PORTAL}/?state=bye"));
    assert_eq!(world.refresh(&tokens, "lea").await.unwrap_err()["error"], "invalid_grant");
    assert!(world.refresh(&others, "lea").await.is_ok(), "another log-in of the same person");
}

#[actix_web::test]
async fn logging_out_sends_nobody_to_an_unknown_address() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let hint = &tokens.id_token;
    let query = format!("?id_token_hint={hint}&post_logout_redirect_uri=http://evil.test/");
    let page = Browser::new().open(&format!("{}/logout{query}", world.issuer)).await;
    assert!(page.text.contains("Sie sind abgemeldet"), "{}", page.text);
}

/// Fault: "you are logged out" was said though nothing had ended.
#[actix_web::test]
async fn without_a_session_that_ends_nobody_reads_that_they_are_logged_out() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    for query in ["", "?id_token_hint=garbage", "?post_logout_redirect_uri=http://evil.test/"] {
        let page = Browser::new().open(&format!("{}/logout{query}", world.issuer)).await;
        assert!(page.text.contains("Hier war niemand angemeldet"), "{}", page.text);
        assert!(!page.text.contains("Sie sind abgemeldet"), "{}", page.text);
    }
    assert!(world.refresh(&tokens, "lea").await.is_ok(), "nothing ended");
}
