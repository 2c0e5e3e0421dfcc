//! A person states an address, or wants no messages.

use ambient::Clock as _;
use serde_json::{Value, json};

use super::{Person, Post, SOON};
use crate::{
    browser::Browser,
    proven::{HIGH, LOW, person, tokens},
    world::World,
};

#[actix_web::test]
async fn an_address_that_a_person_chose_stays_and_an_unvouched_one_is_only_offered() {
    let person = Person::with_a_card().await;
    person.state("o@example.org").await;
    let (mail, _) = person.mail(1).await;
    person.prove(&mail.code).await;
    let world = &person.world;
    world.tokens("bundid", "olena", "online-id").await;
    assert_eq!(person.contact().await["email"], "o@example.org", "not BundID's");

    let stranger = |verified: Value| {
        json!({ "given_name": "Nuria", "family_name": "Roca", "birthdate": "1991-02-03",
            "place_of_birth": { "locality": "Lleida" }, "email": "n@example.org",
            "email_verified": verified })
    };
    for (verified, contact) in [
        (
            json!(false),
            json!({
                "email": null, "unproven": "n@example.org",
                "code": "none", "next_code_at": world.clock.now().to_string(),
            }),
        ),
        (json!(true), json!({ "email": "n@example.org", "unproven": null })),
    ] {
        world.hostile.also_says(stranger(verified));
        let mut browser = Browser::new();
        let choice = browser.open(&world.authorize("")).await;
        let page = browser.follow(&choice, &["provider=hostile"]).await;
        let tokens = world.exchange(&page.parameter("code").unwrap()).await.unwrap();
        let url = format!("{}/contact", world.issuer);
        let request = reqwest::Client::new().get(url).bearer_auth(tokens.access);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer, contact);
    }
}

#[actix_web::test]
async fn a_domain_with_umlauts_is_used_as_mail_servers_know_it() {
    let person = Person::with_a_card().await;
    assert_eq!(person.state("olena@müller.example.org").await, 202);
    let (mail, _) = person.mail(1).await;
    assert_eq!(mail.email, "olena@xn--mller-kva.example.org");
}

/// Fault: such addresses were taken, and their mail waited for days for a server that cannot be reached.
#[actix_web::test]
async fn an_address_that_no_server_takes_is_refused_with_the_reason() {
    let person = Person::with_a_card().await;
    for (email, reason) in
        [("a..b@example.org", "malformed"), ("олена@example.org", "local-part-letters")]
    {
        let body = json!({ "email": email, "language": "uk" });
        let (status, problem) = person.call(reqwest::Method::PUT, "/contact", body).await;
        assert_eq!((status, &problem["reason"]), (400, &json!(reason)), "{email}");
    }
}

#[actix_web::test]
async fn what_is_no_address_or_no_token_is_refused() {
    let person = Person::with_a_card().await;
    for body in [json!({ "email": "no address" }), json!([]), json!({ "mail": "o@example.org" })] {
        assert_eq!(person.call(reqwest::Method::PUT, "/contact", body).await.0, 400);
    }
    let proof = json!({ "code": 123_456 });
    assert_eq!(person.call(reqwest::Method::POST, "/contact/proof", proof).await.0, 400);
    let bare = reqwest::get(format!("{}/contact", person.world.issuer)).await.unwrap();
    assert_eq!(bare.status(), 401);
}

/// Fault: who rents out the password of an account that a card belongs to redirects its mail.
#[actix_web::test]
async fn a_password_neither_reads_nor_redirects_the_mail_of_a_proven_person() {
    let world = World::start().await;
    let with = |level: &str, email: &str| {
        let mut claims = person("vera", level, "Vera", "Victim", "1985-05-06");
        claims["email"] = json!(email);
        claims["email_verified"] = json!(true);
        claims
    };
    let card = tokens(&world, &with(HIGH, "vera@example.org")).await;
    // What the password account's provider says by now changes nothing either.
    let password = tokens(&world, &with(LOW, "thief@example.org")).await;
    let post = Post::of(&world).await;
    let mut caller = Person { world, tokens: password, post };
    let stated = json!({ "email": "thief@example.org" });
    for (method, path, body) in [
        (reqwest::Method::GET, "/contact", Value::Null),
        (reqwest::Method::PUT, "/contact", stated),
        (reqwest::Method::POST, "/contact/proof", json!({ "code": "123456" })),
        (reqwest::Method::DELETE, "/contact", Value::Null),
    ] {
        let (status, problem) = caller.call(method.clone(), path, body).await;
        assert_eq!((status, &problem["code"]), (403, &"level-too-low".into()), "{method} {path}");
        assert_eq!(problem["required_level"], "high");
    }
    caller.tokens = card;
    assert_eq!(caller.contact().await, json!({ "email": "vera@example.org", "unproven": null }));
    assert_eq!(caller.state("new@example.org").await, 202);
    // Who only ever declared a name has nothing to lose by a password.
    let mut said = person("said", LOW, "Sam", "Sager", "1985-05-06");
    said["email"] = json!(null);
    caller.tokens = tokens(&caller.world, &said).await;
    assert_eq!(caller.state("sam@example.org").await, 202);
}

/// Fault: mail went on to whoever had cleared the address, because a provider said it again.
#[actix_web::test]
async fn whoever_wants_no_messages_gets_none_whatever_a_provider_says() {
    let world = World::start().await;
    let post = Post::of(&world).await;
    let vera = || {
        let mut claims = person("vera", HIGH, "Vera", "Clear", "1985-05-06");
        claims["email"] = json!("vera@example.org");
        claims["email_verified"] = json!(true);
        claims
    };
    let tokens_of = tokens(&world, &vera()).await;
    let mut person = Person { world, tokens: tokens_of, post };
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    assert_eq!(person.contact().await["email"], "vera@example.org");
    for _ in 0..2 {
        let (status, _) = person.call(reqwest::Method::DELETE, "/contact", Value::Null).await;
        assert_eq!(status, 204, "as often as it is said");
        assert_eq!(person.contact().await, json!({ "email": null, "unproven": null }));
    }
    let changed = ("fairtermin.person.v1.ContactChanged".to_owned(), lea.clone());
    testkit::eventually(SOON, async || {
        person.post.told.lock().unwrap().contains(&changed).then_some(())
    })
    .await;
    // The former address hears nothing, and the next log-in brings nothing back.
    assert!(person.post.replaced.lock().unwrap().is_empty());
    person.tokens = tokens(&person.world, &vera()).await;
    assert_eq!(person.contact().await, json!({ "email": null, "unproven": null }));
    // The person can change their mind.
    assert_eq!(person.state("vera@example.org").await, 202);
    let (mail, _) = person.mail(1).await;
    assert_eq!(person.prove(&mail.code).await["proven"], true);
    assert_eq!(person.contact().await["email"], "vera@example.org");
}
