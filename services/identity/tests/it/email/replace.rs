//! A person replaces an address: the former one gets a message.

use serde_json::json;

use super::{Person, Post};
use crate::{
    proven::{HIGH, person, tokens},
    world::World,
};

#[actix_web::test]
async fn whoever_reads_the_former_address_learns_of_the_change_but_not_of_the_new_one() {
    let person = Person::with_a_card().await;
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    person.world.pseudonym(&person.tokens, "kfz").await;
    for (number, address) in
        ["old@example.org", "new@example.org", "new@example.org"].iter().enumerate()
    {
        if person.state(address).await == 202 {
            let (mail, _) = person.mail(number + 1).await;
            assert_eq!(person.prove(&mail.code).await["proven"], true);
        }
    }
    // Two authorities know the person; the first address replaced none.
    let (former, told) = person.post.former().await;
    assert_eq!(former, "old@example.org");
    assert!([lea, person.world.pseudonym(&person.tokens, "kfz").await].contains(&told));
}

/// Setting another address at a person's account with a provider is noticed at the former address.
#[actix_web::test]
async fn an_address_that_a_provider_replaces_is_told_to_the_former_one_too() {
    let world = World::start().await;
    let post = Post::of(&world).await;
    let with = |email: &str| {
        let mut claims = person("vera", HIGH, "Vera", "Victim", "1985-05-06");
        claims["email"] = json!(email);
        claims["email_verified"] = json!(true);
        claims
    };
    let hers = tokens(&world, &with("old@example.org")).await;
    let lea = world.pseudonym(&hers, "lea").await;
    tokens(&world, &with("old@example.org")).await;
    tokens(&world, &with("new@example.org")).await;
    assert_eq!(post.former().await, ("old@example.org".to_owned(), lea));
}

/// Fault: a clerk redirects mail. At the desk it takes the same code, and the same message goes to the
/// former address.
#[actix_web::test]
async fn an_address_proven_at_the_desk_is_told_to_the_former_one_too() {
    let person = Person::with_a_card().await;
    let lea = person.world.pseudonym(&person.tokens, "lea").await;
    assert_eq!(person.state("old@example.org").await, 202);
    let (mail, _) = person.mail(1).await;
    assert_eq!(person.prove(&mail.code).await["proven"], true);
    let olena = json!({
        "given_names": "Olena", "family_name": "Shevchenko", "birth_date": "23.11.1992",
        "place_of_birth": "Kharkiv", "email": "new@example.org",
    });
    let (status, answer) = person.world.desk("lea-clerk", "persons", Some(olena)).await;
    assert_eq!((status, &answer["email"]), (200, &"code-sent".into()), "{answer}");
    let (mail, _) = person.mail(2).await;
    let code = json!({ "pseudonym": lea, "code": mail.code });
    let (status, proof) = person.world.desk("lea-clerk", "persons/email-proof", Some(code)).await;
    assert_eq!((status, &proof["proven"]), (200, &true.into()), "{proof}");
    assert_eq!(person.post.former().await.0, "old@example.org");
}

/// Fault: it came in the language of the log-in, whatever language the person had chosen since.
#[actix_web::test]
async fn the_former_address_is_told_in_the_language_of_the_journey() {
    let person = Person::with_a_card().await;
    person.world.pseudonym(&person.tokens, "lea").await;
    person.state("old@example.org").await;
    let (mail, _) = person.mail(1).await;
    person.prove(&mail.code).await;
    person.state("new@example.org").await;
    let (mail, _) = person.mail(2).await;
    let proof = json!({ "code": mail.code, "language": "tr" });
    let answer = person.call(reqwest::Method::POST, "/contact/proof", proof).await;
    assert_eq!(answer, (200, json!({ "proven": true })));
    person.post.former().await;
    let replaced = person.post.replaced.lock().unwrap().clone();
    assert!(replaced.values().all(|told| told.language == "tr"), "{replaced:?}");
}
