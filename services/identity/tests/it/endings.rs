//! What ended is refused: tokens that are out there, at every process, also at one that starts later.

use std::{path::Path, sync::Arc, time::Duration};

use ambient::{Entropy, SystemEntropy};
use auth::{Revocations, TokenError, Verifier};
use identity::{Application, Runtime, Settings};
use messaging::Bus;
use serde_json::json;

use crate::{
    browser::{Browser, PORTAL},
    second_pair::approve,
    world::{Tokens, VERIFIER, World},
};

/// Long enough for a replica to hear of it on a busy machine.
const SOON: Duration = Duration::from_secs(60);

/// What one replica of an authority's service has.
fn replica(world: &World) -> Verifier {
    let verifier = world.verifier("lea");
    let bus: Arc<dyn Bus> = Arc::new(world.bus.clone());
    tokio::spawn(Revocations::of([verifier.clone()], bus).follow(|_| ()));
    verifier
}

async fn refused(verifier: &Verifier, token: &str) {
    testkit::eventually(SOON, async || {
        (verifier.verify_access(token).await == Err(TokenError::Revoked)).then_some(())
    })
    .await;
}

/// A database that two processes can share.
fn file() -> String {
    let number = u64::from_be_bytes((&SystemEntropy as &dyn Entropy).bytes());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("identity-{number}.db"));
    format!("sqlite://{}?mode=rwc", path.display())
}

/// Ends a log-in in some way, after which its token counts nowhere.
async fn ends_everywhere(world: &World, tokens: &Tokens, end: impl AsyncFnOnce()) {
    let (one, two) = (replica(world), replica(world));
    let token = world.refresh(tokens, "lea").await.unwrap();
    for verifier in [&one, &two] {
        verifier.verify_access(&token).await.unwrap();
    }
    end().await;
    for verifier in [&one, &two, &replica(world)] {
        refused(verifier, &token).await;
    }
}

#[actix_web::test]
async fn logging_out_ends_the_tokens_everywhere() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let url = format!("{}/logout?id_token_hint={}", world.issuer, tokens.id_token);
    ends_everywhere(&world, &tokens, async || drop(Browser::new().open(&url).await)).await;
}

