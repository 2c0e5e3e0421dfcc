//! Logging in, from the portal's link to its token.

use vocabulary::TrustLevel;

use crate::{
    browser::{Browser, PORTAL},
    world::World,
};

#[actix_web::test]
async fn a_citizen_logs_in_and_the_authority_gets_a_token_it_can_verify_alone() {
    let world = World::start().await;
    let page = world.log_in(&mut Browser::new(), "bundid", "erika", "online-id").await;
    assert!(page.url.as_str().starts_with(&format!("{PORTAL}/login/callback?")), "{}", page.text);
    assert_eq!(page.parameter("state").as_deref(), Some("portal-state"));
    assert_eq!(page.parameter("iss"), Some(world.issuer.clone()));

    let tokens = world.exchange(&page.parameter("code").unwrap()).await.unwrap();
    let claims = world.claims(&tokens, "lea").await;
    assert_eq!(claims.acr, Some(TrustLevel::High));
    assert!(claims.has_scope("bookings") && claims.sub.starts_with("psn_"));

    let attendee = world.attendee(&tokens, "lea").await;
    assert_eq!(attendee.pseudonym.to_string(), claims.sub);
    assert_eq!(attendee.given_name.as_deref(), Some("ERIKA"));
    assert_eq!(
        (attendee.family_name.as_str(), attendee.birthdate.as_str()),
        ("MUSTERMANN", "1964-08-12")
    );
}

#[actix_web::test]
async fn the_page_to_choose_a_provider_is_safe_and_in_the_wanted_language() {
    let world = World::start().await;
    let page = Browser::new().open(&world.authorize("")).await;
    assert!(page.text.contains("How do you want to log in?"), "{}", page.text);
    assert!(!page.text.contains("<script"));
    let german = world.authorize("").replace("ui_locales=en", "ui_locales=de");
    assert!(Browser::new().open(&german).await.text.contains("Wie möchten Sie sich anmelden?"));
    let response = reqwest::get(world.authorize("")).await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let css = reqwest::get(format!("{}/assets/kern/kern.min.css", world.issuer)).await.unwrap();
    assert_eq!(css.status(), 200);
}

