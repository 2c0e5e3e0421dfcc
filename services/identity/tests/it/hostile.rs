//! A provider that breaks a rule cannot log a person in, and the citizen learns what to do.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use jiff::SignedDuration;
use serde_json::json;
use testkit::hostile_provider::{FAMILY_NAME, Mischief};

use crate::{
    browser::{Browser, PORTAL, Page},
    world::{Tokens, World},
};

async fn log_in(world: &World, extra: &str) -> Page {
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize(extra)).await;
    browser.follow(&choice, &["provider=hostile"]).await
}

async fn tokens(world: &World) -> Tokens {
    let page = log_in(world, "").await;
    let code = page.parameter("code").unwrap_or_else(|| panic!("not logged in: {}", page.text));
    world.exchange(&code).await.unwrap()
}

#[actix_web::test]
async fn each_broken_rule_ends_in_a_page_that_a_citizen_understands() {
    let log = Log::default();
    let writer = log.clone();
    let _ = tracing_subscriber::fmt().with_writer(move || writer.clone()).try_init();
    let world = World::start().await;
    assert!(log_in(&world, "").await.parameter("code").is_some(), "it behaves at first");

    let not_in_order = "an answer that we cannot trust";
    let not_complete = "did not give us all the details";
    let not_answering = "does not answer properly";
    let cases = [
        (Mischief::WrongIssuer, "", not_in_order),
        (Mischief::WrongAudience, "", not_in_order),
        (Mischief::FurtherAudience, "", not_in_order),
        (Mischief::WrongAuthorizedParty, "", not_in_order),
        (Mischief::WrongNonce, "", not_in_order),
        (Mischief::NoNonce, "", not_in_order),
        (Mischief::WrongAccessTokenHash, "", not_in_order),
        (Mischief::Expired, "", not_in_order),
        (Mischief::IssuedInTheFuture, "", not_in_order),
        (Mischief::Unsigned, "", not_in_order),
        (Mischief::SignedWithThePublicKey, "", not_in_order),
        (Mischief::SignedByAnUnknownKey, "", not_in_order),
        (Mischief::SignedByAnotherKeyOfTheSameName, "", not_in_order),
        (Mischief::WrongIssuerInTheBrowser, "", not_in_order),
        (Mischief::NoIssuerInTheBrowser, "", not_in_order),
        (Mischief::NoLevel, "", not_complete),
        (Mischief::UnknownLevel, "", not_complete),
        (Mischief::NoName, "", not_complete),
        (Mischief::NoBirthDate, "", not_complete),
        (Mischief::NameOfTwoLines, "", not_in_order),
        (Mischief::NameWithNul, "", not_in_order),
        (Mischief::NameThatTurns, "", not_in_order),
        (Mischief::LongName, "", not_in_order),
        (Mischief::NotBornYet, "", not_in_order),
        (Mischief::LowerLevel, "&acr_values=high", "This step needs the online ID."),
        (Mischief::LoggedInLongAgo, "&max_age=600", "logged in too long ago"),
        (Mischief::NoAuthTime, "&max_age=600", "logged in too long ago"),
        (Mischief::NoIdToken, "", not_answering),
        (Mischief::OversizedAnswer, "", not_answering),
        (Mischief::SlowAnswer, "", not_answering),
        (Mischief::RedirectLoop, "", not_answering),
        (Mischief::NotJson, "", not_answering),
    ];
    for (mischief, extra, expected) in cases {
        world.hostile.does(mischief);
        let page = log_in(&world, extra).await;
        assert!(page.status.as_u16() >= 400, "{mischief:?} led to {}", page.url);
        assert!(page.text.contains(expected), "{mischief:?}: {}", page.text);
        let back = page.link(&[PORTAL, "error=access_denied"]);
        assert!(back.contains("error_description=explained"), "{mischief:?}: {back}");
    }
    world.hostile.does(Mischief::None);
    assert!(log_in(&world, "&max_age=600&acr_values=high").await.parameter("code").is_some());

    let log = log.text();
    assert!(log.contains("log-in refused"), "the operator is told");
    for personal in [FAMILY_NAME, "Greta", "1971-02-03", "Mustermann", "MUSTERMANN", "@example.org"]
    {
        assert!(!log.contains(personal), "{personal} is in the log");
    }
}

#[actix_web::test]
async fn a_discovery_document_of_another_issuer_is_not_believed() {
    let world = World::start().await;
    world.hostile.does(Mischief::DiscoveryOfAnotherIssuer);
    let page = log_in(&world, "").await;
    assert_eq!(page.status, 502);
    assert!(page.text.contains("does not answer properly"), "{}", page.text);
}

#[actix_web::test]
async fn a_provider_may_rotate_its_keys_without_a_restart_here() {
    let world = World::start().await;
    tokens(&world).await;
    // A known provider's keys are fetched again at most every ten seconds.
    world.clock.advance(SignedDuration::from_secs(10));
    world.hostile.rotates_its_key(2);
    tokens(&world).await;
}

#[actix_web::test]
async fn a_provider_can_log_somebody_out() {
    let world = World::start().await;
    let path = "/backchannel-logout/hostile";
    for (changed, expected) in [
        (json!({"iss": "http://elsewhere.test"}), 400),
        (json!({"aud": "somebody-else"}), 400),
        (json!({"iat": 1_000_000}), 400),
        (json!({"events": {}}), 400),
        (json!({"nonce": "n"}), 400),
        (json!({"sub": null}), 400),
        (json!({"sub": "another subject"}), 200),
        (json!({"sid": "another session"}), 200),
    ] {
        let victim = tokens(&world).await;
        let token = world.hostile.logout_token(&changed);
        assert_eq!(world.post(path, &[("logout_token", &token)]).await, expected, "{changed}");
        assert!(world.refresh(&victim, "lea").await.is_ok(), "{changed} ended a session");
    }
    for changed in [json!({}), json!({"sub": null, "sid": "provider-session"})] {
        let (one, two) = (tokens(&world).await, tokens(&world).await);
        let token = world.hostile.logout_token(&changed);
        assert_eq!(world.post(path, &[("logout_token", &token)]).await, 200);
        for ended in [&one, &two] {
            assert_eq!(world.refresh(ended, "lea").await.unwrap_err()["error"], "invalid_grant");
        }
        let replayed = world.post(path, &[("logout_token", &token)]).await;
        assert_eq!(replayed, 400, "a log-out token works once");
    }
    // No other session ends: another provider's address does not accept the token.
    let token = world.hostile.logout_token(&json!({"jti": "fresh"}));
    assert_eq!(world.post("/backchannel-logout/eid", &[("logout_token", &token)]).await, 400);
}

/// What is logged in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
