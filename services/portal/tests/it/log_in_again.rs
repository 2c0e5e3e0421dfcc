//! A person breaks a log-in off, goes back, or logs in once more.

use serde_json::json;

use crate::{
    log_in::{CHOICE, START, log_in},
    world::World,
};

#[actix_web::test]
async fn who_breaks_off_can_begin_again() {
    let page = log_in(|identity| identity.breaks_off = Some("access_denied")).await;
    page.says(200, &["Error: The login was cancelled", "You are not logged in."]);
    let again = page.link("Log in now");
    assert_eq!(again, "/en/login/start?back=%2Fen%2Fappointments&level=high");
}

/// Fault: whoever pressed "back" during the log-in and answered again read that they were not logged in.
#[actix_web::test]
async fn who_answers_again_after_going_back_goes_on_with_the_chosen_time() {
    let world = World::start().await;
    let mut browser = world.browser();
    browser.prefers = Some("tr");
    let choice = browser.open(CHOICE).await;
    browser.open(&choice.link("Log in now")).await.says(200, &["Check and book"]);
    let state = world.stub.identity(|identity| identity.requested("state"));
    for answer in ["code=another", "error=access_denied&error_description=over"] {
        let page = browser.open(&format!("/login/callback?state={state}&{answer}")).await;
        assert_eq!(page.path(), "/en/confirm", "{answer}");
        page.says(200, &["Reserved for you until 09:10", "Log out"]);
    }
    let page = browser.open("/login/callback?state=of-long-ago&code=x").await;
    assert_eq!(page.path(), "/tr");
    assert_eq!(world.stub.asked("POST /buergeramt/v1/holds").len(), 1);
}

/// Fault: the way to log in led to "You are logged out." and "You are not logged in.", of a person who was.
#[actix_web::test]
async fn a_log_in_from_a_page_about_the_log_in_leads_to_what_was_wanted_before() {
    let world = World::start().await;
    let mut browser = world.browser();
    let goodbye = browser.open("/en/goodbye").await;
    let login = goodbye.link("Log in");
    assert_eq!(login, "/en/login?back=%2Fen");
    let cancelled = "/en/login?back=%2Fen%2Fmy-data&level=high&ended=cancelled";
    let page = browser.open(cancelled).await;
    page.says(200, &["You are not logged in."]);
    assert_eq!(page.link("Log in"), "/en/login?back=%2Fen%2Fmy-data");

    let page = browser.open(&login).await;
    let page = browser.open(&page.link("Log in now")).await;
    assert_eq!(page.path(), "/en");
    assert_eq!(browser.open("/en/goodbye").await.path(), "/en");
    let page = browser.open("/en/login?back=%2Fen%2Fabout&ended=cancelled").await;
    assert_eq!(page.path(), "/en/about");
    let nested = "/en/login/start?back=%2Fen%2Flogin%3Fback%3D%252Fen%252Fabout%26ended%3Dexpired";
    assert_eq!(browser.open(nested).await.path(), "/en/about");
}

#[actix_web::test]
async fn who_is_logged_in_less_surely_is_not_told_that_they_are_not() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.says = json!({ "acr": null }));
    let mut browser = world.erika().await;
    let page = browser.open("/en/login?back=%2Fen%2Fabout&level=high&ended=cancelled").await;
    page.says(200, &["The login was cancelled", "You are still logged in as before."]);
    page.is_silent_about("You are not logged in.");
}

#[actix_web::test]
async fn a_broken_off_log_in_leads_back_to_the_choice_in_its_language() {
    let world = World::start().await;
    world.stub.identity(|identity| identity.breaks_off = Some("access_denied"));
    let mut browser = world.browser();
    browser.prefers = Some("de");
    let choice = browser.open(CHOICE).await;
    let page = browser.open(&choice.link("Log in now")).await;
    page.says(200, &["Error: The login was cancelled", "You need the online ID card"]);
    let back = browser.open(&page.link("Back to your choice")).await;
    back.says(200, &["The appointment you chose", "Identity card"]);
    assert_eq!(page.link("No online ID?"), "/en/without-online-id");

    // The same page in another language keeps the choice, and leads on in that language.
    let german = browser.open(&page.link("Deutsch")).await;
    german.says(200, &["Fehler: Die Anmeldung wurde abgebrochen"]);
    let back = browser.open(&german.link("Zurück zu Ihrer Auswahl")).await;
    back.says(200, &["Ihr gewählter Termin"]);

    world.stub.identity(|identity| identity.breaks_off = None);
    let held = browser.open(&german.link("Jetzt anmelden")).await;
    held.says(200, &["Termin prüfen und buchen", "Für Erika Mustermann"]);
}

/// The identity service has said on a page of its own why nobody is logged in.
#[actix_web::test]
async fn what_was_explained_once_is_not_explained_again() {
    let world = World::start().await;
    world.stub.identity(|identity| {
        identity.breaks_off = Some("access_denied");
        identity.describes = Some("explained");
    });
    let mut browser = world.browser();
    let choice = browser.open(CHOICE).await;
    let page = browser.open(&choice.link("Log in now")).await;
    page.says(200, &["The appointment you chose"]);
    let page = browser.open(START).await;
    assert_eq!(page.path(), "/en/login");
    page.is_silent_about("Error:");
}
