//! A person proves an address by the code that was sent to it.

use ambient::Clock as _;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Person, Post, SOON};
use crate::world::{Tokens, World, postgres_url};

/// Between two codes to one address.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Another code than the right one.
fn wrong(code: &str, n: u32) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + n) % 1_000_000)
}

#[actix_web::test]
async fn the_code_from_the_mail_proves_the_address_and_every_authority_is_told() {
    let person = Person::with_a_card().await;
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    assert_eq!(person.contact().await, json!({ "email": null, "unproven": null }));
    assert_eq!(person.state("o@example.org").await, 202);
    let (mail, event) = person.mail(1).await;
    assert_eq!((mail.email.as_str(), event.language.as_str()), ("o@example.org", "uk"));
    assert_eq!(mail.code.len(), 6);
    let waits = json!({
        "email": null, "unproven": "o@example.org",
        "code": "valid", "next_code_at": (person.world.clock.now() + MINUTE).to_string(),
    });
    assert_eq!(person.contact().await, waits);
    assert!(person.post.told.lock().unwrap().is_empty(), "an unproven address gets no message");

    let blanks = format!(" {} {} ", &mail.code[..3], &mail.code[3..]);
    assert_eq!(person.prove(&blanks).await, json!({ "proven": true }));
    assert_eq!(person.contact().await, json!({ "email": "o@example.org", "unproven": null }));
    testkit::eventually(SOON, async || {
        let bound = ("fairtermin.person.v1.ContactBound".to_owned(), lea.clone());
        person.post.told.lock().unwrap().contains(&bound).then_some(())
    })
    .await;
    assert_eq!(person.prove(&mail.code).await["proven"], false, "a code works once");
    assert_eq!(person.state("o@example.org").await, 204, "it is known");
}

#[actix_web::test]
async fn a_code_can_be_guessed_five_times_even_if_all_at_once() {
    let person = Person::with_a_card().await;
    assert_eq!(person.prove("123456").await, json!({ "proven": false, "tries_left": 0 }));
    person.state("o@example.org").await;
    let (mail, _) = person.mail(1).await;
    let first = person.prove(&wrong(&mail.code, 1)).await;
    assert_eq!(first, json!({ "proven": false, "tries_left": 4 }));
    let guesses = (2..30).map(|n| wrong(&mail.code, n));
    let answers = futures_util::future::join_all(
        guesses.map(async |guess| person.prove(&guess).await["tries_left"].as_i64().unwrap()),
    );
    let left = answers.await;
    assert!(left.iter().filter(|left| **left > 0).count() <= 3, "{left:?}");
    assert_eq!(person.prove(&mail.code).await, json!({ "proven": false, "tries_left": 0 }));
    assert_eq!(person.contact().await["email"], Value::Null);
}

/// Fault: "The code is on its way" was said of codes that were not sent, and a code that had been tried five
/// times held up the next one.
#[actix_web::test]
async fn it_is_said_whether_a_code_was_sent_and_from_when_on_another_one_can_be() {
    let person = Person::with_a_card().await;
    let put = async |email: &str| {
        let body = json!({ "email": email, "language": "uk" });
        person.call(reqwest::Method::PUT, "/contact", body).await
    };
    let begun = person.world.clock.now();
    let next_at = (begun + MINUTE).to_string();
    let sent = json!({ "sent": true, "next_at": next_at });
    assert_eq!(put("o@example.org").await, (202, sent.clone()));
    assert_eq!(put("o@example.org").await, (202, json!({ "sent": false, "next_at": next_at })));
    let (mail, _) = person.mail(1).await;
    for n in 1..=5 {
        person.prove(&wrong(&mail.code, n)).await;
    }
    let contact = person.contact().await;
    assert_eq!(contact["code"], "over");
    assert_eq!(contact["next_code_at"], begun.to_string());
    assert_eq!(put("o@example.org").await, (202, sent), "at once");
    let (new, _) = person.mail(2).await;
    for n in 3..=5 {
        assert_eq!(put(&format!("o{n}@example.org")).await.0, 202);
    }
    let (status, problem) = put("o6@example.org").await;
    let tomorrow = (begun + SignedDuration::from_hours(24)).to_string();
    assert_eq!((status, &problem["next_at"]), (429, &json!(tomorrow)));
    assert_eq!(person.contact().await["next_code_at"], json!(tomorrow));
    assert_eq!(new.email, "o@example.org");
}

#[actix_web::test]
async fn a_code_ends_after_half_an_hour() {
    let person = Person::with_a_card().await;
    person.state("o@example.org").await;
    let (mail, event) = person.mail(1).await;
    let half_an_hour = SignedDuration::from_mins(30);
    let expires_at = person.world.clock.now() + half_an_hour;
    assert_eq!(event.expires_at_ms, expires_at.as_millisecond());
    person.world.clock.advance(half_an_hour);
    // The token is over too: the portal gets a new one.
    let access = person.world.refresh(&person.tokens, "lea").await.unwrap();
    let tokens = Tokens { access, ..person.tokens.clone() };
    let person = Person { tokens, ..person };
    assert_eq!(person.prove(&mail.code).await, json!({ "proven": false, "tries_left": 0 }));
    assert_eq!(person.contact().await["unproven"], "o@example.org");
}

#[actix_web::test]
async fn only_the_newest_code_counts_and_there_are_five_a_day() {
    let person = Person::with_a_card().await;
    person.state("o@example.org").await;
    let (old, _) = person.mail(1).await;
    assert_eq!(person.state("o@example.org").await, 202, "a second click");
    assert_eq!(person.state("o2@example.org").await, 202, "a slip corrected");
    let (new, _) = person.mail(2).await;
    assert_eq!(new.email, "o2@example.org");
    if old.code != new.code {
        assert_eq!(person.prove(&old.code).await["proven"], false);
    }
    for n in 3..=5 {
        assert_eq!(person.state(&format!("o{n}@example.org")).await, 202);
    }
    let (status, problem) = person
        .call(reqwest::Method::PUT, "/contact", json!({ "email": "someone@example.org" }))
        .await;
    assert_eq!((status, &problem["code"]), (429, &json!("rate-limited")));
    let (last, _) = person.mail(5).await;
    assert_eq!(person.prove(&last.code).await["proven"], true);
    // Proving one gives no more codes.
    assert_eq!(person.state("someone@example.org").await, 429);
}

/// Fault: above the limit, requests at the same time were promised a code that nobody sent.
#[actix_web::test]
async fn five_codes_a_day_are_five_even_if_all_are_asked_for_at_once() {
    let databases = [Some("sqlite::memory:".to_owned()), postgres_url().await];
    for database in databases.into_iter().flatten() {
        let world = World::on(&database).await;
        let post = Post::of(&world).await;
        let tokens = world.tokens("eid", "olena", "online-id").await;
        let person = Person { world, tokens, post };
        let asked = (0..30).map(async |n| person.state(&format!("o{n}@example.org")).await);
        let answers = futures_util::future::join_all(asked).await;
        let promised = answers.iter().filter(|status| **status == 202).count();
        let refused = answers.iter().filter(|status| **status == 429).count();
        assert_eq!((promised, refused), (5, 25), "{database}: {answers:?}");
        person.mail(5).await;
    }
}