/// From the page to choose a provider over the provider's own to the page that says what went wrong.
#[actix_web::test]
async fn a_log_in_is_in_one_language_from_beginning_to_end() {
    let world = World::start().await;
    for (locale, language) in [
        ("ar", r#"lang="ar" dir="rtl""#),
        ("de-simple", r#"lang="de-simple" dir="ltr""#),
        ("fr%20uk", r#"lang="uk" dir="ltr""#),
    ] {
        let mut browser = Browser::new();
        let url = world.authorize("").replace("ui_locales=en", &format!("ui_locales={locale}"));
        let choice = browser.open(&url).await;
        // The operator gave no name in this language; `lang` marks it as German.
        assert!(choice.text.contains(r#"<strong lang="de">Online-Ausweis</strong>"#), "{locale}");
        let cards = browser.follow(&choice, &["provider=bundid"]).await;
        for page in [&choice, &cards] {
            assert!(page.text.contains(language), "{locale}: {}", page.text);
        }
    }
}

#[actix_web::test]
async fn the_language_is_changed_on_the_page_and_the_log_in_goes_on() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let turkish = browser.follow(&choice, &["/authorize", "ui_locales=tr"]).await;
    assert!(turkish.text.contains(r#"lang="tr" dir="ltr""#), "{}", turkish.text);
    let cards = browser.follow(&turkish, &["provider=bundid"]).await;
    let back = browser.follow(&cards, &["citizen=erika", "means=online-id"]).await;
    assert!(back.parameter("code").is_some(), "{}", back.text);
    assert_eq!(back.parameter("state").as_deref(), Some("portal-state"));
}

#[actix_web::test]
async fn the_address_of_the_service_leads_to_where_people_book() {
    let world = World::start().await;
    let page = Browser::new().open(&world.issuer).await;
    assert_eq!(page.url.as_str(), format!("{PORTAL}/"));
    let choice = Browser::new().open(&world.authorize("")).await;
    assert!(choice.text.contains("Berlin appointments"), "{}", choice.text);
    assert_eq!(choice.link(&[PORTAL]), format!("{PORTAL}/"));
}

#[actix_web::test]
async fn a_browser_without_cookies_is_told_so() {
    let world = World::start().await;
    let choice = Browser::new().open(&world.authorize("")).await;
    let page = Browser::new().open(&choice.link(&["provider=bundid"])).await;
    assert_eq!(page.status, 400);
    let accept = Browser::new().open(&format!("{}&ui_locales=en", page.url)).await;
    assert!(accept.text.contains("Your browser does not accept our cookie."), "{}", accept.text);
}

/// Fault: these pages led nowhere and fell back to German.
#[actix_web::test]
async fn a_log_in_that_cannot_go_on_leads_to_the_portal_in_the_persons_language() {
    let world = World::start().await;
    let mut browser = Browser::new();
    browser.open(&world.authorize("").replace("ui_locales=en", "ui_locales=tr")).await;
    let unknown = format!("{}/callback/bundid?state=nobody&code=1", world.issuer);
    let page = browser.open(&unknown).await;
    assert_eq!(page.status, 400);
    assert!(page.text.contains("çerezlere izin verin"), "{}", page.text);
    assert_eq!(page.link(&["/tr"]), format!("{PORTAL}/tr"));
    let wrong = world.authorize("").replace("client_id=portal", "client_id=nobody");
    let page = Browser::new().open(&wrong).await;
    assert!(page.text.contains("allow cookies"), "{}", page.text);
    assert_eq!(page.link(&["/en"]), format!("{PORTAL}/en"));
}

/// Fault: a version before this one, still running beside it, took the language for a part of the secret.
#[actix_web::test]
async fn the_cookie_with_the_secret_of_a_log_in_holds_nothing_else() {
    let world = World::start().await;
    let response = reqwest::get(world.authorize("")).await.unwrap();
    let set: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    let value = |name: &str| {
        let cookies = set.iter().map(|cookie| cookie.to_str().unwrap());
        let mut values = cookies.filter_map(|it| it.split(';').next()?.strip_prefix(name));
        values.next().unwrap_or_else(|| panic!("no {name} in {set:?}")).to_owned()
    };
    assert!(!value("fairtermin-login=").contains('.'), "{set:?}");
    assert_eq!(value("fairtermin-login-language="), "en");
}

#[actix_web::test]
async fn whoever_cancels_goes_back_to_the_portal() {
    let world = World::start().await;
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let cards = browser.follow(&choice, &["provider=bundid"]).await;
    // At once: the portal says what follows, so that nobody reads two pages about it.
    let back = browser.follow(&cards, &["/cancel"]).await;
    assert!(back.url.as_str().starts_with(PORTAL), "{}", back.text);
    assert_eq!(back.parameter("error").as_deref(), Some("access_denied"));
    assert_eq!(back.parameter("error_description"), None);
}

#[actix_web::test]
async fn a_wrong_request_is_told_to_the_portal_and_to_nobody_else() {
    let world = World::start().await;
    let good = world.authorize("");
    for (wrong, with) in [
        ("redirect_uri=http://portal.test/login/callback", "redirect_uri=http://evil.test/"),
        (
            "redirect_uri=http://portal.test/login/callback",
            "redirect_uri=http://portal.test/login/callback/x",
        ),
        ("client_id=portal", "client_id=nobody"),
        ("client_id=portal", "client_id=other"),
        ("client_id=portal", "no_client_id=portal"),
        ("redirect_uri=", "no_redirect_uri="),
        ("client_id=portal", "client_id=portal&client_id=portal"),
    ] {
        let page = Browser::new().open(&good.replace(wrong, with)).await;
        assert_eq!(page.status, 400, "{with}");
        assert!(page.text.contains("This link is not valid."), "{with}: {}", page.text);
        assert!(page.url.as_str().starts_with(&world.issuer), "sent to {}", page.url);
    }
    for (wrong, with, error) in [
        ("response_type=code", "response_type=token", "unsupported_response_type"),
        ("&ui_locales=en", "&ui_locales=en&max_age=soon", "invalid_request"),
        ("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request"),
        ("code_challenge=", "no_challenge=", "invalid_request"),
        ("scope=openid%20offline_access", "scope=bookings", "invalid_scope"),
        ("scope=openid%20offline_access", "scope=openid%20slots:read", "invalid_scope"),
        ("&ui_locales=en", "&prompt=none", "login_required"),
    ] {
        let page = Browser::new().open(&good.replace(wrong, with)).await;
        assert!(page.url.as_str().starts_with(PORTAL), "{with}: {}", page.text);
        assert_eq!(page.parameter("error").as_deref(), Some(error), "{with}");
        assert_eq!(page.parameter("state").as_deref(), Some("portal-state"));
    }
}

#[actix_web::test]
async fn a_level_that_was_asked_for_is_also_checked() {
    let world = World::start().await;
    let enough = world
        .log_in_with(&mut Browser::new(), "&acr_values=substantial", "bundid", "erika", "elster")
        .await;
    assert!(enough.parameter("code").is_some(), "{}", enough.text);
    // The simulated provider lets a script choose a means below what was asked for.
    let low = world
        .log_in_with(&mut Browser::new(), "&acr_values=high", "bundid", "erika", "password")
        .await;
    assert_eq!(low.status, 403);
    assert!(low.text.contains("This step needs the online ID."), "{}", low.text);
    let low = world
        .log_in_with(&mut Browser::new(), "&acr_values=substantial", "bundid", "erika", "password")
        .await;
    assert!(low.text.contains("is not enough for this step"), "{}", low.text);
}

/// Fault: "It does not matter which way you choose", with a user name among the ways, for an appointment that
/// needs the online ID.
#[actix_web::test]
async fn the_page_says_what_suffices_for_the_level_that_is_asked_for() {
    let world = World::start().await;
    let (any, user_name) = ("It does not matter which way you choose", "or user name");
    for (asked, says, ways) in [
        ("", any, user_name),
        (
            "&acr_values=substantial",
            "A user name and password are not enough.",
            "With online ID card or ELSTER<",
        ),
        ("&acr_values=high", "ELSTER or a user name is not enough.", "With online ID card<"),
    ] {
        let page = Browser::new().open(&world.authorize(asked)).await;
        assert!(page.text.contains(says) && page.text.contains(ways), "{asked}: {}", page.text);
        assert_eq!(page.text.contains(any), asked.is_empty(), "{asked}: {}", page.text);
        assert_eq!(page.text.contains(user_name), asked.is_empty(), "{asked}: {}", page.text);
        assert!(page.text.contains("Directly with the card"), "each way there will do");
    }
}
