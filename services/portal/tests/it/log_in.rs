//! Log-in at the identity service (OpenID Connect, PKCE).

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    page::Page,
    stub::{Answer, Identity},
    world::World,
};

pub const START: &str = "/en/login/start?back=/en/appointments&level=high";

pub const CHOICE: &str = "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08:00:00Z";

#[actix_web::test]
async fn the_request_asks_for_what_is_needed_and_leads_back() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open(START).await;
    assert_eq!(page.path(), "/en/appointments");
    page.says(200, &["My appointments", "Log out"]);
    world.stub.identity(|identity| {
        let asked = |name| identity.requested(name);
        assert_eq!(asked("response_type"), "code");
        assert_eq!(asked("client_id"), "portal");
        assert_eq!(asked("scope"), "openid offline_access bookings");
        assert_eq!(asked("redirect_uri"), format!("{}/login/callback", world.base));
        assert_eq!(asked("acr_values"), "high");
        assert_eq!(asked("ui_locales"), "en");
        assert_eq!(asked("code_challenge_method"), "S256");
        let secrets = [asked("state"), asked("nonce"), asked("code_challenge")];
        assert!(secrets.iter().all(|secret| secret.len() >= 43), "{secrets:?}");
    });
}

/// Logs in while the identity service behaves like this.
pub async fn log_in(change: impl FnOnce(&mut Identity)) -> Page {
    let world = World::start().await;
    world.stub.identity(change);
    world.browser().open(START).await
}

#[actix_web::test]
async fn an_id_token_that_is_not_right_logs_nobody_in() {
    let wrong = [
        json!({ "iss": "https://elsewhere.example" }),
        json!({ "aud": "another client" }),
        json!({ "aud": ["portal", "another client"] }),
        json!({ "azp": "another client" }),
        json!({ "nonce": "another log-in's" }),
        json!({ "nonce": null }),
        json!({ "exp": 1_798_963_200 }), // a day ago
        json!({ "exp": null }),
        json!({ "iat": 1_799_136_000 }), // in a day
        json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
        json!({ "acr": "of-a-newer-service" }),
    ];
    for says in wrong {
        let page = log_in(|identity| identity.says = says.clone()).await;
        let expected = ["The login could not be finished", "Log in now"];
        assert!(matches!(page.status, 200 | 503), "{says}: {page:?}");
        if page.status == 200 {
            page.says(200, &expected);
        }
        page.is_silent_about("Log out");
    }
}

#[actix_web::test]
async fn a_clock_that_differs_by_seconds_does_not_matter() {
    let now = 1_799_049_600;
    let says: Value = json!({ "iat": now + 30, "exp": now - 30 });
    let page = log_in(|identity| identity.says = says).await;
    page.says(200, &["Log out"]);
}

#[actix_web::test]
async fn without_a_level_the_log_in_is_the_least_sure() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.says = json!({ "acr": null }));
    let mut browser = world.erika().await;
    let choice = "/en/buergeramt/choice?service=120703&slot=mitte%402027-01-05T08:00:00Z";
    browser.open(choice).await.says(200, &["You need another login here"]);
}

#[actix_web::test]
async fn a_key_that_nobody_published_logs_nobody_in() {
    let page = log_in(|identity| identity.signs_with = 2).await;
    page.says(200, &["The login could not be finished"]);
}

#[actix_web::test]
async fn keys_may_change_while_the_portal_runs() {
    let world = World::start().await;
    world.erika().await;
    world.stub.identity(|identity| {
        identity.signs_with = 2;
        identity.publishes = 2;
    });
    world.erika().await;
    assert_eq!(world.stub.asked("GET /jwks").len(), 2, "read again once");
    world.erika().await;
    assert_eq!(world.stub.asked("GET /jwks").len(), 2);
}

#[actix_web::test]
async fn the_callback_of_another_issuer_or_without_one_is_refused() {
    for issuer in [Some("https://elsewhere.example".to_owned()), None] {
        let world = World::start().await;
        world.stub.identity(|identity| identity.names_itself = issuer);
        let page = world.browser().open(START).await;
        page.says(200, &["The login could not be finished"]);
        assert!(world.stub.asked("POST /token").is_empty(), "the code goes nowhere");
    }
}

#[actix_web::test]
async fn a_callback_belongs_to_one_browser_once_and_not_for_long() {
    let world = World::start().await;
    let mut browser = world.browser();
    let callback = callback(&mut browser).await;

    let mut other = world.browser();
    other.prefers = Some("en");
    other.open(callback.as_str()).await.says(400, &["you began the login in another browser"]);
    let page = browser.open(callback.as_str()).await;
    page.says(200, &["Log out"]);
    let page = browser.open(callback.as_str()).await;
    assert_eq!(page.path(), "/en/appointments", "who reloads goes on");
    page.says(200, &["Log out"]);
    let tokens = world.stub.asked("POST /token");
    let codes = tokens.iter().filter(|asked| asked.body.contains("grant_type=authorization_code"));
    assert_eq!(codes.count(), 1, "the code goes there once");

    let mut slow = world.browser();
    slow.prefers = Some("en");
    let callback = self::callback(&mut slow).await;
    world.minutes_pass(21);
    let page = slow.open(callback.as_str()).await;
    page.says(200, &["Error: The login could not be finished", "It took too long"]);
    let again = page.link("Log in now");
    assert_eq!(again, "/en/login/start?back=%2Fen%2Fappointments&level=high", "the same choice");
}

/// Where the identity service sends the browser after a log-in that began in it.
async fn callback(browser: &mut Browser) -> url::Url {
    let mut sent = browser.get(START).await.location().unwrap();
    while sent.path() == "/en/login/start" {
        sent = browser.get(sent.as_str()).await.location().unwrap();
    }
    browser.get(sent.as_str()).await.location().unwrap()
}

