//! Proven attributes count; unproven ones are never compared or passed on.

use serde_json::{Value, json};

use crate::{
    browser::{Browser, Page},
    second_pair::approve,
    world::{Tokens, World},
};

pub const HIGH: &str = "http://eidas.europa.eu/LoA/high";
pub const LOW: &str = "http://eidas.europa.eu/LoA/low";

/// A person with all attributes.
pub fn person(account: &str, level: &str, given: &str, family: &str, born: &str) -> Value {
    json!({
        "sub": account, "acr": level, "given_name": given, "family_name": family,
        "birthdate": born, "place_of_birth": {"locality": "Bonn"},
    })
}

async fn page(world: &World, claims: &Value) -> Page {
    world.hostile.also_says(claims.clone());
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    browser.follow(&choice, &["provider=hostile"]).await
}

pub async fn tokens(world: &World, claims: &Value) -> Tokens {
    let page = page(world, claims).await;
    let code = page.parameter("code").unwrap_or_else(|| panic!("not logged in: {}", page.text));
    world.exchange(&code).await.unwrap()
}

async fn name(world: &World, tokens: &Tokens) -> String {
    world.attendee(tokens, "lea").await.family_name
}

#[actix_web::test]
async fn a_password_log_in_cannot_put_another_name_on_what_the_card_proved() {
    let world = World::start().await;
    let card = person("s", HIGH, "Sven", "Seller", "1980-02-03");
    let proven = tokens(&world, &card).await;
    let said = tokens(&world, &person("s", LOW, "Bernd", "Buyer", "1999-09-19")).await;
    assert_eq!(world.pseudonym(&said, "lea").await, world.pseudonym(&proven, "lea").await);
    let attendee = world.attendee(&said, "lea").await;
    assert_eq!((&*attendee.family_name, &*attendee.birthdate), ("Seller", "1980-02-03"));
    assert_eq!(attendee.level, vocabulary::TrustLevel::Basic, "the level is that of the log-in");
    assert_eq!(name(&world, &proven).await, "Seller");
}

#[actix_web::test]
async fn an_account_that_only_says_names_keeps_the_first_one() {
    let world = World::start().await;
    let first = tokens(&world, &person("s", LOW, "Sven", "Seller", "1980-02-03")).await;
    let renamed = tokens(&world, &person("s", LOW, "Bernd", "Buyer", "1999-09-19")).await;
    assert_eq!(world.pseudonym(&first, "lea").await, world.pseudonym(&renamed, "lea").await);
    assert_eq!(name(&world, &renamed).await, "Seller");
}

#[actix_web::test]
async fn whoever_proves_a_name_inherits_nothing_from_those_who_only_said_it() {
    let world = World::start().await;
    let said = |account| person(account, LOW, "Vera", "Victim", "1985-05-06");
    let attacker = tokens(&world, &said("attacker")).await;
    let hers = tokens(&world, &person("vera", HIGH, "Vera", "Victim", "1985-05-06")).await;
    let (his, her) = (world.pseudonym(&attacker, "lea").await, world.pseudonym(&hers, "lea").await);
    assert_ne!(his, her);
    // Nor does it work the other way round, and the attacker learns nothing of her.
    let later = page(&world, &said("another account")).await;
    assert!(later.parameter("code").is_some(), "{}", later.text);
    let again = tokens(&world, &said("attacker")).await;
    assert_eq!(world.pseudonym(&again, "lea").await, his);
}

#[actix_web::test]
async fn an_account_that_proves_itself_leaves_behind_what_it_only_said() {
    let world = World::start().await;
    let said = tokens(&world, &person("a", LOW, "Bernd", "Buyer", "1985-05-06")).await;
    let before = world.pseudonym(&said, "lea").await;
    let proven = tokens(&world, &person("a", HIGH, "Bernd", "Buyer", "1985-05-06")).await;
    assert_ne!(world.pseudonym(&proven, "lea").await, before);
    // The account has another owner now, so the old log-in is over.
    assert_eq!(world.refresh(&said, "lea").await.unwrap_err()["error"], "invalid_grant");
}