#[actix_web::test]
async fn a_program_can_give_back_its_tokens_and_nobody_elses() {
    let world = World::start().await;
    let tokens = world.tokens("eid", "erika", "online-id").await;
    let revoke = async |client: &str, token: &str| {
        let url = format!("{}/revoke", world.issuer);
        let secret = format!("{client} secret");
        let form = [("token", token), ("token_type_hint", "refresh_token")];
        let request = reqwest::Client::new().post(url).basic_auth(client, Some(secret));
        request.form(&form).send().await.unwrap().status()
    };
    assert_eq!(revoke("portal", "nobody knows it").await, 200);
    assert_eq!(revoke("other", &tokens.refresh).await, 400);
    assert_eq!(revoke("nobody", &tokens.refresh).await, 401);
    assert!(world.refresh(&tokens, "lea").await.is_ok());
    ends_everywhere(&world, &tokens, async || {
        assert_eq!(revoke("portal", &tokens.refresh).await, 200);
    })
    .await;
    assert_eq!(world.refresh(&tokens, "lea").await.unwrap_err()["error"], "invalid_grant");

    let again = world.tokens("eid", "erika", "online-id").await;
    ends_everywhere(&world, &again, async || {
        assert_eq!(revoke("portal", &again.access).await, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_log_out_at_the_provider_ends_the_tokens_everywhere() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let page = browser.follow(&choice, &["provider=hostile"]).await;
    let tokens = world.exchange(&page.parameter("code").unwrap()).await.unwrap();
    let token = world.hostile.logout_token(&json!({}));
    ends_everywhere(&world, &tokens, async || {
        let path = "/backchannel-logout/hostile";
        assert_eq!(world.post(path, &[("logout_token", &token)]).await, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_code_presented_twice_ends_the_tokens_everywhere() {
    let world = World::start().await;
    let page = world.log_in(&mut Browser::new(), "eid", "erika", "online-id").await;
    let code = page.parameter("code").unwrap();
    let tokens = world.exchange(&code).await.unwrap();
    ends_everywhere(&world, &tokens, async || {
        let redirect = format!("{PORTAL}/login/callback");
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", redirect.as_str()),
            ("code_verifier", VERIFIER),
        ];
        assert_eq!(world.token(&form).await.unwrap_err()["error"], "invalid_grant");
    })
    .await;
}

#[actix_web::test]
async fn a_merge_ends_the_tokens_of_whoever_is_dissolved() {
    let world = World::start().await;
    let berlin = world.tokens("eid", "lena-berlin", "online-id").await;
    let hamburg = world.tokens("eid", "lena-hamburg", "online-id").await;
    let (kept, dissolved) =
        (world.pseudonym(&berlin, "lea").await, world.pseudonym(&hamburg, "lea").await);
    let body = json!({ "kept": kept, "dissolved": dissolved });
    let (_, case) = world.desk("lea-clerk", "merges", Some(body)).await;
    let code = case["code"].as_str().unwrap();
    ends_everywhere(&world, &hamburg, async || {
        assert_eq!(approve(&world, "lea-supervisor", code).await.0, 200);
    })
    .await;
}

#[actix_web::test]
async fn a_withdrawn_agency_ends_everywhere_and_can_be_let_in_again() {
    let database = file();
    let world = World::on(&database).await;
    let (one, two) = (replica(&world), replica(&world));
    let token = crate::agency::token(&world, "before").await.unwrap();
    for verifier in [&one, &two] {
        verifier.verify_access(&token).await.unwrap();
    }
    let agency = "agency".parse().unwrap();
    let (settings, runtime) = world.operator(&database);
    assert!(Application::withdraw_client(&settings, &agency, &runtime).await.unwrap());
    assert!(!Application::withdraw_client(&settings, &agency, &runtime).await.unwrap());
    // The running service looks once a second.
    for verifier in [&one, &two, &replica(&world)] {
        testkit::eventually(SOON, async || {
            (verifier.verify_access(&token).await == Err(TokenError::Revoked)).then_some(())
        })
        .await;
    }
    let refused = crate::agency::token(&world, "withdrawn").await.unwrap_err();
    assert_eq!(refused["error"], "invalid_client");
    Application::readmit_client(&settings, &agency, &runtime).await.unwrap();
    world.clock.advance(jiff::SignedDuration::from_secs(1));
    let token = crate::agency::token(&world, "after").await.unwrap();
    one.verify_access(&token).await.unwrap();
}

#[actix_web::test]
async fn an_agency_that_is_no_longer_in_the_settings_ends_everywhere() {
    let database = file();
    let world = World::on(&database).await;
    let token = crate::agency::token(&world, "before").await.unwrap();
    let one = replica(&world);
    one.verify_access(&token).await.unwrap();
    let (mut settings, runtime) = world.operator(&database);
    settings.clients.retain(|client| client.id.as_str() != "agency");
    Application::build(settings, runtime).await.unwrap();
    testkit::eventually(SOON, async || {
        (one.verify_access(&token).await == Err(TokenError::Revoked)).then_some(())
    })
    .await;
}

/// Settings of another process that grant the clerk of the LEA nothing.
fn without_the_clerk(world: &World, database: &str) -> (Settings, Runtime) {
    let (mut settings, runtime) = world.operator(database);
    let office = settings.providers.iter_mut().find_map(|provider| provider.staff.as_mut());
    assert!(office.unwrap().grants.remove("lea-clerk").is_some());
    (settings, runtime)
}

#[actix_web::test]
async fn staff_whose_grant_is_no_longer_in_the_settings_end_everywhere() {
    let database = file();
    let world = World::on(&database).await;
    let clerk = world.staff_tokens("lea-clerk").await;
    let supervisor = world.staff_tokens("lea-supervisor").await;
    let lost = world.refresh(&clerk, "lea").await.unwrap();
    let kept = world.refresh(&supervisor, "lea").await.unwrap();
    let (one, two) = (replica(&world), replica(&world));
    one.verify_access(&lost).await.unwrap();
    let (settings, runtime) = without_the_clerk(&world, &database);
    Application::build(settings, runtime).await.unwrap();
    for verifier in [&one, &two, &replica(&world)] {
        testkit::eventually(SOON, async || {
            (verifier.verify_access(&lost).await == Err(TokenError::Revoked)).then_some(())
        })
        .await;
        verifier.verify_access(&kept).await.unwrap();
    }
    assert_eq!(world.refresh(&clerk, "lea").await.unwrap_err()["error"], "invalid_grant");
    world.refresh(&supervisor, "lea").await.unwrap();
}

#[actix_web::test]
async fn a_process_with_new_settings_gives_nothing_for_a_log_in_by_the_old_ones() {
    let database = file();
    let world = World::on(&database).await;
    let (mut settings, runtime) = without_the_clerk(&world, &database);
    settings.bus.relay = false;
    let shutdown = runtime.shutdown.clone();
    let newer = Application::build(settings, runtime).await.unwrap();
    let url = format!("{}/token", newer.issuer());
    tokio::spawn(newer.run());
    // The first process is not restarted yet and lets the clerk in.
    let clerk = world.staff_tokens("lea-clerk").await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", clerk.refresh.as_str()),
        ("resource", "urn:fairtermin:authority:lea"),
    ];
    let request = reqwest::Client::new().post(url).basic_auth("portal", Some("portal secret"));
    let answer = request.form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["error"], "invalid_grant");
    assert_eq!(world.refresh(&clerk, "lea").await.unwrap_err()["error"], "invalid_grant");
    shutdown.trigger();
}

#[actix_web::test]
async fn an_agency_can_give_back_a_token_in_its_own_name_and_keeps_the_others() {
    let world = World::start().await;
    let (one, two) = (replica(&world), replica(&world));
    let lost = crate::agency::token(&world, "lost").await.unwrap();
    let kept = crate::agency::token(&world, "kept").await.unwrap();
    for verifier in [&one, &two] {
        verifier.verify_access(&lost).await.unwrap();
    }
    let revoke = async |client: &str, jti: &str| {
        let claims = json!({ "iss": client, "sub": client, "jti": jti });
        let assertion = crate::agency::assertion(&world, claims);
        let form = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
            ("token", lost.as_str()),
        ];
        world.post("/revoke", &form).await
    };
    assert_eq!(revoke("zab", "not theirs").await, 400);
    one.verify_access(&lost).await.unwrap();
    assert_eq!(revoke("agency", "first").await, 200);
    assert_eq!(revoke("agency", "again").await, 200, "RFC 7009 section 2.2");
    // A replica that starts later reads the list.
    for verifier in [&one, &two, &replica(&world)] {
        refused(verifier, &lost).await;
        verifier.verify_access(&kept).await.unwrap();
    }
}
