//! Logging out.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use serde_json::Value;

use crate::{
    browser::{Browser, PORTAL},
    world::{Tokens, World},
};

/// The session that an ID token names.
fn session_of(tokens: &Tokens) -> String {
    let payload = tokens.id_token.split('.').nth(1).unwrap();
    let claims = BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["sid"].as_str().unwrap().to_owned()
}

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

#[actix_web::test]
async fn whoever_ended_the_session_before_leaves_without_the_id_token_in_an_address() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let session = session_of(&tokens);
    let leave = async |client: &str, back: &str| {
        let query =
            format!("client_id={client}&logout_hint={session}&post_logout_redirect_uri={back}");
        Browser::new().open(&format!("{}/logout?{query}&state=bye", world.issuer)).await
    };
    let (home, nobody) = (format!("{PORTAL}/"), "Hier war niemand angemeldet");
    // The name of a session ends none.
    assert!(leave("portal", &home).await.text.contains(nobody));
    assert!(world.refresh(&tokens, "lea").await.is_ok());

    let form = [("token", tokens.refresh.as_str()), ("token_type_hint", "refresh_token")];
    let revoked = reqwest::Client::new().post(format!("{}/revoke", world.issuer));
    let revoked = revoked.basic_auth("portal", Some("portal secret")).form(&form);
    assert_eq!(revoked.send().await.unwrap().status(), 200);
    assert_eq!(leave("portal", &home).await.url.as_str(), format!("{home}?state=bye"));
    assert!(leave("portal", "http://evil.test/").await.text.contains("Sie sind abgemeldet"));
    assert!(leave("other", &home).await.text.contains(nobody));
    // Whose session ended long ago is not told that nobody was logged in: the program says goodbye.
    world.clock.advance(SignedDuration::from_mins(6));
    assert_eq!(leave("portal", &home).await.url.as_str(), format!("{home}?state=bye"));
}

#[actix_web::test]
async fn an_id_token_of_another_program_ends_no_session() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let leave = async |client: &str| {
        let query = format!("client_id={client}&id_token_hint={}", tokens.id_token);
        Browser::new().open(&format!("{}/logout?{query}", world.issuer)).await.text
    };
    assert!(leave("other").await.contains("Hier war niemand angemeldet"));
    assert!(world.refresh(&tokens, "lea").await.is_ok(), "nothing ended");
    assert!(leave("portal").await.contains("Sie sind abgemeldet"));
    assert!(world.refresh(&tokens, "lea").await.is_err());
}