#[actix_web::test]
async fn a_known_card_with_another_human_behind_it_is_a_case() {
    let world = World::start().await;
    let first = tokens(&world, &person("card", HIGH, "Anna", "Ahrens", "1985-05-06")).await;
    let pseudonym = world.pseudonym(&first, "lea").await;
    for (given, family, born) in [
        ("Boris", "Buyer", "1999-09-19"),
        ("Boris", "Ahrens", "1985-05-06"),
        ("Anna", "Ahrens", "1985-05-07"),
    ] {
        let other = tokens(&world, &person("card", HIGH, given, family, born)).await;
        assert!(World::case_of(&other).is_some(), "{given}");
        // The log-in is not of the card's owner, has another name, and ends nothing.
        assert_ne!(world.pseudonym(&other, "lea").await, pseudonym);
        assert_eq!(world.attendee(&other, "lea").await.given_name.as_deref(), Some(given));
        world.refresh(&first, "lea").await.unwrap();
    }
    // A new family name is nothing to ask about.
    let married = tokens(&world, &person("card", HIGH, "Anna", "Meier", "1985-05-06")).await;
    assert_eq!(world.pseudonym(&married, "lea").await, pseudonym);
    assert_eq!(name(&world, &married).await, "Meier");
}

#[actix_web::test]
async fn whoever_loses_a_card_to_another_human_loses_the_sessions_too() {
    let world = World::start().await;
    let first = tokens(&world, &person("card", HIGH, "Anna", "Ahrens", "1985-05-06")).await;
    let other = tokens(&world, &person("card", HIGH, "Boris", "Buyer", "1999-09-19")).await;
    let theirs = world.pseudonym(&other, "lea").await;
    // While the desk has not decided, nothing is taken from anybody.
    world.refresh(&first, "lea").await.unwrap();
    let code = World::case_of(&other).unwrap();
    let step = |step: &str| format!("cases/{code}/{step}");
    let stranger = json!({ "candidate": null });
    assert_eq!(world.desk("lea-clerk", &step("proposal"), Some(stranger)).await.0, 200);
    assert_eq!(approve(&world, "lea-supervisor", &code).await.0, 200);
    assert_eq!(world.refresh(&first, "lea").await.unwrap_err()["error"], "invalid_grant");
    let again = tokens(&world, &person("card", HIGH, "Boris", "Buyer", "1999-09-19")).await;
    assert_eq!(world.pseudonym(&again, "lea").await, theirs);
    assert_eq!(name(&world, &again).await, "Buyer");
}

/// The address that identity has for the person logged in.
async fn contact(world: &World, tokens: &Tokens) -> Value {
    let url = format!("{}/contact", world.issuer);
    let request = reqwest::Client::new().get(url).bearer_auth(&tokens.access);
    request.send().await.unwrap().json::<Value>().await.unwrap()["email"].clone()
}

#[actix_web::test]
async fn an_address_that_was_only_said_goes_to_nobody_who_proves_the_name() {
    let world = World::start().await;
    let with = |account, level, email: Option<&str>| {
        let mut claims = person(account, level, "Vera", "Victim", "1985-05-06");
        claims["email"] = json!(email);
        claims["email_verified"] = json!(email.is_some());
        claims
    };
    let said = tokens(&world, &with("trader", LOW, Some("trader@example.org"))).await;
    assert_eq!(contact(&world, &said).await, "trader@example.org");
    // Neither to another account that proves it, nor to the very same one.
    for account in ["vera", "trader"] {
        let hers = tokens(&world, &with(account, HIGH, None)).await;
        assert_eq!(contact(&world, &hers).await, Value::Null, "{account}");
    }
}

#[actix_web::test]
async fn whoever_only_says_a_name_opens_no_case_and_is_in_no_doubt() {
    let world = World::start().await;
    let ali = |account, level| person(account, level, "Ali", "Ahmadi", "1990-01-01");
    tokens(&world, &ali("first", HIGH)).await;
    let said = tokens(&world, &ali("second", LOW)).await;
    assert_eq!(World::case_of(&said), None);
    assert_eq!(world.claims(&said, "lea").await.doubt, None);
}