#[actix_web::test]
async fn a_log_in_ends_at_no_other_site() {
    let world = World::start().await;
    for back in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let page = world.browser().open(&format!("/en/login/start?back={back}")).await;
        assert_eq!(page.path(), "/en", "{back}");
    }
}

#[actix_web::test]
async fn without_the_identity_service_pages_are_read_and_nobody_logs_in() {
    let world = World::without_identity().await;
    let mut browser = world.browser();
    browser.open("/en/buergeramt/days?service=120703").await.says(200, &["Identity card"]);
    let page = browser.open(START).await;
    page.says(503, &["Logging in does not work at the moment"]);
}

#[actix_web::test]
async fn an_identity_service_that_comes_later_is_found() {
    let world = World::start().await;
    let document = "GET /.well-known/openid-configuration";
    world.stub.answer(document, Answer::Proxy(502));
    let mut browser = world.browser();
    browser.open(START).await.says(503, &["Logging in does not work at the moment"]);
    let other = json!({ "issuer": "https://elsewhere.example" });
    world.stub.answer(document, Answer::Json(200, other));
    browser.open(START).await.says(503, &["Logging in does not work at the moment"]);
    world.stub.answer("GET /jwks", Answer::Malformed);
    browser.open(START).await.says(503, &["Logging in does not work at the moment"]);
}

#[actix_web::test]
async fn a_token_endpoint_that_fails_is_an_outage_and_one_that_refuses_is_not() {
    let cases = [
        (Answer::Proxy(502), 503, "Logging in does not work at the moment"),
        (Answer::Malformed, 503, "Logging in does not work at the moment"),
        (Answer::Never, 503, "Logging in does not work at the moment"),
        (
            Answer::Json(400, json!({ "error": "invalid_grant" })),
            200,
            "The login could not be finished",
        ),
    ];
    for (answer, status, sentence) in cases {
        let world = World::start().await;
        world.stub.answer("POST /token", answer);
        world.browser().open(START).await.says(status, &[sentence]);
    }
}

#[actix_web::test]
async fn a_browser_without_cookies_is_told_so_before_the_card_is_shown() {
    let world = World::start().await;
    let mut browser = world.browser();
    let probe = browser.get(START).await;
    browser.cookie = None;
    let page = browser.get(probe.location().unwrap().as_str()).await;
    page.says(400, &["Error: Your browser does not accept our cookie", "Allow cookies", "115"]);
    assert_eq!(page.link("Log in now"), "/en/login?back=%2Fen%2Fappointments");
    assert!(world.stub.identity(|identity| identity.request.is_empty()), "nobody was sent there");
}

#[actix_web::test]
async fn who_is_logged_in_stands_on_every_page_as_people_write_it() {
    let world = World::start().await;
    let capitals = json!({ "given_name": "ERIKA", "family_name": "VON DER HEIDE" });
    world.stub.identity(|identity| identity.person = capitals);
    let mut browser = world.erika().await;
    for address in ["/en", "/en/about", "/en/nowhere", CHOICE] {
        let page = browser.open(address).await;
        assert!(page.text().contains("Logged in as Erika von der Heide"), "{page:?}");
        assert!(page.offers("Log out"), "{address}");
    }
}

#[actix_web::test]
async fn a_log_in_succeeds_though_the_name_cannot_be_read() {
    let world = World::start().await;
    world.stub.answer("GET /userinfo", Answer::Proxy(502));
    world.erika().await.open("/en/about").await.says(200, &["Logged in", "Log out"]);
}

/// Fault: "My appointments" was an error page for everybody who was not logged in yet.
#[actix_web::test]
async fn a_page_of_ones_own_invites_to_log_in_and_is_no_error() {
    let world = World::start().await;
    let page = world.browser().open("/en/appointments").await;
    page.says(401, &["Please log in", "Here you can see, move and cancel your appointments."]);
    page.is_silent_about("Error:");
    page.is_silent_about("What you can do now");
    assert_eq!(page.link("Log in now"), "/en/login/start?back=%2Fen%2Fappointments");
    assert_eq!(page.link("No online ID?"), "/en/without-online-id");
    let data = world.browser().open("/en/my-data").await;
    data.says(401, &["This page shows personal details"]);
    data.is_silent_about("Error:");
}

/// Fault: who logged in with a password learnt only at the service that this is not enough there.
#[actix_web::test]
async fn before_the_log_in_stands_which_one_is_enough_for_which_service() {
    let world = World::start().await;
    let mut browser = world.browser();
    let page = browser.open("/en/login").await;
    page.says(200, &["Which login for which service", "With user name and password 3 services"]);
    page.says(200, &["Passport, Bürgeramt", "With online ID card or ELSTER 2 services"]);
    page.says(200, &["You need the online ID card or an ELSTER certificate."]);
    assert!(page.comes_before("Passport, Bürgeramt", "Identity card, Bürgeramt"));
    assert!(page.comes_before("Which login for which service", "Log in now"));
    assert_eq!(page.link("Identity card"), "/en/buergeramt/services/120703");
    // Who comes from a service reads what that one needs, and no other way.
    let page = browser.open("/en/login?back=%2Fen%2Fabout&level=high").await;
    page.says(200, &["You need the online ID: identity card, eID card"]);
    page.is_silent_about("Which login for which service");
    page.is_silent_about("log in with BundID");
    // And on the page of the service it stands before the way to the times.
    let service = browser.open("/en/buergeramt/services/120703").await;
    assert!(
        service.comes_before("How to book: You need the online ID card", "See free appointments")
    );
    for language in crate::world::languages() {
        let page = browser.open(&format!("/{language}/login")).await;
        assert!(!page.text().contains("[login-"), "{language}: {page:?}");
    }
}
